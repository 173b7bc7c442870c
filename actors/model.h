// The parts every game is made of, without their C++ types: columns and logs, and the group and
// the players that own them. Games use the typed faces (field.h, log.h, group.h); the unit uses
// these. Owned by a Unit, on its thread. Guarantee: an object knows all its columns in declared
// order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/money.h"
#include "actors/step.h"
#include "actors/value.h"

namespace rialto {

class GroupBase;
class Model;
class Participant;
class PlayerBase;
class Roster;
class RowsBase;
class SessionValues;
class SubsessionBase;

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
  // What people read of the choice that was taken; nothing if there are none.
  virtual std::optional<std::string> choice_label() const { return std::nullopt; }
  // Takes a stored value; throws std::runtime_error naming the column if it does not fit the type.
  virtual void from_json(std::string_view json) = 0;
  virtual void roll_back() noexcept = 0;  // to the value before this step
  virtual void keep() noexcept = 0;       // forget the value before this step
  // Has this step's record hold the value, changed or not.
  virtual void record() = 0;

 protected:
  void touch();  // call before each change; the first one in a step must save the old value
  // Call wherever a game reads or assigns: a step is to know that it has to do with a person.
  void look() const {
    if (personal_) concern_step();
  }

 private:
  friend class Step;
  void concern_step() const;
  Model* owner_;
  std::string name_;
  bool personal_;
  std::uint32_t index_;
};

// One declared list of rows of one object, written down change by change: a Log, to which rows are
// appended, or Rows, which change and go. The rows of a Log stay in memory once read or appended.
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
  // What pages may have: a list of objects by column name.
  virtual Value shown() const = 0;
  // Rows that change and go, null of a Log.
  virtual RowsBase* as_rows() { return nullptr; }
  virtual const RowsBase* as_rows() const { return nullptr; }
  // Takes a stored row (JSON array): a Log at its end, Rows as a change. Throws std::runtime_error
  // if it does not fit.
  virtual void restore(std::string_view row_json) = 0;
  virtual void undo_last() noexcept = 0;  // rolling back what was written down last
  virtual void keep() noexcept {}         // forget how to roll back
  // After recovery from a snapshot the rows up to it are fetched when a log of the unit is first
  // read: `fetch` must `restore` those rows of all logs it was given to, and no newer ones.
  void fetch_with(std::function<void()> fetch) { fetch_ = std::move(fetch); }

 protected:
  void complete() const;  // call before reading rows: runs and forgets the fetch
  void appended(std::string row_json);
  // Around a fetch: the rows that came after the snapshot make room for those before it.
  virtual void set_newer_aside() {}
  virtual void put_newer_back() {}

 private:
  Model* owner_;
  std::string name_;
  std::vector<std::string> columns_;
  std::vector<std::string> types_;
  std::uint32_t index_;
  mutable std::function<void()> fetch_;
};

// A group, a player, a subsession or a participant: the columns and logs declared in it.
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
  // The `object` of records (roster.h).
  std::uint32_t object_number() const { return object_number_; }
  // All objects of the unit; AppError if the object belongs to no unit.
  const Roster& roster() const;
  // A value of the session's config: its own keys, `participation_fee`, ...; AppError names those
  // there are. The same throughout the session.
  const Value& config(std::string_view key) const;
  // The same, or this where the session has none.
  Value config(std::string_view key, Value otherwise) const;
  // The values of the session that all of its groups read and write (session_values.h).
  SessionValues& session();
  const SessionValues& session() const;
  // What that is worth to who is paid: points by the session's real_world_currency_per_point.
  Payment to_real_world_currency(Money amount) const;
  // Called once by the roster: the journal all columns write to, and the object's number there.
  void belong(const Roster& roster, Step& step, std::uint32_t object_number);

 private:
  friend class Column;
  friend class LogBase;
  std::vector<Column*> columns_;
  std::vector<LogBase*> logs_;
  Step* step_ = nullptr;
  const Roster* roster_ = nullptr;
  std::uint32_t object_number_ = 0;
};

// A group with its players, type-erased. GroupOf<Player> is its typed face.
class GroupBase : public Model {
 public:
  // Who is in the group, in the order of id_in_group; called by the roster.
  void seat(std::vector<PlayerBase*> players);
  // Its number among the groups of its round, from 1; called once by the roster.
  void place(int round, int id_in_subsession);

  std::size_t player_count() const { return players_.size(); }
  // id_in_group from 1; AppError names the id and what is there.
  PlayerBase& player_base(std::int64_t id_in_group) const;
  bool has_player(std::int64_t id_in_group) const;
  int round_number() const { return round_; }
  int id_in_subsession() const { return id_in_subsession_; }
  // The group of this number in another round; AppError if there is no such round.
  GroupBase& in_round_base(std::int64_t round) const;
  SubsessionBase& subsession_base() const;

 private:
  std::vector<PlayerBase*> players_;  // the roster's
  int round_ = 1;
  int id_in_subsession_ = 1;
};

// A participant's seat in one round, type-erased. PlayerIn<Group> is its typed face.
class PlayerBase : public Model {
 public:
  // 0: in no group yet.
  int id_in_group() const { return id_in_group_; }
  bool has_group() const { return group_ != nullptr; }
  // AppError if the player is in no group yet.
  GroupBase& group_base() const;
  // The number of the seat in its unit, from 1, the same in all rounds.
  std::uint32_t seat() const { return seat_; }
  int round_number() const { return round_; }
  // The same seat in another round; AppError if there is no such round.
  PlayerBase& in_round_base(std::int64_t round) const;
  SubsessionBase& subsession_base() const;
  Participant& participant_base() const;
  // Code of the participant in this seat.
  const std::string& participant_code() const;
  // The app's name for who sits here ("Proposer"); "" where seats have no roles.
  std::string role() const;
  virtual Money round_payoff() const { return 0; }
  // Called once by the roster.
  void place(int round, std::uint32_t seat);

 private:
  friend class GroupBase;
  GroupBase* group_ = nullptr;
  int id_in_group_ = 0;
  int round_ = 1;
  std::uint32_t seat_ = 0;
};

}  // namespace rialto
