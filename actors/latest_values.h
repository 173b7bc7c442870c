// Which record holds the newest `latest` value of each key, for each player: what came before it is
// superseded and not said again (rules.md 7). Owned by a Unit, on its thread. A value becomes the
// newest with its step, but supersedes only once that step is committed: until then whoever asks
// is to get the one before, which may be all that is left after a crash.
// Limitation: numbers of records only, as many as keys times players; Limits::latest_marks bounds
// them.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "actors/value.h"
#include "storage/record.h"

namespace rialto {

class LatestValues {
 public:
  // Takes the `latest` replies of a step, in the order of the records.
  void note(const Record& record, std::size_t players);
  // All records up to this one are durable.
  void committed(std::uint64_t upto);
  // Is there a value of this key for the player that is newer than `record` and not newer than
  // `committed`?
  bool superseded(PageRef page, const std::string& key, std::uint32_t player, std::uint64_t record,
                  std::uint64_t committed) const;

  std::size_t keys() const { return newest_.size(); }
  bool has(PageRef page, const std::string& key) const { return newest_.contains({page, key}); }

  // For snapshots, which are read only when everything in them is committed.
  Value to_value() const;
  void restore(const Value& value);

 private:
  using Key = std::pair<PageRef, std::string>;
  // What a step that is not known to be committed has put itself in the place of.
  struct Replaced {
    std::uint64_t record;
    Key key;
    std::vector<std::pair<std::uint32_t, std::uint64_t>> before;  // player, the record until then
  };

  std::map<Key, std::vector<std::uint64_t>> newest_;  // by player; 0: none
  std::deque<Replaced> replaced_;                     // in the order of the records
};

}  // namespace rialto
