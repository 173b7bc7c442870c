// Erasing for good, down to the bytes in the files (rules.md 20).
#include "storage/redaction.h"

#include <doctest/doctest.h>

#include <random>

#include "storage/erasure_notes.h"
#include "storage/keys.h"
#include "storage/personal_part.h"
#include "storage/rocks_store.h"
#include "tests/storage/child_process.h"
#include "tests/storage/store_files.h"
#include "tests/storage/temporary_folder.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t now = 1'769'860'800'000'000;

// Two groups of two in session 1: a, b and c, d.
std::string session_json(std::uint32_t number, const char* code, const char* more) {
  return "{\"number\":" + std::to_string(number) + ",\"code\":\"" + code + "\"" + more +
         R"(,"apps":[{"app":"x","first_unit":0,"group_size":2}],"participants":[)"
         R"({"code":")" +
         code + R"(a"},{"code":")" + code + R"(b"},{"code":")" + code + R"(c"},{"code":")" + code +
         R"(d"}]})";
}
constexpr const char* closed = ",\"closed\":true,\"personal_apart\":true";

// A text that no compression can hide.
std::string secret(int number, std::size_t size = 60) {
  std::mt19937 random(static_cast<unsigned>(number));
  std::string text(size, 'x');
  for (char& byte : text) byte = static_cast<char>('!' + random() % 90);
  return text;
}

// A name of four letters, which compression writes in pieces.
std::string name(int number) {
  std::mt19937 random(static_cast<unsigned>(number));
  std::string text(4, 'q');
  for (char& letter : text) letter = static_cast<char>('a' + random() % 20);
  return text;
}

// Blocks of tables are compressed: they are searched as they were before, the rest as it is.
std::string text_of(const fs::path& file) {
  if (file.extension() != ".sst") return read_file(file);
  ChildProcess dump({built("rialto_table_text"), file});
  return dump.read_all();
}

// What all files below a folder hold.
class Files {
 public:
  explicit Files(const fs::path& folder) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) text_ += text_of(entry) + '\n';
    }
  }

  bool hold(const std::string& text) const { return text_.find(text) != std::string::npos; }
  bool hold(int number) const { return hold(secret(number)); }

 private:
  std::string text_;
};

// Said by the player on this seat; a reply to all.
std::vector<Write> said(UnitId unit, std::uint64_t sequence, std::uint32_t seat,
                        const std::string& text) {
  Record record;
  record.sequence = sequence;
  record.player = seat;
  record.input = text;
  record.personal = true;
  record.concerns = {seat};
  record.changes = {{seat, 0, text, seat}, {0, 0, "1"}};
  record.replies = {{{1, 0}, {}, Retention::log, "", text}};
  Write write{keys::records(unit, sequence)};
  encode(record, write.value);
  return {write, personal_write(unit, record)};
}

struct Lab {
  Lab() { open(); }

  void open() {
    store.reset();
    auto opened = RocksStore::open(folder.path());
    REQUIRE(opened);
    store = std::move(*opened);
  }
  void put(const std::vector<Write>& writes) { REQUIRE(store->write(writes)); }
  void put_session(std::uint32_t number, const char* code, const char* more = closed) {
    put({{keys::session(number), session_json(number, code, more)}});
    for (std::uint32_t seat = 0; seat < 4; ++seat) {
      const int each = static_cast<int>(number * 100 + seat);
      put({{keys::label(number, seat), secret(each)}});
      if (seat % 2 == 1) put({{keys::snapshot(UnitId::of(number, seat / 2)), secret(each + 50)}});
      put(said(UnitId::of(number, seat / 2), seat % 2 + 1, seat % 2 + 1, secret(each + 20)));
    }
  }
  // Until what is there stands in tables.
  void fill() {
    std::uint64_t next = 1;
    fill_a_table(folder.path(), [&] {
      put({record_write(UnitId::of(9, 0), next, std::string(100'000, 'x'))});
      ++next;
    });
  }
  std::vector<Record> records(UnitId unit) const {
    std::vector<Record> all;
    const auto visit = [&](std::string_view, std::string_view block) {
      const auto read = read_records(*store, unit, block);
      REQUIRE(read);
      all.insert(all.end(), read->begin(), read->end());
      return true;
    };
    REQUIRE(store->scan(keys::records(unit, 1), keys::records_end(unit), visit));
    return all;
  }
  Files files() const { return Files(folder.path()); }

  TemporaryFolder folder;
  std::unique_ptr<RocksStore> store;
};

TEST_CASE("after a session was redacted no file holds what was personal, and its records stand") {
  for (const bool in_tables : {false, true}) {
    Lab lab;
    lab.put_session(1, "one");
    lab.put_session(2, "two");
    if (in_tables) lab.fill();
    const Files before = lab.files();
    for (const int number : {100, 120, 151}) REQUIRE(before.hold(number));
    const auto erased = redact_session(*lab.store, "one", OpenSessions::refuse, now);
    REQUIRE(erased);
    CHECK(erased->values == 4 * 3);
    CHECK(erased->labels == 4);
    REQUIRE(finish_erasures(*lab.store));
    lab.open();
    const Files files = lab.files();
    for (const int number : {100, 101, 102, 103, 120, 121, 122, 123, 151, 153}) {
      CHECK_FALSE(files.hold(number));
      CHECK(files.hold(number + 100));
    }
    const auto records = lab.records(UnitId::of(1, 1));
    REQUIRE(records.size() == 2);
    CHECK(records[1].redacted == 3);
    CHECK(records[1].changes[1].value == "1");
    CHECK(lab.records(UnitId::of(2, 1))[1].redacted == 0);
  }
}

TEST_CASE("also a short name that many texts hold is in no file after it was erased") {
  for (const bool in_tables : {false, true}) {
    Lab lab;
    const auto say = [&](std::uint64_t sequence, int number) {
      for (std::uint32_t seat : {1U, 2U}) {
        const std::uint64_t next = 2 * sequence + seat - 2;
        lab.put(said(UnitId::of(1, 0), next, seat, "I am " + name(number) + ", and you?"));
      }
    };
    lab.put_session(1, "one");
    for (int number = 1; number <= 200; ++number) {
      say(static_cast<std::uint64_t>(number) + 1, number % 40);
      lab.put({{keys::label(1, static_cast<std::uint32_t>(number % 4)), name(number % 40)}});
    }
    if (in_tables) lab.fill();
    const Files before = lab.files();
    for (int number = 0; number < 40; ++number) REQUIRE(before.hold(name(number)));
    REQUIRE(redact_session(*lab.store, "one", OpenSessions::refuse, now));
    REQUIRE(finish_erasures(*lab.store));
    lab.open();
    const Files files = lab.files();
    for (int number = 0; number < 40; ++number) CHECK_FALSE(files.hold(name(number)));
  }
}

TEST_CASE("of a participant what is personal goes, and of the others it stays") {
  Lab lab;
  lab.put_session(1, "one");
  const auto erased = redact_participant(*lab.store, "oneb", OpenSessions::refuse, now);
  REQUIRE(erased);
  CHECK(erased->session == "one");
  CHECK(erased->values == 3);
  CHECK(erased->labels == 1);
  REQUIRE(finish_erasures(*lab.store));
  lab.open();
  const Files files = lab.files();
  for (const int number : {100, 102, 103, 120, 122, 123, 153}) CHECK(files.hold(number));
  // His group's snapshot, which is made anew, with him.
  for (const int number : {101, 121, 151}) CHECK_FALSE(files.hold(number));
  CHECK(lab.records(UnitId::of(1, 0))[0].redacted == 0);
  CHECK(lab.records(UnitId::of(1, 0))[1].redacted == 3);
}

TEST_CASE("what two have to do with is erased with each; a value stays its owner's") {
  Lab lab;
  lab.put_session(1, "one");
  Record record;
  record.sequence = 3;
  record.player = 1;
  record.input = "in";
  record.personal = true;
  record.concerns = {1, 2};
  record.changes = {{1, 0, "first", 1}, {2, 0, "second", 2}, {0, 0, "all", 0}};
  Write write{keys::records(UnitId::of(1, 0), 3)};
  encode(record, write.value);
  lab.put({write, personal_write(UnitId::of(1, 0), record)});
  REQUIRE(redact_participant(*lab.store, "oneb", OpenSessions::refuse, now));
  const Record left = lab.records(UnitId::of(1, 0))[2];
  CHECK(left.input.empty());
  CHECK(left.changes[0].value == "first");
  CHECK(left.changes[1].value == "null");
  CHECK(left.changes[2].value == "null");
}

TEST_CASE("killed between the erasing and the files, the next one completes it") {
  for (const bool whole : {false, true}) {
    Lab lab;
    lab.put_session(1, "one");
    lab.fill();
    if (whole) {
      REQUIRE(delete_session(*lab.store, "one", OpenSessions::refuse));
    } else {
      REQUIRE(redact_session(*lab.store, "one", OpenSessions::refuse, now));
    }
    REQUIRE(lab.files().hold(120));
    lab.open();
    const auto finished = finish_erasures(*lab.store);
    REQUIRE(finished);
    CHECK(*finished == std::vector<std::string>{"one"});
    CHECK(finish_erasures(*lab.store)->empty());
    lab.open();
    const Files files = lab.files();
    CHECK_FALSE(files.hold(120));
    CHECK_FALSE(files.hold(100));
  }
}

TEST_CASE("a session whose making has not come to its end is taken away whole, others stay") {
  Lab lab;
  lab.put_session(1, "one");
  lab.put_session(2, "two");
  lab.put({erasing_note(2, "two", true), next_session_write(3)});
  lab.put({{keys::session(2), {}, true}});  // the session's own key would have come last
  lab.open();
  REQUIRE(finish_erasures(*lab.store));
  std::size_t found = 0;
  for (const keys::Range& range : keys::all_of_session(2)) {
    REQUIRE(lab.store->scan(range.from, range.to, [&](std::string_view, std::string_view) {
      ++found;
      return true;
    }));
  }
  CHECK(found == 0);
  const Files files = lab.files();
  CHECK_FALSE(files.hold(200));
  CHECK(files.hold(100));
  CHECK(*next_session(*lab.store) == 3);
  CHECK(finish_erasures(*lab.store)->empty());
}

TEST_CASE("what was erased is remembered, also over several times") {
  Lab lab;
  lab.put_session(1, "one");
  REQUIRE(redact_session(*lab.store, "one", OpenSessions::refuse, now));
  const auto again = redact_session(*lab.store, "one", OpenSessions::refuse, now + 5);
  REQUIRE(again);
  CHECK(again->values == 0);
  const auto stored = lab.store->get(keys::redaction(1, keys::everyone));
  REQUIRE(stored);
  const auto redaction = parse_redaction(*stored);
  REQUIRE(redaction);
  CHECK(redaction->at == now);
  CHECK(redaction->values == 12);
  CHECK(redaction->labels == 4);
}

TEST_CASE("a session that was deleted is nowhere, and its number is not given again") {
  Lab lab;
  lab.put_session(1, "one");
  lab.put_session(2, "two");
  CHECK(*next_session(*lab.store) == 1);
  REQUIRE(delete_session(*lab.store, "two", OpenSessions::refuse));
  REQUIRE(finish_erasures(*lab.store));
  CHECK(*next_session(*lab.store) == 3);
  lab.open();
  for (const keys::Range& range : keys::all_of_session(2)) {
    REQUIRE(lab.store->scan(range.from, range.to, [](auto, auto) {
      FAIL("something is left");
      return false;
    }));
  }
  CHECK_FALSE(lab.files().hold("\"two\""));
  CHECK(lab.records(UnitId::of(1, 0)).size() == 2);
}

TEST_CASE("a field that was marked personal after its values were stored cannot be redacted") {
  Lab lab;
  lab.put_session(1, "one");
  const auto describe = [&](std::uint64_t sequence, RecordKind kind, const char* mark) {
    Record record;
    record.sequence = sequence;
    record.kind = kind;
    record.input = std::string(R"({"app":"x","players":["a"],"fields":{"player":[)") +
                   R"({"name":"name","type":"string")" + mark + "}]}}";
    Write write{keys::records(UnitId::of(1, 7), sequence)};
    encode(record, write.value);
    lab.put({write});
  };
  describe(1, RecordKind::created, ",\"personal\":true");
  describe(2, RecordKind::described, "");
  CHECK(redact_session(*lab.store, "one", OpenSessions::refuse, now));
  describe(3, RecordKind::described, ",\"personal\":true");
  const auto refused = redact_session(*lab.store, "one", OpenSessions::refuse, now);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("the field name of app x") != std::string::npos);
  CHECK(refused.error().message.find("session delete one") != std::string::npos);
}

TEST_CASE("what cannot be, or may not be yet, is refused with a sentence, and nothing is erased") {
  Lab lab;
  lab.put_session(1, "one", ",\"closed\":false,\"personal_apart\":true");
  lab.put_session(2, "old", ",\"closed\":true");
  CHECK(redact_session(*lab.store, "none", OpenSessions::take, now).error().kind ==
        ErrorKind::not_found);
  CHECK(redact_participant(*lab.store, "none", OpenSessions::take, now).error().kind ==
        ErrorKind::not_found);
  for (const auto& open : {redact_session(*lab.store, "one", OpenSessions::refuse, now),
                           redact_participant(*lab.store, "onea", OpenSessions::refuse, now),
                           delete_session(*lab.store, "one", OpenSessions::refuse)}) {
    REQUIRE_FALSE(open);
    CHECK(open.error().kind == ErrorKind::conflict);
    CHECK(open.error().message.find("rialto session close one") != std::string::npos);
  }
  const auto old = redact_session(*lab.store, "old", OpenSessions::refuse, now);
  REQUIRE_FALSE(old);
  CHECK(old.error().message.find("older Rialto") != std::string::npos);
  CHECK(lab.records(UnitId::of(1, 0))[0].redacted == 0);
  CHECK(lab.records(UnitId::of(2, 0))[0].redacted == 0);
  CHECK(redact_session(*lab.store, "one", OpenSessions::take, now));
  CHECK(delete_session(*lab.store, "old", OpenSessions::refuse));
}

}  // namespace
}  // namespace rialto
