// A library to be preloaded into a process (LD_PRELOAD) whose power will be cut: it notes what
// fsync and fdatasync have made durable, in the table that RIALTO_SYNCED_SIZES names. kill -9 alone
// loses nothing of what was written, for the system keeps it; with the table a test can take away
// what a power cut would have taken. With RIALTO_LAST_SYNC=n the process ends at its nth sync.
// Limitation: files that are appended to only; names of files (create, rename, remove) count as
// durable at once.
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/storage/power_cut/synced_sizes.h"

namespace {

using rialto::SyncedSize;

SyncedSize* open_table() {
  const char* name = std::getenv(rialto::synced_sizes_variable);
  if (name == nullptr) return nullptr;
  const int file = ::open(name, O_RDWR | O_CLOEXEC);
  if (file < 0) return nullptr;
  void* mapped = ::mmap(nullptr, sizeof(SyncedSize) * rialto::synced_sizes, PROT_READ | PROT_WRITE,
                        MAP_SHARED, file, 0);
  ::close(file);
  return mapped == MAP_FAILED ? nullptr : static_cast<SyncedSize*>(mapped);
}

SyncedSize* table() {
  static SyncedSize* const opened = open_table();
  return opened;
}

void note(std::uint64_t inode, std::uint64_t size) {
  if (table() == nullptr) return;
  for (std::size_t i = 0; i < rialto::synced_sizes; ++i) {
    SyncedSize& entry = table()[i];
    std::uint64_t free = 0;
    if (entry.inode == inode || entry.inode.compare_exchange_strong(free, inode)) {
      entry.size = size;
      return;
    }
  }
  std::abort();  // the table is too small: nothing that follows would be true
}

// The file of that name is gone; its inode may come back as another file.
void forget(const char* name) {
  struct stat facts {};
  if (::lstat(name, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_nlink == 1) {
    note(facts.st_ino, 0);
  }
}

template <class Function>
Function original(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

void end_if_last() {
  static const char* const last = std::getenv(rialto::last_sync_variable);
  static std::atomic<int> syncs{0};
  if (last != nullptr && ++syncs == std::atoi(last)) ::raise(SIGKILL);
}

int sync_and_note(int file, const char* function) {
  end_if_last();
  struct stat facts {};
  const bool is_file = ::fstat(file, &facts) == 0 && S_ISREG(facts.st_mode);
  const int outcome = original<int (*)(int)>(function)(file);
  if (outcome == 0 && is_file) note(facts.st_ino, static_cast<std::uint64_t>(facts.st_size));
  return outcome;
}

}  // namespace

extern "C" {

int fsync(int file) { return sync_and_note(file, "fsync"); }

int fdatasync(int file) { return sync_and_note(file, "fdatasync"); }

int unlink(const char* name) noexcept {
  forget(name);
  return original<int (*)(const char*)>("unlink")(name);
}

int rename(const char* from, const char* to) noexcept {
  forget(to);
  return original<int (*)(const char*, const char*)>("rename")(from, to);
}
}
