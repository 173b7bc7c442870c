// Makes a new store of what can still be read of a damaged one (rules.md 8). A free function that
// runs alone, for the command line; the damaged folder is locked meanwhile and not changed.
// Guarantee: of each unit the records from the first up to the first one that is missing, no
// others: what was built on a lost record is not taken for true. The new store has a lineage of
// its own, so that clients learn of the loss (rules.md 16).
// Limitation: records that were lost at the end of a unit leave no trace and are not reported;
// needs as much free space as the damaged store takes, twice.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "storage/result.h"
#include "storage/unit_id.h"

namespace rialto {

// A unit of which a record is missing, or may be: what follows those that were kept is unreadable.
struct CutUnit {
  UnitId unit;
  std::uint64_t kept = 0;     // the newest record in the new store; 0 if there is none
  std::uint64_t dropped = 0;  // records that could be read, but stand after the gap
};

struct Salvage {
  std::string lineage;              // of the new store
  std::uint64_t units = 0;          // with at least one record in the new store
  std::uint64_t records = 0;        // in the new store
  std::vector<CutUnit> cut;         // ascending
  std::vector<std::string> damage;  // a sentence for each place that could not be read
};

// `to` must be missing or empty (`conflict` otherwise).
Result<Salvage> salvage(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace rialto
