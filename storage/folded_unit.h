// A unit as its records left it: they are applied in order, none is executed again.
// Owned by the export; private to storage/.
// Guarantee: a record that does not follow, or names what the unit does not have, gives `corrupt`
// with the place; what stands here is then as of the record before.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/record.h"
#include "storage/result.h"
#include "storage/unit_description.h"
#include "storage/unit_id.h"

namespace rialto {

// What a change or a log row is about.
struct ObjectPlace {
  ObjectKind kind = ObjectKind::group;
  std::int64_t round = 1;    // of all but participants
  std::uint32_t number = 0;  // of the player or participant in the unit (its seat); of the group
};

// Where a player sits: both count from 1.
struct Seating {
  std::uint32_t group = 0;  // id_in_subsession
  std::uint32_t id_in_group = 0;
};

class FoldedUnit {
 public:
  // `first_unit`: index of the first unit of the same app in the session.
  FoldedUnit(UnitId unit, std::uint32_t first_unit) : unit_(unit), first_unit_(first_unit) {}

  Result<void> apply(const Record& record);

  // The newest one; fields it no longer has stand behind its own, with what they held last.
  const UnitDescription& description() const { return description_; }
  UnitId id() const { return unit_; }
  // Of a unit of one group: the group's id_in_subsession. Of the unit among those of its app.
  std::uint32_t number() const { return unit_.index() - first_unit_ + 1; }
  std::uint64_t records() const { return records_; }
  std::int64_t created() const { return created_; }  // time of the first record
  std::int64_t updated() const { return updated_; }  // time of the newest record

  // Objects are numbered round by round: (the subsession, players by seat, groups) of a whole app,
  // else (the group, players by id_in_group). Participants follow the last round.
  std::optional<ObjectPlace> place(std::uint32_t object) const;
  // JSON text, in the order of the fields of such an object. It must be one that the unit has.
  const std::vector<std::string>& values(const ObjectPlace& place) const;
  // JSON text of one field, "null" if there is no such field.
  std::string value(const ObjectPlace& place, std::string_view field) const;

  std::uint32_t players() const { return static_cast<std::uint32_t>(description_.players.size()); }
  // Are there objects of this kind?
  bool has(ObjectKind kind) const;
  std::uint32_t groups(std::int64_t round) const;
  // None of a player who is in no group yet.
  std::optional<Seating> seating(std::int64_t round, std::uint32_t player) const;
  const std::string& participant(std::uint32_t player) const {
    return description_.players[player - 1];
  }
  PageRef page(std::uint32_t player) const { return pages_[player]; }
  // Is the player on a page of the last round that nobody needs to leave?
  bool is_at_end(std::uint32_t player) const;
  // The name of a page; empty past the last one.
  std::string page_name(PageRef page) const;
  // When a player was first heard of, in microseconds since 1970; 0: never.
  std::int64_t first_seen(std::uint32_t player) const { return first_seen_[player]; }
  // The experimenter has taken the player out: what is past the last page was not played.
  bool is_dropped(std::uint32_t player) const { return dropped_[player]; }

  Error corrupt(const std::string& what) const;

 private:
  Result<void> begin(const Record& record);
  void note_player(const Record& record);
  void make_objects();
  Result<void> describe(const Record& record);
  void rearrange(ObjectKind kind, ObjectDescription newer);
  Result<void> check(const Record& record) const;
  Result<void> take_groups(const Change& change);
  std::uint32_t objects_a_round() const {
    return (description_.whole ? 2 * players() : players()) + 1;
  }
  std::uint32_t object_at(const ObjectPlace& place) const;
  bool is_of_session(const Change& change) const;

  UnitId unit_;
  std::uint32_t first_unit_;
  UnitDescription description_;
  std::vector<std::vector<std::string>> values_;
  std::array<std::size_t, 4> numbered_{};  // fields of each kind that changes can name
  std::vector<std::vector<std::vector<std::uint32_t>>> matrix_;  // of a whole app: seats, by round
  std::vector<PageRef> pages_;            // of each player; the first is unused
  std::vector<std::int64_t> first_seen_;  // the same
  std::vector<bool> dropped_;             // the same
  std::uint64_t records_ = 0;
  std::int64_t created_ = 0;
  std::int64_t updated_ = 0;
};

}  // namespace rialto
