// The values of the session that all of its groups read and write, as one unit sees them (oTree's
// session.vars): `player.session().get("price")`. Owned by the unit's roster, on its thread.
// Guarantees: a step sees one moment of them, with what it and its unit have written itself, and
// its record holds that moment, so that it can be played again by itself; what it writes is
// journaled, and is everybody's once its record is durable. `add` loses nothing, whoever else adds
// at the same time; of two who `set` a value the later record wins. Limitation: what other units
// wrote is seen a moment after it is durable, so two groups may read the same number before both
// add to it.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "actors/field.h"
#include "actors/model.h"
#include "actors/session_board.h"

namespace rialto {

// What a step does to the session's values, as a column, so that its record holds it.
class SessionWrites final : public Column {
 public:
  explicit SessionWrites(Model* owner) : Column(owner, "writes") {}

  const std::vector<SessionWrite>& get() const { return writes_; }
  void append(SessionWrite write);
  // Those of the step that has ended; the next begins with none.
  std::vector<SessionWrite> take() { return std::exchange(writes_, {}); }

  std::string_view type() const override { return "list"; }
  std::string to_json() const override;
  Value shown() const override;
  void from_json(std::string_view json) override { writes_ = read_session_writes(json); }
  void roll_back() noexcept override { writes_.clear(); }
  void keep() noexcept override {}
  void record() override { touch(); }

 private:
  std::vector<SessionWrite> writes_;
};

class SessionValues : public Model {
 public:
  // Places of the columns: the values as the step saw them first; what it did to them.
  static constexpr std::uint32_t seen_field = 0;
  static constexpr std::uint32_t writes_field = 1;

  // `unit`: its index in the session. Without a board the unit is alone with the values.
  SessionValues(std::shared_ptr<const SessionBoard> board, std::uint32_t unit)
      : board_(std::move(board)), unit_(unit) {}

  // AppError if nobody has set it, naming those there are.
  const Value& get(std::string_view name) const;
  Value get(std::string_view name, Value otherwise) const;
  bool has(std::string_view name) const;
  // All of them, an object.
  const Value& vars() const;
  void set(std::string_view name, Value value);
  // Adds a number to a number; what is not there counts as 0.
  void add(std::string_view name, Value number);

  // -- for the unit
  // Alone with the values: these are there now.
  void begin_with(Value values);
  // As the newest record that holds them has them.
  const Value& recorded() const { return seen_.get(); }
  // The step of this record has ended, or was applied.
  void note(std::uint64_t record);
  // A step that was rolled back has seen something that no record holds yet. It belongs to the
  // record of its refusal (`owed_to`: true, and `recorded` is what was seen), or to the step that
  // does what it decided (`see_again`); or nothing comes of it (`forget`).
  bool owed_to();
  void see_again();
  void forget() { owed_.reset(); }
  const SessionWrites& writes() const { return writes_; }

 private:
  void write(SessionWrite write);
  // As the board has them (null: alone), with the unit's own writes that are not there yet.
  Value newest(const SessionState* board) const;

  mutable Field<Value> seen_{this, "seen", Value::object()};
  SessionWrites writes_{this};
  std::shared_ptr<const SessionBoard> board_;
  std::uint32_t unit_;
  Value alone_ = Value::object();  // without a board
  // The unit's own writes that are not on the board yet, with the records they are in.
  mutable std::deque<std::pair<std::uint64_t, std::vector<SessionWrite>>> pending_;
  mutable std::shared_ptr<const SessionState> looked_at_;  // null: look anew
  mutable std::uint64_t step_ = 0;                         // in which `now_` was seen
  mutable Value now_ = Value::object();
  mutable std::optional<Value> owed_;
};

}  // namespace rialto
