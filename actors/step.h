// What the running step of a unit has done so far, so that it can be kept or rolled back as one.
// Owned by the unit; every Field and Log of the unit points to it; lives on the unit's thread.
// Guarantees: `roll_back` restores every touched field and log exactly; cost is what changed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rialto {

class Column;
class GroupBase;
class LogBase;

class Step {
 public:
  enum class Phase {
    closed,    // no handler is running: fields are const; assigning is an AppError
    creating,  // initial values are being set: nothing to roll back to
    open,      // a handler runs: changes are journaled
  };

  // A request to put the player on this seat on the next page.
  struct Move {
    std::uint32_t seat;
  };

  Phase phase() const { return phase_; }
  // Tells this step from all others of the unit; from 1.
  std::uint64_t serial() const { return serial_; }
  void open(std::int64_t now, std::uint64_t seed);  // microseconds since 1970; seed of the draws
  void begin_creating();
  // Between steps: hooks that only read see this time.
  void look(std::int64_t now);
  // The step whose handler runs on this thread, or null.
  static Step* running();
  // Ends the step and keeps what it did. The lists below stay readable until `open`.
  void keep() noexcept;
  // Ends the step and undoes what it did.
  void roll_back() noexcept;

  // Is there anything that `keep` would keep?
  bool did_something() const {
    return !touched.empty() || !rows.empty() || !moves.empty() || !printed.empty() ||
           restart_timeout != nullptr;
  }

  // Called by a Column before its first change in this step, and by a LogBase with each row or
  // change of one, before it is made.
  // Throws AppError where no step is open (a const hook that found a way to write).
  void touch(Column& column);
  void appended(LogBase& log, std::string row_json);
  // Something personal of the person on this seat was read or written (rules.md 20); 0: of a group.
  // Where no step is open nothing is noted: what pages show is not stored.
  void concern(std::uint32_t seat);

  std::int64_t now() const { return now_; }
  std::uint64_t draw();  // next 64 random bits of this step's own stream (rules.md 14)

  struct Row {
    LogBase* log;
    std::string json;  // array
  };
  std::vector<Column*> touched;
  std::vector<Row> rows;
  std::vector<Move> moves;
  // What print() said, and where.
  struct Printed {
    std::string where;
    std::string line;
  };
  std::vector<Printed> printed;
  std::vector<std::uint32_t> concerns;         // seats, each once
  const GroupBase* restart_timeout = nullptr;  // the group whose page's time begins anew

 private:
  void clear() noexcept;

  Phase phase_ = Phase::closed;
  std::uint64_t serial_ = 0;
  std::int64_t now_ = 0;
  std::uint64_t random_state_ = 0;
};

}  // namespace rialto
