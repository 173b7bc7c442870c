// The units of a session as their records tell: what bots look at (`const Player&`, `const Group&`)
// while the actors own the real ones. Owned by a BotRun, on its thread. Guarantees: what is looked
// at holds all that was committed before; it is what a restarted server would hold.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "actors/app_model.h"
#include "actors/limits.h"
#include "actors/session_book.h"
#include "actors/session_config.h"
#include "actors/unit.h"
#include "storage/store.h"

namespace rialto::play {

class ShadowUnits {
 public:
  // All outlive the shadows.
  ShadowUnits(const Reader& store, const std::vector<AnyApp>& apps,
              const std::vector<SessionConfig>& configs)
      : store_(store), book_(apps, configs, limits_) {}

  // Reads which sessions there are.
  Result<void> load() { return book_.load(store_); }
  // As of all that is committed. AppError if its records cannot be read.
  const Unit& unit(UnitId id);

 private:
  Unit& known(UnitId id);

  const Reader& store_;
  const Limits limits_;
  SessionBook book_;
  std::unordered_map<UnitId, std::unique_ptr<Unit>> units_;
};

}  // namespace rialto::play
