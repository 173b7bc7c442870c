#include "storage/rocks_store.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "storage/keys.h"
#include "tests/storage/child_process.h"
#include "tests/storage/store_files.h"
#include "tests/storage/temporary_folder.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;

constexpr UnitId unit = UnitId::of(1, 0);

mode_t mode_of(const fs::path& path) {
  struct stat facts {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  return facts.st_mode & 07777U;
}

Result<std::unique_ptr<RocksStore>> open_to_read(const fs::path& folder) {
  RocksStore::Options options;
  options.access = Access::read_only;
  return RocksStore::open(folder, options);
}

TEST_CASE("a missing data folder is made, for its owner alone") {
  const TemporaryFolder folder;
  const fs::path data = folder / "some/where/data";
  const auto store = RocksStore::open(data);
  REQUIRE(store);
  CHECK(mode_of(data) == 0700);
  CHECK(mode_of(data / "store") == 0700);
  CHECK(mode_of(data / "rialto.lock") == 0600);
}

TEST_CASE("what was written is there when the store is opened again, and so is its lineage") {
  const TemporaryFolder folder;
  std::string lineage;
  {
    const auto store = *RocksStore::open(folder.path());
    lineage = store->lineage();
    const Write write{"key", "value"};
    REQUIRE(store->write({&write, 1}));
  }
  const auto store = *RocksStore::open(folder.path());
  CHECK(*store->get("key") == "value");
  CHECK(store->lineage() == lineage);
}

TEST_CASE("two stores have two lineages") {
  const TemporaryFolder a;
  const TemporaryFolder b;
  CHECK((*RocksStore::open(a.path()))->lineage() != (*RocksStore::open(b.path()))->lineage());
}

TEST_CASE("a store of an older format is of this one as soon as it is opened to be written") {
  const TemporaryFolder folder;
  {
    const auto store = *RocksStore::open(folder.path());
    const Write write{keys::meta("format"), "1"};
    REQUIRE(store->write({&write, 1}));
  }
  CHECK(*(*open_to_read(folder.path()))->get(keys::meta("format")) == "1");
  CHECK(*(*RocksStore::open(folder.path()))->get(keys::meta("format")) == "3");
  CHECK(*(*open_to_read(folder.path()))->get(keys::meta("format")) == "3");
}

TEST_CASE("a store of a newer format is refused with a sentence") {
  const TemporaryFolder folder;
  {
    const auto store = *RocksStore::open(folder.path());
    const Write write{keys::meta("format"), "4"};
    REQUIRE(store->write({&write, 1}));
  }
  const auto store = RocksStore::open(folder.path());
  REQUIRE_FALSE(store);
  CHECK(store.error().kind == ErrorKind::invalid);
  CHECK(store.error().message.find("has format 4; this Rialto knows formats up to 3") !=
        std::string::npos);
}

TEST_CASE("a store that does not say its format and is not empty is refused and left alone") {
  const TemporaryFolder folder;
  {
    const auto store = *RocksStore::open(folder.path());
    const Write writes[] = {{"key", "value"}, {keys::meta("format"), {}, true}};
    REQUIRE(store->write(writes));
  }
  for (int i = 0; i < 2; ++i) {
    const auto store = RocksStore::open(folder.path());
    REQUIRE_FALSE(store);
    CHECK(store.error().kind == ErrorKind::invalid);
    CHECK(store.error().message.find("there is no store of Rialto") != std::string::npos);
  }
}

TEST_CASE("a folder with someone else's files is refused and left alone") {
  const TemporaryFolder folder;
  write_file(folder / "thesis.tex", "precious");
  const auto store = RocksStore::open(folder.path());
  REQUIRE_FALSE(store);
  CHECK(store.error().kind == ErrorKind::invalid);
  CHECK(store.error().message.find(folder.path().string() + " is not empty") != std::string::npos);
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("a file in the folder's place is refused") {
  const TemporaryFolder folder;
  write_file(folder / "data", "");
  const auto store = RocksStore::open(folder / "data");
  REQUIRE_FALSE(store);
  CHECK(store.error().kind == ErrorKind::invalid);
}

TEST_CASE("hidden files and a file system's own folder do not keep a data folder from being made") {
  const TemporaryFolder folder;
  write_file(folder / ".note", "");
  fs::create_directory(folder / "lost+found");
  CHECK(RocksStore::open(folder.path()));
}

TEST_CASE(
    "a second process is refused with a sentence that names the first, until that is killed") {
  const TemporaryFolder folder;
  ChildProcess first({built("rialto_store_child"), "hold", folder.path()});
  REQUIRE(first.read_line() == "open");
  const auto second = RocksStore::open(folder.path());
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == ErrorKind::unavailable);
  const std::string& message = second.error().message;
  INFO(message);
  CHECK(message.find("in use by process " + std::to_string(first.pid()) + " (") !=
        std::string::npos);
  CHECK(message.find("rialto_store_child hold " + folder.path().string()) != std::string::npos);
  CHECK(message.find(") since 20") != std::string::npos);
  CHECK_FALSE(open_to_read(folder.path()));
  first.kill();
  CHECK(RocksStore::open(folder.path()));
}

TEST_CASE("a store that is opened to be read is read, and refuses writes") {
  const TemporaryFolder folder;
  {
    const auto store = *RocksStore::open(folder.path());
    const Write write = record_write(unit, 1);
    REQUIRE(store->write({&write, 1}));
  }
  const auto store = open_to_read(folder.path());
  REQUIRE(store);
  CHECK(sequences(**store, unit) == up_to(1));
  CHECK(sequences(*(*store)->snapshot(), unit) == up_to(1));
  const Write write = record_write(unit, 2);
  CHECK_FALSE((*store)->write({&write, 1}));
}

TEST_CASE("there is nothing to read in an empty or missing folder, and nothing is made there") {
  const TemporaryFolder folder;
  for (const fs::path& path : {folder.path(), folder / "missing"}) {
    const auto store = open_to_read(path);
    REQUIRE_FALSE(store);
    CHECK(store.error().kind == ErrorKind::not_found);
  }
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE(
    "a flipped byte in a table is reported with the table's name, never read as if it were whole") {
  const TemporaryFolder folder;
  {
    const auto store = *RocksStore::open(folder.path());
    std::uint64_t sequence = 0;
    fill_a_table(folder.path(), [&] {
      const Write write = record_write(unit, ++sequence, std::string(1'000'000, 'x'));
      REQUIRE(store->write({&write, 1}, Durability::buffered));
    });
  }
  const fs::path table = store_files(folder.path(), ".sst").at(0);
  const std::string bytes = read_file(table);
  flip_byte(table, bytes.find("lineage"));  // what all need
  const auto refused = RocksStore::open(folder.path());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find(table.filename().string()) != std::string::npos);
  CHECK(refused.error().message.find("rialto store salvage") != std::string::npos);

  write_file(table, bytes);
  flip_byte(table, bytes.size() / 2);
  const auto store = RocksStore::open(folder.path());
  REQUIRE_MESSAGE(store, store.error().message);
  const auto scanned = (*store)->scan(keys::records(unit, 0), keys::records_end(unit),
                                      [](auto, auto) { return true; });
  REQUIRE_FALSE(scanned);
  CHECK(scanned.error().kind == ErrorKind::corrupt);
  INFO(scanned.error().message);
  CHECK(scanned.error().message.find(table.filename().string()) != std::string::npos);
}

// Something of each kind that a session has, and a few records of two units.
std::vector<Write> all_kinds(std::uint32_t session) {
  const UnitId first = UnitId::of(session, 0);
  std::vector<Write> writes{{keys::session(session), std::string(300, 's')},
                            {keys::questions(session), "{}"},
                            {keys::claim(session, 1), ""},
                            {keys::travel(session, 1), "{}"},
                            {keys::label(session, 1), "anna"},
                            {keys::due(first), ""},
                            {keys::snapshot(first), std::string(200, 'u')},
                            {keys::redaction(session, 1), "{}"},
                            {keys::personal(first, 1), "p"}};
  for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) {
    writes.push_back(record_write(first, sequence));
    writes.push_back(record_write(UnitId::of(session, 1), sequence));
  }
  return writes;
}

// Which kinds of keys of which sessions cannot be read.
std::vector<std::string> unreadable_ranges(const Reader& reader, std::uint32_t sessions) {
  std::vector<std::string> unreadable;
  for (std::uint32_t session = 1; session <= sessions; ++session) {
    for (const keys::Range& range : keys::all_of_session(session)) {
      if (!reader.scan(range.from, range.to, [](auto, auto) { return true; })) {
        unreadable.push_back(range.from.substr(0, 1) + std::to_string(session));
      }
    }
  }
  return unreadable;
}

TEST_CASE("a flipped byte in a table takes at most what one session has of one kind of keys") {
  constexpr std::uint32_t sessions = 4;
  const TemporaryFolder folder;
  for (std::uint32_t session = 1; session <= sessions; ++session) {
    const auto store = *RocksStore::open(folder.path());
    REQUIRE(store->write(all_kinds(session)));
  }
  (void)RocksStore::open(folder.path());  // what a log held is in a table now
  std::size_t taken = 0;
  for (const fs::path& table : store_files(folder.path(), ".sst")) {
    const std::string bytes = read_file(table);
    for (std::size_t offset = 0; offset < bytes.size(); offset += 13) {
      CAPTURE(offset);
      flip_byte(table, offset);
      const auto store = open_to_read(folder.path());
      if (!store) CHECK(store.error().message.find(table.filename()) != std::string::npos);
      if (store) {
        const auto unreadable = unreadable_ranges(**store, sessions);
        CHECK_MESSAGE(unreadable.size() <= 1, unreadable.size());
        taken += unreadable.size();
      }
      write_file(table, bytes);
    }
  }
  CHECK(taken > 50);
}

TEST_CASE(
    "a damaged table that a compaction meets takes nothing from who writes and reads others") {
  const TemporaryFolder folder;
  {
    const auto store = *RocksStore::open(folder.path());
    for (std::uint64_t i = 1; i <= 10; ++i) {
      const Write write = record_write(unit, i, std::string(1'000'000, 'x'));
      REQUIRE(store->write({&write, 1}));
    }
  }
  { const auto flushed = *RocksStore::open(folder.path()); }
  const fs::path table = store_files(folder.path(), ".sst").at(0);
  flip_byte(table, fs::file_size(table) / 2);
  const auto store = RocksStore::open(folder.path());
  REQUIRE_MESSAGE(store, store.error().message);
  const keys::Range all{keys::records_begin(), keys::records_end()};
  const auto compacted = (*store)->forget({&all, 1});
  REQUIRE_FALSE(compacted);
  CHECK(compacted.error().message.find(table.filename().string()) != std::string::npos);
  for (std::uint64_t i = 1; i <= 3; ++i) {
    const Write write = record_write(UnitId::of(2, 0), i);
    REQUIRE((*store)->write({&write, 1}));
  }
  CHECK(sequences(**store, UnitId::of(2, 0)) == up_to(3));
}

}  // namespace
}  // namespace rialto
