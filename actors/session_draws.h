// What is drawn when a session is made: by chance, or for bots from a seed. Owned by who makes the
// session. Guarantee: one seed draws the same, in the order of asking.
#pragma once

#include <sys/random.h>

#include <cstdint>
#include <stdexcept>

namespace rialto {

class SessionDraws {
 public:
  // 0: by chance.
  explicit SessionDraws(std::uint64_t seed = 0) : seed_(seed) {}

  std::uint64_t next() {
    if (seed_ == 0) return by_chance();
    // splitmix64, Vigna 2015
    std::uint64_t mixed = seed_ + ++drawn_ * 0x9E3779B97F4A7C15ULL;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31U);
  }

 private:
  static std::uint64_t by_chance() {
    std::uint64_t bytes = 0;
    if (::getrandom(&bytes, sizeof(bytes), 0) != static_cast<ssize_t>(sizeof(bytes))) {
      throw std::runtime_error("the system gives no random bytes");
    }
    return bytes;
  }

  std::uint64_t seed_;
  std::uint64_t drawn_ = 0;
};

}  // namespace rialto
