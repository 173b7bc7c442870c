#include "gateway/http_connection.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <optional>

#include "gateway/io_thread.h"
#include "gateway/request_head.h"
#include "gateway/web_socket.h"

namespace rialto {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using beast::error_code;
using TimePoint = std::chrono::steady_clock::time_point;

constexpr std::chrono::seconds idle_for{60};  // between two requests
constexpr std::chrono::seconds head_within{30};
constexpr std::chrono::seconds close_within{5};
constexpr std::size_t slowest_body = 1024;  // bytes a second, however often some come
constexpr std::size_t head_piece = 4096;
constexpr std::size_t body_piece = 16 * 1024;
constexpr std::size_t file_piece = 64 * 1024;

std::string_view reason_of(int status) {
  const beast::string_view reason = http::obsolete_reason(static_cast<http::status>(status));
  return {reason.data(), reason.size()};
}

class HttpConnection final : public Peer {
 public:
  HttpConnection(IoThread& thread, Socket socket)
      : thread_(thread), socket_(std::move(socket)), outbox_(thread.spares()) {}

  void start() { next_request(); }

  // -- Peer -------------------------------------------------------------------------------------
  void end_turn() override {
    if (phase_ == Phase::gone) return;
    append_file();
    switch (send_waiting(socket_, outbox_)) {
      case Sending::progress:  // what moves is not cut, however long it takes
        if (phase_ == Phase::answered || phase_ == Phase::ending) allow(thread_.limits().drain);
        break;
      case Sending::stuck:
        break;
      case Sending::broken:
        return finish();
    }
    if (!outbox_.empty()) {
      wait_until_writable();
    } else if (!file_.empty()) {
      go_on_soon();
    } else if (phase_ == Phase::answered) {
      next_request();
    } else if (phase_ == Phase::ending) {
      begin_discarding();
    }
  }

  void sweep() override {
    if (phase_ == Phase::gone) return;
    if (phase_ == Phase::answered || phase_ == Phase::ending) {
      const std::size_t left = on_the_way(socket_);
      if (left < on_the_way_) allow(thread_.limits().drain);
      on_the_way_ = left;
    }
    if (thread_.exchange().now() >= until_) finish();
  }

  void shut_down() override {
    keep_alive_ = false;
    if (phase_ == Phase::reading) finish();
  }

  // Between two requests, or while who has connected says nothing that is a request.
  std::optional<TimePoint> idle_since() const override {
    if (phase_ == Phase::discarding) return since_;
    return phase_ == Phase::reading && !head_read_ ? std::optional(since_) : std::nullopt;
  }

  void finish() override {
    if (phase_ == Phase::gone) return;
    phase_ = Phase::gone;
    error_code ignored;
    socket_.close(ignored);
    thread_.retire(*this);
  }

 private:
  enum class Phase : std::uint8_t {
    reading,     // a request
    answering,   // the Site is at it
    answered,    // the response is in the outbox
    ending,      // it was the last one
    discarding,  // it has gone: until the other side closes
    gone,
  };
  using Parser = http::request_parser<http::string_body>;

  void allow(std::chrono::steady_clock::duration time) { until_ = thread_.exchange().now() + time; }

  void next_request() {
    phase_ = Phase::reading;
    head_read_ = false;
    head_size_ = 0;
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(thread_.limits().header));
    parser_->body_limit(thread_.limits().body);
    since_ = thread_.exchange().now();
    allow(idle_for);
    if (in_.size() == 0) return read();
    // What has come at once is answered in turns like all else, not in one of its own.
    net::post(socket_.get_executor(), [this, self = shared_from_this()] {
      if (phase_ == Phase::reading) parse();
    });
  }

  void read() {
    socket_.async_read_some(in_.prepare(head_read_ ? body_piece : head_piece),
                            [this, self = shared_from_this()](error_code error, std::size_t size) {
                              if (phase_ == Phase::gone) return;
                              if (error) return finish();
                              if (!parser_->got_some()) allow(head_within);
                              if (head_read_) allow_more_of_body(size);
                              in_.commit(size);
                              parse();
                            });
  }

  // A body may take as long as it moves.
  void allow_more_of_body(std::size_t size) {
    body_read_ += size;
    const auto at_most = std::chrono::seconds(30 + body_read_ / slowest_body);
    until_ = std::min<TimePoint>(thread_.exchange().now() + thread_.limits().drain,
                                 body_since_ + at_most);
  }

  void parse() {
    error_code error;
    const std::size_t used = parser_->put(in_.data(), error);
    in_.consume(used);
    if (error == http::error::need_more) error = {};
    // Beast bounds each line of a head, not how many there are.
    if (!head_read_) head_size_ += used;
    if (head_size_ > thread_.limits().header) error = http::error::header_limit;
    if (error) return refuse(error);
    if (parser_->is_header_done() && !head_read_) return on_head();
    if (parser_->is_done()) return handle();
    read();
  }

  // Decides by the head alone whether the rest is read.
  void on_head() {
    head_read_ = true;
    body_read_ = 0;
    body_since_ = thread_.exchange().now();
    auto& message = parser_->get();
    if (const char* const fault = fault_of(message)) return refuse(400, fault);
    keep_alive_ = keep_alive_ && message.keep_alive();
    request_ = understand(message, thread_.site().prefix());
    head_only_ = request_.head;
    const auto length = parser_->content_length();
    // Also where the last coding is another one: nobody knows then where the body ends.
    const bool coded = message.count(http::field::transfer_encoding) > 0;
    Entry entry =
        thread_.site().enter(request_, {length ? *length : 0, coded}, thread_.exchange().now());
    body_ = std::move(entry.body);
    refusal_ = std::move(entry.refusal);
    if (refusal_ && (coded || (length && *length > thread_.limits().small_body))) {
      keep_alive_ = false;
      phase_ = Phase::answering;
      return respond(*std::exchange(refusal_, std::nullopt));
    }
    if (message[http::field::expect] == "100-continue") {
      message.erase(http::field::expect);
      outbox_.append("HTTP/1.1 100 Continue\r\n\r\n");
      thread_.touch(*this);
    }
    parser_->eager(true);
    if (parser_->is_done()) return handle();
    if (in_.size() > 0) return parse();
    read();
  }

  void refuse(error_code error) {
    int status = 400;
    if (error == http::error::body_limit) status = 413;
    if (error == http::error::header_limit) status = 431;
    refuse(status, error.message());
  }

  void refuse(int status, const std::string& why) {
    keep_alive_ = false;
    phase_ = Phase::answering;
    respond({status, {{"Content-Type", "text/plain; charset=utf-8"}}, why + "\n"});
  }

  void handle() {
    auto message = parser_->release();
    parser_.reset();
    phase_ = Phase::answering;
    allow(std::chrono::hours(1));  // the Site bounds its own time
    HttpRequest request = std::exchange(request_, {});
    if (refusal_) return respond(*std::exchange(refusal_, std::nullopt));
    if (beast::websocket::is_upgrade(message)) return upgrade(message, request);
    request.body = std::move(message.body());
    thread_.site().handle(std::move(request), thread_.exchange().now(),
                          [weak = std::weak_ptr<Peer>(shared_from_this())](HttpResponse response) {
                            const auto self = weak.lock();
                            if (self)
                              static_cast<HttpConnection&>(*self).respond(std::move(response));
                          });
  }

  void upgrade(const RequestHead& message, const HttpRequest& request) {
    Admission admission = thread_.site().admit(request, thread_.exchange().now());
    if (admission.status == 101 && in_.size() > 0) admission.status = 400;  // too early for frames
    if (admission.status != 101) {
      keep_alive_ = false;
      return respond({admission.status,
                      {{"Content-Type", "text/plain; charset=utf-8"}},
                      std::string(reason_of(admission.status)) + "\n"});
    }
    phase_ = Phase::gone;
    serve_web_socket(thread_, std::move(socket_), message, std::move(admission));
    thread_.retire(*this);
  }

  void respond(HttpResponse response) {
    if (phase_ != Phase::answering) return;
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
    head += reason_of(response.status);
    head += "\r\nServer: rialto\r\n";
    for (const auto& [name, value] : response.headers) {
      head += name;
      head += ": ";
      head += value;
      head += "\r\n";
    }
    const std::string_view body = response.lasting.empty() ? response.body : response.lasting;
    const bool bodyless = response.status == 204 || response.status == 304;
    if (!bodyless) head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    head += keep_alive_ ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    outbox_.append(head);
    if (!bodyless && !head_only_) outbox_.append(response.body);
    if (!bodyless && !head_only_) file_ = response.lasting;
    body_ = {};
    phase_ = keep_alive_ ? Phase::answered : Phase::ending;
    allow(thread_.limits().drain);
    thread_.touch(*this);
  }

  // Of a file a piece goes each turn, so that others get theirs and nothing is copied to wait.
  void append_file() {
    if (outbox_.size() >= file_piece || file_.empty()) return;
    outbox_.append(file_.substr(0, file_piece));
    file_.remove_prefix(std::min(file_piece, file_.size()));
  }

  void go_on_soon() {
    net::post(socket_.get_executor(), [this, self = shared_from_this()] {
      if (phase_ != Phase::gone) thread_.touch(*this);
    });
  }

  void wait_until_writable() {
    if (waiting_) return;
    waiting_ = true;
    socket_.async_wait(Socket::wait_write, [this, self = shared_from_this()](error_code error) {
      waiting_ = false;
      if (phase_ == Phase::gone) return;
      if (error) return finish();
      thread_.touch(*this);
    });
  }

  // Closing a socket with unread bytes would reset the connection before the response is read.
  void begin_discarding() {
    phase_ = Phase::discarding;
    since_ = thread_.exchange().now();
    allow(close_within);
    error_code error;
    socket_.shutdown(net::socket_base::shutdown_send, error);
    if (error) return finish();
    discard();
  }

  void discard() {
    socket_.async_read_some(
        thread_.trash(), [this, self = shared_from_this()](error_code failure, std::size_t size) {
          if (phase_ == Phase::gone) return;
          discarded_ += size;
          if (failure || discarded_ > thread_.limits().discarded) return finish();
          discard();
        });
  }

  IoThread& thread_;
  Socket socket_;
  Outbox outbox_;
  beast::flat_buffer in_;
  std::optional<Parser> parser_;
  HttpRequest request_;                  // its head, once that was read
  std::optional<HttpResponse> refusal_;  // once its short body has been read
  BodyShare body_;                       // until it is answered
  std::string_view file_;                // what is still to be sent of one
  std::size_t head_size_ = 0;            // as far as it was read
  std::size_t body_read_ = 0;
  std::size_t discarded_ = 0;
  std::size_t on_the_way_ = 0;  // when it was looked at last
  TimePoint body_since_;
  TimePoint since_;  // of this phase
  TimePoint until_;  // the connection ends if this phase has not ended by then
  Phase phase_ = Phase::reading;
  bool keep_alive_ = true;
  bool head_read_ = false;
  bool head_only_ = false;  // the response goes without its body
  bool waiting_ = false;    // until the socket is writable
};

}  // namespace

void serve_http(IoThread& thread, Socket socket) {
  auto connection = std::make_shared<HttpConnection>(thread, std::move(socket));
  thread.admit(connection);
  connection->start();
}

}  // namespace rialto
