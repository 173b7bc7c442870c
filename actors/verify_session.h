// Plays a whole session again from its records and compares (G9): the making of its units, then
// each unit by itself. A plain function on the thread of the caller; changes nothing. What counts
// as the same, and what is taken as it stands, is said in reexecution.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "actors/reexecution.h"
#include "actors/session_book.h"
#include "storage/store.h"

namespace rialto {

struct Verified {
  std::uint64_t units = 0;
  std::uint64_t same = 0;                // records that came out the same
  std::uint64_t taken = 0;               // records taken as they stand
  std::uint64_t redacted = 0;            // personal values, messages, replies, labels: erased
  std::vector<std::string> differences;  // of a unit the first
};

// `book` has loaded `store`. A unit whose records cannot be read is a difference; an Error if an
// app is not there.
Result<Verified> verify_session(const Reader& store, const SessionBook& book,
                                const Session& session, Builds builds);

}  // namespace rialto
