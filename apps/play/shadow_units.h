// The units of a session as their records tell: what bots look at (`const Player&`, `const Group&`)
// while the actors own the real ones. Owned by a BotRun, on its thread. Guarantees: what is looked
// at holds all that was committed before; it is what a restarted server would hold.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/app_model.h"
#include "actors/limits.h"
#include "actors/unit.h"
#include "storage/store.h"

namespace rialto::play {

class ShadowUnits {
 public:
  explicit ShadowUnits(const Reader& store) : store_(store) {}

  // A unit to be followed. `participants`: codes in the order of id_in_group.
  void add(UnitId id, AnyApp app, std::vector<std::string> participants);
  // As of all that is committed. AppError if its records cannot be read.
  const Unit& unit(UnitId id);

 private:
  const Reader& store_;
  Limits limits_;
  std::unordered_map<UnitId, std::unique_ptr<Unit>> units_;
};

}  // namespace rialto::play
