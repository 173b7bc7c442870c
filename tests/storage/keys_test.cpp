#include "storage/keys.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace rialto {
namespace {

TEST_CASE("keys sort as the numbers in them") {
  const std::uint64_t numbers[] = {0,   1,      127,    128,         255,
                                   256, 65'535, 65'536, 1ULL << 32U, UINT64_MAX};
  for (const auto a : numbers) {
    for (const auto b : numbers) {
      CHECK((keys::records(UnitId{7}, a) < keys::records(UnitId{7}, b)) == (a < b));
      CHECK((keys::records(UnitId{a}, 9) < keys::records(UnitId{b}, 0)) == (a < b));
      CHECK((keys::snapshot(UnitId{a}) < keys::snapshot(UnitId{b})) == (a < b));
    }
  }
}

TEST_CASE("a key of records tells its unit and its sequence") {
  const UnitId unit = UnitId::of(70'000, 12);
  const std::string key = keys::records(unit, 1ULL << 40U);
  CHECK(keys::is_records(key));
  CHECK(keys::unit_of(key) == unit);
  CHECK(keys::sequence_of(key) == 1ULL << 40U);
  CHECK_FALSE(keys::is_records(keys::snapshot(unit)));
  CHECK_FALSE(keys::is_records(keys::meta("a name of sixteen")));
}

TEST_CASE("the first key at or after a record is the one that holds it") {
  const UnitId unit = UnitId::of(1, 2);
  CHECK(keys::records(unit, 5) >= keys::records(unit, 4));
  CHECK(keys::records(unit, 5) >= keys::records(unit, 5));
  CHECK(keys::records(unit, 5) < keys::records(unit, 6));
}

TEST_CASE("a unit's records end before the next unit's begin, the last unit's too") {
  for (const UnitId unit : {UnitId{0}, UnitId::of(1, UINT32_MAX), UnitId{UINT64_MAX}}) {
    CHECK(keys::records(unit, UINT64_MAX) < keys::records_end(unit));
    CHECK(keys::records_end(unit) <= keys::records_end());
    CHECK(keys::records(unit, 0) > keys::records_begin());
  }
  CHECK(keys::records_end(UnitId{41}) <= keys::records(UnitId{42}, 0));
}

TEST_CASE("keys of participants and of what is due tell whose they are") {
  CHECK(keys::participant_of(keys::travel(70'000, 12)) == 12);
  CHECK(keys::participant_of(keys::label(3, UINT32_MAX)) == UINT32_MAX);
  CHECK(keys::due_unit_of(keys::due(UnitId::of(70'000, 12))) == UnitId::of(70'000, 12));
}

TEST_CASE("each kind of key has a range of its own") {
  const std::string sessions[] = {keys::session(0), keys::session(UINT32_MAX)};
  for (const std::string& key : sessions) {
    CHECK(key >= keys::sessions_begin());
    CHECK(key < keys::sessions_end());
    CHECK(key >= keys::records_end());
  }
  CHECK(keys::claim(7, UINT32_MAX) < keys::claims_end(7));
  CHECK(keys::claim(7, 0) >= keys::claims_begin(7));
  CHECK(keys::claims_end(UINT32_MAX) <= keys::meta(""));
  CHECK(keys::meta("zzz") < keys::personal(UnitId{0}, 0));
  CHECK(keys::personal(UnitId{UINT64_MAX}, UINT64_MAX) < keys::records_begin());
  CHECK(keys::redaction(0, 0) > keys::snapshot(UnitId{UINT64_MAX}));
  CHECK(keys::redaction(7, keys::everyone) < keys::redactions_end(7));
  CHECK(keys::travel(7, UINT32_MAX) < keys::travels_end(7));
  CHECK(keys::travel(7, 0) >= keys::travels_begin(7));
  CHECK(keys::travel(0, 0) >= keys::sessions_end());
  CHECK(keys::travel(UINT32_MAX, UINT32_MAX) < keys::snapshot(UnitId{0}));
  CHECK(keys::label(7, UINT32_MAX) < keys::labels_end(7));
  CHECK(keys::label(7, 0) >= keys::labels_begin(7));
  CHECK(keys::label(UINT32_MAX, UINT32_MAX) < keys::meta(""));
  CHECK(keys::due(UnitId{UINT64_MAX}) < keys::dues_end());
  CHECK(keys::due(UnitId{0}) >= keys::dues_begin());
  CHECK(keys::claim(UINT32_MAX, UINT32_MAX) < keys::dues_begin());
  CHECK(keys::dues_end() <= keys::label(0, 0));
  CHECK(keys::snapshot(UnitId{0}) >= keys::sessions_end());
}

TEST_CASE("all keys of a session are in its ranges, and none of another's") {
  const auto is_of = [](std::uint32_t session, const std::string& key) {
    const auto ranges = keys::all_of_session(session);
    return std::ranges::count_if(
        ranges, [&](const auto& range) { return key >= range.from && key < range.to; });
  };
  const auto keys_of = [](std::uint32_t session) {
    std::vector<std::string> all{keys::session(session)};
    for (const std::uint32_t number : {0U, 5U, UINT32_MAX}) {
      const UnitId unit = UnitId::of(session, number);
      for (const std::string& key :
           {keys::records(unit, UINT64_MAX), keys::snapshot(unit), keys::claim(session, number),
            keys::travel(session, number), keys::due(unit), keys::label(session, number),
            keys::personal(unit, 1), keys::redaction(session, number)}) {
        all.push_back(key);
      }
    }
    return all;
  };
  for (const std::string& key : keys_of(7)) CHECK(is_of(7, key) == 1);
  for (const std::string& key : keys_of(UINT32_MAX)) CHECK(is_of(UINT32_MAX, key) == 1);
  for (const std::uint32_t other : {0U, 6U, 8U, UINT32_MAX}) {
    for (const std::string& key : keys_of(other)) CHECK(is_of(7, key) == 0);
  }
  CHECK(is_of(UINT32_MAX, keys::meta("format")) == 0);
}

TEST_CASE("keys are the bytes that the grammar says") {
  using namespace std::string_literals;
  CHECK(keys::records(UnitId::of(1, 2), 3) == "r\0\0\0\1\0\0\0\2\0\0\0\0\0\0\0\3"s);
  CHECK(keys::snapshot(UnitId::of(1, 2)) == "u\0\0\0\1\0\0\0\2"s);
  CHECK(keys::session(258) == "s\0\0\1\2"s);
  CHECK(keys::claim(1, 2) == "c\0\0\0\1\0\0\0\2"s);
  CHECK(keys::personal(UnitId::of(1, 2), 3) == "p\0\0\0\1\0\0\0\2\0\0\0\0\0\0\0\3"s);
  CHECK(keys::redaction(1, 2) == "x\0\0\0\1\0\0\0\2"s);
  CHECK(keys::meta("format") == "mformat");
}

}  // namespace
}  // namespace rialto
