#include "actors/session.h"

#include <algorithm>
#include <tuple>

#include "actors/money.h"
#include "actors/stored_value.h"

namespace rialto {
namespace {

constexpr std::string_view fee_key = "participation_fee";

Value describe_stage(const Stage& stage) {
  return {{"app", stage.app}, {"first_unit", stage.first_unit}, {"group_size", stage.group_size}};
}

Value describe_session(const Session& session) {
  Value stages = Value::empty_list();
  for (const Stage& stage : session.stages) stages.append(describe_stage(stage));
  return {{"code", session.code},       {"config", session.config},  {"number", session.number},
          {"created", session.created}, {"demo", session.demo},      {"bots", session.bots},
          {"closed", session.closed},   {"apps", std::move(stages)}, {"values", *session.values}};
}

// Amounts are stored as their numbers.
std::shared_ptr<const Value> read_values(Value values, int currency_decimals) {
  if (const Value* const fee = values.find(fee_key)) {
    values.set(fee_key, Payment::rounded(fee->as<double>(), currency_decimals));
  }
  return std::make_shared<const Value>(std::move(values));
}

// Those the session was made with, whatever the project says now.
int currency_decimals(const Value& values) { return values.get(fee_key, Payment()).decimals(); }

}  // namespace

void Session::label(std::size_t participant, const std::string& label) {
  seats[participant].label = label;
  by_label[label] = participant;
}

void Session::seat(std::size_t participant, std::uint32_t stage) {
  seats[participant].stage = stage;
  std::tie(seats[participant].unit, seats[participant].player) = place(participant, stage);
}

std::pair<UnitId, std::uint32_t> Session::place(std::size_t participant,
                                                std::uint32_t stage) const {
  const auto index = static_cast<std::uint32_t>(participant);
  const Stage& there = stages[stage];
  return {UnitId::of(number, there.first_unit + index / there.group_size),
          index % there.group_size + 1};
}

std::uint32_t Session::units() const {
  const Stage& last = stages.back();
  return last.first_unit + static_cast<std::uint32_t>(seats.size()) / last.group_size;
}

std::uint32_t Session::stage_of(UnitId unit) const {
  std::uint32_t stage = 0;
  while (stage + 1 < stages.size() && stages[stage + 1].first_unit <= unit.index()) ++stage;
  return stage;
}

std::pair<std::size_t, std::size_t> Session::members(UnitId unit) const {
  const Stage& stage = stages[stage_of(unit)];
  const std::size_t first = std::size_t{unit.index() - stage.first_unit} * stage.group_size;
  return {first, std::min(first + stage.group_size, seats.size())};
}

std::string Session::title() const { return values->get("display_name", config.c_str()); }

Value Session::describe_itself() const {
  Value value = describe_session(*this);
  value.set("title", title());
  if (!room.empty()) value.set("room", room);
  if (const auto state = board->read(); !state->values.empty()) value.set("vars", state->values);
  if (const auto can = can_be_played(); !can) value.set("unplayable", can.error().message);
  return value;
}

Value Session::describe_seat(std::size_t participant) const {
  const Seat& seat = seats[participant];
  Value entry = {{"code", seat.code},
                 {"app", stages[seat.stage].app},
                 {"unit", seat.unit.index()},
                 {"player", seat.player},
                 {"claimed", seat.claimed}};
  if (!seat.label.empty()) entry.set("label", seat.label);
  return entry;
}

Value Session::describe() const {
  Value value = describe_itself();
  Value participants = Value::empty_list();
  for (std::size_t index = 0; index < seats.size(); ++index) {
    participants.append(describe_seat(index));
  }
  value.set("participants", std::move(participants));
  return value;
}

Result<void> Session::can_be_played() const {
  if (!damage.empty()) return Error{ErrorKind::corrupt, damage};
  if (decimals == Money::decimals()) return {};
  return Error{ErrorKind::invalid,
               "session " + code + " was made with " + std::to_string(decimals) +
                   " decimals of money, and the project has " + std::to_string(Money::decimals()) +
                   " now: it can be played and verified with [money] as it was"};
}

// Labels are stored elsewhere (rules.md 20); the places are those of the first app.
std::string Session::stored_form() const {
  Value value = describe_session(*this);
  value.set("key", key);
  if (closed_at != 0) value.set("closed_at", closed_at);
  Value closed_before = Value::empty_list();
  for (const Closure& each : closures) closed_before.append(list(each.from, each.until));
  if (!closures.empty()) value.set("closures", std::move(closed_before));
  if (!room.empty()) value.set("room", room);
  if (!closed_in.empty()) value.set("closed_in", closed_in);
  value.set("labelled", labelled);
  if (personal_apart) value.set("personal_apart", true);
  value.set("seed", std::to_string(seed));
  value.set("decimals", decimals);
  value.set("currency_decimals", currency_decimals(*values));
  Value participants = Value::empty_list();
  for (std::size_t index = 0; index < seats.size(); ++index) {
    const std::size_t size = stages.front().group_size;
    participants.append(
        {{"code", seats[index].code}, {"unit", index / size}, {"player", index % size + 1}});
  }
  value.set("participants", std::move(participants));
  return value.dump();
}

Session read_session(std::string_view stored) {
  const Value value = read_stored(stored);
  Session session;
  session.number = value["number"].as<std::uint32_t>();
  session.code = value["code"].as<std::string>();
  session.key = value["key"].as<std::string>();
  session.room = value.get("room", "");
  session.closed_in = value.get("closed_in", "");
  session.created = value["created"].as<std::int64_t>();
  session.seed = std::stoull(value["seed"].as<std::string>());
  session.demo = value["demo"].as<bool>();
  session.bots = value.get("bots", false);
  session.closed = value["closed"].as<bool>();
  session.closed_at = value.get<std::int64_t>("closed_at", 0);
  for (const Value& each : value.get("closures", Value::empty_list())) {
    session.closures.push_back({each[0].as<std::int64_t>(), each[1].as<std::int64_t>()});
  }
  session.personal_apart = value.get("personal_apart", false);
  for (const Value& entry : value["participants"]) {
    session.seats.emplace_back().code = entry["code"].as<std::string>();
  }
  // Sessions from before labels came with visitors had them all from the start.
  session.labelled =
      value.get<std::uint32_t>("labelled", static_cast<std::uint32_t>(session.seats.size()));
  if (value.contains("apps")) {
    session.config = value["config"].as<std::string>();
    // Before payments had decimals of their own they had those of money.
    session.decimals = value.get("decimals", Money::decimals());
    session.values = read_values(value["values"], value.get("currency_decimals", session.decimals));
    for (const Value& stage : value["apps"]) {
      session.stages.push_back({stage["app"].as<std::string>(),
                                stage["first_unit"].as<std::uint32_t>(),
                                stage["group_size"].as<std::uint32_t>()});
    }
  } else {  // as it was written when a session had one app
    std::uint32_t size = 1;
    for (const Value& entry : value["participants"]) {
      size = std::max(size, entry["player"].as<std::uint32_t>());
    }
    session.config = value["app"].as<std::string>();
    session.values = std::make_shared<const Value>(Value::object());
    session.stages = {{session.config, 0, size}};
  }
  for (std::size_t index = 0; index < session.seats.size(); ++index) session.seat(index, 0);
  return session;
}

}  // namespace rialto
