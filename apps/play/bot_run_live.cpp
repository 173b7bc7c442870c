// The part of a BotRun that listens and talks on live pages, and hears when it is moved on.
#include <algorithm>

#include "actors/errors.h"
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
  seat.may_act = true;
  seat.messages_left = options_.most_messages;
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
  if (joined.status != PageStatus::page) return fail(&seat, "the page's connection was refused");
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
    hear(seat, message.payload);
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
      hear(seat, delivery.payload);
    }
  }
  for (const std::size_t index : here) {
    BotSeat& seat = seats_[index];
    if (seat.listening) seat.upto = std::max(seat.upto, release.upto);
  }
  for (const Outcome& outcome : release.outcomes) hear_outcome(outcome);
  for (const PageMove& move : release.moves) {
    for (const std::size_t index : here) {
      BotSeat& seat = seats_[index];
      const bool moved = seat.seat == move.player;
      if (moved && seat.connection != 0 && seat.state != State::asking) ask_page(seat);
    }
  }
}

void BotRun::hear(BotSeat& seat, const std::string& payload) {
  Value heard = Value::parse(payload, nesting);
  if (collecting_) collecting_->payloads.emplace_back(seat.id_in_group, heard);
  seat.strategy->saw(std::move(heard));
  seat.may_act = true;
}

void BotRun::hear_outcome(const Outcome& outcome) {
  const auto found = seat_of_.find(outcome.connection);
  if (found == seat_of_.end()) return;
  BotSeat& seat = seats_[found->second];
  if (collecting_) {
    collecting_->code = outcome.code;
    collecting_->message = outcome.message;
  } else if (outcome.code == "app_error" || outcome.code == "handler_crashed") {
    return fail(&seat, outcome.message, seat.said.dump());
  }
  if (!outcome.code.empty()) seat.may_act = true;
}

// -- turns
// -----------------------------------------------------------------------------------------

// Everybody is quiet: who is on a live page says one thing. When nobody has anything to say, those
// whom no time limit will move go on.
bool BotRun::talk() {
  if (play_live_methods()) return true;
  bool said = false;
  for (BotSeat& seat : seats_) {
    if (seat.state == State::talking && !report_.failure && speak(seat)) said = true;
  }
  if (said) return true;
  for (BotSeat& seat : seats_) {
    if (seat.state != State::talking || has_time_limit(seat) || report_.failure) continue;
    act_by_chance(seat);
    said = true;
  }
  return said;
}

bool BotRun::play_live_methods() {
  for (BotSeat& seat : seats_) {
    if (seat.state != State::talking || !app(seat).call_live_method || report_.failure) continue;
    if (!called_.emplace(seat.unit, seat.group, seat.view.ref).second) continue;
    call_live_method(seat);
    return true;
  }
  return false;
}

void BotRun::call_live_method(BotSeat& seat) {
  const UnitId unit = seat.unit;
  const int group = seat.group;
  const PageRef ref = seat.view.ref;
  LiveCall live;
  live.page = seat.view.page;
  live.case_name = options_.case_name;
  live.round_number = ref.round;
  live.method = [&, this](int id_in_group, const Value& message) {
    BotSeat* const sender = on_page(unit, group, ref, id_in_group);
    if (!sender) {
      throw AppError("player " + std::to_string(id_in_group) + " is not on page " + live.page);
    }
    LiveReply reply;
    collecting_ = &reply;
    say(*sender, message);
    world_->run(*this);
    collecting_ = nullptr;
    shadows_->unit(unit);
    return reply;
  };
  try {
    app(seat).call_live_method(player(seat).group_base(), live);
  } catch (const std::exception& error) {
    fail(&seat, "call_live_method: " + std::string(error.what()), seat.said.dump());
  }
}

// The plan first, then the strategy.
bool BotRun::speak(BotSeat& seat) {
  if (seat.next < seat.plan.size()) {
    act(seat);
    return true;
  }
  const AppModel& model = app(seat);
  if (!model.bot || model.call_live_method || !seat.may_act || seat.messages_left == 0) {
    return false;
  }
  seat.may_act = false;
  try {
    std::optional<Value> message = model.bot(*seat.strategy);
    if (!message) return false;
    --seat.messages_left;
    say(seat, *std::move(message));
    return true;
  } catch (const std::exception& error) {
    fail(&seat, "the bot's strategy failed: " + std::string(error.what()),
         seat.strategy->last().dump());
    return false;
  }
}

void BotRun::say(BotSeat& seat, Value message) {
  ++report_.messages;
  seat.said = message;
  Inputs inputs;
  inputs.inputs.push_back({seat.connection, seat.seat, seat.view.ref, seat.sender, ++seat.sends,
                           Value::parse(message.dump(), nesting)});
  world_->actors().send(seat.unit, std::move(inputs));
}

}  // namespace rialto::play
