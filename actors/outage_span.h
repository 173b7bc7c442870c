// A time at which nothing ran. A plain value.
#pragma once

#include <cstdint>

namespace rialto {

// By the clock as it is now, microseconds since 1970: from the newest sign of life to when things
// went on; 0, 0: there was none.
struct OutageSpan {
  std::int64_t from = 0;
  std::int64_t until = 0;
  std::int64_t lasted = 0;  // microseconds, whatever the clock was set to
};

// What a clock that is kept right differs by from one that only counts, microseconds; more is a
// clock that was set.
constexpr std::int64_t clocks_differ = 2'000'000;

}  // namespace rialto
