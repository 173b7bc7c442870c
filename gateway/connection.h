// What the server knows of one live page's line and says on it: hello, history, messages as they
// are committed, acknowledgements, refusals. The rules of the wire without sockets; WebSocket
// carries it. Owned by its WebSocket, on its I/O thread; known to the Exchange while it lives.
// Guarantees: messages go out in the order of their records, each once (G5, G6); every send gets an
// acknowledgement, an error or the end of the connection (G8); what waits is bounded, and what
// comes is counted, over all windows of a participant (rules.md 7, 19).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/limits.h"
#include "actors/messages.h"
#include "gateway/client_frame.h"
#include "gateway/frames.h"
#include "gateway/outbox.h"
#include "gateway/participant_use.h"
#include "gateway/refused_sends.h"

namespace rialto {

class Exchange;
class UnitFeed;

class Connection {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // What a connection needs of the line that carries it.
  class Line {
   public:
    virtual ~Line() = default;
    virtual Outbox& outbox() = 0;
    // Something was appended or may be read again: look at this line at the end of the turn.
    virtual void touch() = 0;
    // May bytes be taken off the line now?
    virtual bool may_read() const = 0;
    // Sends what waits, as far as the line takes it now.
    virtual void send_now() = 0;
    // Takes frames of up to so many bytes from now on.
    virtual void take_frames_of(std::size_t bytes) = 0;
    // Sends the close frame after what waits, then ends the line.
    virtual void close(frames::Close code, std::string_view reason) = 0;
  };

  Connection(Exchange& exchange, Line& line, std::string participant);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // -- from the line ----------------------------------------------------------------------------
  void on_text(std::string_view text);  // a whole frame
  // A ping, a pong, or a piece of a frame that brings next to nothing.
  void on_trifle();
  void on_sign_of_life();
  void on_drained();   // all that waited has gone
  void on_progress();  // some of it has gone
  void on_lost();      // the line has ended
  // May more be read from the line?
  bool reading() const;
  // Since when it is open without a use: nobody has said hello, or the page was left.
  std::optional<TimePoint> idle_since() const;

  // -- from the exchange ------------------------------------------------------------------------
  void joined(const Joined& joined);
  void piece(const HistoryPiece& piece);
  // `frame` is the whole encoded message.
  void deliver(PageRef page, std::uint64_t record, std::string_view frame);
  void outcome(const Outcome& outcome);
  void moved(PageRef page);
  // Somebody of the player's group was dropped.
  void bereft();
  void time_set(PageRef page, TimeLeft left);
  void close(frames::Close code, std::string_view reason);
  // Appends the acknowledgements of this turn.
  void end_turn();
  void sweep();

  ConnectionId id() const { return id_; }
  std::uint32_t player() const { return player_; }

 private:
  enum class State : std::uint8_t {
    greeting,     // waits for the browser's hello
    joining,      // waits for the unit's answer
    catching_up,  // gets history in pieces
    live,         // gets messages as they are committed
    moved,        // the player is on another page: gets no more messages
    closed,
  };

  void on_hello(ClientFrame frame);
  std::string_view standing(const SendName& send, double cost);
  void answer_other(const ClientFrame& frame);
  void pause_if_refused_often(double cost);
  double cost_of(std::size_t bytes) const;
  bool may_stay(const Joined& joined);
  void on_send(ClientFrame frame);
  void forward(ClientFrame frame);
  void say_error(std::string_view code, std::string_view message, std::uint64_t number,
                 std::string_view sender);
  void say_moved();
  void say_time();
  void pull();
  void go_live(std::int64_t time);
  bool has_room_for(std::string_view frame);
  void fall_behind(std::uint64_t record);
  void leave();
  std::string* out();

  Exchange& exchange_;
  Line& line_;
  UnitFeed* feed_ = nullptr;
  ConnectionId id_;
  std::string participant_;
  std::string sender_;
  std::uint64_t rendered_ = 0;
  std::uint64_t upto_ = 0;         // messages up to here need no delivery any more
  std::uint64_t last_record_ = 0;  // of the newest message appended
  std::uint64_t ack_ = 0;          // to be said at the end of the turn; 0: nothing
  RefusedSends refused_;
  std::vector<ClientFrame> held_;  // sends read before the unit answered
  const std::shared_ptr<ParticipantUse> use_;
  TimePoint opened_;
  TimePoint heard_;
  TimePoint progress_;  // of the outbox
  std::uint32_t player_ = 0;
  std::uint32_t in_flight_ = 0;  // sends forwarded without an outcome yet
  std::string app_;              // of the page that has said hello
  PageRef page_;
  std::optional<TimeLeft> time_;  // to be said as soon as the connection is live
  TimePoint time_noted_;
  State state_ = State::greeting;
  std::uint8_t unanswered_pings_ = 0;
  bool pulling_ = false;    // a piece is on its way
  bool announced_ = false;  // `live` was said
  bool moving_ = false;     // `moved` is to be said once caught up
  bool paused_ = false;     // too much of it was refused: nothing is read for a moment
};

}  // namespace rialto
