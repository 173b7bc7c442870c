// Tells when files of a game's folder change (inotify). Owned by `rialto dev`, on its thread.
// Guarantee: a file that was written or put in place counts as changed; what `rialto build` makes
// there does not. Limitation: folders that are made in it later are seen from the next change on.
#pragma once

#include <filesystem>
#include <string>

namespace rialto::command {

class FolderWatch {
 public:
  explicit FolderWatch(std::filesystem::path folder);
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  // Readable when something has happened; -1 if the system gives none.
  int descriptor() const { return inotify_; }

  struct Changed {
    bool source = false;  // what is compiled
    bool any = false;
  };
  // What has changed since the last call; waits until nothing has for a moment, since editors and
  // copies write several files.
  Changed take();

 private:
  void watch_folders();
  void read_events(Changed& changed);

  const std::filesystem::path folder_;
  int inotify_;
};

}  // namespace rialto::command
