#include "apps/command/sessions_desk.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

#include "apps/command/project_words.h"

namespace rialto::command {
namespace {

// The commit of a session is one fsync: this is for a disk that hangs.
constexpr std::chrono::seconds patience{30};

Value add_links(const Value& session, const Links& links) {
  Value linked = session;
  linked.set("link", links.session_link(session["code"].as<std::string>()));
  Value participants = Value::empty_list();
  for (Value participant : session["participants"]) {
    participant.set("link", links.participant_link(participant["code"].as<std::string>()));
    participants.append(std::move(participant));
  }
  linked.set("participants", std::move(participants));
  if (session.contains("room")) {
    linked.set("room_link", links.room_link(session["room"].as<std::string>()));
  }
  return linked;
}

// By code or label.
Result<Value> find_participant(const Value& session, const std::string& who) {
  for (const Value& each : session["participants"]) {
    if (each["code"] == who || each.get("label", "") == who) return each;
  }
  return Error{ErrorKind::not_found,
               "the session " + session["code"].as<std::string>() + " has no participant " + who};
}

// As oTree's "advance slowest": all who are furthest behind. Who has not come yet is behind who
// has. Who waits for others is moved by them: he counts only where everybody waits.
std::vector<Value> slowest(const Value& session, bool waiting = false) {
  const auto stage_of = [&](const Value& participant) {
    std::int64_t stage = 0;
    for (const Value& each : session["apps"]) {
      if (each["app"] == participant["app"]) return stage;
      ++stage;
    }
    return stage;
  };
  std::vector<Value> last;
  std::array<std::int64_t, 4> lowest{};
  for (const Value& each : session["participants"]) {
    const bool plays =
        !each.get("finished", false) && !each.get("dropped", false) && !each.get("unknown", false);
    const bool waits = each.contains("waits_for") || each.contains("waits_for_group");
    if (!plays || waits != waiting) continue;
    const std::array<std::int64_t, 4> place{stage_of(each), each.get("not_come", false) ? 0 : 1,
                                            each["round"].as<std::int64_t>(),
                                            each["position"].as<std::int64_t>()};
    if (last.empty() || place < lowest) last.clear();
    if (last.empty()) lowest = place;
    if (place == lowest) last.push_back(each);
  }
  if (last.empty() && !waiting) return slowest(session, true);
  return last;
}

}  // namespace

SessionsDesk::SessionsDesk(caf::actor_system& system, caf::actor directory, const Links& links,
                           DemoSessions demo, const Project& project)
    : self_(system),
      directory_(std::move(directory)),
      links_(links),
      demo_(demo),
      project_(project) {}

template <class Question>
Result<Value> SessionsDesk::ask(Question question) {
  const std::uint64_t request = ++requests_;
  question.request = request;
  self_->send(directory_, std::move(question));
  SessionAnswer answer;
  while (answer.request != request) {  // an answer that came too late is another question's
    bool came = true;
    self_->receive([&](SessionAnswer& got) { answer = std::move(got); },
                   caf::after(patience) >> [&] { came = false; });
    if (!came) return Error{ErrorKind::unavailable, "the server is too busy to answer"};
  }
  if (!answer.error.empty()) return Error{ErrorKind::invalid, answer.error};
  return std::move(answer.result);
}

Result<Value> SessionsDesk::with_links(Result<Value> session) const {
  if (!session) return session;
  return add_links(*session, links_);
}

Result<Value> SessionsDesk::create(const Value& request) {
  CreateSession create;
  create.config = request["config"].as<std::string>();
  create.participants = request.get<std::uint32_t>("participants", 0);
  create.key = request.get("key", "");
  create.values = request.get("values", Value());
  create.labels = request.get("labels", std::vector<std::string>());
  create.demo = demo_ == DemoSessions::yes;
  create.bots = request.get("bots", false);
  create.seed = request.get<std::uint64_t>("seed", 0);
  create.room = request.get("room", "");
  if (auto can = project_.can_be_played(create.config); !can) return can.error();
  if (const Value* const language = create.values.find("language")) {
    if (auto known = check_language(*language, project_.words); !known) return known.error();
  }
  if (!create.room.empty()) {
    const Result<Room> room = find_room(create.room);
    if (!room) return room.error();
    if (create.participants == 0 && create.labels.empty()) {
      create.participants = static_cast<std::uint32_t>(room->labels.size());
    }
  }
  return with_links(ask(std::move(create)));
}

Result<Value> SessionsDesk::show(const Value& request) {
  return with_links(places(request["code"].as<std::string>()));
}

Result<Value> SessionsDesk::places(const std::string& code) {
  DescribeSessions describe;
  describe.code = code;
  describe.places = true;
  return ask(std::move(describe));
}

// Of a session in which somebody can be moved.
Result<Value> SessionsDesk::open_places(const std::string& code) {
  Result<Value> session = places(code);
  if (!session || !session->get("closed", false)) return session;
  return Error{ErrorKind::invalid, "the session is closed: rialto session reopen " + code};
}

Result<Value> SessionsDesk::close(const Value& request) {
  CloseSession close;
  close.code = request["code"].as<std::string>();
  return with_links(ask(std::move(close)));
}

Result<Value> SessionsDesk::reopen(const Value& request) {
  ReopenSession reopen;
  reopen.code = request["code"].as<std::string>();
  return with_links(ask(std::move(reopen)));
}

Result<Value> SessionsDesk::advance(const Value& request) {
  const Result<Value> session = open_places(request["code"].as<std::string>());
  if (!session) return session;
  std::vector<Value> chosen;
  if (request.get("slowest", false)) {
    chosen = slowest(*session);
  } else {
    const auto one = find_participant(*session, request["participant"].as<std::string>());
    if (!one) return one.error();
    chosen.push_back(*one);
  }
  Value moved = Value::empty_list();
  for (const Value& participant : chosen) {
    const Result<Value> one = move(*session, participant, MoveParticipant::How::advance);
    if (!one && chosen.size() == 1) return one;
    if (one) moved.append(*one);
    if (!one) {
      moved.append({{"participant", participant["code"]}, {"error", one.error().message}});
    }
  }
  return Value{{"session", (*session)["code"]}, {"moved", std::move(moved)}};
}

Result<Value> SessionsDesk::drop(const Value& request) {
  const Result<Value> session = open_places(request["code"].as<std::string>());
  if (!session) return session;
  const auto one = find_participant(*session, request["participant"].as<std::string>());
  return one ? move(*session, *one, MoveParticipant::How::drop) : one;
}

// Only from the page he was seen on: who has gone on meanwhile is not pushed twice.
Result<Value> SessionsDesk::move(const Value& session, const Value& participant,
                                 MoveParticipant::How how) {
  MoveParticipant move;
  move.session = session["code"].as<std::string>();
  move.participant = participant["code"].as<std::string>();
  move.how = how;
  if (how == MoveParticipant::How::advance) move.page = participant.get("instance", "");
  return ask(std::move(move));
}

Result<Value> SessionsDesk::retry(const Value& request) {
  RetrySession retry;
  retry.code = request["code"].as<std::string>();
  return with_links(ask(std::move(retry)));
}

Result<void> SessionsDesk::list(const std::function<Result<void>(const Value&)>& take) {
  DescribeSessions question;
  for (;;) {
    const Result<Value> sessions = ask(question);
    if (!sessions) return sessions.error();
    if (sessions->empty()) return {};
    for (const Value& session : *sessions) {
      if (auto taken = take(add_links(session, links_)); !taken) return taken;
      question.after = session["code"].as<std::string>();
    }
  }
}

// -- rooms
// ----------------------------------------------------------------------------------------

Result<Room> SessionsDesk::find_room(const std::string& name) const {
  const auto found = std::ranges::find(project_.rooms, name, &Room::name);
  if (found != project_.rooms.end()) return *found;
  std::string names;
  for (const Room& each : project_.rooms) names += (names.empty() ? "" : ", ") + each.name;
  return Error{ErrorKind::not_found,
               "there is no room \"" + name + "\"; " +
                   (names.empty() ? "the project file has no [[rooms]]" : "there are: " + names)};
}

Value SessionsDesk::describe_room(const Room& room, const Value& doings) const {
  Value value = {{"name", room.name},
                 {"display_name", room.display_name},
                 {"link", links_.room_link(room.name)},
                 {"secure", room.secure}};
  std::set<std::string> present;
  if (const Value* const here = doings.find(room.name)) {
    if (here->contains("session")) value.set("session", (*here)["session"]);
    for (const Value& visitor : (*here)["present"]) present.insert(visitor.as<std::string>());
  }
  value.set("present", present.size());
  if (room.labels.empty()) return value;
  Value labels = Value::empty_list();
  for (const std::string& label : room.labels) {
    labels.append({{"label", label},
                   {"link", room.secure ? links_.signed_label_link(room.name, label)
                                        : links_.label_link(room.name, label)},
                   {"present", present.contains(label)}});
  }
  value.set("labels", std::move(labels));
  return value;
}

Result<Value> SessionsDesk::show_room(const Value& request) {
  const Result<Room> room = find_room(request["room"].as<std::string>());
  if (!room) return room.error();
  const Result<Value> doings = ask(DescribeRooms());
  if (!doings) return doings;
  return describe_room(*room, *doings);
}

Result<Value> SessionsDesk::list_rooms() {
  const Result<Value> doings = ask(DescribeRooms());
  if (!doings) return doings;
  Value all = Value::empty_list();
  for (const Room& room : project_.rooms) all.append(describe_room(room, *doings));
  return all;
}

Result<Value> SessionsDesk::close_room(const Value& request) {
  const Result<Room> room = find_room(request["room"].as<std::string>());
  if (!room) return room.error();
  ClearRoom clear;
  clear.room = room->name;
  return with_links(ask(std::move(clear)));
}

}  // namespace rialto::command
