// The live connections of one I/O thread and the units they hang on: hands what comes from the
// actors to the right connections, and what connections send to the right unit, in one message a
// turn. Owned by an IoThread, used on it alone. Guarantee: each unit touched in a turn gets one
// `Inputs`, in the order the sends were read.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "actors/limits.h"
#include "gateway/actors_port.h"
#include "gateway/connection.h"
#include "gateway/links.h"
#include "gateway/participant_use.h"
#include "gateway/unit_feed.h"

namespace rialto {

class Exchange {
 public:
  using TimePoint = Connection::TimePoint;

  // All that is given outlives it.
  Exchange(std::uint16_t number, Actors& actors, const Limits& limits, const Links& links);

  const Limits& limits() const { return limits_; }
  const Links& links() const { return links_; }
  Actors& actors() { return actors_; }
  ParticipantUses& participants() { return participants_; }
  // The time of this turn, as of when it was first asked for.
  TimePoint now();
  // Has a unit of this turn fewer sends than it is likely to get in a moment?
  bool expects_more() const;
  // Hands the sends of this turn to their units.
  void end_turn();
  // The next turn begins with the next event.
  void forget_time() { now_.reset(); }

  // -- connections ------------------------------------------------------------------------------
  ConnectionId enter(Connection& connection);
  void exit(Connection& connection);
  UnitFeed& subscribe(Connection& connection, UnitId unit);
  void unsubscribe(Connection& connection, UnitFeed& feed);
  // Takes back a join that a unit has answered.
  void decline(const Joined& joined);
  void send(UnitFeed& feed, LiveInput input);

  // -- actors -----------------------------------------------------------------------------------
  void joined(const Joined& joined);
  void piece(const HistoryPiece& piece);
  void released(const Release& release);
  void unit_closed(UnitId unit);
  void unit_gone(UnitId unit);

 private:
  Connection* find(ConnectionId id) const;
  void close_all(UnitId unit, frames::Close code, std::string_view reason);

  Actors& actors_;
  const Limits& limits_;
  const Links& links_;
  std::optional<TimePoint> now_;
  ConnectionId next_id_;
  ParticipantUses participants_;
  std::unordered_map<ConnectionId, Connection*> connections_;
  std::unordered_map<UnitId, UnitFeed> feeds_;
  std::vector<UnitId> touched_;  // units with sends of this turn
};

}  // namespace rialto
