// What `rialto serve` was asked for. A plain value, filled in from the command line.
// Guarantee: `listen_host` and `listen_port` are what `--listen` says, or the default for a demo or
// a lab.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "actors/limits.h"
#include "storage/store.h"

namespace rialto::command {

struct ServeOptions {
  std::string data;
  std::string listen_host;
  std::uint16_t listen_port = 8000;
  std::string public_url;  // empty: this machine's address on its network
  bool demo = false;
  std::string project;                 // rialto.toml; empty: none
  std::vector<std::string> libraries;  // of apps, besides the built-in ones
  std::string news;   // a file whose content pages ask for, to load themselves anew; empty: none
  std::string group;  // whose members may use the control socket; empty: nobody else
  int threads = 1;    // that read and write sockets
  std::uint64_t reserve_mib = 256;  // free space below which no sends are taken
  Limits limits;
  Durability durability = Durability::synced;
  std::optional<int> worker;  // pipe to the supervisor, in the worker
  bool as_built = false;      // games are not built, and those that do not load are left out
  bool again = false;         // the worker before this one has ended by a fault
};

}  // namespace rialto::command
