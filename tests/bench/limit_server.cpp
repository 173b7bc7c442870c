#include "tests/bench/limit_server.h"

#include <unistd.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rialto::bench {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;
namespace websocket = beast::websocket;
using tcp = net::ip::tcp;

class LimitConnection;

struct LimitGroup {
  std::vector<LimitConnection*> members;
  std::uint64_t record = 0;
};

struct LimitServer {
  net::io_context context{1};
  std::map<std::string, LimitGroup> groups;
  std::vector<std::shared_ptr<LimitConnection>> dirty;  // have something to write in this turn
};

void append_frame(std::string& out, std::string_view payload) {
  out.push_back(static_cast<char>(0x81));
  if (payload.size() < 126) {
    out.push_back(static_cast<char>(payload.size()));
  } else {
    out.push_back(126);
    out.push_back(static_cast<char>(payload.size() >> 8U));
    out.push_back(static_cast<char>(payload.size()));
  }
  out += payload;
}

class LimitConnection : public std::enable_shared_from_this<LimitConnection> {
 public:
  LimitConnection(LimitServer& server, tcp::socket socket)
      : server_(server), socket_(std::move(socket)) {
    socket_.next_layer().set_option(tcp::no_delay(true));
  }
  ~LimitConnection() {
    if (group_ != nullptr) std::erase(group_->members, this);
  }

  void run() {
    http::async_read(socket_.next_layer(), buffer_, request_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                       if (!error) self->on_request();
                     });
  }

  void append(std::string_view frame) {
    if (outbox_.empty() && !writing_) server_.dirty.push_back(shared_from_this());
    outbox_ += frame;
  }

  void write() {
    if (writing_ || outbox_.empty()) return;
    writing_ = true;
    in_flight_.swap(outbox_);
    net::async_write(socket_.next_layer(), net::buffer(in_flight_),
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                       self->writing_ = false;
                       self->in_flight_.clear();
                       if (!error) self->write();
                     });
  }

 private:
  void on_request() {
    if (websocket::is_upgrade(request_)) {
      const std::string target(request_.target());
      group_ = &server_.groups[target.substr(0, target.find('-'))];
      group_->members.push_back(this);
      return socket_.async_accept(request_, [self = shared_from_this()](beast::error_code error) {
        if (!error) self->read();
      });
    }
    const std::string target(request_.target());
    const std::string seat = target.substr(3, target.find('/', 3) - 3);
    response_.result(http::status::ok);
    response_.body() =
        "<script id=\"rialto-page\" type=\"application/json\">{\"version\":1,\"socket\":\"/p/" +
        seat + "/live\",\"participant\":\"" + seat +
        "\",\"page\":\"limit/1-0\",\"lineage\":\"0\",\"record\":0,\"after\":0,"
        "\"history\":\"none\"}</script>";
    response_.prepare_payload();
    http::async_write(socket_.next_layer(), response_,
                      [self = shared_from_this()](beast::error_code error, std::size_t) {
                        self->request_ = {};
                        if (!error) self->run();
                      });
  }

  void read() {
    socket_.async_read(buffer_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return;
      self->on_frame();
      self->read();
    });
  }

  void on_frame() {
    const std::string_view text(static_cast<const char*>(buffer_.data().data()), buffer_.size());
    if (const auto data = text.find("\"data\":"); data != text.npos) {
      const auto number = text.find("\"n\":");
      const std::string_view payload = text.substr(data + 7, text.size() - data - 8);
      std::string frame;
      append_frame(frame, "{\"record\":" + std::to_string(++group_->record) +
                              ",\"time\":1700000000000,\"data\":{\"id_in_group\":1,\"bid\":" +
                              std::string(payload) + "}}");
      for (LimitConnection* member : group_->members) member->append(frame);
      std::string ack;
      append_frame(ack, "{\"type\":\"ack\",\"n\":" +
                            std::to_string(std::strtoull(text.data() + number + 4, nullptr, 10)) +
                            "}");
      append(ack);
    } else {
      std::string hello;
      append_frame(hello,
                   "{\"type\":\"hello\",\"version\":1,\"lineage\":\"0\",\"head\":0,\"ping\":5000}");
      append_frame(hello, "{\"type\":\"live\",\"record\":0}");
      append(hello);
    }
    buffer_.consume(buffer_.size());
  }

  LimitServer& server_;
  websocket::stream<tcp::socket, false> socket_;
  beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
  LimitGroup* group_ = nullptr;
  std::string outbox_;
  std::string in_flight_;
  bool writing_ = false;
};

void accept(LimitServer& server, tcp::acceptor& acceptor) {
  acceptor.async_accept([&](beast::error_code error, tcp::socket socket) {
    if (!error) std::make_shared<LimitConnection>(server, std::move(socket))->run();
    accept(server, acceptor);
  });
}

}  // namespace

int serve_limit() {
  LimitServer server;
  tcp::acceptor acceptor(server.context, {net::ip::make_address("127.0.0.1"), 0});
  std::printf("%u\n", static_cast<unsigned>(acceptor.local_endpoint().port()));
  std::fflush(stdout);
  accept(server, acceptor);
  net::posix::stream_descriptor input(server.context, ::dup(STDIN_FILENO));
  char byte = 0;
  input.async_read_some(net::buffer(&byte, 1),
                        [&](beast::error_code, std::size_t) { server.context.stop(); });
  while (!server.context.stopped()) {
    server.context.run_one();
    server.context.poll();
    for (const auto& connection : server.dirty) connection->write();
    server.dirty.clear();
  }
  return 0;
}

}  // namespace rialto::bench
