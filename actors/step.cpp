#include "actors/step.h"

#include <algorithm>

#include "actors/errors.h"
#include "actors/model.h"

namespace rialto {

namespace {

thread_local Step* running_step = nullptr;

// How a game's author names the thing: "group.highest_bid", "player 2.payoff".
std::string place(const Model& owner, const std::string& name) {
  const auto* const player = dynamic_cast<const PlayerBase*>(&owner);
  if (player) return "player " + std::to_string(player->id_in_group()) + "." + name;
  const bool is_group = dynamic_cast<const GroupBase*>(&owner) != nullptr;
  return (is_group ? "group." : "subsession.") + name;
}

}  // namespace

Step* Step::running() { return running_step; }

void Step::open(std::int64_t now, std::uint64_t seed) {
  clear();
  phase_ = Phase::open;
  ++serial_;
  now_ = now;
  random_state_ = seed;
  running_step = this;
}

void Step::look(std::int64_t now) { now_ = now; }

void Step::begin_creating() {
  clear();
  phase_ = Phase::creating;
}

void Step::keep() noexcept {
  for (Column* column : touched) column->keep();
  for (const Row& row : rows) row.log->keep();
  phase_ = Phase::closed;
  running_step = nullptr;
}

void Step::roll_back() noexcept {
  for (Column* column : touched) column->roll_back();
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) row->log->undo_last();
  clear();
  phase_ = Phase::closed;
  running_step = nullptr;
}

void Step::clear() noexcept {
  touched.clear();
  rows.clear();
  moves.clear();
  printed.clear();
  concerns.clear();
  restart_timeout = nullptr;
}

void Step::touch(Column& column) {
  if (phase_ == Phase::closed) {
    throw AppError(place(column.owner(), column.name()) +
                   " was assigned outside a step: hooks that show a page only read");
  }
  touched.push_back(&column);
}

void Step::appended(LogBase& log, std::string row_json) {
  if (phase_ == Phase::closed) {
    throw AppError(place(log.owner(), log.name()) +
                   " was changed outside a step: hooks that show a page only read");
  }
  rows.push_back({&log, std::move(row_json)});
}

void Step::concern(std::uint32_t seat) {
  if (phase_ != Phase::open || std::ranges::find(concerns, seat) != concerns.end()) return;
  concerns.push_back(seat);
}

std::uint64_t Step::draw() {  // splitmix64, Vigna 2015
  if (phase_ != Phase::open) throw AppError("random numbers are drawn by handlers only");
  random_state_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t bits = random_state_;
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBULL;
  return bits ^ (bits >> 31U);
}

}  // namespace rialto
