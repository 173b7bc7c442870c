// A unit as its records left it: they are applied in order, none is executed again.
// Owned by the export; private to storage/.
// Guarantee: a record that does not follow, or names what the unit does not have, gives `corrupt`
// with the place; what stands here is then as of the record before.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/record.h"
#include "storage/result.h"
#include "storage/unit_description.h"
#include "storage/unit_id.h"

namespace rialto {

class FoldedUnit {
 public:
  explicit FoldedUnit(UnitId unit) : unit_(unit) {}

  Result<void> apply(const Record& record);

  // The newest one; fields it no longer has stand behind its own, with what they held last.
  const UnitDescription& description() const { return description_; }
  std::int64_t number() const { return std::int64_t{unit_.index()} + 1; }  // of the group, from 1
  std::uint64_t records() const { return records_; }
  std::int64_t created() const { return created_; }  // time of the first record
  std::int64_t updated() const { return updated_; }  // time of the newest record

  // Objects are numbered round by round: the group, then its players by id_in_group.
  std::uint32_t objects_a_round() const {
    return static_cast<std::uint32_t>(description_.players.size()) + 1;
  }
  bool is_group(std::uint32_t object) const { return object % objects_a_round() == 0; }
  std::uint32_t player_of(std::uint32_t object) const { return object % objects_a_round(); }
  std::int64_t round_of(std::uint32_t object) const { return object / objects_a_round() + 1; }
  std::uint32_t object_of(std::int64_t round, std::uint32_t player) const {
    return static_cast<std::uint32_t>(round - 1) * objects_a_round() + player;
  }
  const ObjectDescription& object(std::uint32_t object) const {
    return is_group(object) ? description_.group : description_.player;
  }
  // JSON text, in the order of the object's fields.
  const std::vector<std::string>& values(std::uint32_t object) const { return values_[object]; }
  const std::string& participant(std::uint32_t player) const {
    return description_.players[player - 1];
  }
  PageRef page(std::uint32_t player) const { return pages_[player]; }
  // The name of a page; empty past the last one.
  std::string page_name(PageRef page) const;

  Error corrupt(const std::string& what) const;

 private:
  Result<void> begin(const Record& record);
  Result<void> describe(const Record& record);
  void rearrange(ObjectDescription& object, ObjectDescription newer, bool of_groups);
  Result<void> check(const Record& record) const;
  bool is_participant(std::uint32_t object) const;

  UnitId unit_;
  UnitDescription description_;
  std::vector<std::vector<std::string>> values_;
  std::size_t numbered_[2] = {};  // fields of the group and of a player that changes can name
  std::vector<PageRef> pages_;    // of each player; the first is unused
  std::uint64_t records_ = 0;
  std::int64_t created_ = 0;
  std::int64_t updated_ = 0;
};

}  // namespace rialto
