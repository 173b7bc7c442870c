// Who waits in which room: everybody who has asked there in the last moments. Owned by the
// Directory, on its thread; never stored. Guarantee: at most `Limits::room_visitors` a room are
// kept. Limitation: who comes beyond that is not counted.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/limits.h"

namespace rialto {

class RoomPresence {
 public:
  // `limits` outlives it.
  explicit RoomPresence(const Limits& limits) : limits_(limits) {}

  // All times are in microseconds.
  void seen(const std::string& room, const std::string& visitor, std::int64_t now);
  // Those who were seen within `Limits::room_presence`, in order of their names.
  std::vector<std::string> present(const std::string& room, std::int64_t now) const;
  // Nobody waits there any more.
  void forget(const std::string& room) { rooms_.erase(room); }
  // In which somebody was seen.
  std::vector<std::string> rooms() const;

 private:
  struct Room {
    std::unordered_map<std::string, std::int64_t> visitors;  // when they were seen last
    std::int64_t cleaned = 0;
  };
  bool is_present(std::int64_t seen, std::int64_t now) const;

  const Limits& limits_;
  std::map<std::string, Room> rooms_;
};

}  // namespace rialto
