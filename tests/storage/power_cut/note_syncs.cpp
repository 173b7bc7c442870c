// A library to be preloaded into a process (LD_PRELOAD) whose power will be cut: it notes what
// fsync and fdatasync have made durable, in the table that RIALTO_SYNCED_SIZES names. kill -9 alone
// loses nothing of what was written, for the system keeps it; with the table a test can take away
// what a power cut would have taken, now or after the next kill. A truncation counts when the file
// is synced; after a sync that failed nothing more of the file gets to the disk, though a later one
// says so (as on ext4). With RIALTO_LAST_SYNC=n the process ends at its nth sync; the table may ask
// for a call to fail. RIALTO_BAD_SECTORS names a file with lines PATH FROM UPTO: the bytes in
// [FROM, UPTO) of that file cannot be read from then on.
// Limitation: files that are appended to only; names of files (create, rename, remove) count as
// durable at once.
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "tests/storage/power_cut/synced_sizes.h"

namespace {

using rialto::SyncedSize;
using rialto::SyncedTable;

template <class Function>
Function original(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

const char* table_name() {
  static const char* const name = std::getenv(rialto::synced_sizes_variable);
  return name;
}

SyncedTable* open_table() {
  if (table_name() == nullptr) return nullptr;
  const int file = ::open(table_name(), O_RDWR | O_CLOEXEC);
  if (file < 0) return nullptr;
  void* mapped = ::mmap(nullptr, sizeof(SyncedTable), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  return mapped == MAP_FAILED ? nullptr : static_cast<SyncedTable*>(mapped);
}

SyncedTable* table() {
  static SyncedTable* const opened = open_table();
  return opened;
}

SyncedSize& entry_of(std::uint64_t inode) {
  for (SyncedSize& entry : table()->files) {
    std::uint64_t free = 0;
    if (entry.inode == inode || entry.inode.compare_exchange_strong(free, inode)) return entry;
  }
  std::abort();  // the table is too small: nothing that follows would be true
}

// Where the bytes are that a truncation took away which is not synced yet.
std::string taken_away(std::uint64_t inode) {
  return std::string(table_name()) + "." + std::to_string(inode);
}

// Is it a file in the folder whose power is cut, or a folder there?
bool is_there(int file, struct stat& facts) {
  if (table() == nullptr || ::fstat(file, &facts) != 0) return false;
  if (!S_ISREG(facts.st_mode) && !S_ISDIR(facts.st_mode)) return false;
  static const char* const folder = std::getenv(rialto::power_folder_variable);
  char path[4096];
  const ssize_t size =
      ::readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), path, sizeof path);
  return folder != nullptr && size > 0 &&
         std::string(path, static_cast<std::size_t>(size)).starts_with(folder);
}

// The errno with which this call is to fail; 0: it is not.
int fault() {
  std::uint64_t left = table()->fault.countdown;
  while (left > 0 && !table()->fault.countdown.compare_exchange_weak(left, left - 1)) {
  }
  return left == 1 ? static_cast<int>(table()->fault.error) : 0;
}

void note(const struct stat& facts) {
  if (!S_ISREG(facts.st_mode)) return;
  SyncedSize& entry = entry_of(facts.st_ino);
  if (entry.failed != 0) return;
  entry.size = static_cast<std::uint64_t>(facts.st_size);
  ::unlink(taken_away(facts.st_ino).c_str());
}

// The file of that name is gone; its inode may come back as another file.
void forget(const char* name) {
  struct stat facts {};
  if (table() == nullptr || ::lstat(name, &facts) != 0) return;
  if (!S_ISREG(facts.st_mode) || facts.st_nlink != 1) return;
  SyncedSize& entry = entry_of(facts.st_ino);
  entry.size = 0;
  entry.failed = 0;
  original<int (*)(const char*)>("unlink")(taken_away(facts.st_ino).c_str());
}

// The file of that name, if it is in the folder, begins anew with nothing.
void begin_anew(const char* name) {
  static const char* const folder = std::getenv(rialto::power_folder_variable);
  struct stat facts {};
  if (folder == nullptr || !std::string_view(name).starts_with(folder)) return;
  if (table() == nullptr || ::stat(name, &facts) != 0 || !S_ISREG(facts.st_mode)) return;
  SyncedSize& entry = entry_of(facts.st_ino);
  entry.size = 0;
  entry.failed = 0;
}

int open_and_note(const char* function, const char* name, int flags, mode_t mode) {
  if ((flags & O_TRUNC) != 0) begin_anew(name);
  return original<int (*)(const char*, int, mode_t)>(function)(name, flags, mode);
}

void end_if_last() {
  static const char* const last = std::getenv(rialto::last_sync_variable);
  static std::atomic<int> syncs{0};
  if (last != nullptr && ++syncs == std::atoi(last)) ::raise(SIGKILL);
}

int sync_and_note(int file, const char* function) {
  end_if_last();
  struct stat facts {};
  const bool noted = is_there(file, facts);
  if (noted) {
    if (const int error = fault(); error != 0) {
      if (S_ISREG(facts.st_mode)) entry_of(facts.st_ino).failed = 1;
      errno = error;
      return -1;
    }
  }
  const int outcome = original<int (*)(int)>(function)(file);
  if (outcome == 0 && noted) note(facts);
  return outcome;
}

// Keeps what is taken away, until the truncation is synced.
void note_truncation(int file, off_t size) {
  struct stat facts {};
  if (!is_there(file, facts)) return;
  SyncedSize& entry = entry_of(facts.st_ino);
  if (static_cast<std::uint64_t>(size) <= entry.size) entry.failed = 0;
  if (static_cast<std::uint64_t>(size) >= entry.size || size >= facts.st_size) return;
  const auto synced = std::min(static_cast<std::uint64_t>(facts.st_size), entry.size.load());
  std::vector<char> bytes(synced - static_cast<std::uint64_t>(size));
  const ssize_t got = ::pread(file, bytes.data(), bytes.size(), size);
  const int kept = ::open(taken_away(facts.st_ino).c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (got < 0 || original<ssize_t (*)(int, const void*, size_t)>("write")(
                     kept, bytes.data(), static_cast<std::size_t>(got)) != got) {
    std::abort();
  }
  ::close(kept);
  entry.size = static_cast<std::uint64_t>(size);
}

const char* bad_sectors() {
  static const char* const name = std::getenv(rialto::bad_sectors_variable);
  return name;
}

ssize_t failed_read() {
  errno = EIO;
  return -1;
}

// Would a read there meet bytes that cannot be read?
bool is_bad(int file, off_t offset, size_t size) {
  if (bad_sectors() == nullptr) return false;
  std::FILE* const lines = std::fopen(bad_sectors(), "re");
  if (lines == nullptr) return false;
  char path[4096] = "";
  (void)!::readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), path, sizeof path - 1);
  bool bad = false;
  char name[4096];
  for (long from = 0, upto = 0; std::fscanf(lines, "%4095s %ld %ld", name, &from, &upto) == 3;) {
    const auto end = offset + static_cast<off_t>(size);
    bad = bad || (std::string_view(path) == name && offset < upto && end > from);
  }
  std::fclose(lines);
  return bad;
}

}  // namespace

extern "C" {

int open(const char* name, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return open_and_note("open", name, flags, mode);
}

int open64(const char* name, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return open_and_note("open64", name, flags, mode);
}

int fsync(int file) { return sync_and_note(file, "fsync"); }

int fdatasync(int file) { return sync_and_note(file, "fdatasync"); }

ssize_t write(int file, const void* bytes, size_t size) {
  static const auto write_it = original<ssize_t (*)(int, const void*, size_t)>("write");
  struct stat facts {};
  if (table() == nullptr || table()->fault.countdown == 0 || !is_there(file, facts)) {
    return write_it(file, bytes, size);
  }
  const int error = fault();
  if (error == 0) return write_it(file, bytes, size);
  (void)!write_it(file, bytes, size / 2);
  errno = error;
  return -1;
}

int ftruncate(int file, off_t size) noexcept {
  note_truncation(file, size);
  return original<int (*)(int, off_t)>("ftruncate")(file, size);
}

ssize_t pread(int file, void* bytes, size_t size, off_t offset) {
  static const auto read_it = original<ssize_t (*)(int, void*, size_t, off_t)>("pread");
  return is_bad(file, offset, size) ? failed_read() : read_it(file, bytes, size, offset);
}

ssize_t pread64(int file, void* bytes, size_t size, off64_t offset) {
  static const auto read_it = original<ssize_t (*)(int, void*, size_t, off64_t)>("pread64");
  return is_bad(file, offset, size) ? failed_read() : read_it(file, bytes, size, offset);
}

ssize_t read(int file, void* bytes, size_t size) {
  static const auto read_it = original<ssize_t (*)(int, void*, size_t)>("read");
  if (bad_sectors() == nullptr) return read_it(file, bytes, size);
  const off_t offset = ::lseek(file, 0, SEEK_CUR);
  return offset >= 0 && is_bad(file, offset, size) ? failed_read() : read_it(file, bytes, size);
}

int truncate(const char* name, off_t size) noexcept {
  const int file = ::open(name, O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    note_truncation(file, size);
    ::close(file);
  }
  return original<int (*)(const char*, off_t)>("truncate")(name, size);
}

int unlink(const char* name) noexcept {
  forget(name);
  return original<int (*)(const char*)>("unlink")(name);
}

int rename(const char* from, const char* to) noexcept {
  forget(to);
  return original<int (*)(const char*, const char*)>("rename")(from, to);
}
}
