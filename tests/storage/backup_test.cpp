#include "storage/backup.h"

#include <doctest/doctest.h>

#include "storage/rocks_store.h"
#include "storage/salvage.h"
#include "tests/storage/store_files.h"
#include "tests/storage/temporary_folder.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;

constexpr UnitId unit = UnitId::of(1, 0);

// A store that is open, and a backup of it as of its tenth record.
struct BackedUp {
  BackedUp() {
    for (std::uint64_t i = 1; i <= 10; ++i) put(i);
    const auto checkpoint = store->checkpoint();
    REQUIRE(checkpoint);
    for (std::uint64_t i = 11; i <= 20; ++i) put(i);
    const auto written = write_backup(*checkpoint, backup, {"1.2", store->lineage(), 7});
    REQUIRE_MESSAGE(written, written.error().message);
    CHECK(written->files > 2);
    REQUIRE(store->release(*checkpoint));
    CHECK_FALSE(fs::exists(*checkpoint));
  }

  void put(std::uint64_t sequence) const {
    const Write write = record_write(unit, sequence, std::string(1000, 'x'));
    REQUIRE(store->write({&write, 1}));
  }

  TemporaryFolder folder;
  fs::path backup = folder / "backups/monday";
  std::unique_ptr<RocksStore> store = *RocksStore::open(folder / "data");
};

TEST_CASE("a backup of an open store holds all that was written before it, under a new lineage") {
  const BackedUp lab;
  const auto restored = restore_backup(lab.backup, lab.folder / "again");
  REQUIRE_MESSAGE(restored, restored.error().message);
  CHECK(restored->lineage == lab.store->lineage());
  CHECK(restored->version == "1.2");
  CHECK(restored->taken == 7);
  for (int i = 0; i < 2; ++i) {
    const auto store = RocksStore::open(lab.folder / "again");
    REQUIRE(store);
    CHECK(sequences(**store, unit) == up_to(10));
    CHECK((*store)->lineage() != lab.store->lineage());
  }
  CHECK(sequences(*lab.store, unit) == up_to(20));
}

TEST_CASE("a backup in which any file was changed, cut or lost is refused, and nothing is made") {
  const BackedUp lab;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(lab.backup / "store")) files.push_back(entry);
  for (const fs::path& file : files) {
    const std::string bytes = read_file(file);
    if (bytes.empty()) continue;
    const auto refused = [&] {
      const auto restored = restore_backup(lab.backup, lab.folder / "again");
      REQUIRE_FALSE(restored);
      CHECK(restored.error().message.find(file.string()) != std::string::npos);
      CHECK_FALSE(fs::exists(lab.folder / "again"));
    };
    flip_byte(file, bytes.size() / 2);
    refused();
    write_file(file, std::string_view(bytes).substr(1));
    refused();
    fs::remove(file);
    refused();
    write_file(file, bytes);
  }
  CHECK(restore_backup(lab.backup, lab.folder / "again"));
}

TEST_CASE("of a damaged store a backup is made, and it and what is restored say which file it is") {
  BackedUp lab;
  lab.store.reset();
  lab.store = *RocksStore::open(lab.folder / "data");  // what a log held is in a table now
  const fs::path table = store_files(lab.folder / "data", ".sst").back();
  const std::string bytes = read_file(table);
  const auto checkpoint = [&] { return *lab.store->checkpoint(); };
  const auto sound = write_backup(checkpoint(), lab.folder / "sound", {});
  REQUIRE(sound);
  CHECK(sound->damaged.empty());
  std::size_t found = 0;
  std::size_t restored = 0;
  for (std::size_t offset = 0; offset < bytes.size(); offset += 11) {
    flip_byte(table, offset);
    const fs::path made = checkpoint();
    const fs::path to = lab.folder / ("backup " + std::to_string(offset));
    const auto backup = write_backup(made, to, {});
    REQUIRE(backup);
    REQUIRE(lab.store->release(made));
    write_file(table, bytes);
    if (backup->damaged.empty()) continue;
    ++found;
    REQUIRE(backup->damaged.size() == 1);
    INFO(backup->damaged[0]);
    CHECK(backup->damaged[0].starts_with("the file store/" + table.filename().string() +
                                         " is damaged: "));
    CHECK(backup->damaged[0].find(lab.folder.path().string()) == std::string::npos);
    CHECK(read_file(to / "manifest.json").find("\"damage\": ") != std::string::npos);
    const auto again = restore_backup(to, lab.folder / ("again " + std::to_string(offset)));
    if (again) CHECK(again->damaged == backup->damaged);
    if (!again) CHECK(again.error().message.find(backup->damaged[0]) == 0);
    restored += again ? 1 : 0;
  }
  // All but what nobody reads.
  CHECK(found * 11 >= bytes.size() * 9 / 10);
  CHECK(restored * 11 >= bytes.size() / 10);
}

TEST_CASE("a backup that an older Rialto made of a damaged store is restored, and the file named") {
  const BackedUp lab;
  const fs::path table = store_files(lab.folder / "data", ".sst").back();
  flip_byte(table, 200);  // behind the block that says what the store is
  const fs::path made = *lab.store->checkpoint();
  REQUIRE(write_backup(made, lab.folder / "damaged", {}));
  const fs::path manifest = lab.folder / "damaged/manifest.json";
  std::string text = read_file(manifest);
  const auto begin = text.find(",\n      \"damage\"");
  text.erase(begin, text.find("\n    }", begin) - begin);
  write_file(manifest, text);
  const auto again = restore_backup(lab.folder / "damaged", lab.folder / "again");
  REQUIRE_MESSAGE(again, again.error().message);
  REQUIRE(again->damaged.size() == 1);
  CHECK(again->damaged[0].find(table.filename()) != std::string::npos);
}

TEST_CASE("a backup is no data folder, and says what makes one of it; salvage reads it") {
  const BackedUp lab;
  const auto refused = RocksStore::open(lab.backup);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("`rialto restore`") != std::string::npos);
  CHECK_FALSE(fs::exists(lab.backup / "rialto.lock"));
  const auto salvaged = salvage(lab.backup, lab.folder / "salvaged");
  REQUIRE_MESSAGE(salvaged, salvaged.error().message);
  CHECK(salvaged->records == 10);
}

TEST_CASE("a backup goes into no folder that holds something, nor does what is restored") {
  const BackedUp lab;
  const auto again = restore_backup(lab.backup, lab.folder / "data");
  REQUIRE_FALSE(again);
  CHECK(again.error().kind == ErrorKind::conflict);
  const auto over = write_backup(lab.backup / "store", lab.backup, {});
  REQUIRE_FALSE(over);
  CHECK(over.error().kind == ErrorKind::conflict);
  fs::create_directory(lab.folder / "empty");
  CHECK(restore_backup(lab.backup, lab.folder / "empty"));
}

TEST_CASE("what is no backup, or a newer Rialto's, is refused with a sentence") {
  const BackedUp lab;
  const fs::path manifest = lab.backup / "manifest.json";
  const std::string good = read_file(manifest);
  const auto refused = [&](const std::string& text) {
    write_file(manifest, text);
    const auto restored = restore_backup(lab.backup, lab.folder / "again");
    REQUIRE_FALSE(restored);
    CHECK(restored.error().kind == ErrorKind::invalid);
    return restored.error().message;
  };
  for (const std::string& text : {std::string(), std::string("{}"), good.substr(0, 200)}) {
    CHECK(refused(text).find("is no backup of Rialto") != std::string::npos);
  }
  std::string outside = good;
  outside.replace(outside.find("CURRENT"), 7, "../AWAY");
  CHECK(refused(outside).find("is no backup of Rialto") != std::string::npos);
  std::string newer = good;
  newer.replace(newer.find("\"format\": ") + 10, 1, "9");
  CHECK(refused(newer).find("was made by Rialto 1.2: use that or a newer one") !=
        std::string::npos);
}

TEST_CASE("a checkpoint that nobody released is gone when the store is opened anew") {
  BackedUp lab;
  const auto checkpoint = lab.store->checkpoint();
  REQUIRE(checkpoint);
  CHECK_FALSE(lab.store->release(lab.folder / "data/store"));
  CHECK_FALSE(lab.store->release(lab.folder / "others" / checkpoint->filename()));
  lab.store.reset();
  CHECK(fs::exists(*checkpoint));
  REQUIRE(RocksStore::open(lab.folder / "data"));
  CHECK_FALSE(fs::exists(*checkpoint));
}

}  // namespace
}  // namespace rialto
