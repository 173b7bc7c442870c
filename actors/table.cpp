#include "actors/table.h"

#include <algorithm>
#include <stdexcept>

#include "actors/errors.h"
#include "actors/reexecution.h"
#include "actors/rows_base.h"
#include "actors/stored_value.h"
#include "actors/unit.h"
#include "actors/watchdog.h"
#include "storage/personal_part.h"

namespace rialto {

namespace {

// What a game fails on is told: nobody's data is in a table.
Limits limits_of_tables() {
  Limits limits;
  limits.log_message = 500;
  return limits;
}

Value column_of(const Model& model, std::string_view name) {
  for (const Column* column : model.columns()) {
    if (column->name() == name) return read_stored(column->to_json());
  }
  throw std::invalid_argument("there is no column " + std::string(name));
}

}  // namespace

Value Table::Happened::heard(int player) const {
  const Value all = all_heard(player);
  return all.empty() ? Value() : all[all.size() - 1];
}

Value Table::Happened::all_heard(int player) const {
  Value all = Value::empty_list();
  for (const Heard& heard : heard_) {
    if (heard.player == player) all.append(heard.payload);
  }
  return all;
}

Table::Table(AnyApp app, int players, std::uint64_t seed)
    : app_(std::move(app)),
      seats_(players > 0 ? players : app_->demo_size()),
      seed_(seed),
      limits_(limits_of_tables()),
      unit_(empty_unit()),
      loads_(static_cast<std::size_t>(seats_)),
      may_act_(static_cast<std::size_t>(seats_), true) {
  records_.push_back(unit_->create(clock_.now()));
  for (int seat = 1; seat <= seats_; ++seat) {
    bots_.emplace_back(seat, seats_, seed * 1'000 + static_cast<std::uint64_t>(seat));
  }
  Happened arrivals;
  load_pages(arrivals);
}

Table::~Table() = default;

const GroupBase& Table::group_base() const { return unit_->group(); }

std::unique_ptr<Unit> Table::empty_unit() const {
  Unit::Setup setup;
  setup.id = UnitId::of(1, 0);
  for (int seat = 1; seat <= seats_; ++seat)
    setup.participants.push_back("p" + std::to_string(seat));
  setup.seed = seed_;
  setup.limits = &limits_;
  setup.slots = &slots_of_this_process();
  return std::make_unique<Unit>(app_, std::move(setup));
}

std::vector<PageRef> Table::pages() const {
  std::vector<PageRef> pages;
  for (std::uint32_t seat = 1; seat <= unit_->players(); ++seat)
    pages.push_back(unit_->page_of(seat));
  return pages;
}

// -- doing
// -----------------------------------------------------------------------------------------

Table::Happened Table::live(int player, const Value& data) {
  const auto seat = static_cast<std::uint32_t>(player);
  const Value received = Value::parse(data.dump(), limits_.nesting);
  Happened happened;
  const auto before = pages();
  const PageRef page = unit_->page_of(seat);
  Load& load = loads_.at(seat - 1);
  if (load.page != page) load = {page, 0};
  const std::string sender = "table-" + to_string(page);
  take(unit_->live(seat, page, sender, ++load.sent, received, clock_.now()), before, happened);
  return finished(std::move(happened));
}

Table::Happened Table::submit(int player, const Value& values) {
  const auto seat = static_cast<std::uint32_t>(player);
  Happened happened;
  take(unit_->submit(seat, unit_->page_of(seat), values, clock_.now()), pages(), happened);
  return finished(std::move(happened));
}

Table::Happened Table::advance_player(int player) {
  Happened happened;
  const auto before = pages();
  take(unit_->advance(static_cast<std::uint32_t>(player), clock_.now()), before, happened);
  return finished(std::move(happened));
}

Table::Happened Table::drop(int player) {
  Happened happened;
  const auto before = pages();
  take(unit_->drop(static_cast<std::uint32_t>(player), clock_.now()), before, happened);
  return finished(std::move(happened));
}

Table::Happened Table::retry() {
  Happened happened;
  take(unit_->retry(clock_.now()), pages(), happened);
  return finished(std::move(happened));
}

Table::Happened Table::advance(std::chrono::microseconds by) {
  const std::int64_t until = clock_.now() + by.count();
  Happened happened;
  while (unit_->deadline() != 0 && unit_->deadline() <= until) {
    const std::int64_t wait = unit_->deadline() - clock_.now();
    clock_.advance(std::chrono::microseconds(std::max<std::int64_t>(wait, 0)));
    take(unit_->time_out(clock_.now()), pages(), happened);
  }
  clock_.advance(std::chrono::microseconds(until - clock_.now()));
  return finished(std::move(happened));
}

void Table::take(StepResult result, const std::vector<PageRef>& pages_before, Happened& happened) {
  happened.code_ = result.code;
  happened.message_ = result.message;
  for (auto& printed : unit_->take_printed()) printed_.push_back(std::move(printed.line));
  if (!result.record) return;
  deliver(*result.record, pages_before, happened);
  result.code.clear();
  follow(std::move(result), happened);
}

// A browser that is on the page hears it, also if this very step moves its player on.
void Table::deliver(const Record& record, const std::vector<PageRef>& pages_before,
                    Happened& happened) {
  for (const StoredReply& reply : record.replies) {
    if (reply.retention == Retention::latest && reply.payload == "null") continue;
    for (int player = 1; player <= seats_; ++player) {
      const auto seat = static_cast<std::uint32_t>(player);
      const bool meant = reply.receivers.empty() ||
                         std::count(reply.receivers.begin(), reply.receivers.end(), seat) > 0;
      if (!meant || pages_before[seat - 1] != reply.page) continue;
      happened.heard_.push_back({player, read_stored(reply.payload)});
      bots_[seat - 1].saw(happened.heard_.back().payload);
      may_act_[seat - 1] = true;
    }
  }
}

// Browsers load the pages their players are on now.
void Table::load_pages(Happened& happened) {
  for (std::uint32_t seat = 1; seat <= unit_->players(); ++seat) {
    if (away_.contains(static_cast<int>(seat))) continue;
    follow(unit_->arrive(seat, unit_->page_of(seat), clock_.now()), happened);
    follow(unit_->presence(seat, true, clock_.now()), happened);
  }
}

// What follows by itself, until nothing does; and the pages that are loaded then.
void Table::follow(StepResult result, Happened& happened) {
  if (!result.record) return;
  while (result.record) {
    if (!result.code.empty()) happened.code_ = result.code;
    if (!result.record->moves.empty()) happened.moved_ = true;
    if (result.record->sequence != records_.size() + 1) {
      throw std::logic_error("record " + std::to_string(result.record->sequence) + " follows " +
                             std::to_string(records_.size()));
    }
    records_.push_back(std::move(*result.record));
    unit_->note_durable(records_.size());
    result = unit_->follow_up(clock_.now());
  }
  load_pages(happened);
}

Table::Happened Table::leave(int player) {
  away_.insert(player);
  Happened happened;
  follow(unit_->presence(static_cast<std::uint32_t>(player), false, clock_.now()), happened);
  return finished(std::move(happened));
}

Table::Happened Table::come_back(int player) {
  away_.erase(player);
  Happened happened;
  load_pages(happened);
  return finished(std::move(happened));
}

Table::Happened Table::finished(Happened happened) const {
  happened.pages_.emplace_back();
  for (int player = 1; player <= seats_; ++player) happened.pages_.push_back(page(player));
  return happened;
}

Table::Happened Table::play_bots(int messages) {
  if (!app_->bot) throw std::invalid_argument(app_->name + " has no bot");
  Happened all;
  for (std::size_t seat = 0, waiting = 0; messages > 0 && waiting < bots_.size();
       seat = (seat + 1) % bots_.size()) {
    Value message;
    if (!next_message(seat, message)) {
      ++waiting;
      continue;
    }
    waiting = 0;
    --messages;
    Happened one = live(static_cast<int>(seat) + 1, message);
    if (!one.code_.empty()) may_act_[seat] = true;
    std::move(one.heard_.begin(), one.heard_.end(), std::back_inserter(all.heard_));
    all.moved_ = all.moved_ || one.moved_;
    all.code_ = one.code_;
    all.message_ = one.message_;
  }
  return finished(std::move(all));
}

// What the bot on this seat says next, if it may and wants to.
bool Table::next_message(std::size_t seat, Value& message) {
  const PageRef page = unit_->page_of(static_cast<std::uint32_t>(seat) + 1);
  const bool live = page.position < app_->pages.size() && app_->pages[page.position].live;
  if (!live || !may_act_[seat]) return false;
  may_act_[seat] = false;
  std::optional<Value> answer = app_->bot(bots_[seat]);
  if (!answer) return false;
  message = std::move(*answer);
  return true;
}

void Table::restart() {
  std::string bytes;
  for (const Record& record : records_) encode(record, bytes);
  auto stored = decode_records(bytes);
  for (std::size_t i = 0; stored && i < stored->size() && i < records_.size(); ++i) {
    if (!holds_personal(records_[i])) continue;
    const auto part = decode_personal_part(encode(personal_part_of(records_[i])));
    if (!part || !join((*stored)[i], &*part)) throw std::logic_error("a personal part is lost");
  }
  if (!stored || *stored != records_) throw std::logic_error("the records are not what was stored");
  auto unit = empty_unit();
  for (const Record& record : *stored) {
    const Result<void> applied = unit->apply(record);
    if (!applied) throw std::logic_error(applied.error().message);
  }
  if (unit->snapshot() != unit_->snapshot()) {
    throw std::logic_error("after the restart the group is\n" + unit->snapshot() +
                           "\nbut it was\n" + unit_->snapshot());
  }
  unit_ = std::move(unit);
  verify();
}

void Table::verify() const {
  Reexecution again(empty_unit(), Builds::same_only);
  const Record first = empty_unit()->create(records_.front().time);
  Result<void> fits = again.begin(records_.front(), first);
  for (std::size_t i = 1; fits && i < records_.size(); ++i) fits = again.take(records_[i]);
  if (!fits) throw std::logic_error(fits.error().message);
  if (again.difference()) throw std::logic_error("played again: " + *again.difference());
}

// -- looking
// ---------------------------------------------------------------------------------------

Value Table::reload(int player) {
  const auto seat = static_cast<std::uint32_t>(player);
  Happened gone_on;
  follow(unit_->pass_hidden(seat, clock_.now()), gone_on);
  const PageRef here = unit_->page_of(seat);
  Value replayed = Value::empty_list();
  if (here.position >= app_->pages.size()) return replayed;
  if (app_->pages[here.position].history == History::none) return replayed;
  for (const Record& record : records_) {
    for (const StoredReply& reply : record.replies) {
      const bool meant = reply.receivers.empty() ||
                         std::count(reply.receivers.begin(), reply.receivers.end(), seat) > 0;
      if (!meant || reply.page != here || reply.retention == Retention::transient) continue;
      if (reply.retention == Retention::latest &&
          (reply.payload == "null" || unit_->superseded(here, reply.key, seat, record.sequence))) {
        continue;
      }
      replayed.append(read_stored(reply.payload));
    }
  }
  return replayed;
}

std::string Table::page(int player) const {
  const PageRef page = unit_->page_of(static_cast<std::uint32_t>(player));
  return page.position < app_->pages.size() ? app_->pages[page.position].name : "";
}

Value Table::js_vars(int player) const {
  return unit_->view(static_cast<std::uint32_t>(player), clock_.now()).js_vars;
}

int Table::round(int player) const {
  return unit_->page_of(static_cast<std::uint32_t>(player)).round;
}

Value Table::field(std::string_view column, int round) const {
  return column_of(unit_->group(round), column);
}

Value Table::field(int player, std::string_view column, int round) const {
  return column_of(unit_->roster().player(round, static_cast<std::uint32_t>(player)), column);
}

std::vector<std::vector<int>> Table::groups(int round) const {
  std::vector<std::vector<int>> groups;
  const Roster& roster = unit_->roster();
  for (int id = 1; id <= roster.groups(round); ++id) {
    const GroupBase& group = roster.group(round, id);
    groups.emplace_back();
    for (std::size_t player = 1; player <= group.player_count(); ++player) {
      const auto& who = group.player_base(static_cast<std::int64_t>(player));
      groups.back().push_back(static_cast<int>(who.seat()));
    }
  }
  return groups;
}

Value Table::rows(std::string_view log) const {
  const Roster& roster = unit_->roster();
  const auto& logs = roster.example(Roster::Kind::group).logs();
  const auto named = [log](const LogBase* each) { return each->name() == log; };
  const auto found = std::find_if(logs.begin(), logs.end(), named);
  if (found == logs.end()) throw std::invalid_argument("there is no log " + std::string(log));
  Value rows = Value::empty_list();
  if ((*found)->as_rows() != nullptr) {
    roster.for_each([&](const Model& model) {
      if (roster.kind_of(model.object_number()) != Roster::Kind::group) return;
      for (const Value& row : model.logs()[(*found)->index()]->as_rows()->to_value())
        rows.append(row);
    });
    return rows;
  }
  for (const Record& record : records_) {
    for (const LogRow& row : record.rows) {
      const bool of_group = roster.kind_of(row.object) == Roster::Kind::group;
      if (!of_group || row.log != (*found)->index()) continue;
      rows.append(read_stored(row.values));
    }
  }
  return rows;
}

}  // namespace rialto
