#include "storage/salvage.h"

#include <doctest/doctest.h>

#include "storage/rocks_store.h"
#include "storage/wal_check.h"
#include "tests/storage/store_files.h"
#include "tests/storage/temporary_folder.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;

constexpr UnitId first_unit = UnitId::of(1, 0);
constexpr UnitId second_unit = UnitId::of(1, 1);
constexpr UnitId other_session = UnitId::of(2, 0);

void put(Store& store, Write write, Durability durability = Durability::synced) {
  REQUIRE(store.write({&write, 1}, durability));
}

// A folder and its files' bytes, to see that nothing in it was changed.
std::vector<std::string> contents(const fs::path& folder) {
  std::vector<std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    all.push_back(entry.path().string());
    if (entry.is_regular_file()) all.push_back(read_file(entry.path()));
  }
  std::sort(all.begin(), all.end());
  return all;
}

// Large records of the first unit until there is a table of them; how many.
std::uint64_t put_a_table(Store& store, const fs::path& folder) {
  std::uint64_t written = 0;
  fill_a_table(folder, [&] {
    put(store, record_write(first_unit, ++written, std::string(1'000'000, 'x')),
        Durability::buffered);
  });
  return written;
}

TEST_CASE("of a log with a flipped byte salvage keeps all but what was built on the lost record") {
  const TemporaryFolder folder;
  const fs::path from = folder / "from";
  std::size_t damaged_from = 0;
  std::string old_lineage;
  {
    const auto store = *RocksStore::open(from);
    old_lineage = store->lineage();
    put(*store, {keys::session(1), "{\"code\":\"abc\"}"});
    put(*store, {keys::personal(first_unit, 2), "said"});
    put(*store, {keys::meta("next_session"), "3"});
    put(*store, {keys::snapshot(first_unit), "snapshot"});
    for (std::uint64_t i = 1; i <= 10; ++i) {
      if (i == 6) damaged_from = fs::file_size(store_files(from, ".log").at(0));
      put(*store, record_write(first_unit, i));
      put(*store, record_write(second_unit, i));
      put(*store, record_write(other_session, i));
    }
  }
  flip_byte(store_files(from, ".log").at(0), damaged_from + 30);
  REQUIRE_FALSE(RocksStore::open(from));
  const auto before = contents(from);

  const auto salvaged = salvage(from, folder / "to");
  REQUIRE(salvaged);
  CHECK(contents(from) == before);
  REQUIRE(salvaged->cut.size() == 1);
  CHECK(salvaged->cut[0].unit == first_unit);
  CHECK(salvaged->cut[0].kept == 5);
  CHECK(salvaged->cut[0].dropped == 4);
  CHECK(salvaged->units == 3);
  CHECK(salvaged->records == 25);
  REQUIRE(salvaged->damage.size() == 1);
  CHECK(salvaged->damage[0].find("byte " + std::to_string(damaged_from)) != std::string::npos);

  const auto store = RocksStore::open(folder / "to");
  REQUIRE(store);
  CHECK((*store)->lineage() == salvaged->lineage);
  CHECK((*store)->lineage() != old_lineage);
  CHECK(sequences(**store, first_unit) == up_to(5));
  CHECK(sequences(**store, second_unit) == up_to(10));
  CHECK(sequences(**store, other_session) == up_to(10));
  CHECK(*(*store)->get(keys::session(1)) == "{\"code\":\"abc\"}");
  CHECK(*(*store)->get(keys::personal(first_unit, 2)) == "said");
  CHECK(*(*store)->get(keys::meta("next_session")) == "3");
  CHECK_FALSE((*store)->get(keys::snapshot(first_unit)));
  CHECK(store_files(folder / "to", ".salvage").empty());
}

TEST_CASE("of a log with any one byte flipped salvage keeps every other commit") {
  const TemporaryFolder folder;
  const fs::path from = folder / "from";
  constexpr std::uint32_t units = 12;
  {
    const auto store = *RocksStore::open(from);
    for (std::uint32_t i = 0; i < units; ++i) {
      put(*store, record_write(UnitId::of(1, i), 1, std::string(i % 4 == 3 ? 40'000 : 30, 'x')));
    }
  }
  const fs::path log = store_files(from, ".log").at(0);
  const std::string bytes = read_file(log);
  for (std::size_t offset = 3; offset < bytes.size(); offset += 4'999) {
    write_file(log, bytes);
    flip_byte(log, offset);
    const fs::path to = folder / std::to_string(offset);
    const auto salvaged = salvage(from, to);
    INFO("byte " << offset);
    REQUIRE(salvaged);
    CHECK(salvaged->damage.size() == 1);
    CHECK(salvaged->units >= units - 1);
  }
}

TEST_CASE("of a sound store salvage keeps everything") {
  const TemporaryFolder folder;
  {
    const auto store = *RocksStore::open(folder / "from");
    for (std::uint64_t i = 1; i <= 100; ++i) put(*store, record_write(first_unit, i));
  }
  const auto salvaged = salvage(folder / "from", folder / "to");
  REQUIRE(salvaged);
  CHECK(salvaged->records == 100);
  CHECK(salvaged->cut.empty());
  CHECK(salvaged->damage.empty());
}

TEST_CASE("of a damaged table salvage keeps what stands before and after the damage") {
  const TemporaryFolder folder;
  const fs::path from = folder / "from";
  constexpr std::uint32_t units = 300;
  {
    const auto store = *RocksStore::open(from);
    std::uint64_t sequence = 0;
    fill_a_table(from, [&] {
      ++sequence;
      for (std::uint32_t i = 0; i < units; ++i) {
        put(*store, record_write(UnitId::of(i % 3, i / 3), sequence, std::string(3'000, 'x')),
            Durability::buffered);
      }
    });
  }
  const fs::path table = store_files(from, ".sst").at(0);
  flip_byte(table, fs::file_size(table) / 2);
  const auto salvaged = salvage(from, folder / "to");
  REQUIRE(salvaged);
  CHECK(salvaged->cut.size() >= 1);
  CHECK(salvaged->cut.size() <= 3);
  CHECK(salvaged->units + salvaged->cut.size() >= units);
  REQUIRE(salvaged->damage.size() == 1);
  CHECK(salvaged->damage[0].find(table.filename().string()) != std::string::npos);
  CHECK(RocksStore::open(folder / "to"));
}

TEST_CASE("without its list of files a store is salvaged from the files there are") {
  const TemporaryFolder folder;
  const fs::path from = folder / "from";
  std::uint64_t written = 0;
  {
    const auto store = *RocksStore::open(from);
    written = put_a_table(*store, from);
    put(*store, record_write(first_unit, ++written));
  }
  fs::remove(from / "store/CURRENT");
  REQUIRE_FALSE(RocksStore::open(from));
  const auto salvaged = salvage(from, folder / "to");
  REQUIRE(salvaged);
  CHECK(salvaged->records == written);
  CHECK(salvaged->cut.empty());
}

TEST_CASE("of a store whose MANIFEST was cut short salvage reads the tables that nothing names") {
  const TemporaryFolder folder;
  const fs::path from = folder / "from";
  std::uint64_t written = 0;
  {
    const auto store = *RocksStore::open(from);
    written = put_a_table(*store, from);
  }
  const std::string current = read_file(from / "store/CURRENT");
  const fs::path manifest = from / "store" / current.substr(0, current.find('\n'));
  fs::resize_file(manifest, fs::file_size(manifest) - 30);
  REQUIRE_FALSE(RocksStore::open(from));
  const auto salvaged = salvage(from, folder / "to");
  REQUIRE_MESSAGE(salvaged, salvaged.error().message);
  CHECK(salvaged->records == written);
  CHECK(salvaged->cut.empty());
  REQUIRE(salvaged->damage.size() == 1);
  CHECK(salvaged->damage[0].find("is named by no MANIFEST") != std::string::npos);
}

TEST_CASE("of tables that nothing names salvage believes the newest") {
  const TemporaryFolder folder;
  const fs::path from = folder / "from";
  fs::path manifest;
  std::uint64_t size = 0;
  {
    const auto store = *RocksStore::open(from);
    const std::string current = read_file(from / "store/CURRENT");
    manifest = from / "store" / current.substr(0, current.find('\n'));
    size = fs::file_size(manifest);
    for (const char* const value : {"old", "new"}) {
      put(*store, {keys::session(1), value});
      std::uint64_t written = 0;
      fill_a_table(from, [&] {
        put(*store, record_write(first_unit, ++written, std::string(1'000'000, 'x')),
            Durability::buffered);
      });
    }
    REQUIRE(store_files(from, ".sst").size() == 2);
  }
  fs::resize_file(manifest, size);
  REQUIRE(salvage(from, folder / "to"));
  CHECK(*(*RocksStore::open(folder / "to"))->get(keys::session(1)) == "new");
}

TEST_CASE("salvage writes into no folder that holds something, and reads none that is in use") {
  const TemporaryFolder folder;
  const auto in_use = *RocksStore::open(folder / "in use");
  REQUIRE(RocksStore::open(folder / "other"));
  const auto into_used = salvage(folder / "other", folder / "in use");
  REQUIRE_FALSE(into_used);
  CHECK(into_used.error().kind == ErrorKind::conflict);
  const auto from_used = salvage(folder / "in use", folder / "new");
  REQUIRE_FALSE(from_used);
  CHECK(from_used.error().kind == ErrorKind::unavailable);
  CHECK_FALSE(fs::exists(folder / "new"));
}

}  // namespace
}  // namespace rialto
