#include "storage/export_session.h"

#include <algorithm>
#include <utility>

#include "storage/export_money.h"
#include "storage/keys.h"

namespace rialto {

ExportedSession::ExportedSession(const SessionPlan& plan)
    : plan_(plan), standings_(participants()) {
  for (const std::string& code : plan.description.participants) {
    numbers_.emplace(code, numbers_.size());
  }
  seats_.assign(plan.shapes.size(), {participants(), {0, 0U}});
}

void ExportedSession::add(FoldedUnit unit) {
  auto& seats = seats_[description().stage_of(unit.id().index())];
  for (std::uint32_t seat = 1; seat <= unit.players(); ++seat) {
    const auto found = numbers_.find(unit.participant(seat));
    if (found != numbers_.end()) seats[found->second] = {units_.size(), seat};
  }
  units_.push_back(std::move(unit));
}

Result<void> ExportedSession::settle(const Reader& reader, Personal personal) {
  auto read = read_travels(reader, plan_, [&](std::size_t participant, TravelDescription&& travel) {
    Standing& standing = standings_[participant];
    standing.stage = std::min(travel.stage, seats_.size() - 1);
    standing.finished = travel.stage >= seats_.size();
    standing.vars = std::move(travel.vars);
  });
  if (!read) return read;
  for (std::size_t participant = 0; participant < participants(); ++participant) {
    settle(participant);
  }
  if (personal == Personal::leave_out) return {};
  return reader.scan(keys::labels_begin(plan_.number), keys::labels_end(plan_.number),
                     [&](std::string_view key, std::string_view label) {
                       const std::uint32_t participant = keys::participant_of(key);
                       if (participant < participants()) standings_[participant].label = label;
                       return true;
                     });
}

void ExportedSession::settle(std::size_t participant) {
  Standing& standing = standings_[participant];
  for (std::size_t stage = 0; stage < seats_.size(); ++stage) {
    const SeatRef at = seat(stage, participant);
    if (at.unit == nullptr) continue;
    standing.payoff += payoff_in(at);
    const std::int64_t seen = at.unit->first_seen(at.seat);
    if (seen != 0 && (standing.started == 0 || seen < standing.started)) standing.started = seen;
  }
  const SeatRef now = seat(standing.stage, participant);
  // In the first app everyone is from the start; to a later one he comes by a step of its unit.
  const bool is_here =
      now.unit != nullptr && (standing.stage == 0 || now.unit->first_seen(now.seat) != 0);
  if (is_here) {
    const std::string vars = now.unit->value({ObjectKind::participant, 0, now.seat}, "vars");
    if (vars != "null") standing.vars = vars;
  }
  if (standing.started == 0) return;
  if (!is_here) {
    standing.page_index = pages_before(standing.stage) + 1;
    return;
  }
  const PageRef page = now.unit->page(now.seat);
  const auto& pages = now.unit->description().pages;
  const bool is_past = now.unit->page_name(page).empty();
  const bool is_last = standing.stage + 1 == seats_.size();
  standing.finished = standing.finished || (is_last && (is_past || now.unit->is_at_end(now.seat)));
  if (now.unit->is_dropped(now.seat)) standing.finished = false;
  standing.page_index = page_index(*now.unit, page);
  standing.page = is_past && !pages.empty() ? pages.back() : now.unit->page_name(page);
}

std::int64_t ExportedSession::payoff_in(const SeatRef& at) const {
  std::int64_t total = 0;
  for (std::int64_t round = 1; round <= at.unit->description().rounds; ++round) {
    const std::string payoff = at.unit->value({ObjectKind::player, round, at.seat}, "payoff");
    total += minor_units(payoff, description().decimals).value_or(0);
  }
  return total;
}

SeatRef ExportedSession::seat(std::size_t stage, std::size_t participant) const {
  const auto [unit, seat] = seats_[stage][participant];
  return seat == 0 ? SeatRef() : SeatRef{&units_[unit], seat};
}

std::optional<std::int64_t> ExportedSession::number_of(const std::string& code) const {
  const auto found = numbers_.find(code);
  if (found == numbers_.end()) return std::nullopt;
  return static_cast<std::int64_t>(found->second) + 1;
}

std::int64_t ExportedSession::pages_before(std::size_t stage) const {
  std::int64_t pages = 0;
  for (std::size_t earlier = 0; earlier < stage; ++earlier) {
    const StageShape& shape = plan_.shapes[earlier];
    pages += shape.rounds * static_cast<std::int64_t>(shape.pages);
  }
  return pages;
}

std::int64_t ExportedSession::page_index(const FoldedUnit& unit, PageRef page) const {
  const std::size_t stage = description().stage_of(unit.id().index());
  const auto pages = static_cast<std::int64_t>(unit.description().pages.size());
  const std::int64_t place = (page.round - 1) * pages + page.position;
  return pages_before(stage) + std::min(place, unit.description().rounds * pages) + 1;
}

std::optional<std::int64_t> ExportedSession::max_page_index() const {
  for (const StageShape& shape : plan_.shapes) {
    if (!shape.known) return std::nullopt;
  }
  return pages_before(plan_.shapes.size());
}

}  // namespace rialto
