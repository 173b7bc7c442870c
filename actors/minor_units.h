// How many of an amount's smallest parts make one: 100 cents. Plain values, any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace rialto {

inline constexpr int most_decimals = 6;

// `decimals`: 0 to `most_decimals`.
constexpr std::int64_t minor_per_unit(int decimals) {
  constexpr std::array<std::int64_t, most_decimals + 1> powers{1,      10,      100,      1'000,
                                                               10'000, 100'000, 1'000'000};
  return powers.at(static_cast<std::size_t>(decimals));
}

}  // namespace rialto
