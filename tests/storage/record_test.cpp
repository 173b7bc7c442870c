#include "storage/record.h"

#include <doctest/doctest.h>

#include <random>

namespace rialto {
namespace {

using Random = std::mt19937_64;

std::uint64_t any_number(Random& random) { return random() >> (random() % 64); }

std::uint32_t any_index(Random& random) { return static_cast<std::uint32_t>(any_number(random)); }

std::string any_text(Random& random) {
  static constexpr std::size_t lengths[] = {0, 1, 16, 31, 32, 255, 256, 70'000};
  std::string text(lengths[random() % (random() % 16 == 0 ? 8 : 5)], '\0');
  for (char& byte : text) byte = static_cast<char>(random());
  return text;
}

PageRef any_page(Random& random) {
  return {static_cast<std::uint16_t>(any_number(random)),
          static_cast<std::uint16_t>(any_number(random))};
}

template <class Make>
auto several(Random& random, Make make) {
  std::vector<decltype(make())> elements(random() % 4 == 0 ? random() % 40 : 0);
  for (auto& element : elements) element = make();
  return elements;
}

Record any_record(Random& random) {
  Record record;
  record.sequence = any_number(random);
  record.kind = static_cast<RecordKind>(random() % 6);
  record.time = static_cast<std::int64_t>(any_number(random));
  if (random() % 2 == 0) record.time = -record.time;
  record.player = any_index(random);
  record.page = any_page(random);
  record.sender = any_text(random);
  record.number = any_number(random);
  record.input = any_text(random);
  record.code = any_text(random);
  record.failed = random() % 2 == 0;
  record.changes = several(random, [&] {
    return Change{any_index(random), any_index(random), any_text(random)};
  });
  record.rows = several(random, [&] {
    return LogRow{any_index(random), any_index(random), any_text(random)};
  });
  record.replies = several(random, [&] {
    return StoredReply{any_page(random), several(random, [&] { return any_index(random); }),
                       static_cast<Retention>(random() % 3), any_text(random), any_text(random)};
  });
  record.moves = several(random, [&] { return PageMove{any_index(random), any_page(random)}; });
  record.deadlines = several(random, [&] {
    return Deadline{any_index(random), any_page(random), static_cast<std::int64_t>(random())};
  });
  return record;
}

std::string encoded(const Record& record) {
  std::string bytes;
  encode(record, bytes);
  return bytes;
}

TEST_CASE("what is decoded equals what was encoded") {
  Random random(1);
  for (int i = 0; i < 2'000; ++i) {
    const Record record = any_record(random);
    const auto decoded = decode_records(encoded(record));
    REQUIRE(decoded);
    REQUIRE(decoded->size() == 1);
    REQUIRE(decoded->front() == record);
  }
}

TEST_CASE("records that stand one after the other come back in their order") {
  Random random(2);
  std::vector<Record> records;
  std::string bytes;
  for (int i = 0; i < 50; ++i) encode(records.emplace_back(any_record(random)), bytes);
  const auto decoded = decode_records(bytes);
  REQUIRE(decoded);
  CHECK(*decoded == records);
}

TEST_CASE("a record has the bytes that the worked example in storage/README.md shows") {
  Record record;
  record.sequence = 5;
  record.time = 1'769'860'800'000'000;
  record.player = 2;
  record.sender = "k3f9";
  record.number = 3;
  record.input = R"({"bid":12})";
  record.changes = {{0, 0, "12"}};
  record.rows = {{0, 0, "[12,2]"}};
  record.replies = {{PageRef{}, {}, Retention::log, "", "12"}};
  std::string hex;
  for (const char byte : encoded(record)) {
    static constexpr char digits[] = "0123456789abcdef";
    const auto bits = static_cast<unsigned char>(byte);
    hex.push_back(digits[bits >> 4U]);
    hex.push_back(digits[bits & 15U]);
  }
  CHECK(hex ==
        "dc0010"
        "0501cf000649add4493000020100"
        "a46b33663903"
        "aa7b22626964223a31327da0c2"
        "91930000a23132"
        "91930000a65b31322c325d"
        "9196010090"
        "00a0a23132"
        "9090");
}

TEST_CASE("no bytes hold no records") {
  const auto decoded = decode_records("");
  REQUIRE(decoded);
  CHECK(decoded->empty());
}

TEST_CASE("a record that is cut short anywhere is corrupt") {
  Random random(3);
  Record record = any_record(random);
  record.replies.resize(2);
  const std::string bytes = encoded(record);
  for (std::size_t size = 1; size < bytes.size(); ++size) {
    const auto decoded = decode_records(std::string_view(bytes).substr(0, size));
    REQUIRE_FALSE(decoded);
    REQUIRE(decoded.error().kind == ErrorKind::corrupt);
  }
}

TEST_CASE("damaged bytes give records or corrupt, never a crash") {
  Random random(4);
  for (int i = 0; i < 4'000; ++i) {
    std::string bytes = encoded(any_record(random)).substr(0, 4'000);
    for (std::uint64_t flips = 1 + random() % 4; flips > 0; --flips) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    const auto decoded = decode_records(bytes);
    if (!decoded) REQUIRE(decoded.error().kind == ErrorKind::corrupt);
  }
}

TEST_CASE("msgpack that is no record is corrupt") {
  using namespace std::string_literals;
  const std::string lists[] = {
      "\xc0"s,                  // nil
      "\x01"s,                  // an integer
      "\x90"s,                  // an empty array
      "\xdd\xff\xff\xff\xff"s,  // an array of four thousand million elements
      "\xdf\xff\xff\xff\xff"s,  // a map of as many
      "\xdb\xff\xff\xff\xff"s,  // a string of as many bytes
      std::string(100'000, '\x91'),
  };
  for (const std::string& bytes : lists) {
    const auto decoded = decode_records(bytes);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().kind == ErrorKind::corrupt);
  }
}

}  // namespace
}  // namespace rialto
