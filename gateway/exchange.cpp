#include "gateway/exchange.h"

#include <algorithm>
#include <utility>

namespace rialto {

Exchange::Exchange(std::uint16_t number, Actors& actors, const Limits& limits, const Links& links)
    : actors_(actors),
      limits_(limits),
      links_(links),
      next_id_((static_cast<ConnectionId>(number) << 48U) + 1),
      participants_(limits) {}

Exchange::TimePoint Exchange::now() {
  if (!now_) now_ = std::chrono::steady_clock::now();
  return *now_;
}

bool Exchange::expects_more() const {
  return std::ranges::any_of(touched_, [this](UnitId unit) {
    const auto found = feeds_.find(unit);
    return found != feeds_.end() && found->second.expects_more();
  });
}

void Exchange::end_turn() {
  for (const UnitId unit : touched_) {
    const auto found = feeds_.find(unit);
    if (found == feeds_.end()) continue;
    Inputs inputs = found->second.take_gathered(now());
    if (!inputs.inputs.empty()) actors_.send(unit, std::move(inputs));
  }
  touched_.clear();
}

ConnectionId Exchange::enter(Connection& connection) {
  connections_.emplace(next_id_, &connection);
  return next_id_++;
}

void Exchange::exit(Connection& connection) { connections_.erase(connection.id()); }

UnitFeed& Exchange::subscribe(Connection& connection, UnitId unit) {
  UnitFeed& feed = feeds_.try_emplace(unit, unit).first->second;
  feed.add(connection);
  return feed;
}

void Exchange::unsubscribe(Connection& connection, UnitFeed& feed) {
  const UnitId unit = feed.unit();
  feed.remove(connection);
  // What the connection sent before it left reaches the unit before the leave does.
  Inputs inputs = feed.take_gathered(now());
  if (!inputs.inputs.empty()) actors_.send(unit, std::move(inputs));
  actors_.leave(unit, {connection.id(), connection.player()});
  if (!feed.empty()) return;
  actors_.forget(unit);
  feeds_.erase(unit);
}

void Exchange::send(UnitFeed& feed, LiveInput input) {
  if (feed.gather(std::move(input))) touched_.push_back(feed.unit());
}

void Exchange::joined(const Joined& joined) {
  if (Connection* connection = find(joined.connection)) {
    connection->joined(joined);
  } else if (joined.unit != UnitId{}) {  // the line was lost meanwhile
    decline(joined);
  }
}

void Exchange::decline(const Joined& joined) {
  actors_.leave(joined.unit, {joined.connection, joined.player});
  if (!feeds_.contains(joined.unit)) actors_.forget(joined.unit);
}

void Exchange::piece(const HistoryPiece& piece) {
  if (Connection* connection = find(piece.connection)) connection->piece(piece);
}

void Exchange::released(const Release& release) {
  const auto feed = feeds_.find(release.unit);
  if (feed != feeds_.end()) feed->second.fan_out(release);
  for (const Outcome& outcome : release.outcomes) {
    if (Connection* connection = find(outcome.connection)) connection->outcome(outcome);
  }
}

void Exchange::unit_closed(UnitId unit) {
  close_all(unit, frames::Close::no_participant, "the session is closed");
}

void Exchange::unit_gone(UnitId unit) {
  close_all(unit, frames::Close::try_again, "the group is being loaded again");
}

void Exchange::close_all(UnitId unit, frames::Close code, std::string_view reason) {
  const auto feed = feeds_.find(unit);
  if (feed == feeds_.end()) return;
  for (Connection* connection : feed->second.connections()) connection->close(code, reason);
}

Connection* Exchange::find(ConnectionId id) const {
  const auto found = connections_.find(id);
  return found == connections_.end() ? nullptr : found->second;
}

}  // namespace rialto
