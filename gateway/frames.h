// The frames a server sends, as the bytes that go on the line: WebSocket header (RFC 6455
// section 5.2, unmasked) and JSON text, as written in gateway/README.md. Free functions that append
// to `out`. Guarantee: each call appends one whole frame. A frame depends on nobody who gets it, so
// that one encoded frame serves all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rialto::frames {

// Close codes of gateway/README.md.
enum class Close : std::uint16_t {
  normal = 1000,
  going_away = 1001,
  binary = 1003,
  try_again = 1013,
  no_hello = 4400,
  no_cookie = 4403,
  no_participant = 4404,
  not_drained = 4408,
  line_dead = 4409,
  too_many_windows = 4410,
};

void append_text(std::string& out, std::string_view payload);
void append_ping(std::string& out);
// `reason` at most 123 bytes.
void append_close(std::string& out, Close code, std::string_view reason);

// `time` in microseconds since 1970; `payload` is JSON text.
void append_message(std::string& out, std::uint64_t record, std::int64_t time,
                    std::string_view payload);
void append_hello(std::string& out, std::string_view lineage, std::uint64_t head,
                  std::int64_t ping_milliseconds);
// `time`: of the record, microseconds since 1970; 0: not known.
void append_live(std::string& out, std::uint64_t record, std::int64_t time);
// An empty sender is the connection's own.
void append_ack(std::string& out, std::uint64_t number, std::string_view sender);
// Number 0: the error is of no send.
void append_error(std::string& out, std::string_view code, std::string_view message,
                  std::uint64_t number, std::string_view sender);
void append_pong(std::string& out);
void append_moved(std::string& out);
void append_bereft(std::string& out);
// What is left of the page's time, in microseconds.
void append_time(std::string& out, std::int64_t left, bool own);
void append_reload(std::string& out, std::string_view reason);
void append_history_lost(std::string& out);

// The first frame of `bytes`, which holds it whole.
struct View {
  std::size_t size = 0;                 // of the frame, header included
  std::optional<std::uint64_t> record;  // of a `message`; empty for all else
};
View first(std::string_view bytes);

}  // namespace rialto::frames
