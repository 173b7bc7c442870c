// Where everybody in a session is: its units are asked, a few at a time, so that others are not
// kept waiting for it.
#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

#include "actors/directory.h"

namespace rialto {
namespace {

constexpr std::size_t asked_at_once = 64;
constexpr std::chrono::seconds patience{10};  // with a unit that does not answer

}  // namespace

void Directory::survey(const Session& session, std::uint64_t request) {
  const std::uint64_t number = ++last_survey_;
  Survey& survey = surveys_[number];
  survey.to = caf::actor_cast<caf::actor>(current_sender());
  survey.answer.request = request;
  survey.session = session.number;
  for (const Seat& seat : session.seats) survey.to_ask.push_back(seat.unit);
  std::ranges::sort(survey.to_ask, std::ranges::greater());
  const auto [repeated, end] = std::ranges::unique(survey.to_ask);
  survey.to_ask.erase(repeated, end);
  delayed_send(this, patience, survey_atom::value, number);
  ask_units(number);
}

void Directory::ask_units(std::uint64_t number) {
  Survey& survey = surveys_.at(number);
  while (!survey.to_ask.empty() && survey.asked.size() < asked_at_once) {
    const UnitId unit = survey.to_ask.back();
    survey.to_ask.pop_back();
    if (wake(unit) == nullptr) continue;
    survey.asked.insert(unit);
    tell(unit, DescribeUnit{});
  }
  if (survey.asked.empty()) end_survey(number);
}

// One answer is good for all who have asked.
void Directory::on_described(const UnitDescribed& described) {
  std::vector<std::uint64_t> heard;
  for (auto& [number, survey] : surveys_) {
    if (survey.asked.erase(described.unit) == 0) continue;
    for (const Value& each : described.players) {
      survey.places[{described.unit, each["player"].as<std::uint32_t>()}] = each;
    }
    survey.stuck[described.unit] = described.stuck;
    heard.push_back(number);
  }
  for (const std::uint64_t number : heard) ask_units(number);
}

void Directory::end_survey(std::uint64_t number) {
  auto entry = surveys_.extract(number);
  if (entry.empty()) return;
  const auto survey = std::make_shared<Survey>(std::move(entry.mapped()));
  const Session* const session = book_->of(UnitId::of(survey->session, 0));
  if (session == nullptr) return;
  const auto add_place = [this, survey, session](Value& participant, const Seat& seat) {
    auto place = survey->places.extract({seat.unit, seat.player});
    if (place.empty()) return void(participant.set("unknown", true));
    participant.update(named(std::move(place.mapped()), *session, seat.unit));
  };
  const auto tell = [this, survey, session](Value description) {
    description.set("stuck", stuck_as_told(*survey, *session));
    survey->answer.result = std::move(description);
    caf::anon_send(survey->to, std::move(survey->answer));
  };
  describe(*session, tell, add_place);
}

Value Directory::stuck_as_told(const Survey& survey, const Session& session) const {
  Value stuck = Value::empty_list();
  for (const UnitId unit : stuck_) {
    if (unit.session() != session.number) continue;
    const Stage& stage = session.stages[session.stage_of(unit)];
    const Value group = unit.index() - stage.first_unit + 1;
    const auto told = survey.stuck.find(unit);
    if (told == survey.stuck.end()) stuck.append({{"app", stage.app}, {"group", group}});
    if (told == survey.stuck.end()) continue;
    for (Value each : told->second) {
      each.set("app", stage.app);
      if (!each.contains("group")) each.set("group", group);
      stuck.append(std::move(each));
    }
  }
  return stuck;
}

// Seats of the unit by the codes of who sits there.
Value Directory::named(Value place, const Session& session, UnitId unit) const {
  const std::size_t first = session.members(unit).first;
  const auto code = [&](const Value& seat) {
    return Value(session.seats[first + seat.as<std::size_t>() - 1].code);
  };
  if (const Value* const others = place.find("waits_for")) {
    Value codes = Value::empty_list();
    for (const Value& seat : *others) codes.append(code(seat));
    place.set("waits_for", std::move(codes));
  }
  return place;
}

}  // namespace rialto
