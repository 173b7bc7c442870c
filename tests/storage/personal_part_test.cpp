#include "storage/personal_part.h"

#include <doctest/doctest.h>

#include <random>

#include "storage/keys.h"
#include "storage/memory_store.h"

namespace rialto {
namespace {

constexpr UnitId unit = UnitId::of(1, 2);

// A live message of player 2 that writes a field of player 1 and one that is not personal.
Record personal_record() {
  Record record;
  record.sequence = 5;
  record.player = 2;
  record.sender = "k3f9";
  record.number = 3;
  record.input = "\"in\"";
  record.personal = true;
  record.concerns = {1, 2};
  record.changes = {{1, 0, "\"Ann\"", 1}, {0, 3, "7"}, {0, 1, "\"we\"", 0}};
  record.rows = {{0, 0, "[7]"}};
  record.replies = {{{1, 0}, {}, Retention::log, "", "\"out\""},
                    {{1, 0}, {2}, Retention::latest, "key", "\"too\""}};
  return record;
}

std::string bytes_of(const Record& record) {
  std::string bytes;
  encode(record, bytes);
  return bytes;
}

Record stored(const Record& record) {
  const auto records = decode_records(bytes_of(record));
  REQUIRE(records);
  return records->front();
}

void put(Store& store, const Write& write) { REQUIRE(store.write({&write, 1})); }

TEST_CASE("the bytes of a record are without what is personal, which is under a key of its own") {
  const Record record = personal_record();
  const std::string bytes = bytes_of(record);
  for (const char* text : {"in", "Ann", "we", "out", "too"}) {
    CHECK(bytes.find(std::string("\"") + text + "\"") == std::string::npos);
  }
  CHECK(bytes.find("key") != std::string::npos);
  const Write write = personal_write(unit, record);
  CHECK(write.key == keys::personal(unit, 5));
  CHECK(write.value.find("Ann") != std::string::npos);
}

TEST_CASE("a record and its part put together are the record that was written") {
  MemoryStore store;
  Record event = personal_record();
  event.sequence = 6;
  event.kind = RecordKind::event;
  event.input = "12";  // the server's own
  Record plain;
  plain.sequence = 7;
  plain.input = "{}";
  Record empty;  // has only read something
  empty.sequence = 8;
  empty.kind = RecordKind::event;
  empty.personal = true;
  const std::vector<Record> written{personal_record(), event, plain, empty};
  std::string block;
  for (const Record& record : written) {
    encode(record, block);
    if (holds_personal(record)) put(store, personal_write(unit, record));
  }
  CHECK_FALSE(holds_personal(plain));
  CHECK_FALSE(holds_personal(empty));
  const auto read = read_records(store, unit, block);
  REQUIRE(read);
  CHECK(*read == written);
}

TEST_CASE("what was erased reads as null or nothing, and is counted") {
  const MemoryStore store;
  const auto read = read_records(store, unit, bytes_of(personal_record()));
  REQUIRE(read);
  const Record& record = read->front();
  CHECK(record.redacted == 5);
  CHECK(record.input.empty());
  CHECK(record.changes[0].value == "null");
  CHECK(record.changes[1].value == "7");
  CHECK(record.changes[2].value == "null");
  CHECK(record.replies[0].payload.empty());
  CHECK(record.replies[1].key == "key");
  CHECK(record.rows == personal_record().rows);
}

TEST_CASE("of a part some texts can be erased, and the others stay") {
  MemoryStore store;
  PersonalPart part = personal_part_of(personal_record());
  CHECK(part.size() == 5);
  part.input.reset();
  part.values[0].value.reset();
  CHECK(part.size() == 3);
  put(store, {keys::personal(unit, 5), encode(part)});
  const auto read = read_records(store, unit, bytes_of(personal_record()));
  REQUIRE(read);
  CHECK(read->front().redacted == 2);
  CHECK(read->front().input.empty());
  CHECK(read->front().changes[0].value == "null");
  CHECK(read->front().changes[2].value == "\"we\"");
  CHECK(read->front().replies[0].payload == "\"out\"");
}

TEST_CASE("a part that is none, or another record's, is refused as corrupt") {
  MemoryStore store;
  const std::string whole = encode(personal_part_of(personal_record()));
  REQUIRE(decode_personal_part(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    put(store, {keys::personal(unit, 5), whole.substr(0, size)});
    const auto read = read_records(store, unit, bytes_of(personal_record()));
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ErrorKind::corrupt);
  }
  PersonalPart other = personal_part_of(personal_record());
  other.values.pop_back();
  Record record = stored(personal_record());
  CHECK_FALSE(join(record, &other));
  std::mt19937 random(1);
  for (int i = 0; i < 2'000; ++i) {
    std::string bytes = whole;
    bytes[random() % bytes.size()] = static_cast<char>(random());
    (void)decode_personal_part(bytes);  // must not crash
  }
}

TEST_CASE("a record with a text where nil must be, or nil where a text must, is none") {
  std::string bytes = bytes_of(personal_record());
  REQUIRE(bytes.back() == '\xc3');  // true
  bytes.back() = '\xc2';
  CHECK_FALSE(decode_records(bytes));
  Record plain;
  plain.sequence = 5;
  plain.input = "{}";
  bytes = bytes_of(plain);
  bytes.replace(bytes.find("\xa2{}"), 3, "\xc0");
  CHECK_FALSE(decode_records(bytes));
}

}  // namespace
}  // namespace rialto
