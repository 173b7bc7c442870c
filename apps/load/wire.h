// The client's half of what gateway/README.md describes: HTTP replies and WebSocket frames as they
// lie in a read buffer, and frames to write. Free functions on values; nothing here knows a socket.
// Guarantee: never reads beyond the bytes given; "not yet whole" is told from "makes no sense".
// Limitation: trusts the server more than a browser would; it is for load and tests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rialto::load {

// -- HTTP
// ------------------------------------------------------------------------------------------

struct HttpReply {
  int status = 0;
  std::string location;  // path and query of a redirect, without scheme and host
  std::string body;
  bool closes = false;   // the server will close the connection after this reply
  std::size_t size = 0;  // bytes of all of it
};

// The reply at the start of `bytes`; nothing if it is not whole yet.
std::optional<HttpReply> read_reply(std::string_view bytes);

// -- WebSocket (RFC 6455)
// --------------------------------------------------------------------------

enum class Opcode : std::uint8_t {
  continuation = 0,
  text = 1,
  binary = 2,
  close = 8,
  ping = 9,
  pong = 10,
};

struct SocketFrame {
  Opcode opcode = Opcode::text;
  bool final = true;
  std::string_view payload;
  std::size_t size = 0;  // bytes of all of it
};

// The frame at the start of `bytes` (a server's: unmasked); nothing if it is not whole yet.
std::optional<SocketFrame> read_frame(std::string_view bytes);
// Appends a frame as clients send it, masked with `mask`.
void append_frame(std::string& out, Opcode opcode, std::string_view payload, std::uint32_t mask);

// -- Rialto's frames
// -------------------------------------------------------------------------------

enum class FrameKind { message, hello, live, ack, error, moved, reload, history_lost, other };

struct ServerFrame {
  FrameKind kind = FrameKind::other;
  std::uint64_t record = 0;  // message
  std::string_view data;     // message: JSON text, a view of what was parsed
  std::uint64_t number = 0;  // ack, error; 0: none
  std::string sender;        // ack, error; empty: this connection's own
  std::string code;          // error
};

// Reads the JSON text of a frame. What the server sends most is read without a parser.
ServerFrame read_server_frame(std::string_view text);

// Must the same send be sent again after an `error` with this code?
bool is_again(std::string_view code);

// "/p/abc" of "https://lab.example.edu/p/abc", which may be a path already.
std::string path_of(std::string_view location);

}  // namespace rialto::load
