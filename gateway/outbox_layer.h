// The layer under websocket::stream: reads go to the socket when the line may be read, writes go
// into the outbox and complete. So Beast's own frames (handshake, pong, close) leave the same way
// as the frames we encode ourselves. Owned by a WebSocket, used on its I/O thread. Guarantee:
// nothing follows a close frame.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/core/saved_handler.hpp>
#include <utility>

#include "gateway/connection.h"
#include "gateway/outbox.h"
#include "gateway/socket.h"

namespace rialto {

namespace beast = boost::beast;

class OutboxLayer {
 public:
  using executor_type = Socket::executor_type;

  // `line` is looked at after each write.
  OutboxLayer(Socket socket, Spares& spares, Connection::Line& line)
      : socket_(std::move(socket)), outbox_(spares), line_(line) {}

  executor_type get_executor() { return socket_.get_executor(); }
  Socket& socket() { return socket_; }
  Outbox& outbox() { return outbox_; }

  // Waits for `read_on` while nothing may be read: Beast reads on by itself as long as pings come.
  template <class Buffers, class Handler>
  auto async_read_some(const Buffers& buffers, Handler&& handler) {
    return net::async_initiate<Handler, void(beast::error_code, std::size_t)>(
        [this](auto completion, const Buffers& into) {
          if (line_.may_read()) return socket_.async_read_some(into, std::move(completion));
          held_read_.emplace([this, into, completion = std::move(completion)]() mutable {
            socket_.async_read_some(into, std::move(completion));
          });
        },
        handler, buffers);
  }
  void read_on() {
    if (held_read_.has_value() && line_.may_read()) held_read_.invoke();
  }
  // The line has ended: nothing will be read any more.
  void forget_read() { held_read_.reset(); }

  template <class Buffers, class Handler>
  auto async_write_some(const Buffers& buffers, Handler&& handler) {
    return net::async_initiate<Handler, void(beast::error_code, std::size_t)>(
        [this](auto completion, const Buffers& from) {
          const std::size_t size = take(from);
          net::post(get_executor(),
                    beast::bind_front_handler(std::move(completion), beast::error_code{}, size));
        },
        handler, buffers);
  }

 private:
  template <class Buffers>
  std::size_t take(const Buffers& buffers) {
    constexpr unsigned char close_frame = 0x88;
    std::size_t size = 0;
    bool closes = false;
    for (const net::const_buffer buffer : beast::buffers_range_ref(buffers)) {
      const std::string_view bytes(static_cast<const char*>(buffer.data()), buffer.size());
      if (size == 0 && !bytes.empty()) {
        closes = static_cast<unsigned char>(bytes.front()) == close_frame;
      }
      outbox_.append(bytes);
      size += bytes.size();
    }
    if (closes) outbox_.close();
    line_.touch();
    return size;
  }

  Socket socket_;
  Outbox outbox_;
  beast::saved_handler held_read_;  // a read that may not begin yet
  Connection::Line& line_;
};

// Beast's customization points. The WebSocket ends the line itself, after what waits has gone.
inline void teardown(beast::role_type, OutboxLayer&, beast::error_code& error) { error = {}; }

template <class Handler>
void async_teardown(beast::role_type, OutboxLayer& layer, Handler&& handler) {
  net::post(layer.get_executor(),
            beast::bind_front_handler(std::forward<Handler>(handler), beast::error_code{}));
}

inline void beast_close_socket(OutboxLayer& layer) {
  beast::error_code ignored;
  layer.socket().close(ignored);
}

}  // namespace rialto
