// Which records an old piece of history is read from.
#include "actors/history_index.h"

#include <doctest/doctest.h>

namespace {
using namespace rialto;

constexpr PageRef talk{1, 0};
constexpr PageRef later{1, 1};

TEST_CASE("of a whole app's unit each record that said something to a player is known, no other") {
  HistoryIndex index(HistoryIndex::Of::whole_app);
  index.add(3, talk, {1, 2});
  index.add(3, talk, {2});  // two replies of one record
  index.add(5, talk, {});
  index.add(6, later, {1});
  index.reach(9);
  CHECK(index.next(talk, 2, 0) == 3);
  CHECK(index.next(talk, 2, 3) == 5);
  CHECK(index.next(talk, 2, 5) == 0);
  CHECK(index.next(talk, 7, 0) == 5);
  CHECK(index.next(later, 1, 0) == 6);
  CHECK(index.next(later, 2, 0) == 0);
}

TEST_CASE("of a unit of one group it is known where a page's messages begin") {
  HistoryIndex index(HistoryIndex::Of::one_group);
  index.add(3, talk, {1});
  index.add(8, talk, {2});
  index.reach(9);
  CHECK(index.next(talk, 2, 0) == 3);
  CHECK(index.next(talk, 2, 3) == 4);
  CHECK(index.next(talk, 2, 8) == 9);
  CHECK(index.next(talk, 2, 9) == 0);
  CHECK(index.next(later, 2, 0) == 0);
}

}  // namespace
