#include "gateway/connection.h"

#include <algorithm>
#include <utility>

#include "gateway/chat_envelope.h"
#include "gateway/exchange.h"

namespace rialto {
namespace {

constexpr std::chrono::seconds hello_within{10};
constexpr std::uint8_t pings_without_answer = 2;
constexpr PageRef no_page{0, 0};  // of no app: the unit refuses it, and the send is done with

// Codes that consume nothing: the send will be taken later (rules.md 2).
bool is_again(std::string_view code) {
  return code == "too_fast" || code == "storage_full" || code == "busy";
}

std::string_view meaning(std::string_view again_code) {
  if (again_code == "too_fast") return "too many messages at once; wait a moment";
  if (again_code == "storage_full") return "the server's disk is nearly full";
  return "the server cannot take it now";
}

}  // namespace

Connection::Connection(Exchange& exchange, Line& line, std::string participant)
    : exchange_(exchange),
      line_(line),
      id_(exchange.enter(*this)),
      participant_(std::move(participant)),
      refused_(exchange.limits().refused_senders),
      use_(exchange.participants().of(participant_, exchange.now())),
      opened_(exchange.now()),
      heard_(exchange.now()),
      progress_(exchange.now()) {
  use_->open(*this);
  if (use_->windows().size() <= exchange.limits().windows) return;
  use_->windows().front()->close(frames::Close::too_many_windows, "opened in too many windows");
}

Connection::~Connection() {
  leave();
  use_->close(*this);
  exchange_.exit(*this);
}

// -- from the line ------------------------------------------------------------------------------

// What comes too fast is refused before its data are looked at.
void Connection::on_text(std::string_view text) {
  on_sign_of_life();
  if (state_ == State::closed) return;
  const std::size_t nesting = exchange_.limits().nesting;
  if (state_ == State::greeting) return on_hello(parse_frame(text, nesting));
  const SendName send = send_name(text);
  const std::string_view sender = send.sender.empty() ? std::string_view(sender_) : send.sender;
  const double cost = cost_of(text.size());
  const std::string code(standing({sender, send.number}, cost));
  if (!code.empty()) {
    say_error(code, meaning(code), send.number, sender);
    return pause_if_refused_often(cost);
  }
  ClientFrame frame = parse_frame(text, nesting);
  if (frame.kind == ClientFrame::Kind::send && frame.number == send.number) {
    on_send(std::move(frame));
  } else {
    answer_other(frame);
  }
}

// Why a frame cannot be taken now; empty: it can. Sends that wait for an earlier one cost nothing.
std::string_view Connection::standing(const SendName& send, double cost) {
  if (send.number == 0) return use_->sends().take(exchange_.now(), cost) ? "" : "too_fast";
  const std::string_view code = refused_.come(send.sender, send.number);
  if (!code.empty() || use_->sends().take(exchange_.now(), cost)) return code;
  refused_.refuse(std::string(send.sender), send.number, "too_fast");
  return "too_fast";
}

void Connection::answer_other(const ClientFrame& frame) {
  switch (frame.kind) {
    case ClientFrame::Kind::ping:
      if (std::string* bytes = out()) frames::append_pong(*bytes);
      break;
    case ClientFrame::Kind::bad:
      say_error(frame.code, frame.message, 0, {});
      break;
    case ClientFrame::Kind::hello:
      say_error("bad_frame", "a second hello", 0, {});
      break;
    case ClientFrame::Kind::send:
      say_error("bad_frame", "type, n and sender are written as in the guide, each once", 0, {});
      break;
  }
}

void Connection::on_trifle() {
  on_sign_of_life();
  if (state_ == State::closed || use_->sends().take(exchange_.now())) return;
  pause_if_refused_often(1);
}

// Refusals are answered only so often: who goes on is not read until it may be answered again.
void Connection::pause_if_refused_often(double cost) {
  if (!use_->refusals().take(exchange_.now(), cost)) paused_ = true;
}

double Connection::cost_of(std::size_t bytes) const {
  return 1 + static_cast<double>(bytes / exchange_.limits().send_unit);
}

void Connection::on_sign_of_life() {
  heard_ = exchange_.now();
  unanswered_pings_ = 0;
}

void Connection::on_hello(ClientFrame frame) {
  if (frame.kind != ClientFrame::Kind::hello) {
    return close(frames::Close::no_hello, "the first frame must be hello");
  }
  if (frame.version != 1) {
    if (std::string* bytes = out()) {
      frames::append_reload(*bytes, "this page was made for another version of the server");
    }
    return close(frames::Close::normal, "another version");
  }
  sender_ = std::move(frame.sender);
  app_ = std::move(frame.app);
  page_ = frame.page;
  rendered_ = frame.rendered;
  upto_ = frame.after;
  state_ = State::joining;
  exchange_.actors().join({id_, participant_, app_, page_, std::move(frame.lineage), frame.rendered,
                           frame.after, frame.known, frame.known_time});
}

void Connection::on_send(ClientFrame frame) {
  if (frame.sender.empty()) {
    frame.sender = sender_;
    frame.page = page_;
  } else if (frame.app != app_) {
    frame.page = no_page;  // left behind by a page of another app
  }
  if (state_ == State::joining) {
    held_.push_back(std::move(frame));
  } else {
    forward(std::move(frame));
  }
}

void Connection::forward(ClientFrame frame) {
  if (!feed_) {
    return say_error("stale_page", "you have left this page", frame.number, frame.sender);
  }
  ++in_flight_;
  Value data = checked_chat(exchange_.links(), participant_, frame.page, std::move(frame.data));
  exchange_.send(
      *feed_, {id_, player_, frame.page, std::move(frame.sender), frame.number, std::move(data)});
}

void Connection::on_drained() {
  if (state_ == State::catching_up && !pulling_) pull();
  if (state_ == State::live) say_time();
}

void Connection::on_progress() { progress_ = exchange_.now(); }

void Connection::on_lost() {
  leave();
  use_->close(*this);
  state_ = State::closed;
}

bool Connection::reading() const {
  if (state_ == State::closed) return true;  // until the browser closes, too
  return !paused_ && in_flight_ + held_.size() < exchange_.limits().sends_in_flight &&
         line_.outbox().size() <= use_->outbox();
}

std::optional<Connection::TimePoint> Connection::idle_since() const {
  const bool of_nobody =
      state_ == State::greeting || state_ == State::moved || state_ == State::closed;
  return of_nobody ? std::optional(opened_) : std::nullopt;
}

// -- from the exchange --------------------------------------------------------------------------

// Closes where the unit said no.
bool Connection::may_stay(const Joined& joined) {
  const bool seated = joined.unit != UnitId{};
  if (joined.status == PageStatus::finished || (joined.status == PageStatus::page && seated)) {
    return true;
  }
  if (seated) exchange_.decline(joined);
  switch (joined.status) {
    case PageStatus::not_found:
      close(frames::Close::no_participant, "no such participant");
      break;
    case PageStatus::closed:
      close(frames::Close::no_participant, "the session is closed");
      break;
    default:
      close(frames::Close::try_again, "not now");
  }
  return false;
}

void Connection::joined(const Joined& joined) {
  if (state_ != State::joining) return;
  if (!may_stay(joined)) return;
  player_ = joined.player;
  if (joined.unit != UnitId{}) feed_ = &exchange_.subscribe(*this, joined.unit);
  const Limits& limits = exchange_.limits();
  if (joined.sends_per_second > 0) {
    const double burst = limits.sends_burst * joined.sends_per_second / limits.sends_per_second;
    use_->sends().limit(joined.sends_per_second, std::max(burst, 1.0));
  }
  if (joined.message_bytes > 0) line_.take_frames_of(joined.message_bytes);
  std::string* bytes = out();
  if (!bytes) return;
  frames::append_hello(*bytes, joined.lineage, joined.head, limits.ping.count());
  if (joined.history_lost) {
    frames::append_history_lost(*bytes);
    return close(frames::Close::normal, "history lost");
  }
  if (joined.stale || joined.status == PageStatus::finished) {
    say_moved();
  } else {
    state_ = State::catching_up;
    if (joined.left) time_set(page_, *joined.left);
    pull();
  }
  for (ClientFrame& frame : std::exchange(held_, {})) forward(std::move(frame));
}

void Connection::piece(const HistoryPiece& piece) {
  pulling_ = false;
  if (state_ != State::catching_up) return;
  if (piece.failed) return close(frames::Close::try_again, "not now");
  std::string* bytes = out();
  if (!bytes) return;
  for (const HistoryPiece::Message& message : piece.messages) {
    frames::append_message(*bytes, message.record, message.time, message.payload);
    last_record_ = message.record;
  }
  upto_ = piece.upto;
  if (piece.at_head && upto_ >= feed_->released()) return go_live(piece.time);
  // Where nothing was for this player there is nothing to drain: ask on at once.
  if (line_.outbox().size() == 0) pull();
}

void Connection::deliver(PageRef page, std::uint64_t record, std::string_view frame) {
  if (state_ != State::live || page != page_ || record <= upto_) return;
  // Messages of one record stay together: a piece of history begins after a whole record.
  if (record != last_record_ && !has_room_for(frame)) return fall_behind(record);
  if (std::string* bytes = out()) *bytes += frame;
  last_record_ = record;
}

void Connection::outcome(const Outcome& outcome) {
  if (in_flight_ > 0) --in_flight_;
  line_.touch();
  if (outcome.code.empty()) {
    if (outcome.sender == sender_) {
      ack_ = std::max(ack_, outcome.number);
    } else if (std::string* bytes = out()) {
      frames::append_ack(*bytes, outcome.number, outcome.sender);
    }
  } else {
    say_error(outcome.code, outcome.message, outcome.number, outcome.sender);
  }
  if (is_again(outcome.code)) {
    return refused_.refuse(outcome.sender, outcome.number, outcome.code);
  }
  refused_.settle(outcome.sender, outcome.number);
  if (outcome.code != "number_gap") return;
  if (std::string* bytes = out()) frames::append_history_lost(*bytes);
  close(frames::Close::normal, "history lost");
}

void Connection::bereft() {
  if (state_ != State::live && state_ != State::catching_up) return;
  if (std::string* bytes = out()) frames::append_bereft(*bytes);
}

void Connection::moved(PageRef page) {
  if (page == page_) return;
  if (state_ == State::live) say_moved();
  if (state_ == State::catching_up) moving_ = true;
}

void Connection::time_set(PageRef page, TimeLeft left) {
  if (page != page_) return;
  time_ = left;
  time_noted_ = std::chrono::steady_clock::now();
  if (state_ == State::live) say_time();
}

// Of a reader who is far behind only the newest is kept.
void Connection::say_time() {
  if (!time_ || line_.outbox().size() > use_->outbox()) return;
  using std::chrono::duration_cast;
  const auto since = std::chrono::steady_clock::now() - time_noted_;
  const std::int64_t left = time_->left - duration_cast<std::chrono::microseconds>(since).count();
  std::string* const bytes = out();
  if (bytes) frames::append_time(*bytes, std::max<std::int64_t>(0, left), time_->own);
  time_.reset();
}

void Connection::close(frames::Close code, std::string_view reason) {
  if (state_ == State::closed) return;
  end_turn();
  leave();
  use_->close(*this);
  state_ = State::closed;
  line_.close(code, reason);
}

void Connection::end_turn() {
  if (ack_ == 0) return;
  if (std::string* bytes = out()) frames::append_ack(*bytes, ack_, {});
  ack_ = 0;
}

void Connection::sweep() {
  if (state_ == State::closed) return;
  const TimePoint now = exchange_.now();
  const Limits& limits = exchange_.limits();
  if (paused_ && use_->refusals().has_one(now)) {
    paused_ = false;
    line_.touch();
  }
  if (line_.outbox().empty()) progress_ = now;
  if (now - progress_ >= limits.drain) {
    line_.outbox().drop_messages();
    return close(frames::Close::not_drained, "nothing was read for too long");
  }
  if (state_ == State::greeting) {
    if (now - heard_ >= hello_within) close(frames::Close::no_hello, "no hello came");
    return;
  }
  // Nothing can be heard of a line that is not read, or whose pings stand behind what waits.
  if (!reading() || !line_.outbox().empty()) return on_sign_of_life();
  if (now - heard_ < limits.ping * (unanswered_pings_ + 1)) return;
  if (unanswered_pings_ == pings_without_answer) {
    return close(frames::Close::line_dead, "no answer to pings");
  }
  ++unanswered_pings_;
  if (std::string* bytes = out()) frames::append_ping(*bytes);
}

// -- inside -------------------------------------------------------------------------------------

void Connection::say_error(std::string_view code, std::string_view message, std::uint64_t number,
                           std::string_view sender) {
  if (sender == sender_) sender = {};
  if (std::string* bytes = out()) frames::append_error(*bytes, code, message, number, sender);
}

void Connection::say_moved() {
  state_ = State::moved;
  if (std::string* bytes = out()) frames::append_moved(*bytes);
}

void Connection::pull() {
  pulling_ = true;
  exchange_.actors().pull(feed_->unit(), {id_, player_, page_, rendered_, upto_});
}

void Connection::go_live(std::int64_t time) {
  state_ = State::live;
  say_time();
  std::string* bytes = out();
  if (bytes && !announced_) frames::append_live(*bytes, upto_, time);
  announced_ = true;
  if (moving_) say_moved();
}

bool Connection::has_room_for(std::string_view frame) {
  const auto fits = [&] {
    const std::size_t waiting = line_.outbox().size();
    return waiting == 0 || waiting + frame.size() <= use_->outbox();
  };
  if (fits()) return true;
  line_.send_now();
  return fits();
}

// Drops what waits and turns to catching up (rules.md 7); acknowledgements and errors stay.
void Connection::fall_behind(std::uint64_t record) {
  upto_ = line_.outbox().drop_messages().value_or(record - 1);
  state_ = State::catching_up;
  line_.touch();
}

void Connection::leave() {
  if (feed_) exchange_.unsubscribe(*this, *std::exchange(feed_, nullptr));
}

std::string* Connection::out() {
  line_.touch();
  return line_.outbox().open();
}

}  // namespace rialto
