// Rule 8: a last record that was not completely written is cut off; any other damage is refused.
#include <doctest/doctest.h>
#include <spdlog/spdlog.h>

#include "storage/rocks_store.h"
#include "storage/wal_check.h"
#include "tests/storage/store_files.h"
#include "tests/storage/temporary_folder.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;

constexpr UnitId unit = UnitId::of(1, 0);
constexpr std::uint64_t records = 6;

// A store with some records, each a commit of its own, whose process was killed; what its log
// holds, and where in it each record of the log begins (the store's identity is the first).
struct Written {
  explicit Written(std::size_t size_of_last = 2) {
    write(size_of_last);
    as_if_killed(folder.path(), starts[1]);
  }

  void write(std::size_t size_of_last) {
    const auto store = *RocksStore::open(folder.path());
    log = store_files(folder.path(), ".log").at(0);
    starts.push_back(0);
    for (std::uint64_t i = 1; i <= records; ++i) {
      starts.push_back(fs::file_size(log));
      const Write write = record_write(unit, i, std::string(i == records ? size_of_last : 20, 'x'));
      REQUIRE(store->write({&write, 1}));
    }
    lineage = store->lineage();
    bytes = read_file(log);
  }

  Result<std::unique_ptr<RocksStore>> reopen(Access access = Access::read_write) const {
    RocksStore::Options options;
    options.access = access;
    return RocksStore::open(folder.path(), options);
  }

  TemporaryFolder folder;
  fs::path log;
  std::vector<std::size_t> starts;
  std::string bytes;
  std::string lineage;
};

void refuse(const Written& written, std::size_t offset) {
  const auto store = written.reopen();
  REQUIRE_FALSE(store);
  CHECK(store.error().kind == ErrorKind::corrupt);
  const std::string& message = store.error().message;
  INFO(message);
  CHECK(message.find(written.log.string() + " is damaged at byte " + std::to_string(offset) +
                     " ") != std::string::npos);
  CHECK(message.find("rialto store salvage") != std::string::npos);
  CHECK(read_file(written.log).size() >= offset);
}

TEST_CASE("a log cut anywhere within its last record loses that record alone") {
  const Written written;
  const std::size_t last = written.starts.back();
  spdlog::set_level(spdlog::level::err);  // a line for each of the cuts tells nobody anything
  for (std::size_t size = last; size < written.bytes.size(); ++size) {
    const TemporaryFolder copy;
    fs::copy(written.folder.path(), copy.path(), fs::copy_options::recursive);
    fs::resize_file(store_files(copy.path(), ".log").at(0), size);
    as_if_killed(copy.path(), written.starts[1]);
    const auto store = RocksStore::open(copy.path());
    INFO("cut at byte " << size << " of a record that begins at " << last);
    REQUIRE(store);
    REQUIRE(sequences(**store, unit) == up_to(records - 1));
    REQUIRE((*store)->lineage() == written.lineage);
  }
  spdlog::set_level(spdlog::level::info);
}

TEST_CASE("a torn record that spans blocks is cut off from its first byte") {
  const Written written(100'000);
  for (const std::size_t block : {1U, 2U, 3U}) {
    for (const std::size_t beyond : {0U, 3U, 7U, 20U}) {
      fs::resize_file(written.log, 0);
      write_file(written.log, std::string_view(written.bytes).substr(0, block * 32'768 + beyond));
      const auto state = check_wal(written.log);
      REQUIRE(state);
      CHECK(state->kind == WalState::Kind::torn);
      CHECK(state->offset == written.starts.back());
    }
  }
  const auto store = written.reopen();
  REQUIRE(store);
  CHECK(sequences(**store, unit) == up_to(records - 1));
}

TEST_CASE("after a torn record was cut off the store goes on, and opens again") {
  const Written written;
  fs::resize_file(written.log, written.bytes.size() - 1);
  {
    const auto store = written.reopen();
    REQUIRE(store);
    const Write write = record_write(unit, records, "anew");
    REQUIRE((*store)->write({&write, 1}));
  }
  const auto store = written.reopen();
  REQUIRE(store);
  CHECK(sequences(**store, unit) == up_to(records));
}

TEST_CASE("reading only leaves a torn record where it is") {
  const Written written;
  fs::resize_file(written.log, written.bytes.size() - 1);
  const auto store = written.reopen(Access::read_only);
  REQUIRE(store);
  CHECK(sequences(**store, unit) == up_to(records - 1));
  CHECK(fs::file_size(written.log) == written.bytes.size() - 1);
}

TEST_CASE("any flipped byte before the last record is refused, with its file and the offset") {
  const Written written;
  std::size_t record = 0;
  for (std::size_t offset = 0; offset < written.starts.back(); ++offset) {
    if (offset >= written.starts[record + 1]) ++record;
    write_file(written.log, written.bytes);
    flip_byte(written.log, offset);
    const auto state = check_wal(written.log);
    REQUIRE(state);
    INFO("byte " << offset);
    REQUIRE(state->kind == WalState::Kind::damaged);
    REQUIRE(state->offset == written.starts[record]);
  }
  for (std::size_t i = 0; i < records; ++i) {
    for (const std::size_t byte : {0U, 4U, 5U, 6U, 20U}) {
      write_file(written.log, written.bytes);
      flip_byte(written.log, written.starts[i] + byte);
      refuse(written, written.starts[i]);
    }
  }
}

TEST_CASE("a flipped byte in a last record that is all there is refused: it was promised") {
  const Written written;
  for (std::size_t offset = written.starts.back(); offset < written.bytes.size(); ++offset) {
    write_file(written.log, written.bytes);
    flip_byte(written.log, offset);
    INFO("byte " << offset);
    refuse(written, written.starts.back());
  }
}

TEST_CASE("a record that became zeros is refused") {
  const Written written;
  for (const std::size_t i : {std::size_t{2}, written.starts.size() - 1}) {
    std::string bytes = written.bytes;
    const std::size_t end = i + 1 < written.starts.size() ? written.starts[i + 1] : bytes.size();
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(written.starts[i]),
              bytes.begin() + static_cast<std::ptrdiff_t>(end), '\0');
    write_file(written.log, bytes);
    refuse(written, written.starts[i]);
  }
}

TEST_CASE("a piece missing from the middle of a log is refused") {
  const Written written;
  std::string bytes = written.bytes;
  bytes.erase(written.starts[2] + 9, 5);
  write_file(written.log, bytes);
  refuse(written, written.starts[2]);
}

TEST_CASE("a record cut short in an older log is refused: a later log follows it") {
  const Written written;
  fs::copy_file(written.log, written.folder / "store/000099.log");
  fs::resize_file(written.log, written.bytes.size() - 1);
  refuse(written, written.starts.back());
}

TEST_CASE("a record that was surely on the disk and is cut short is refused: it was promised") {
  const Written written;
  as_if_killed(written.folder.path(), written.bytes.size());
  fs::resize_file(written.log, written.bytes.size() - 1);
  const auto store = written.reopen();
  REQUIRE_FALSE(store);
  CHECK(store.error().message.find(written.log.string() + " has ") != std::string::npos);
  // As long as it was, but its last record says that it goes on behind the end.
  const std::size_t last = written.starts.back();
  std::string bytes = written.bytes;
  bytes[last + 4] = static_cast<char>(bytes[last + 4] + 1);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  write_file(written.log, bytes);
  refuse(written, last);
}

TEST_CASE("a damaged or missing list of files is refused, and named") {
  const Written written;
  const fs::path current = written.folder / "store/CURRENT";
  const fs::path manifest = written.folder / "store" / read_file(current).substr(0, 15);
  const std::string good_manifest = read_file(manifest);
  const auto refused = [&](const fs::path& file) {
    const auto store = written.reopen();
    REQUIRE_FALSE(store);
    CHECK(store.error().kind == ErrorKind::corrupt);
    INFO(store.error().message);
    CHECK(store.error().message.find(file.string()) != std::string::npos);
  };
  flip_byte(manifest, 10);
  refused(manifest);
  fs::remove(manifest);
  refused(manifest);
  write_file(manifest, good_manifest);
  write_file(current, "garbage");
  refused(current);
  fs::remove(current);
  refused(current);
  write_file(current, manifest.filename().string() + "\n");
  CHECK(written.reopen());
}

}  // namespace
}  // namespace rialto
