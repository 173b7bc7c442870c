// A store knows which files it must have: what is missing or too short is refused before RocksDB
// may delete anything because of it, and so is a copy of a folder that was in use.
#include "storage/store_mark.h"

#include <doctest/doctest.h>

#include <thread>

#include "storage/rocks_store.h"
#include "storage/salvage.h"
#include "tests/storage/child_process.h"
#include "tests/storage/store_files.h"
#include "tests/storage/temporary_folder.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;

constexpr UnitId unit{1};

// A store whose process was killed, or closed it, after so many records.
struct Used {
  explicit Used(std::uint64_t records) {
    ChildProcess process({built("rialto_store_child"), "write", data, "synced"});
    for (std::string line; last < records && !(line = process.read_line()).empty();) {
      last = std::stoull(line);
    }
    process.kill();
  }

  void close() const { REQUIRE(RocksStore::open(data)); }

  // The sentence with which it is refused. Nothing of it is changed.
  std::string refused(const fs::path& which) const {
    const auto tables = store_files(which, ".sst");
    std::string sentence;
    for (const Access access : {Access::read_only, Access::read_write}) {
      RocksStore::Options options;
      options.access = access;
      const auto store = RocksStore::open(which, options);
      REQUIRE_FALSE(store);
      sentence = store.error().message;
    }
    CHECK(store_files(which, ".sst") == tables);
    INFO(sentence);
    CHECK(sentence.find("rialto store salvage") != std::string::npos);
    return sentence;
  }
  std::string refused() const { return refused(data); }

  fs::path newest(const std::string& extension) const {
    return store_files(data, extension).back();
  }
  fs::path manifest() const {
    const std::string name = read_file(data / "store/CURRENT");
    return data / "store" / name.substr(0, name.find('\n'));
  }

  TemporaryFolder folder;
  fs::path data = folder / "data";
  std::uint64_t last = 0;
};

bool names(const std::string& sentence, const fs::path& file) {
  return sentence.find(file.string()) != std::string::npos;
}

TEST_CASE("a log that is missing, empty or cut short is refused and named") {
  for (const std::uint64_t records : {1U, 700U}) {  // a log is known from its first commit on
    const Used used(records);
    const fs::path log = used.newest(".log");
    const std::string bytes = read_file(log);
    REQUIRE_FALSE(bytes.empty());
    fs::remove(log);
    CHECK(names(used.refused(), log.string() + " is missing"));
    write_file(log, "");
    CHECK(names(used.refused(), log.string() + " has 0 bytes"));
    write_file(log, bytes);
    CHECK(RocksStore::open(used.data));
  }
}

TEST_CASE("of a log that has grown long all but its end must be there") {
  constexpr std::uint64_t end = 6U << 20U;  // a mark each 4 MiB, and a large record
  const Used used(200);
  const fs::path log = used.newest(".log");
  REQUIRE(fs::file_size(log) > end);
  fs::resize_file(log, fs::file_size(log) - end);
  CHECK(names(used.refused(), log.string() + " has "));
}

TEST_CASE("before a table is deleted the mark knows the list of files that lacks it") {
  const TemporaryFolder folder;
  const auto store = *RocksStore::open(folder.path());
  const fs::path manifest = folder / ("store/" + read_file(folder / "store/CURRENT").substr(0, 15));
  const keys::Range all{keys::records(unit, 0), keys::records_end(unit)};
  for (std::uint64_t i = 1; i <= 2; ++i) {
    const Write write = record_write(unit, i);
    REQUIRE(store->write({&write, 1}));
    const auto before = store_files(folder.path(), ".sst");
    REQUIRE(store->forget({&all, 1}));
    for (const fs::path& table : before) {
      while (fs::exists(table)) std::this_thread::yield();
    }
  }
  const auto known = (**read_mark(folder / "store")).files;
  CHECK(known.at(manifest.filename()) == fs::file_size(manifest));
}

TEST_CASE("after a mark that could not be written nothing more is written") {
  const TemporaryFolder folder;
  REQUIRE(RocksStore::open(folder.path()));
  const auto store = *RocksStore::open(folder.path());  // its log has no commit yet
  fs::create_directory(folder / "store/MARK.new");
  const Write first = record_write(unit, 1);
  CHECK_FALSE(store->write({&first, 1}));
  fs::remove(folder / "store/MARK.new");
  const Write second = record_write(unit, 2);
  const auto written = store->write({&second, 1});
  REQUIRE_FALSE(written);
  CHECK(written.error().message.find("an earlier write") != std::string::npos);
}

TEST_CASE("of a closed store each log must be there as long as it was, to the byte") {
  const Used used(30);
  used.close();
  {
    const auto store = *RocksStore::open(used.data);
    for (std::uint64_t i = 1; i <= 5; ++i) {
      const Write write = record_write(unit, used.last + i);
      REQUIRE(store->write({&write, 1}));
    }
  }
  const fs::path log = used.newest(".log");
  const std::string bytes = read_file(log);
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    write_file(log, std::string_view(bytes).substr(0, size));
    CHECK(names(used.refused(), log));
  }
  write_file(log, bytes + "x");
  CHECK(names(used.refused(), log));
  write_file(log, bytes);
  const fs::path later = log.parent_path() / "999999.log";  // of whom the mark knows nothing
  write_file(later, bytes);
  CHECK(names(used.refused(), "`rialto backup`"));
  fs::remove(later);
  CHECK(RocksStore::open(used.data));
}

TEST_CASE("a MANIFEST that is cut short is refused before a table is deleted because of it") {
  const Used used(1500);
  for (const bool closed : {false, true}) {
    if (closed) used.close();
    const fs::path manifest = used.manifest();
    const std::string bytes = read_file(manifest);
    REQUIRE_FALSE(store_files(used.data, ".sst").empty());
    for (std::size_t cut = 1; cut <= 200 && cut <= bytes.size(); cut += closed ? 9 : 1) {
      write_file(manifest, std::string_view(bytes).substr(0, bytes.size() - cut));
      CHECK(names(used.refused(), manifest));
    }
    write_file(manifest, bytes);
  }
  const auto store = RocksStore::open(used.data);
  REQUIRE(store);
  CHECK(sequences(**store, unit).size() >= used.last);
}

TEST_CASE("CURRENT of an older time, or none, is refused") {
  const Used used(10);
  const std::string older = read_file(used.data / "store/CURRENT");
  used.close();
  used.close();
  REQUIRE(read_file(used.data / "store/CURRENT") != older);
  const std::string now = read_file(used.data / "store/CURRENT");
  write_file(used.data / "store/CURRENT", older);
  CHECK(names(used.refused(), used.data / "store/CURRENT"));
  fs::remove(used.data / "store/CURRENT");
  CHECK(names(used.refused(), used.data / "store/CURRENT"));
  write_file(used.data / "store/CURRENT", now);
  CHECK(RocksStore::open(used.data));
}

TEST_CASE("a folder in which nothing of the store is left is no new store") {
  const Used used(10);
  for (const auto& entry : fs::directory_iterator(used.data / "store")) {
    if (entry.path().filename() != "MARK") fs::remove(entry);
  }
  (void)used.refused();
}

TEST_CASE("a copy of a folder in use is refused; salvage takes what is in it; the folder opens") {
  const Used used(10);
  fs::copy(used.data, used.folder / "copy", fs::copy_options::recursive);
  CHECK(names(used.refused(used.folder / "copy"), "`rialto backup`"));
  const auto salvaged = salvage(used.folder / "copy", used.folder / "salvaged");
  REQUIRE(salvaged);
  CHECK(salvaged->records >= used.last);
  CHECK(RocksStore::open(used.data));
}

TEST_CASE("a folder that was moved opens, whether its store was closed or its process killed") {
  const Used used(10);
  fs::rename(used.data, used.folder / "moved");
  CHECK(RocksStore::open(used.folder / "moved"));
  fs::rename(used.folder / "moved", used.folder / "moved again");
  const auto store = RocksStore::open(used.folder / "moved again");
  REQUIRE(store);
  CHECK(sequences(**store, unit).size() >= used.last);
}

TEST_CASE("a folder is known by its birth, whatever number its file system gives it") {
  const Used used(3);
  const fs::path store = used.data / "store";
  StoreMark mark = **read_mark(store);
  REQUIRE(mark.folder.born != 0);
  ++mark.folder.born;
  REQUIRE(write_mark(store, mark));
  CHECK(names(used.refused(), "`rialto backup`"));
  --mark.folder.born;
  ++mark.folder.inode;
  REQUIRE(write_mark(store, mark));
  CHECK(RocksStore::open(used.data));
}

TEST_CASE("a copy of a closed store opens") {
  const Used used(10);
  used.close();
  fs::copy(used.data, used.folder / "copy", fs::copy_options::recursive);
  CHECK(RocksStore::open(used.folder / "copy"));
}

// What a Rialto of before there were marks has left.
void make_old(const fs::path& data) {
  {
    const auto store = *RocksStore::open(data);
    const Write older[] = {{keys::meta("format"), "2"}, record_write(UnitId{2}, 1)};
    REQUIRE(store->write({older, 1}));
    REQUIRE(store->write({older + 1, 1}));
  }
  fs::remove(data / "store/MARK");
  write_file(data / "rialto.lock", "pid 1\ncommand rialto serve\n");
}

TEST_CASE("a store of before there were marks opens, and has one from then on") {
  const Used used(10);
  make_old(used.data);
  RocksStore::Options options;
  options.access = Access::read_only;
  CHECK(RocksStore::open(used.data, options));
  CHECK_FALSE(fs::exists(used.data / "store/MARK"));
  used.close();
  CHECK(fs::exists(used.data / "store/MARK"));
  fs::remove(used.data / "store/MARK");
  CHECK(names(used.refused(), used.data / "store/MARK is missing"));
}

TEST_CASE("an old store whose log ends in a torn record opens, that record cut off") {
  const Used used(10);
  make_old(used.data);
  const fs::path log = used.newest(".log");
  const std::string bytes = read_file(log);
  write_file(log, std::string_view(bytes).substr(0, bytes.size() - 1));
  const auto store = RocksStore::open(used.data);
  REQUIRE_MESSAGE(store, store.error().message);
  CHECK(sequences(**store, unit).size() >= used.last);
}

TEST_CASE("a store whose mark is missing is refused: nobody knows what else is") {
  for (const bool closed : {false, true}) {
    for (const bool with_log : {false, true}) {
      for (const char* lock : {"as it is", "", "pid 1\n"}) {
        const Used used(700);
        if (closed) used.close();
        const std::string mark = read_file(used.data / "store/MARK");
        const fs::path log = used.newest(".log");
        const std::string bytes = read_file(log);
        fs::remove(used.data / "store/MARK");
        if (with_log) fs::remove(log);
        if (std::string("as it is") != lock) write_file(used.data / "rialto.lock", lock);
        CHECK(names(used.refused(), used.data / "store/MARK is missing"));
        write_file(used.data / "store/MARK", mark);
        if (with_log) write_file(log, bytes);
        CHECK(RocksStore::open(used.data));
      }
    }
  }
}

TEST_CASE("a store that has lost everything but some files is never made anew") {
  const Used used(10);
  std::vector<std::string> left_in;  // one file at a time
  for (const auto& entry : fs::directory_iterator(used.data / "store"))
    left_in.push_back(entry.path().filename());
  left_in.emplace_back();
  for (const std::string& left : left_in) {
    INFO(left);
    const fs::path data = used.folder / ("with only " + left);
    fs::create_directories(data / "store");
    fs::copy(used.data / "rialto.lock", data / "rialto.lock");
    if (!left.empty()) fs::copy(used.data / "store" / left, data / "store" / left);
    (void)used.refused(data);
  }
  const auto none = RocksStore::open(used.folder / "with only ");
  REQUIRE_FALSE(none);
  CHECK(names(none.error().message, "name another data folder"));
  fs::remove_all(used.folder / "with only " / "store");
  const auto gone = RocksStore::open(used.folder / "with only ");
  REQUIRE_FALSE(gone);
  CHECK(names(gone.error().message, "name another data folder"));
}

TEST_CASE("a store without its lock file opens, but never while another has it") {
  const Used used(10);
  fs::remove(used.data / "rialto.lock");
  RocksStore::Options options;
  options.access = Access::read_only;
  CHECK(RocksStore::open(used.data, options));
  const auto store = RocksStore::open(used.data);
  REQUIRE(store);
  CHECK(sequences(**store, unit).size() >= used.last);
  for (const char* remade : {"", "pid 1\n"}) {
    fs::remove(used.data / "rialto.lock");
    if (*remade != '\0') write_file(used.data / "rialto.lock", remade);
    const auto second = RocksStore::open(used.data);
    REQUIRE_FALSE(second);
    CHECK(names(second.error().message, "is in use"));
  }
}

TEST_CASE("a mark of an older time hides no loss: all is there, or the store is refused") {
  const TemporaryFolder folder;
  const fs::path data = folder / "data";
  std::vector<std::string> marks;
  const auto keep = [&] {
    const std::string now = read_file(data / "store/MARK");
    if (marks.empty() || marks.back() != now) marks.push_back(now);
  };
  std::uint64_t last = 0;
  for (int times = 0; times < 3; ++times) {
    const auto store = *RocksStore::open(data);
    for (int i = 0; i < 30; ++i) {
      const Write write = record_write(unit, ++last, std::string(1'000'000, 'x'));
      REQUIRE(store->write({&write, 1}));
      keep();
    }
  }
  REQUIRE(marks.size() > 12);
  const std::string newest = read_file(data / "store/MARK");
  for (const std::string& mark : marks) {
    write_file(data / "store/MARK", mark);
    RocksStore::Options options;
    options.access = Access::read_only;
    const auto store = RocksStore::open(data, options);
    if (store) CHECK(sequences(**store, unit) == up_to(last));
    if (!store) CHECK(names(store.error().message, "rialto store salvage"));
  }
  write_file(data / "store/MARK", newest);
  CHECK(RocksStore::open(data));
}

TEST_CASE("a mark that is empty or garbled is refused and named") {
  const Used used(3);
  const fs::path mark = used.data / "store/MARK";
  const std::string bytes = read_file(mark);
  for (const std::string& garbled :
       {std::string(), std::string("{}"), std::string(bytes.size(), '\0'), bytes + bytes,
        bytes.substr(1), bytes.substr(0, bytes.size() - 1)}) {
    write_file(mark, garbled);
    CHECK(names(used.refused(), mark));
  }
  fs::remove(mark);
  fs::create_directory(mark);
  const auto refused = RocksStore::open(used.data);
  REQUIRE_FALSE(refused);
  CHECK(names(refused.error().message, "cannot read the file " + mark.string()));
  fs::remove(mark);
  write_file(mark, bytes);
  CHECK(RocksStore::open(used.data));
}

TEST_CASE("a store of before there were marks that has lost CURRENT or a MANIFEST is refused") {
  for (const bool in_tables : {false, true}) {
    const Used used(in_tables ? 700 : 10);
    fs::remove(used.data / "store/MARK");
    write_file(used.data / "rialto.lock", "");
    if (in_tables) {
      for (const fs::path& log : store_files(used.data, ".log")) fs::remove(log);
      REQUIRE_FALSE(store_files(used.data, ".sst").empty());
    }
    const fs::path manifest = used.manifest();
    const std::string bytes = read_file(manifest);
    fs::remove(manifest);
    CHECK(names(used.refused(), manifest.string() + " is missing"));
    write_file(manifest, bytes);
    fs::remove(used.data / "store/CURRENT");
    CHECK(names(used.refused(), used.data / "store/CURRENT"));
  }
}

TEST_CASE("a mark with any byte flipped is refused and named") {
  const Used used(3);
  used.close();
  const fs::path mark = used.data / "store/MARK";
  const std::string bytes = read_file(mark);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    write_file(mark, bytes);
    flip_byte(mark, i);
    CHECK(names(used.refused(), mark));
  }
  write_file(mark, bytes);
  CHECK(RocksStore::open(used.data));
}

TEST_CASE("what is written to a folder that was moved away, removed or replaced is not confirmed") {
  for (const char* how : {"moved", "removed", "replaced"}) {
    INFO(std::string(how));
    const TemporaryFolder folder;
    const fs::path data = folder / "data";
    auto store = *RocksStore::open(data);
    const Write first = record_write(unit, 1);
    REQUIRE(store->write({&first, 1}));
    if (std::string("removed") == how) fs::remove_all(data);
    if (std::string("removed") != how) fs::rename(data, folder / "away");
    if (std::string("replaced") == how) {
      ChildProcess other({built("rialto_store_child"), "hold", data});
      REQUIRE(other.read_line() == "open");
    }
    const Write second = record_write(unit, 2);
    const auto written = store->write({&second, 1});
    REQUIRE_FALSE(written);
    CHECK(names(written.error().message, data.string() + " is not there any more"));
    CHECK_FALSE(store->write({&second, 1}));
    store.reset();
    RocksStore::Options again;
    again.may_make = false;
    const auto opened = RocksStore::open(data, again);
    CHECK(bool{opened} == (std::string("replaced") == how));
    CHECK(fs::exists(data) == (std::string("replaced") == how));
    if (std::string("removed") == how) continue;
    const auto moved = RocksStore::open(folder / "away");
    REQUIRE_MESSAGE(moved, moved.error().message);
    CHECK(sequences(**moved, unit).size() >= 1);
  }
}

}  // namespace
}  // namespace rialto
