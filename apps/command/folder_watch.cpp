#include "apps/command/folder_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <utility>

#include "apps/command/game_files.h"

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

constexpr int calm_ms = 60;

constexpr std::uint32_t events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;

}  // namespace

FolderWatch::FolderWatch(fs::path folder, Depth depth)
    : folder_(std::move(folder)),
      depth_(depth),
      inotify_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  watch_folders();
}

FolderWatch::~FolderWatch() {
  if (inotify_ >= 0) ::close(inotify_);
}

void FolderWatch::also(const fs::path& folder) {
  ::inotify_add_watch(inotify_, folder.c_str(), events);
}

void FolderWatch::watch_folders() {
  also(folder_);
  if (depth_ == Depth::this_folder) return;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder_, error)) {
    if (entry.is_directory(error)) also(entry.path());
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
      if (file.native().starts_with(".")) continue;  // an editor's
      changed.source = changed.source || is_source(file);
      changed.any = changed.any || is_source(file) || is_content(file);
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
