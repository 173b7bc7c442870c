// Whether there is room left on the disk that a folder lies on, kept back by a reserve.
// Owned by the store; any thread may ask, as often as it likes.
// Guarantee: asks the system at most once in `refresh`. Limitation: the answer may be that old, so
// the reserve must hold what can be written meanwhile.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>

namespace rialto {

class FreeSpace {
 public:
  // `reserve` in bytes: below it there is no room.
  FreeSpace(std::filesystem::path folder, std::uint64_t reserve, std::chrono::milliseconds refresh);

  bool has_room() const;

 private:
  using Time = std::chrono::steady_clock;

  bool ask() const;

  const std::filesystem::path folder_;
  const std::uint64_t reserve_;
  const std::chrono::milliseconds refresh_;
  mutable std::atomic<Time::rep> ask_again_{Time::duration::min().count()};
  mutable std::atomic<bool> has_room_{true};
};

}  // namespace rialto
