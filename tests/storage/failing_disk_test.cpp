// Disks that are full or may not be written. Where the test may not mount a small disk of its own
// (it is not root), a limit on the size of files stands in for it.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/fsuid.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/free_space.h"
#include "storage/rocks_store.h"
#include "tests/storage/store_files.h"
#include "tests/storage/temporary_folder.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr UnitId unit = UnitId::of(1, 0);
constexpr std::uint64_t mebibyte = 1024 * 1024;

// A disk in memory at a folder of its own, where this process may mount one.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& options) {
    mounted_ = ::mount("none", folder_.path().c_str(), "tmpfs", 0, options.c_str()) == 0;
    if (!mounted_) MESSAGE("skipped: this process may not mount a disk");
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }

  explicit operator bool() const { return mounted_; }
  fs::path operator/(std::string_view name) const { return folder_ / name; }
  bool make_read_only() const {
    return ::mount("none", folder_.path().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  }

 private:
  TemporaryFolder folder_;
  bool mounted_ = false;
};

// Files of this process may not grow beyond this many bytes while it lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(std::uint64_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

// Without root's right to pass over permissions, while it lives, on this thread.
class AsNobody {
 public:
  AsNobody() : user_(::setfsuid(65534)), group_(::setfsgid(65534)) {}
  ~AsNobody() {
    ::setfsuid(static_cast<uid_t>(user_));
    ::setfsgid(static_cast<gid_t>(group_));
  }

 private:
  int user_;
  int group_;
};

// Appends records until one is refused; says how many were taken.
std::uint64_t fill(Store& store) {
  for (std::uint64_t i = 1;; ++i) {
    const Write write = record_write(unit, i, std::string(50'000, 'x'));
    if (const auto written = store.write({&write, 1}); !written) {
      CHECK(written.error().kind == ErrorKind::unavailable);
      return i - 1;
    }
  }
}

TEST_CASE(
    "a write that a full disk refuses is reported, no later one succeeds, what was taken stays") {
  const SmallDisk disk("size=8m");
  if (!disk) return;
  const fs::path data = disk / "data";
  std::uint64_t taken = 0;
  {
    const auto store = *RocksStore::open(data);
    taken = fill(*store);
    CHECK(taken > 10);
    const Write small{"key", "value"};
    CHECK_FALSE(store->write({&small, 1}));
    CHECK(sequences(*store, unit) == up_to(taken));
  }
  {
    const auto full = RocksStore::open(data);
    REQUIRE_FALSE(full);
    CHECK(full.error().kind == ErrorKind::unavailable);
    CHECK(full.error().message.find("no space left on the disk of ") == 0);
  }
  for (int i = 0; i < 2; ++i) {
    REQUIRE(::mount("none", data.parent_path().c_str(), "tmpfs", MS_REMOUNT, "size=64m") == 0);
    const auto store = RocksStore::open(data);
    REQUIRE(store);
    CHECK(sequences(**store, unit) == up_to(taken));
  }
}

TEST_CASE("a write that fails in the middle of a record leaves a store that opens again") {
  const TemporaryFolder folder;
  std::uint64_t taken = 0;
  {
    const auto store = *RocksStore::open(folder.path());
    const FileSizeLimit limit(mebibyte + 12'345);
    taken = fill(*store);
    CHECK(taken > 10);
    const Write small{"key", "value"};
    CHECK_FALSE(store->write({&small, 1}));
  }
  const auto store = RocksStore::open(folder.path());
  REQUIRE(store);
  CHECK(sequences(**store, unit) == up_to(taken));
  const Write write = record_write(unit, taken + 1);
  CHECK((*store)->write({&write, 1}));
}

TEST_CASE(
    "there is no room while free space is below the reserve, and room again when it is back") {
  const TemporaryFolder folder;
  constexpr std::uint64_t ballast = 1024 * mebibyte;
  const std::uint64_t free = fs::space(folder.path()).available;
  if (free < 2 * ballast) {
    MESSAGE("skipped: the disk is too full");
    return;
  }
  RocksStore::Options options;
  options.reserve = free - ballast / 2;
  options.room_refresh = 0ms;
  const auto store = *RocksStore::open(folder / "data", options);
  CHECK(store->has_room());
  const int file = ::open((folder / "ballast").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  REQUIRE(::posix_fallocate(file, 0, ballast) == 0);
  CHECK_FALSE(store->has_room());
  CHECK(store->get("mlineage"));
  ::ftruncate(file, 0);
  CHECK(store->has_room());
  ::close(file);
}

TEST_CASE("whether there is room is asked of the system at most once in a while") {
  const TemporaryFolder folder;
  const FreeSpace space(folder / "a", 1, 1h);
  CHECK_FALSE(space.has_room());  // the folder is missing
  fs::create_directory(folder / "a");
  CHECK_FALSE(space.has_room());
}

TEST_CASE("a folder that may not be written is refused with a sentence") {
  const TemporaryFolder folder;
  REQUIRE(::chmod(folder.path().c_str(), 0555) == 0);
  const AsNobody nobody;
  for (const fs::path& path : {folder.path(), folder / "new"}) {
    const auto store = RocksStore::open(path);
    REQUIRE_FALSE(store);
    CHECK(store.error().kind == ErrorKind::unavailable);
    INFO(store.error().message);
    CHECK(store.error().message.find(path.string() + ": Permission denied") != std::string::npos);
  }
}

TEST_CASE("a folder behind one that may not be entered, or whose store is another's, is refused") {
  const TemporaryFolder folder;
  REQUIRE(RocksStore::open(folder / "data"));
  REQUIRE(::chmod(folder.path().c_str(), 0700) == 0);
  const auto refused = [](const fs::path& path) {
    const AsNobody nobody;
    const auto store = RocksStore::open(path);
    REQUIRE_FALSE(store);
    CHECK(store.error().kind == ErrorKind::unavailable);
    INFO(store.error().message);
    CHECK(store.error().message.find("Permission denied") != std::string::npos);
  };
  if (::geteuid() != 0) {
    MESSAGE("skipped: only root can be somebody else");
    return;
  }
  refused(folder / "data");
  refused(folder / "new");
  REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
  REQUIRE(::chmod((folder / "data").c_str(), 0755) == 0);
  REQUIRE(::chmod((folder / "data/rialto.lock").c_str(), 0666) == 0);
  refused(folder / "data");
}

TEST_CASE("a folder on a read-only disk is refused for writing, and can be read") {
  const SmallDisk disk("size=64m");
  if (!disk) return;
  {
    const auto store = *RocksStore::open(disk / "data");
    const Write write = record_write(unit, 1);
    REQUIRE(store->write({&write, 1}));
  }
  REQUIRE(disk.make_read_only());
  const auto refused = RocksStore::open(disk / "data");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::unavailable);
  CHECK(refused.error().message.find("Read-only file system") != std::string::npos);
  RocksStore::Options options;
  options.access = Access::read_only;
  const auto store = RocksStore::open(disk / "data", options);
  REQUIRE(store);
  CHECK(sequences(**store, unit) == up_to(1));
}

}  // namespace
}  // namespace rialto
