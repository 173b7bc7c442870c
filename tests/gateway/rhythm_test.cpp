#include "gateway/rhythm.h"

#include <doctest/doctest.h>

namespace rialto {
namespace {

using std::chrono::milliseconds;

TEST_CASE("players who come in step are waited for, up to all of them") {
  Rhythm rhythm;
  Rhythm::TimePoint now{milliseconds(1000)};
  rhythm.turn(1, 4, now);
  CHECK(rhythm.expected() == 0);
  rhythm.turn(3, 4, now += milliseconds(1));
  CHECK(rhythm.expected() == 4);
  rhythm.turn(4, 4, now += milliseconds(1));
  CHECK(rhythm.expected() == 4);
}

TEST_CASE("a player alone is never waited with") {
  Rhythm rhythm;
  Rhythm::TimePoint now{milliseconds(1000)};
  for (int turn = 0; turn < 5; ++turn) {
    rhythm.turn(1, 1, now += milliseconds(1));
    CHECK(rhythm.expected() <= 1);
  }
}

TEST_CASE("after a pause nothing is expected") {
  Rhythm rhythm;
  Rhythm::TimePoint now{milliseconds(1000)};
  rhythm.turn(4, 4, now);
  rhythm.turn(4, 4, now += milliseconds(1));
  CHECK(rhythm.expected() == 4);
  rhythm.turn(1, 4, now += milliseconds(50));
  CHECK(rhythm.expected() == 0);
}

}  // namespace
}  // namespace rialto
