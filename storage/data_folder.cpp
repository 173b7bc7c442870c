// lock file := "pid " decimal "\n" "command " text "\n" ("store made\n")?
// Its time of change is when the lock was taken. The first two lines are for people: what counts is
// the flock on the file, and one on the folder, which holds though the file be removed.
#include "storage/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <thread>
#include <utility>

#include "storage/file_bytes.h"
#include "storage/sync.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;

constexpr const char* lock_name = "rialto.lock";
constexpr const char* store_made = "store made\n";
constexpr mode_t private_folder = 0700;

Error unavailable(std::string sentence, int error) {
  return {ErrorKind::unavailable, std::move(sentence) + ": " + std::strerror(error)};
}

std::string read_all(const fs::path& path) {
  auto bytes = bytes_of(path);
  return bytes ? std::move(*bytes) : std::string();
}

// This process's command line, as the one who finds the folder locked should see it.
std::string own_command() {
  std::string command = read_all("/proc/self/cmdline");
  for (char& byte : command) {
    if (byte == '\0' || byte == '\n') byte = ' ';
  }
  while (!command.empty() && command.back() == ' ') command.pop_back();
  return command;
}

std::string local_time(std::time_t time) {
  std::tm parts{};
  char text[64] = "";
  if (localtime_r(&time, &parts) != nullptr) {
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts);
  }
  return text;
}

// The value of a line "name value" of the lock file.
std::string line_of(const std::string& text, const std::string& name) {
  const auto start = text.find(name + " ");
  if (start == std::string::npos) return "unknown";
  const auto from = start + name.size() + 1;
  return text.substr(from, text.find('\n', from) - from);
}

Error in_use(const fs::path& folder, int lock) {
  struct stat facts {};
  if (::fstat(lock, &facts) != 0) facts.st_mtime = ::time(nullptr);
  const std::string text = read_all(folder / lock_name);
  return {ErrorKind::unavailable, "the data folder " + folder.string() + " is in use by process " +
                                      line_of(text, "pid") + " (" + line_of(text, "command") +
                                      ") since " + local_time(facts.st_mtime) +
                                      "; end that first, or name another folder"};
}

Result<void> create(const fs::path& folder) {
  std::error_code error;
  if (folder.empty() || fs::exists(folder, error)) return {};
  const fs::path parent = folder.parent_path();
  if (auto made = create(parent); !made) return made;
  if (::mkdir(folder.c_str(), private_folder) != 0 && errno != EEXIST) {
    return unavailable("cannot create the folder " + folder.string(), errno);
  }
  return {};
}

// The names of the folder and of those above it: whoever made them may have been ended before they
// were on the disk.
Result<void> sync_names(fs::path folder) {
  for (; !folder.empty(); folder = folder.parent_path()) {
    if (auto synced = sync_folder(folder); !synced) return synced;
    if (folder == folder.root_path()) break;
  }
  return {};
}

// An empty folder will be Rialto's; so is one with only hidden files and what mkfs leaves behind.
bool may_become_ours(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename();
    if (name.front() != '.' && name != "lost+found") return false;
  }
  return !error;
}

// What `rialto backup` has made is no data folder yet.
bool is_backup(const fs::path& folder) {
  std::error_code error;
  return !fs::exists(folder / lock_name, error) && fs::exists(folder / "manifest.json", error);
}

Result<void> check_ours(const fs::path& folder, Access access) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return Error{ErrorKind::invalid, folder.string() + " is not a folder"};
  }
  const fs::directory_iterator readable(folder, error);
  if (error) return unavailable("cannot read the data folder " + folder.string(), error.value());
  if (access == Access::read_write && DataFolder::is_one(folder) && is_backup(folder)) {
    return Error{ErrorKind::invalid,
                 folder.string() + " is a backup; make a data folder of it with `rialto restore`"};
  }
  if (!DataFolder::is_one(folder) && !may_become_ours(folder)) {
    return Error{ErrorKind::invalid,
                 "the folder " + folder.string() +
                     " is not empty and holds no data of Rialto; name an empty or a new folder"};
  }
  return {};
}

// Without the text the lock still holds: a disk that is full must not keep the server down.
void sign(int lock, bool has_store) {
  const std::string text = "pid " + std::to_string(::getpid()) + "\ncommand " + own_command() +
                           "\n" + (has_store ? store_made : "");
  const ssize_t written = ::pwrite(lock, text.data(), text.size(), 0);
  if (written >= 0) [[maybe_unused]]
    const int cut = ::ftruncate(lock, written);
}

// A process that was killed holds its lock until its last thread is gone: it is given a second.
// Returns an errno, 0 once this process has the lock.
int wait_for_lock(int lock) {
  constexpr auto pause = std::chrono::milliseconds(20);
  for (int tries = 50; ::flock(lock, LOCK_EX | LOCK_NB) != 0; --tries) {
    if (errno != EWOULDBLOCK || tries == 0) return errno;
    std::this_thread::sleep_for(pause);
  }
  return 0;
}

Result<int> take_lock(const fs::path& folder, Access access) {
  const fs::path file = folder / lock_name;
  const int flags = access == Access::read_write ? O_RDWR | O_CREAT : O_RDONLY;
  const int lock = ::open(file.c_str(), flags | O_CLOEXEC, 0600);
  if (lock < 0 && access == Access::read_only && errno == ENOENT) {
    if (DataFolder::is_one(folder)) return lock;
    return Error{ErrorKind::not_found, "there is no data of Rialto in " + folder.string()};
  }
  if (lock < 0) return unavailable("cannot write in the data folder " + folder.string(), errno);
  const int failed = wait_for_lock(lock);
  if (failed == 0) return lock;
  Error error = failed == EWOULDBLOCK ? in_use(folder, lock)
                                      : unavailable("cannot lock " + file.string(), failed);
  ::close(lock);
  return error;
}

// Who finds the file removed and makes another has its lock, and must not have the folder. Some
// file systems have no locks for folders.
Result<int> take_folder_lock(const fs::path& folder, int lock_file) {
  const int lock = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock < 0 || wait_for_lock(lock) != EWOULDBLOCK) return lock;
  ::close(lock);
  return in_use(folder, lock_file);
}

}  // namespace

bool DataFolder::is_one(const fs::path& path) {
  std::error_code error;
  return fs::exists(path / lock_name, error) || fs::exists(path / "store/CURRENT", error);
}

Result<DataFolder> DataFolder::open(const fs::path& path, Access access) {
  std::error_code error;
  const fs::path folder = fs::absolute(path, error).lexically_normal();
  if (access == Access::read_write) {
    if (auto made = create(folder); !made) return made.error();
  } else if (!fs::exists(folder, error)) {
    return Error{ErrorKind::not_found, "there is no folder " + folder.string()};
  }
  if (auto ours = check_ours(folder, access); !ours) return ours.error();
  const auto lock = take_lock(folder, access);
  if (!lock) return lock.error();
  DataFolder data(folder, *lock);
  const auto whole = take_folder_lock(folder, *lock);
  if (!whole) return whole.error();
  data.folder_lock_ = *whole;
  data.had_store_ = read_all(folder / lock_name).ends_with(store_made);
  if (access == Access::read_write) {
    sign(*lock, data.had_store_);
    if (auto made = create(data.store_path()); !made) return made.error();
    if (auto synced = sync_names(folder); !synced) return synced.error();
  }
  return data;
}

Result<void> DataFolder::note_store() {
  if (std::exchange(had_store_, true)) return {};
  sign(lock_, true);
  return sync_file(path_ / lock_name);
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : path_(std::move(other.path_)),
      had_store_(other.had_store_),
      lock_(std::exchange(other.lock_, -1)),
      folder_lock_(std::exchange(other.folder_lock_, -1)) {}

DataFolder& DataFolder::operator=(DataFolder&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(had_store_, other.had_store_);
  std::swap(lock_, other.lock_);
  std::swap(folder_lock_, other.folder_lock_);
  return *this;
}

DataFolder::~DataFolder() {
  if (folder_lock_ >= 0) ::close(folder_lock_);
  if (lock_ >= 0) ::close(lock_);
}

}  // namespace rialto
