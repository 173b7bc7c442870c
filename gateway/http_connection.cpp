#include "gateway/http_connection.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <optional>

#include "gateway/io_thread.h"
#include "gateway/web_socket.h"

namespace rialto {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using beast::error_code;
using TimePoint = std::chrono::steady_clock::time_point;

constexpr std::size_t header_bytes = 16 * 1024;
constexpr std::chrono::seconds idle_for{60};  // between two requests
constexpr std::chrono::seconds request_within{30};
constexpr std::chrono::seconds close_within{5};

std::string text_of(beast::string_view view) { return {view.data(), view.size()}; }

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
    switch (send_waiting(socket_, outbox_)) {
      case Sending::progress:
        if (phase_ == Phase::answering) allow(thread_.limits().drain);
        break;
      case Sending::stuck:
        break;
      case Sending::broken:
        return finish();
    }
    if (!outbox_.empty()) {
      wait_until_writable();
    } else if (phase_ == Phase::answered) {
      next_request();
    } else if (phase_ == Phase::ending) {
      discard();
    }
  }

  void sweep() override {
    if (phase_ != Phase::gone && thread_.exchange().now() >= until_) finish();
  }

  void shut_down() override {
    keep_alive_ = false;
    if (phase_ == Phase::reading) finish();
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
    reading,    // a request
    answering,  // the Site is at it
    answered,   // the response is in the outbox
    ending,     // it was the last one: until the other side closes
    gone,
  };
  using Parser = http::request_parser<http::string_body>;

  void allow(std::chrono::steady_clock::duration time) { until_ = thread_.exchange().now() + time; }

  void next_request() {
    phase_ = Phase::reading;
    parser_.emplace();
    parser_->header_limit(header_bytes);
    parser_->body_limit(thread_.limits().body);
    parser_->eager(true);
    allow(idle_for);
    if (in_.size() > 0)
      parse();
    else
      read();
  }

  void read() {
    socket_.async_read_some(in_.prepare(4096),
                            [this, self = shared_from_this()](error_code error, std::size_t size) {
                              if (phase_ == Phase::gone) return;
                              if (error) return finish();
                              if (!parser_->got_some()) allow(request_within);
                              in_.commit(size);
                              parse();
                            });
  }

  void parse() {
    error_code error;
    const std::size_t used = parser_->put(in_.data(), error);
    in_.consume(used);
    if (error == http::error::need_more) error = {};
    if (error) return refuse(error);
    if (parser_->is_done()) return handle();
    if (parser_->is_header_done() && parser_->get()[http::field::expect] == "100-continue") {
      parser_->get().erase(http::field::expect);
      outbox_.append("HTTP/1.1 100 Continue\r\n\r\n");
      thread_.touch(*this);
    }
    read();
  }

  void refuse(error_code error) {
    keep_alive_ = false;
    int status = 400;
    if (error == http::error::body_limit) status = 413;
    if (error == http::error::header_limit) status = 431;
    phase_ = Phase::answering;
    respond({status, {{"Content-Type", "text/plain; charset=utf-8"}}, error.message() + "\n"});
  }

  void handle() {
    auto message = parser_->release();
    parser_.reset();
    keep_alive_ = keep_alive_ && message.keep_alive();
    head_ = message.method() == http::verb::head;
    phase_ = Phase::answering;
    allow(std::chrono::hours(1));  // the Site bounds its own time
    HttpRequest request = understand(message);
    if (beast::websocket::is_upgrade(message)) return upgrade(message, request);
    thread_.site().handle(std::move(request), thread_.exchange().now(),
                          [weak = std::weak_ptr<Peer>(shared_from_this())](HttpResponse response) {
                            const auto self = weak.lock();
                            if (self)
                              static_cast<HttpConnection&>(*self).respond(std::move(response));
                          });
  }

  HttpRequest understand(http::request<http::string_body>& message) const {
    HttpRequest request;
    request.method = HttpRequest::Method::other;
    if (message.method() == http::verb::get || head_) request.method = HttpRequest::Method::get;
    if (message.method() == http::verb::post) request.method = HttpRequest::Method::post;
    const std::string target = text_of(message.target());
    request.path = path_of(target, thread_.site().prefix());
    const std::size_t question = target.find('?');
    if (question != target.npos) request.query = target.substr(question + 1);
    request.host = text_of(message[http::field::host]);
    request.origin = text_of(message[http::field::origin]);
    request.cookie = text_of(message[http::field::cookie]);
    request.content_type = text_of(message[http::field::content_type]);
    request.if_none_match = text_of(message[http::field::if_none_match]);
    request.body = std::move(message.body());
    return request;
  }

  void upgrade(const http::request<http::string_body>& message, const HttpRequest& request) {
    Admission admission = thread_.site().admit(request);
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
    if (response.status != 304) {
      head += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
    }
    head += keep_alive_ ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    outbox_.append(head);
    if (!head_ && response.status != 304) outbox_.append(response.body);
    phase_ = keep_alive_ ? Phase::answered : Phase::ending;
    allow(keep_alive_ ? std::chrono::steady_clock::duration(thread_.limits().drain) : close_within);
    thread_.touch(*this);
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
  void discard() {
    error_code error;
    if (!std::exchange(shut_, true)) socket_.shutdown(net::socket_base::shutdown_send, error);
    if (error) return finish();
    in_.consume(in_.size());
    socket_.async_read_some(in_.prepare(4096),
                            [this, self = shared_from_this()](error_code failure, std::size_t) {
                              if (phase_ == Phase::gone) return;
                              if (failure) return finish();
                              discard();
                            });
  }

  IoThread& thread_;
  Socket socket_;
  Outbox outbox_;
  beast::flat_buffer in_;
  std::optional<Parser> parser_;
  TimePoint until_;  // the connection ends if this phase has not ended by then
  Phase phase_ = Phase::reading;
  bool keep_alive_ = true;
  bool head_ = false;     // the response goes without its body
  bool waiting_ = false;  // until the socket is writable
  bool shut_ = false;     // our direction of the line
};

}  // namespace

void serve_http(IoThread& thread, Socket socket) {
  auto connection = std::make_shared<HttpConnection>(thread, std::move(socket));
  thread.admit(connection);
  connection->start();
}

}  // namespace rialto
