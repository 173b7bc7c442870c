// Where everybody is and whom he waits for, for the experimenter.
#include <map>

#include "actors/log_text.h"
#include "actors/stored_value.h"
#include "actors/unit.h"

namespace rialto {
namespace {

constexpr std::size_t most_named = 10;  // of whom somebody waits for

}  // namespace

Value Unit::describe_players(const std::set<std::uint32_t>& present) const {
  Value all = Value::empty_list();
  std::map<Together, Value> awaited;
  for (std::uint32_t player = 1; player <= players(); ++player) {
    if (!is_here(player)) continue;
    const PageRef page = page_of(player);
    const PageModel* const model = page_model(page);
    Value entry = {{"player", player},
                   {"page", model != nullptr ? model->name : ""},
                   {"instance", app_->name + "/" + to_string(page)},
                   {"position", int{page.position}},
                   {"round", int{page.round}},
                   {"since", since_[player - 1]},
                   {"present", present.contains(player)}};
    const PlayerBase& who = seat(player, page);
    if (who.has_group()) {
      entry.set("id_in_group", who.id_in_group());
      if (roster_.whole()) entry.set("group", who.group_base().id_in_subsession());
    } else {
      entry.set("group", Value());  // none yet
    }
    const bool has_come = arrived_[player - 1].round != 0 || !setup_.first_stage;
    if (!has_come) entry.set("not_come", true);
    if (is_away(player)) entry.set("away", true);
    if (is_dropped(player)) entry.set("dropped", true);
    if (model == nullptr && !is_dropped(player)) entry.set("finished", true);
    if (model != nullptr && model->wait && waits_[player - 1]) {
      const Together together{page, holder_of(player, page)};
      const auto known = awaited.find(together);
      if (is_waiting_for_group(player)) {
        entry.set("waits_for_group", true);
      } else if (known != awaited.end()) {
        entry.set("waits_for", known->second);
      } else {
        entry.set("waits_for", awaited[together] = Value(missing(together)));
      }
    }
    all.append(std::move(entry));
  }
  return all;
}

std::vector<std::uint32_t> Unit::missing(const Together& together) const {
  std::vector<std::uint32_t> seats;
  for (const std::uint32_t player : members_of(together)) {
    if (!all_are_at(together.first, {player})) seats.push_back(player);
    if (seats.size() == most_named) break;
  }
  return seats;
}

void Unit::note_failure(const Record& record, std::string_view what) {
  const std::string why =
      what.empty() ? "its hook crashed or hung" : log_text(what, setup_.limits->log_what);
  if (record.code == "dropped") why_stuck_[{PageRef{0, 0}, record.player}] = why;
  if (record.code == "all_arrived") why_stuck_[{record.page, holder_in(record)}] = why;
  if (record.code == "grouped") why_stuck_[{record.page, 0}] = why;
}

std::string Unit::why_stuck() const {
  Value all = Value::empty_list();
  for (const auto& [key, why] : why_stuck_) {
    all.append(list(int{key.first.round}, int{key.first.position},
                    static_cast<std::int64_t>(key.second), why));
  }
  return all.dump();
}

void Unit::restore_why_stuck(std::string_view stored) {
  for (const Value& each : read_stored(stored)) {
    const PageRef page{static_cast<std::uint16_t>(each[0].as<int>()),
                       static_cast<std::uint16_t>(each[1].as<int>())};
    why_stuck_[{page, each[2].as<Holder>()}] = each[3].as<std::string>();
  }
}

Value Unit::describe_stuck() const {
  Value all = Value::empty_list();
  const auto add = [&](PageRef page, const Together& key, const char* name, std::int64_t number) {
    const PageModel* const model = page_model(page);
    Value entry = {{"page", model != nullptr ? model->name : ""}, {"round", int{page.round}}};
    if (number > 0) entry.set(name, number);
    const auto why = why_stuck_.find(key);
    if (why != why_stuck_.end()) entry.set("why", why->second);
    all.append(std::move(entry));
  };
  for (const Together& each : stuck_) {
    const auto group =
        static_cast<std::int64_t>(each.second) - static_cast<std::int64_t>(players());
    add(each.first, each, "group", group);
  }
  for (const std::uint32_t player : failed_drops_) {
    add(page_of(player), {PageRef{0, 0}, player}, "player", player);
  }
  return all;
}

}  // namespace rialto
