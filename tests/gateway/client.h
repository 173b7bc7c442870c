// A browser's side of HTTP and WebSocket on plain sockets, for tests that want to do what no
// browser does. Blocking, with a bound of 10 s on every read. Guarantee: a line that ends gives
// `LineEnded`, silence gives std::runtime_error.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "actors/value.h"

namespace rialto::test {

struct LineEnded : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Response {
  int status = 0;
  std::multimap<std::string, std::string> headers;  // names in lower case
  std::string body;
  std::string header(const std::string& name) const;
};

struct Frame {
  unsigned opcode = 0;  // 1 text, 8 close, 9 ping, 10 pong
  std::string payload;
  std::size_t bytes = 0;  // on the line
  int close_code() const;
};

class Client {
 public:
  enum class Buffers { usual, small };
  explicit Client(std::uint16_t port, Buffers buffers = Buffers::usual);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  using Headers = std::vector<std::pair<std::string, std::string>>;
  Response request(std::string_view method, std::string_view target, const Headers& headers = {},
                   std::string_view body = {});
  // The response to a WebSocket handshake.
  Response upgrade(std::string_view target, const Headers& headers = {});

  void send_bytes(std::string_view bytes);
  void send_text(std::string_view text) { send_frame(0x81, text); }
  // `first` is the first byte: FIN and opcode.
  void send_frame(unsigned char first, std::string_view payload);
  Frame next();
  // The next text frame as JSON; pings before it are answered.
  Value next_json();
  // Is there nothing to read for this long?
  bool silent(int milliseconds);
  // Sends as much as goes within this time; how much that was.
  std::size_t send_some(std::string_view bytes, std::chrono::milliseconds within);
  // Reads what is there, at least a byte and at most `size`; how much that was.
  std::size_t read_some(std::size_t size);
  // The response to what was sent.
  Response read_response(bool has_body);
  // Reads until the other side has ended the line.
  void read_to_end();
  void shut_down();

 private:
  void fill();
  bool silent_now();
  std::string take(std::size_t size);

  int socket_;
  std::string in_;
};

}  // namespace rialto::test
