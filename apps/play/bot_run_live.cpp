// The part of a BotRun that listens and talks on live pages, and hears when it is moved on.
#include <algorithm>

#include "actors/stored_value.h"
#include "apps/play/bot_run.h"

namespace rialto::play {
namespace {

constexpr std::size_t nesting = 64;

bool is_meant(const std::vector<std::uint32_t>& receivers, std::uint32_t seat) {
  return receivers.empty() || std::ranges::find(receivers, seat) != receivers.end();
}

}  // namespace

void BotRun::join(BotSeat& seat) {
  seat.connection = ++last_connection_;
  seat_of_[seat.connection] = seat.number;
  seat.sender = "bot-" + std::to_string(seat.connection);
  seat.sends = 0;
  seat.listening = false;
  seat.upto = seat.view.replay ? 0 : seat.view.record;
  Join join;
  join.connection = seat.connection;
  join.participant = seat.code;
  join.app = seat.view.app;
  join.page = seat.view.ref;
  join.lineage = world_->store().lineage();
  join.rendered = seat.view.record;
  join.after = seat.upto;
  world_->actors().join(std::move(join));
}

void BotRun::leave(BotSeat& seat) {
  if (seat.connection == 0) return;
  world_->actors().leave(seat.unit, {seat.connection, seat.seat});
  seat_of_.erase(seat.connection);
  seat.connection = 0;
  seat.listening = false;
}

// -- what the unit says
// ----------------------------------------------------------------------------

void BotRun::joined(const Joined& joined) {
  const auto found = seat_of_.find(joined.connection);
  if (found == seat_of_.end()) return;
  BotSeat& seat = seats_[found->second];
  if (joined.status != PageStatus::page) return fail(seat, "the page's connection was refused");
  if (joined.stale) return ask_page(seat);
  take_place(seat, joined.unit, joined.player);
  begin_page(seat);
  if (!seat.view.live) return;
  world_->actors().pull(
      seat.unit, {joined.connection, joined.player, seat.view.ref, seat.view.record, seat.upto});
}

void BotRun::take_place(BotSeat& seat, UnitId unit, std::uint32_t number) {
  if (seat.unit != unit) {
    std::erase(seats_of_[seat.unit], seat.number);
    seats_of_[unit].push_back(seat.number);
  }
  seat.unit = unit;
  seat.seat = number;
}

void BotRun::piece(const HistoryPiece& piece) {
  const auto found = seat_of_.find(piece.connection);
  if (found == seat_of_.end()) return;
  BotSeat& seat = seats_[found->second];
  for (const HistoryPiece::Message& message : piece.messages) {
    hear(seat, read_stored(message.payload));
  }
  seat.upto = std::max(seat.upto, piece.upto);
  seat.listening = piece.at_head;
  if (piece.at_head) return;
  world_->actors().pull(seat.unit,
                        {piece.connection, seat.seat, seat.view.ref, seat.view.record, seat.upto});
}

void BotRun::released(const Release& release) {
  const auto& here = seats_of_[release.unit];
  for (const Delivery& delivery : release.deliveries) {
    for (const std::size_t index : here) {
      BotSeat& seat = seats_[index];
      if (!seat.listening || seat.view.ref != delivery.page) continue;
      if (delivery.record <= seat.upto || !is_meant(delivery.receivers, seat.seat)) continue;
      hear(seat, read_stored(delivery.payload));
    }
  }
  for (const std::size_t index : here) {
    BotSeat& seat = seats_[index];
    if (seat.listening) seat.upto = std::max(seat.upto, release.upto);
  }
  for (const Outcome& outcome : release.outcomes) {
    const auto found = seat_of_.find(outcome.connection);
    if (found != seat_of_.end()) hear_answer(seats_[found->second], outcome.code, outcome.message);
  }
  for (const PageMove& move : release.moves) {
    for (const std::size_t index : here) {
      BotSeat& seat = seats_[index];
      const bool moved = seat.seat == move.player;
      if (moved && seat.connection != 0 && seat.state != State::asking) ask_page(seat);
    }
  }
}

void BotRun::say(BotSeat& seat, const Value& message) {
  ++report_.messages;
  seat.said = message;
  Inputs inputs;
  inputs.inputs.push_back({seat.connection, seat.seat, seat.view.ref, seat.sender, ++seat.sends,
                           Value::parse(message.dump(), nesting)});
  world_->actors().send(seat.unit, std::move(inputs));
}

}  // namespace rialto::play
