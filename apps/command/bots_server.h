// The server that bots in a browser play against: `rialto serve` in a process of its own, on a free
// port of this machine, with a data folder that goes away with it. Owned by `rialto bots
// --browser`, on its thread. Guarantee: nothing is left of it, unless this program is killed.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "actors/value.h"
#include "apps/play/child_process.h"
#include "storage/result.h"
#include "storage/store.h"

namespace rialto::command {

class BotsServer {
 public:
  static Result<std::unique_ptr<BotsServer>> start(const std::string& project,
                                                   const std::vector<std::string>& libraries);
  ~BotsServer();

  // As `session create` tells it; links lead to where this server listens.
  Result<Value> create_session(const std::string& config, std::uint32_t participants,
                               std::uint64_t seed);
  // All that is committed of the session, as of now.
  Result<void> read_session(const std::string& code, Store& into) const;
  // What it logs.
  std::string log_file() const { return folder_ / "log"; }

 private:
  explicit BotsServer(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<void> wait_until_ready();
  std::filesystem::path data() const { return folder_ / "data"; }

  const std::filesystem::path folder_;
  std::unique_ptr<play::ChildProcess> process_;
  std::string origin_;  // "http://127.0.0.1:PORT"
};

}  // namespace rialto::command
