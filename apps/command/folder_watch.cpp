#include "apps/command/folder_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

constexpr int calm_ms = 60;

bool is_one_of(std::string_view extension, std::initializer_list<std::string_view> all) {
  for (const std::string_view each : all) {
    if (each == extension) return true;
  }
  return false;
}

bool is_source(const fs::path& file) {
  return is_one_of(file.extension().native(), {".cpp", ".h", ".hpp"});
}

// Editors write beside a file what is not meant: hidden, numbered or with a tilde.
bool is_served(const fs::path& file) {
  return is_one_of(file.extension().native(), {".html", ".css", ".js", ".png", ".jpg", ".svg",
                                               ".toml", ".txt", ".csv", ".json", ".mp3", ".webp"});
}

}  // namespace

FolderWatch::FolderWatch(fs::path folder)
    : folder_(std::move(folder)), inotify_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  watch_folders();
}

FolderWatch::~FolderWatch() {
  if (inotify_ >= 0) ::close(inotify_);
}

void FolderWatch::watch_folders() {
  constexpr std::uint32_t events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;
  ::inotify_add_watch(inotify_, folder_.c_str(), events);
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder_, error)) {
    if (entry.is_directory(error)) ::inotify_add_watch(inotify_, entry.path().c_str(), events);
  }
}

void FolderWatch::read_events(Changed& changed) {
  alignas(inotify_event) std::array<char, 16 * 1024> bytes{};
  ssize_t size = 0;
  while ((size = ::read(inotify_, bytes.data(), bytes.size())) > 0) {
    for (const char* at = bytes.data(); at < bytes.data() + size;) {
      const auto* const event = reinterpret_cast<const inotify_event*>(at);
      const fs::path file = event->len > 0 ? event->name : "";
      at += sizeof(inotify_event) + event->len;
      if (file.native().starts_with(".")) continue;
      changed.source = changed.source || is_source(file);
      changed.any = changed.any || is_source(file) || is_served(file);
    }
  }
}

FolderWatch::Changed FolderWatch::take() {
  Changed changed;
  read_events(changed);
  pollfd more{inotify_, POLLIN, 0};
  while (changed.any && ::poll(&more, 1, calm_ms) > 0) read_events(changed);
  if (changed.any) watch_folders();
  return changed;
}

}  // namespace rialto::command
