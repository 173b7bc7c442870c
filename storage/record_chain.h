// Appends a unit's records to the blocks in which they are written. Owned by who makes the records,
// on its thread. Guarantee, in every build: no record is written that does not follow its
// predecessor; the process ends instead (a gap could never be read again, design.md section 6).
#pragma once

#include <cstdint>
#include <string>

#include "storage/record.h"
#include "storage/unit_id.h"

namespace rialto {

class RecordChain {
 public:
  explicit RecordChain(UnitId unit) : unit_(unit) {}

  // Records are appended from the one after this on.
  void start_after(std::uint64_t newest) { newest_ = newest; }
  void append(const Record& record, std::string& block);
  std::uint64_t newest() const { return newest_; }

 private:
  UnitId unit_;
  std::uint64_t newest_ = 0;
};

}  // namespace rialto
