// A Rialto server on one core with a fresh data folder, and sessions on it to be played: what most
// workloads begin with. Owned by a workload. Guarantee: the data folder is removed with it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "apps/load/load_engine.h"
#include "tests/bench/server_process.h"
#include "tests/bench/workloads.h"

namespace rialto::bench {

class PlayedServer {
 public:
  // `limits` are values of Limits that the workload raises ("sends_per_second=1000000").
  static Result<std::unique_ptr<PlayedServer>> start(const Settings& settings,
                                                     std::vector<std::string> limits);
  ~PlayedServer();

  // A new session; the seats of all its participants.
  Result<std::vector<load::Seat>> create_session(const std::string& app, int participants);
  // The code of the session that was created last.
  const std::string& newest_session() const { return newest_session_; }
  // Runs a command of the program on this data folder; what it printed.
  Result<std::string> command(std::vector<std::string> words) const;
  Result<void> kill_and_start_again();
  ServerProcess& process() { return *process_; }
  const std::string& folder() const { return folder_; }

 private:
  PlayedServer(const Settings& settings, std::vector<std::string> limits)
      : settings_(settings), limits_(std::move(limits)) {}
  Result<void> start_process();

  const Settings& settings_;
  const std::vector<std::string> limits_;
  std::string folder_;
  std::string newest_session_;
  std::unique_ptr<ServerProcess> process_;
};

// The limit peer on the server's core, and seats on it.
Result<std::unique_ptr<ServerProcess>> start_limit(const Settings& settings);
std::vector<load::Seat> limit_seats(int groups, int players);

}  // namespace rialto::bench
