// The connections of one unit on one I/O thread: fans out what the unit releases, and gathers the
// sends of a turn for it. Owned by the Exchange, on its thread, while a connection hangs on it.
// Guarantee: a message goes to the connections of its receivers on its page, encoded once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "actors/messages.h"
#include "gateway/rhythm.h"

namespace rialto {

class Connection;

class UnitFeed {
 public:
  explicit UnitFeed(UnitId unit) : unit_(unit) {}

  UnitId unit() const { return unit_; }
  void add(Connection& connection);
  void remove(Connection& connection);
  bool empty() const { return seats_.empty(); }
  std::vector<Connection*> connections() const;

  void fan_out(const Release& release);
  // The newest commit that had messages: who is behind it is not live.
  std::uint64_t released() const { return released_; }

  // True of the first of this turn.
  bool gather(LiveInput input);
  // Will more sends come in a moment, as far as its last turns tell?
  bool expects_more() const { return gathered_.inputs.size() < rhythm_.expected(); }
  Inputs take_gathered(Rhythm::TimePoint now);

 private:
  struct Seat {
    std::uint32_t player;
    Connection* connection;
  };

  void deliver(const Delivery& delivery);
  void tell(const TimeSet& time);

  UnitId unit_;
  std::uint64_t released_ = 0;
  std::vector<Seat> seats_;  // by player
  Inputs gathered_;
  Rhythm rhythm_;
  std::string frame_;  // being fanned out; kept for its memory
};

}  // namespace rialto
