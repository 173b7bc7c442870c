// A server's inside without sockets, disk and waiting: the real directory and the real units, on
// one thread, with a store in memory and a clock that jumps from one timeout to the next. What bots
// play in. Owned by a BotRun, on its thread. Guarantees: what is said in it is handled exactly as
// on a server; nothing happens but within `run` and `pass_time`. A handler that
// crashes or hangs ends the process, with words that say which.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actors/app_model.h"
#include "actors/session_config.h"
#include "gateway/actors_port.h"
#include "storage/memory_store.h"
#include "storage/result.h"

namespace rialto::play {

class PlayWorld {
 public:
  static Result<std::unique_ptr<PlayWorld>> create(std::vector<AnyApp> apps,
                                                   std::vector<SessionConfig> configs);
  ~PlayWorld();
  PlayWorld(const PlayWorld&) = delete;
  PlayWorld& operator=(const PlayWorld&) = delete;

  // What a gateway says.
  Actors& actors();
  // Until nobody has anything to do; `listener` hears all that is said.
  void run(ActorsListener& listener);
  // Takes the participant out of the session (within `run`).
  void drop(const std::string& session, const std::string& participant);
  // When the next timeout runs, in microseconds since 1970; nothing if none is set.
  std::optional<std::int64_t> next_timeout() const;
  // Lets time pass until then, and timeouts that are due happen (within `run`).
  void pass_time(std::int64_t until);
  std::int64_t now() const;
  const MemoryStore& store() const { return store_; }

 private:
  struct Inside;
  PlayWorld();

  MemoryStore store_;
  std::unique_ptr<Inside> inside_;
};

}  // namespace rialto::play
