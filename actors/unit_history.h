// What was said to the players of one unit, for those who reconnect or load the page again (G6):
// the newest replies from memory, everything else from those records of the log that may have it.
// Owned by a GroupActor, on its thread. Guarantees: a piece holds only what was committed, in the
// order of the records, without gaps; superseded `latest` values and what was redacted are left
// out. Limitation: after a restart the log is read once, in pieces, before old pieces
// come quickly.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "actors/history_index.h"
#include "actors/limits.h"
#include "actors/messages.h"
#include "actors/unit.h"
#include "storage/store.h"

namespace rialto {

class UnitHistory {
 public:
  UnitHistory(const Reader& store, const Limits& limits, const Unit& unit)
      : store_(store),
        limits_(limits),
        unit_(unit),
        index_(unit.roster().whole() ? HistoryIndex::Of::whole_app : HistoryIndex::Of::one_group) {}

  void start_at(std::uint64_t record) { tail_after_ = remembered_ = record; }
  // Takes what a commit will release, in order; `read` shows it once it is durable.
  void remember(std::shared_ptr<const Release> release);
  // The next piece for one connection; `committed` is the newest record that is durable.
  // Errors: corrupt, failed: what the log holds cannot be read.
  Result<HistoryPiece> read(const PullHistory& pull, std::uint64_t committed);
  // Is there a record with this number and this time (milliseconds since 1970)?
  // Errors: corrupt, failed: it cannot be read.
  Result<bool> has(std::uint64_t record, std::int64_t time) const;

 private:
  bool wanted(const PullHistory& pull, const Delivery& delivery) const;
  void read_tail(const PullHistory& pull, std::uint64_t committed, HistoryPiece& piece) const;
  Result<void> read_newest(const PullHistory& pull, std::uint64_t committed,
                           HistoryPiece& piece) const;
  Result<void> read_log(const PullHistory& pull, std::uint64_t upto, HistoryPiece& piece) const;
  void take(const PullHistory& pull, const Record& record, HistoryPiece& piece,
            std::size_t& bytes) const;
  Result<void> extend_index(std::uint64_t committed);
  // Visits the records of the log from this one on, commit by commit: `visit` gets those of one
  // commit, and says whether to go on.
  Result<void> scan(std::uint64_t from,
                    const std::function<bool(const std::vector<Record>& records)>& visit) const;

  // A piece looks at no more records than this, so that a long silence cannot hold up the group.
  static constexpr std::size_t records_per_piece = 4096;

  const Reader& store_;
  const Limits& limits_;
  const Unit& unit_;
  std::deque<std::pair<std::shared_ptr<const Release>, std::size_t>> tail_;  // with its bytes
  std::size_t tail_bytes_ = 0;
  std::uint64_t tail_after_ = 0;  // everything said after this record is in the tail
  std::uint64_t remembered_ = 0;  // up to this record
  HistoryIndex index_;
};

}  // namespace rialto
