// Asks the directory about sessions and rooms and adds links to what it answers: what the control
// socket serves `session create`, `room show` and their like with. Used on the control thread
// alone. Guarantee: an answer is given only after it is durable. An Error if the directory does not
// answer.
#pragma once

#include <caf/all.hpp>
#include <functional>
#include <string>
#include <vector>

#include "actors/caf_types.h"
#include "apps/command/project.h"
#include "gateway/links.h"
#include "storage/result.h"

namespace rialto::command {

enum class DemoSessions { no, yes };

class SessionsDesk {
 public:
  // `links` outlives the desk.
  SessionsDesk(caf::actor_system& system, caf::actor directory, const Links& links,
               DemoSessions demo, const Project& project);

  // A session as SessionAnswer describes it, with "link" for all and for each participant.
  Result<Value> create(const Value& request);
  Result<Value> show(const Value& request);
  Result<Value> close(const Value& request);
  Result<Value> reopen(const Value& request);
  Result<Value> retry(const Value& request);
  // All of them, newest first, one after the other to `take`, which may refuse to go on.
  Result<void> list(const std::function<Result<void>(const Value&)>& take);
  // Moves one participant on ("participant": code or label), or all who are furthest behind
  // ("slowest"): {"session","moved": [as SessionAnswer says of MoveParticipant, or {"participant",
  // "error"}, …]}.
  Result<Value> advance(const Value& request);
  // One participant of the session: as an element of "moved" above.
  Result<Value> drop(const Value& request);

  // A room: {"name","display_name","link","secure","session"?: code,"present": how many wait,
  // "labels"?: [{"label","link","present"}, …]}.
  Result<Value> show_room(const Value& request);
  Result<Value> list_rooms();
  // The session that was in the room.
  Result<Value> close_room(const Value& request);

 private:
  template <class Question>
  Result<Value> ask(Question question);
  Result<Value> places(const std::string& code);
  Result<Value> open_places(const std::string& code);
  Result<Value> move(const Value& session, const Value& participant, MoveParticipant::How how);
  Result<Value> with_links(Result<Value> session) const;
  Result<Room> find_room(const std::string& name) const;
  Value describe_room(const Room& room, const Value& doings) const;

  caf::scoped_actor self_;
  caf::actor directory_;
  const Links& links_;
  const DemoSessions demo_;
  const Project project_;
  std::uint64_t requests_ = 0;
};

}  // namespace rialto::command
