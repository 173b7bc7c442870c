#include "apps/command/session_places.h"

#include "apps/command/local_time.h"
#include "apps/command/say.h"

namespace rialto::command {
namespace {

std::string number_text(const Value& object, const char* key) {
  return std::to_string(object[key].as<std::int64_t>());
}

// By label where there is one.
std::string name_of(const Value& session, const Value& code) {
  for (const Value& each : session["participants"]) {
    if (each["code"] == code) return each.get("label", code.as<std::string>().c_str());
  }
  return code.as<std::string>();
}

std::string waits(const Value& session, const Value& participant) {
  if (participant.get("waits_for_group", false)) return "; waits for a group";
  const Value* const others = participant.find("waits_for");
  if (others == nullptr || others->empty()) return "";
  std::string names;
  for (const Value& code : *others) names += (names.empty() ? "" : ", ") + name_of(session, code);
  return "; waits for " + names;
}

}  // namespace

std::string place_text(const Value& session, const Value& participant) {
  if (participant.get("unknown", false)) return "on the way, or not to be played: the log says why";
  if (!participant.contains("page")) return "";
  if (participant.get("dropped", false)) return "was dropped";
  if (participant.get("finished", false)) return "has finished";
  if (participant.get("not_come", false)) return "has not come yet";
  std::string text = "on " + participant["page"].as<std::string>() + ", round " +
                     number_text(participant, "round");
  const auto since = participant["since"].as<std::int64_t>();
  if (since != 0) text += ", since " + local_time(since, "%H:%M:%S");
  text += participant["present"].as<bool>() ? "; there" : "; not there";
  return text + waits(session, participant);
}

void say_stuck(const Value& session) {
  if (const Value* const why = session.find("unplayable")) {
    say("cannot be played: {}\n", why->as<std::string>());
  }
  for (const Value& stuck : session["stuck"]) {
    const std::string where = stuck.contains("page") ? ", " + stuck["page"].as<std::string>() +
                                                           ", round " + number_text(stuck, "round")
                                                     : "";
    say("stuck: {} group {}{}: {}; to try again: rialto session retry {}\n",
        stuck["app"].as<std::string>(), stuck["group"].as<std::int64_t>(), where,
        stuck.get("why", "the server's log says why"), session["code"].as<std::string>());
  }
}

}  // namespace rialto::command
