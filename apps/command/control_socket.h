// The Unix socket in the data folder over which the command line talks to the running server: its
// address, and lines of JSON, and bytes, on a connection. A ControlStream owns its file descriptor;
// one thread. Guarantees: a folder's path may be longer than a socket address can be; the socket is
// open to its owner alone, or to one group as well; a peer that stops reading or writing is given
// up after a while. A line may have any length: who may connect may have this memory.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "actors/value.h"
#include "storage/result.h"

namespace rialto::command {

class ControlStream {
 public:
  explicit ControlStream(int socket) : socket_(socket) {}
  ~ControlStream();
  ControlStream(ControlStream&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), read_(std::move(other.read_)) {}
  ControlStream& operator=(ControlStream&&) = delete;

  Result<void> write(const Value& line);
  // The next line, or `unavailable` when the other side has gone.
  Result<Value> read();
  // Bytes after a line {"bytes": how many}.
  Result<void> write_bytes(std::string_view bytes);
  Result<std::string> read_bytes(std::int64_t size);
  // How long `read` and `write` wait for the other side.
  void set_patience(std::chrono::seconds patience);

 private:
  Result<void> send_all(std::string_view bytes);
  Result<void> receive();

  int socket_;
  std::string read_;  // bytes beyond the last line
};

// A listening socket in the data folder; an old one is replaced, so hold the folder's lock. With a
// group its members may connect, too.
Result<int> listen_in(const std::filesystem::path& data, std::optional<gid_t> group);
// A connection to the server that runs on the data folder; `not_found` if none does. One that is
// just starting, or starting again, is waited for; `unavailable` if that takes very long.
Result<ControlStream> connect_to(const std::filesystem::path& data);

}  // namespace rialto::command
