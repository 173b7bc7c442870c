#include "gateway/frames.h"

#include <cassert>
#include <charconv>

#include "actors/errors.h"
#include "actors/value.h"

namespace rialto::frames {
namespace {

// frame := 0x80|opcode length payload; length := u7 | 126 u16 | 127 u64, big endian
enum Opcode : unsigned char { text = 0x81, close = 0x88, ping = 0x89 };

void append_header(std::string& out, Opcode opcode, std::size_t size) {
  out += static_cast<char>(opcode);
  if (size < 126) {
    out += static_cast<char>(size);
    return;
  }
  const int bytes = size <= 0xFFFF ? 2 : 8;
  out += static_cast<char>(bytes == 2 ? 126 : 127);
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>((size >> static_cast<unsigned>(shift)) & 0xFFU);
  }
}

std::string_view digits(std::uint64_t number, char (&space)[20]) {
  const auto written = std::to_chars(space, space + sizeof space, number);
  return {space, static_cast<std::size_t>(written.ptr - space)};
}

void append_number(std::string& out, std::uint64_t number) {
  char space[20];
  out += digits(number, space);
}

void append_json(std::string& out, std::string_view words) {
  try {
    Value(words).dump_to(out);
  } catch (const AppError&) {  // not UTF-8: a game's text, and a text frame must be UTF-8
    out += "\"(unreadable text)\"";
  }
}

constexpr std::string_view message_start = "{\"record\":";

}  // namespace

void append_text(std::string& out, std::string_view payload) {
  append_header(out, text, payload.size());
  out += payload;
}

void append_ping(std::string& out) { append_header(out, ping, 0); }

void append_close(std::string& out, Close code, std::string_view reason) {
  assert(reason.size() <= 123);
  append_header(out, close, 2 + reason.size());
  const auto number = static_cast<unsigned>(code);
  out += static_cast<char>(number >> 8U);
  out += static_cast<char>(number & 0xFFU);
  out += reason;
}

void append_message(std::string& out, std::uint64_t record, std::int64_t time,
                    std::string_view payload) {
  char record_space[20];
  char time_space[20];
  const std::string_view record_text = digits(record, record_space);
  const std::string_view time_text = digits(static_cast<std::uint64_t>(time / 1000), time_space);
  constexpr std::string_view time_start = ",\"time\":";
  constexpr std::string_view data_start = ",\"data\":";
  append_header(out, text,
                message_start.size() + record_text.size() + time_start.size() + time_text.size() +
                    data_start.size() + payload.size() + 1);
  out += message_start;
  out += record_text;
  out += time_start;
  out += time_text;
  out += data_start;
  out += payload;
  out += '}';
}

void append_hello(std::string& out, std::string_view lineage, std::uint64_t head,
                  std::int64_t ping_milliseconds) {
  std::string payload = R"({"type":"hello","version":1,"lineage":)";
  append_json(payload, lineage);
  payload += ",\"head\":";
  append_number(payload, head);
  payload += ",\"ping\":";
  append_number(payload, static_cast<std::uint64_t>(ping_milliseconds));
  payload += '}';
  append_text(out, payload);
}

void append_live(std::string& out, std::uint64_t record, std::int64_t time) {
  std::string payload = R"({"type":"live","record":)";
  append_number(payload, record);
  if (time != 0) {
    payload += ",\"time\":";
    append_number(payload, static_cast<std::uint64_t>(time / 1000));
  }
  payload += '}';
  append_text(out, payload);
}

void append_ack(std::string& out, std::uint64_t number, std::string_view sender) {
  char space[20];
  const std::string_view number_text = digits(number, space);
  constexpr std::string_view start = R"({"type":"ack","n":)";
  constexpr std::string_view sender_start = R"(,"sender":")";
  const std::size_t sender_size = sender.empty() ? 0 : sender_start.size() + sender.size() + 1;
  append_header(out, text, start.size() + number_text.size() + sender_size + 1);
  out += start;
  out += number_text;
  if (!sender.empty()) {
    out += sender_start;
    out += sender;
    out += '"';
  }
  out += '}';
}

void append_error(std::string& out, std::string_view code, std::string_view message,
                  std::uint64_t number, std::string_view sender) {
  std::string payload = R"({"type":"error","code":)";
  append_json(payload, code);
  payload += ",\"message\":";
  append_json(payload, message);
  if (number != 0) {
    payload += ",\"n\":";
    append_number(payload, number);
  }
  if (!sender.empty()) {
    payload += ",\"sender\":";
    append_json(payload, sender);
  }
  payload += '}';
  append_text(out, payload);
}

void append_pong(std::string& out) { append_text(out, R"({"type":"pong"})"); }

void append_time(std::string& out, std::int64_t left, bool own) {
  append_text(out, R"({"type":"time","left":)" + std::to_string(left / 1000) +
                       (own ? R"(,"own":true})" : R"(,"own":false})"));
}

void append_moved(std::string& out) { append_text(out, R"({"type":"moved"})"); }

void append_bereft(std::string& out) { append_text(out, R"({"type":"bereft"})"); }

void append_reload(std::string& out, std::string_view reason) {
  std::string payload = R"({"type":"reload","reason":)";
  append_json(payload, reason);
  payload += '}';
  append_text(out, payload);
}

void append_history_lost(std::string& out) { append_text(out, R"({"type":"history_lost"})"); }

View first(std::string_view bytes) {
  assert(bytes.size() >= 2);
  const auto byte = [bytes](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  std::size_t size = byte(1);
  std::size_t header = 2;
  if (size >= 126) {
    header += size == 126 ? 2 : 8;
    size = 0;
    for (std::size_t at = 2; at < header; ++at) size = (size << 8U) | byte(at);
  }
  View view{header + size, std::nullopt};
  assert(view.size <= bytes.size());
  const std::string_view payload = bytes.substr(header, size);
  if (byte(0) == text && payload.starts_with(message_start)) {
    std::uint64_t record = 0;
    std::from_chars(payload.data() + message_start.size(), payload.data() + payload.size(), record);
    view.record = record;
  }
  return view;
}

}  // namespace rialto::frames
