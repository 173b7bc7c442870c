// Plays the stored records of a unit again, input by input, and compares what comes out with what
// is stored (G9, rules.md 14). Owned by who verifies, on that thread. Guarantees: a record counts
// as the same only if its changes, rows, replies, moves and deadlines all are; nothing is written.
// Limitations: what another build of the game made is not played again but taken as it stands, and
// so is what the game crashed on or threw at, and where something was redacted each step that had
// to do with something personal; after the first difference no more is compared, since all that
// follows may come from it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "actors/unit.h"

namespace rialto {

enum class Builds : std::uint8_t { same_only, any };
enum class Redacted : std::uint8_t { no, yes };

class Reexecution {
 public:
  // `unit`: as it is before its first record.
  // `redacted`: something personal of the session has been erased, by who was asked to.
  Reexecution(std::unique_ptr<Unit> unit, Builds builds, Redacted redacted = Redacted::no);

  // The first record, and what making the session anew has given in its place.
  Result<void> begin(const Record& stored, const Record& anew);
  // The stored record that follows; `corrupt` if none like it can follow.
  Result<void> take(const Record& stored);

  std::uint64_t same() const { return same_; }
  std::uint64_t taken() const { return taken_; }       // as they stand
  std::uint64_t redacted() const { return missing_; }  // values, messages and replies
  // "record 12, by player 2: changes are …, stored are …"; nothing: no difference.
  const std::optional<std::string>& difference() const { return difference_; }

 private:
  Result<void> apply(const Record& stored);
  void compare(const Record& stored, Record anew);
  StepResult play(const Record& stored);
  StepResult play_event(const Record& stored);
  bool stands(const Record& stored) const;

  std::unique_ptr<Unit> unit_;
  const Builds builds_;
  const Redacted redacted_;
  bool own_build_ = false;  // of the records that come now
  std::uint64_t same_ = 0;
  std::uint64_t taken_ = 0;
  std::uint64_t missing_ = 0;
  std::optional<std::string> difference_;
};

}  // namespace rialto
