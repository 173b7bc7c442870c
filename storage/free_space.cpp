#include "storage/free_space.h"

#include <sys/statvfs.h>

#include <utility>

namespace rialto {

FreeSpace::FreeSpace(std::filesystem::path folder, std::uint64_t reserve,
                     std::chrono::milliseconds refresh)
    : folder_(std::move(folder)), reserve_(reserve), refresh_(refresh) {}

bool FreeSpace::has_room() const {
  const auto now = Time::now().time_since_epoch();
  auto ask_again = ask_again_.load(std::memory_order_relaxed);
  const auto next = (now + refresh_).count();
  // One thread asks; the others meanwhile take the answer there is.
  if (now.count() >= ask_again && ask_again_.compare_exchange_strong(ask_again, next)) {
    has_room_.store(ask(), std::memory_order_relaxed);
  }
  return has_room_.load(std::memory_order_relaxed);
}

bool FreeSpace::ask() const {
  struct statvfs facts {};
  if (::statvfs(folder_.c_str(), &facts) != 0) return false;
  return std::uint64_t{facts.f_bavail} * facts.f_frsize >= reserve_;
}

}  // namespace rialto
