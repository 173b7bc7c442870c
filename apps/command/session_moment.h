// What a store holds of some sessions, as of one moment: asked from the running server, or read
// from the data folder where none runs (rules.md 22). A plain value and a function on the thread of
// the caller. Guarantee: what is written later does not show in it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "storage/export.h"
#include "storage/result.h"
#include "storage/store.h"

namespace rialto::command {

struct SessionMoment {
  std::unique_ptr<Store> store;
  std::unique_ptr<Reader> reader;  // of the store
  std::string lineage;
  std::int64_t taken = 0;      // microseconds since 1970
  std::string left_out;        // which sessions "all" does not include, in a sentence; empty: none
  UnreadableUnits unreadable;  // that are known so far; parts of them may be there
};

// `not_found` if there is no such session.
Result<SessionMoment> moment_of(const std::string& data, const ExportChoice& choice,
                                Personal personal);

}  // namespace rialto::command
