#include "gateway/web_socket.h"

#include <array>
#include <boost/beast/websocket.hpp>
#include <optional>

#include "gateway/connection.h"
#include "gateway/outbox_layer.h"

namespace rialto {
namespace {

namespace websocket = beast::websocket;
using beast::error_code;
using TimePoint = Connection::TimePoint;

// How long a line may take to open, and to end once its end was said.
constexpr std::chrono::seconds handshake_within{10};
constexpr std::chrono::seconds close_within{5};
// A piece of a frame that brings less counts like a frame.
constexpr std::size_t trifle = 16;

class WebSocket final : public Peer, public Connection::Line {
 public:
  WebSocket(IoThread& thread, Socket socket, std::string participant)
      : thread_(thread),
        stream_(std::move(socket), thread.spares(), static_cast<Connection::Line&>(*this)),
        connection_(thread.exchange(), *this, std::move(participant)),
        since_(thread.exchange().now()) {}

  void accept(const beast::http::request<beast::http::string_body>& upgrade, Admission admission) {
    stream_.read_message_max(thread_.limits().frame);
    stream_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
      response.set(beast::http::field::server, "rialto");
    }));
    stream_.control_callback(
        [this](websocket::frame_type, beast::string_view) { connection_.on_trifle(); });
    refusal_ = admission.close;
    stream_.async_accept(upgrade, [this, self = shared_from_this()](error_code error) {
      if (!error) {
        handshaken_ = true;
        return touch();
      }
      send_now();  // Beast's refusal of the request
      finish();
    });
  }

  // -- Line -------------------------------------------------------------------------------------
  Outbox& outbox() override { return layer().outbox(); }
  void touch() override {
    if (phase_ != Phase::gone) thread_.touch(*this);
  }

  bool may_read() const override { return phase_ != Phase::open || connection_.reading(); }

  void take_frames_of(std::size_t bytes) override { stream_.read_message_max(bytes); }

  void send_now() override {
    if (broken_) return;
    switch (send_waiting(socket(), outbox())) {
      case Sending::progress:
        connection_.on_progress();
        break;
      case Sending::stuck:
        break;
      case Sending::broken:
        broken_ = true;
        break;
    }
  }

  void close(frames::Close code, std::string_view reason) override {
    if (phase_ == Phase::opening) return finish();  // no frame may go before the handshake
    if (std::string* bytes = outbox().open()) frames::append_close(*bytes, code, reason);
    outbox().close();
    begin_ending();
  }

  // -- Peer -------------------------------------------------------------------------------------
  void end_turn() override {
    if (phase_ == Phase::gone || (phase_ == Phase::opening && !handshaken_)) return;
    connection_.end_turn();
    send_now();
    if (broken_) return finish();
    if (!outbox().empty()) {
      wait_until_writable();
    } else if (phase_ == Phase::opening) {
      begin();
    } else if (phase_ == Phase::read_out) {
      discard();
    } else {
      connection_.on_drained();
    }
    const bool reads = phase_ == Phase::open || phase_ == Phase::ending;
    if (reads && !reading_ && connection_.reading()) read();
    layer().read_on();
  }

  std::optional<TimePoint> idle_since() const override {
    if (phase_ == Phase::opening) return since_;
    return phase_ == Phase::open ? connection_.idle_since() : std::optional(since_);
  }

  void sweep() override {
    const auto age = thread_.exchange().now() - since_;
    switch (phase_) {
      case Phase::opening:
        if (age >= handshake_within) finish();
        break;
      case Phase::open:
        if (!outbox().empty()) note_what_moves();
        connection_.sweep();
        break;
      case Phase::ending:
      case Phase::read_out:
        if (age >= close_within) finish();
        break;
      case Phase::gone:
        break;
    }
  }

  void shut_down() override {
    if (phase_ == Phase::opening) return finish();
    connection_.close(frames::Close::going_away, "the server is going away");
  }

  void finish() override {
    if (phase_ == Phase::gone) return;
    phase_ = Phase::gone;
    connection_.on_lost();
    error_code ignored;
    socket().close(ignored);
    const auto self = shared_from_this();  // the read that is forgotten may be the last to hold it
    layer().forget_read();
    thread_.retire(*this);
  }

 private:
  enum class Phase : std::uint8_t {
    opening,  // the handshake runs
    open,
    ending,    // a close frame is in the outbox; the browser's is awaited
    read_out,  // Beast reads no more: once all is sent, until the other side closes
    gone,
  };

  OutboxLayer& layer() { return stream_.next_layer(); }
  Socket& socket() { return layer().socket(); }

  void begin_ending() {
    if (phase_ == Phase::open) {
      phase_ = Phase::ending;
      since_ = thread_.exchange().now();
    }
    touch();
  }

  // The handshake has gone out: from here on there are frames.
  void begin() {
    outbox().begin_frames();
    phase_ = Phase::open;
    if (refusal_) connection_.close(*refusal_, "open the participant link again");
  }

  void read() {
    reading_ = true;
    stream_.async_read_some(space(),
                            [this, self = shared_from_this()](error_code error, std::size_t size) {
                              on_read(error, size);
                            });
  }

  // A short frame is read into the line's own few bytes, a longer one into memory of its own.
  net::mutable_buffer space() {
    if (!collecting_) return net::buffer(short_frame_);
    frame_.resize(frame_size_ + 4096);
    return net::buffer(frame_.data() + frame_size_, 4096);
  }

  void on_read(error_code error, std::size_t size) {
    reading_ = false;
    if (phase_ == Phase::gone) return;
    if (error) return on_read_out(error);
    if (phase_ == Phase::ending && is_too_much(size)) return finish();
    if (stream_.got_binary()) {
      connection_.close(frames::Close::binary, "frames are text");
    } else if (collecting_ || !stream_.is_message_done()) {
      collect(size);
    } else {
      connection_.on_text({short_frame_.data(), size});
    }
    if (phase_ == Phase::gone) return;
    if (connection_.reading()) read();
  }

  void collect(std::size_t size) {
    if (!collecting_) frame_.assign(short_frame_.data(), size);
    collecting_ = true;
    frame_size_ += size;
    connection_.on_sign_of_life();
    if (!stream_.is_message_done()) {
      if (size < trifle) connection_.on_trifle();
      return;
    }
    frame_.resize(std::exchange(frame_size_, 0));
    collecting_ = false;
    const std::string whole = std::exchange(frame_, {});
    connection_.on_text(whole);
  }

  // Beast has ended its reading: the line was lost, the other side closed, or it broke the protocol
  // and Beast has said so in a close frame.
  void on_read_out(error_code error) {
    connection_.on_lost();
    if (error == net::error::eof || error == net::error::connection_reset) return finish();
    begin_ending();
    phase_ = Phase::read_out;
  }

  // Closing a socket with unread bytes would reset the line before the close frame is read.
  void discard() {
    error_code error;
    if (!shut_) socket().shutdown(net::socket_base::shutdown_send, error);
    shut_ = true;
    if (error) return finish();
    if (reading_) return;
    reading_ = true;
    socket().async_read_some(
        thread_.trash(), [this, self = shared_from_this()](error_code failure, std::size_t size) {
          reading_ = false;
          if (phase_ == Phase::gone) return;
          if (failure || is_too_much(size)) return finish();
          discard();
        });
  }

  // After the last word.
  bool is_too_much(std::size_t size) {
    discarded_ += size;
    return discarded_ > thread_.limits().discarded;
  }

  void note_what_moves() {
    const std::size_t left = on_the_way(socket());
    if (left < on_the_way_) connection_.on_progress();
    on_the_way_ = left;
  }

  void wait_until_writable() {
    if (waiting_) return;
    waiting_ = true;
    socket().async_wait(Socket::wait_write, [this, self = shared_from_this()](error_code error) {
      waiting_ = false;
      if (phase_ == Phase::gone) return;
      if (error) broken_ = true;
      touch();
    });
  }

  IoThread& thread_;
  websocket::stream<OutboxLayer, false> stream_;
  Connection connection_;
  std::string frame_;           // a long frame as far as it was read, with room to read more into
  std::size_t frame_size_ = 0;  // how much of frame_ has been read
  std::size_t on_the_way_ = 0;  // when it was looked at last
  std::size_t discarded_ = 0;
  TimePoint since_;  // of this phase
  std::array<char, 192> short_frame_;
  std::optional<frames::Close> refusal_;  // said as soon as frames can be
  Phase phase_ = Phase::opening;
  bool handshaken_ = false;  // Beast has written its part of the handshake
  bool reading_ = false;
  bool collecting_ = false;  // a long frame
  bool waiting_ = false;     // until the socket is writable
  bool broken_ = false;
  bool shut_ = false;  // our direction of the line
};

}  // namespace

void serve_web_socket(IoThread& thread, Socket socket,
                      const beast::http::request<beast::http::string_body>& upgrade,
                      Admission admission) {
  auto line = std::make_shared<WebSocket>(thread, std::move(socket), admission.participant);
  thread.admit(line);
  line->accept(upgrade, std::move(admission));
}

}  // namespace rialto
