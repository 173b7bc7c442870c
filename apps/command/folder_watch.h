// Tells when files of a folder change (inotify): a game's, or the project's. Owned by `rialto dev`,
// on its thread. Guarantee: a file that was written or put in place counts as changed; what
// `rialto build` makes there, and what is neither compiled nor shown nor read, does not.
// Limitation: folders that are made in it later are seen from the next change on.
#pragma once

#include <filesystem>

namespace rialto::command {

class FolderWatch {
 public:
  enum class Depth { this_folder, all_in_it };

  explicit FolderWatch(std::filesystem::path folder, Depth depth = Depth::all_in_it);
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  // Another one, without those in it.
  void also(const std::filesystem::path& folder);

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
  const Depth depth_;
  int inotify_;
};

}  // namespace rialto::command
