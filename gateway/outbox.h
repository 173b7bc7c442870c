// The bytes that wait to be sent on one line. What a turn appends goes out with one send.
// Owned by a Peer, on its I/O thread; `Spares` keeps buffers of outboxes that ran empty.
// Guarantees: bytes leave in the order they were appended; nothing is taken after `close`; an empty
// outbox holds no memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rialto {

// Empty buffers of one I/O thread, to be used again.
class Spares {
 public:
  std::string take();
  void give(std::string buffer);

 private:
  static constexpr std::size_t kept = 64;
  static constexpr std::size_t largest = 64 * 1024;
  std::vector<std::string> buffers_;
};

class Outbox {
 public:
  explicit Outbox(Spares& spares) : spares_(spares) {}

  // At first an outbox takes any bytes (HTTP); from here on, whole WebSocket frames. It must be
  // empty.
  void begin_frames();

  // The buffer to append whole frames to; null when closed.
  std::string* open();
  void append(std::string_view bytes) {
    if (std::string* out = open()) *out += bytes;
  }
  // What is appended from now on is dropped; what waits still goes out.
  void close() { closed_ = true; }
  bool closed() const { return closed_; }

  std::string_view waiting() const { return std::string_view(bytes_).substr(sent_); }
  std::size_t size() const { return bytes_.size() - sent_; }
  bool empty() const { return size() == 0; }
  // The first `count` bytes have gone.
  void sent(std::size_t count);

  // Drops waiting `message` frames, all but those of the first record that waits and what has
  // partly gone. Returns that record: all messages up to it are sent or kept; nothing if no message
  // waits.
  std::optional<std::uint64_t> drop_messages();

 private:
  void compact();

  Spares& spares_;
  std::string bytes_;     // begins with a whole frame, if it holds frames
  std::size_t sent_ = 0;  // how much of bytes_ has gone
  bool frames_ = false;
  bool closed_ = false;
};

}  // namespace rialto
