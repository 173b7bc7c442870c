#include "apps/command/server_mark.h"

#include <fcntl.h>
#include <unistd.h>

#include "storage/data_folder.h"

namespace rialto::command {
namespace {

constexpr const char* file_name = "server.lock";  // empty; open to who may ask the server

flock whole_file(short type) {
  flock lock{};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return lock;
}

}  // namespace

ServerMark::~ServerMark() {
  if (lock_ >= 0) ::close(lock_);
}

void ServerMark::set() {
  if (lock_ >= 0 || !DataFolder::is_one(data_)) return;
  const int lock = ::open((data_ / file_name).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock < 0) return;
  flock wanted = whole_file(F_WRLCK);
  if (::fcntl(lock, F_OFD_SETLK, &wanted) != 0) {
    ::close(lock);  // another server's: the worker will say so
    return;
  }
  lock_ = lock;
}

bool is_served(const std::filesystem::path& data) {
  const int lock = ::open((data / file_name).c_str(), O_RDONLY | O_CLOEXEC);
  if (lock < 0) return false;
  flock found = whole_file(F_RDLCK);
  const bool asked = ::fcntl(lock, F_OFD_GETLK, &found) == 0;
  ::close(lock);
  return asked && found.l_type != F_UNLCK;
}

}  // namespace rialto::command
