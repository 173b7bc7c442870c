// The parts every game is made of, without their C++ types: columns and logs, and the group and
// the players that own them. Games use the typed faces (field.h, log.h, group.h); the unit uses
// these. Owned by a Unit, on its thread. Guarantee: an object knows all its columns in declared
// order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "actors/step.h"
#include "actors/value.h"

namespace rialto {

class GroupBase;
class Model;

// One declared field of one object.
class Column {
 public:
  Column(Model* owner, std::string_view name, bool personal = false);
  Column(const Column&) = delete;
  Column& operator=(const Column&) = delete;
  virtual ~Column() = default;

  const std::string& name() const { return name_; }
  bool personal() const { return personal_; }
  Model& owner() const { return *owner_; }
  // Place among the owner's columns, from 0.
  std::uint32_t index() const { return index_; }
  virtual std::string_view type()
      const = 0;  // "bool", "int", "int64", "double", "string", "money", "value", "list"
  virtual std::string to_json() const = 0;  // "null" for null
  virtual Value shown() const = 0;          // what pages and scripts may have; null for null
  // Takes a stored value; throws std::runtime_error naming the column if it does not fit the type.
  virtual void from_json(std::string_view json) = 0;
  virtual void roll_back() noexcept = 0;  // to the value before this step
  virtual void keep() noexcept = 0;       // forget the value before this step

 protected:
  void touch();  // call before each change; the first one in a step must save the old value

 private:
  friend class Step;
  Model* owner_;
  std::string name_;
  bool personal_;
  std::uint32_t index_;
};

// One declared append-only log of one object. Rows stay in memory once read or appended.
class LogBase {
 public:
  LogBase(Model* owner, std::string_view name, std::vector<std::string> columns,
          std::vector<std::string> types);
  LogBase(const LogBase&) = delete;
  LogBase& operator=(const LogBase&) = delete;
  virtual ~LogBase() = default;

  const std::string& name() const { return name_; }
  const std::vector<std::string>& columns() const { return columns_; }
  const std::vector<std::string>& types() const { return types_; }
  Model& owner() const { return *owner_; }
  std::uint32_t index() const { return index_; }
  // Takes a stored row (JSON array) at its end; throws std::runtime_error if it does not fit.
  virtual void restore(std::string_view row_json) = 0;
  virtual void remove_last() noexcept = 0;  // rolling back
  // After recovery from a snapshot the rows up to it are fetched when a log of the unit is first
  // read: `fetch` must `restore` those rows of all logs it was given to, and no newer ones.
  void fetch_with(std::function<void()> fetch) { fetch_ = std::move(fetch); }

 protected:
  void complete() const;  // call before reading rows: runs and forgets the fetch
  void appended(std::string row_json);
  // Around a fetch: the rows that came after the snapshot make room for those before it.
  virtual void set_newer_aside() = 0;
  virtual void put_newer_back() = 0;

 private:
  Model* owner_;
  std::string name_;
  std::vector<std::string> columns_;
  std::vector<std::string> types_;
  std::uint32_t index_;
  mutable std::function<void()> fetch_;
};

// A group or a player: the columns and logs declared in it.
class Model {
 public:
  Model() = default;
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;
  virtual ~Model() = default;

  const std::vector<Column*>& columns() const { return columns_; }
  const std::vector<LogBase*>& logs() const { return logs_; }
  Step& step() const;  // AppError if the object belongs to no unit
  bool has_step() const { return step_ != nullptr; }
  // The `object` of records: 0 for the group, id_in_group for a player, in round 1; in the rounds
  // after it these begin again where the round before ended.
  std::uint32_t object_number() const { return object_number_; }

 private:
  friend class Column;
  friend class LogBase;
  friend class GroupBase;
  friend class PlayerBase;
  std::vector<Column*> columns_;
  std::vector<LogBase*> logs_;
  Step* step_ = nullptr;
  GroupBase* group_ = nullptr;  // the group itself, or the player's
  std::uint32_t object_number_ = 0;
};

class PlayerBase;

// A group with its players, type-erased. GroupOf<Player> is its typed face.
class GroupBase : public Model {
 public:
  // Called once by the maker, before anything else: gives the group its players.
  void seat(std::vector<std::unique_ptr<PlayerBase>> players);
  // Called once by the unit: the journal all columns write to.
  void attach(Step& step);

  std::size_t player_count() const { return players_.size(); }
  // id_in_group from 1; AppError names the id and what is there.
  PlayerBase& player_base(std::int64_t id_in_group) const;
  bool has_player(std::int64_t id_in_group) const;
  int round_number() const { return round_; }
  // Called once by the unit, for each round's group: all rounds in order, and which this one is.
  void set_round(const std::vector<std::unique_ptr<GroupBase>>& rounds, int round);
  // The same group in another round; AppError if there is no such round.
  GroupBase& in_round_base(std::int64_t round) const;
  int last_round() const;

 private:
  std::vector<std::unique_ptr<PlayerBase>> players_;
  const std::vector<std::unique_ptr<GroupBase>>* rounds_ = nullptr;  // the unit's
  int round_ = 1;
};

// A participant's seat in a group, type-erased. PlayerIn<Group> is its typed face.
class PlayerBase : public Model {
 public:
  int id_in_group() const { return id_in_group_; }
  GroupBase& group_base() const { return *group_; }
  // Code of the participant in this seat; set by the unit.
  const std::string& participant_code() const { return participant_code_; }
  void set_participant_code(std::string code) { participant_code_ = std::move(code); }
  // The app's name for who sits here ("Proposer"); "" where seats have no roles.
  const std::string& role() const { return role_; }
  void set_role(std::string role) { role_ = std::move(role); }

 private:
  friend class GroupBase;
  int id_in_group_ = 0;
  std::string participant_code_;
  std::string role_;
};

}  // namespace rialto
