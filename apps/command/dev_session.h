// Games that are being written, served all the while: built, checked and started again whenever one
// of their files, or of the project's, is saved. Owned by `rialto dev`, on its thread, which has no
// others. Guarantees: what does not compile or cannot be played is told, in the terminal and in the
// browser's pages, while the last version that could be, and the other games, go on; nothing it
// started is left behind.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "apps/command/folder_watch.h"
#include "storage/result.h"

namespace rialto::command {

struct DevOptions {
  using Folders = std::vector<std::filesystem::path>;
  std::function<Result<Folders>()> games;  // their folders, as the project has them now
  std::filesystem::path project;           // the file; empty: none
  std::filesystem::path scratch;           // for the data and the news; exists
  std::string listen;                      // HOST:PORT
};

class DevSession {
 public:
  explicit DevSession(DevOptions options);
  ~DevSession();
  DevSession(const DevSession&) = delete;
  DevSession& operator=(const DevSession&) = delete;

  // Until the first signal that asks it to end; the exit code.
  int run();

 private:
  struct Game {
    std::filesystem::path folder;
    std::unique_ptr<FolderWatch> watch;
    bool is_changed = true;
    bool is_built = false;  // from the sources as they are now
    std::string trouble = {};
  };
  void bring_up();
  // True: something has changed.
  bool take_changes();
  // What is wrong with it; "" if nothing.
  std::string trouble_of(Game& game);
  std::string take_games();
  std::string trouble_of_project() const;
  std::vector<std::string> libraries() const;
  void start_server();
  void stop_server();
  void tell_pages(const std::string& trouble);
  std::filesystem::path news() const { return options_.scratch / "news.json"; }

  const DevOptions options_;
  std::vector<Game> games_;
  std::unique_ptr<FolderWatch> project_;  // null: there is none
  bool project_is_changed_ = false;
  int signals_;
  pid_t server_ = 0;  // 0: none runs
  std::uint64_t version_ = 0;
};

}  // namespace rialto::command
