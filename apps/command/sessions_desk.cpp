#include "apps/command/sessions_desk.h"

#include <chrono>

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
  return linked;
}

}  // namespace

SessionsDesk::SessionsDesk(caf::actor_system& system, caf::actor directory, const Links& links,
                           DemoSessions demo)
    : self_(system), directory_(std::move(directory)), links_(links), demo_(demo) {}

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
  return with_links(ask(std::move(create)));
}

Result<Value> SessionsDesk::show(const Value& request) {
  DescribeSessions describe;
  describe.code = request["code"].as<std::string>();
  return with_links(ask(std::move(describe)));
}

Result<Value> SessionsDesk::close(const Value& request) {
  CloseSession close;
  close.code = request["code"].as<std::string>();
  return with_links(ask(std::move(close)));
}

Result<Value> SessionsDesk::retry(const Value& request) {
  RetrySession retry;
  retry.code = request["code"].as<std::string>();
  return with_links(ask(std::move(retry)));
}

Result<Value> SessionsDesk::list() {
  Result<Value> sessions = ask(DescribeSessions());
  if (!sessions) return sessions;
  Value linked = Value::empty_list();
  for (const Value& session : *sessions) linked.append(add_links(session, links_));
  return linked;
}

}  // namespace rialto::command
