#include "apps/load/wire.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "actors/stored_value.h"

namespace rialto::load {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

// Takes a whole number off the front of `text`.
template <class Number>
bool take_number(std::string_view& text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

FrameKind kind_of(std::string_view type) {
  if (type == "hello") return FrameKind::hello;
  if (type == "live") return FrameKind::live;
  if (type == "ack") return FrameKind::ack;
  if (type == "error") return FrameKind::error;
  if (type == "moved") return FrameKind::moved;
  if (type == "reload") return FrameKind::reload;
  if (type == "history_lost") return FrameKind::history_lost;
  return FrameKind::other;
}

ServerFrame parse_server_frame(std::string_view text) {
  const Value frame = read_stored(text);
  ServerFrame read;
  read.kind = kind_of(frame.get("type", ""));
  read.number = frame.get<std::uint64_t>("n", 0);
  read.record = frame.get<std::uint64_t>("record", 0);
  read.sender = frame.get("sender", "");
  read.code = frame.get("code", "");
  return read;
}

// A body in chunks (RFC 9112, 7.1), and its size with all that is around them; nothing if it is not
// whole yet.
std::optional<std::size_t> read_chunks(std::string_view bytes, std::string& body) {
  std::size_t at = 0;
  while (true) {
    const std::size_t line_end = bytes.find("\r\n", at);
    if (line_end == std::string_view::npos) return std::nullopt;
    std::size_t length = 0;
    std::from_chars(bytes.data() + at, bytes.data() + line_end, length, 16);
    at = line_end + 2;
    const std::size_t left = bytes.size() - at;
    if (left < 2 || left - 2 < length) return std::nullopt;
    body.append(bytes, at, length);
    at += length + 2;  // of the last chunk, of no length: the line that ends the trailer
    if (length == 0) return at;
  }
}

}  // namespace

std::optional<HttpReply> read_reply(std::string_view bytes) {
  const std::size_t head_end = bytes.find("\r\n\r\n");
  if (head_end == std::string_view::npos) return std::nullopt;
  std::string_view head = bytes.substr(0, head_end + 2);
  HttpReply reply;
  std::size_t length = 0;
  bool chunked = false;
  for (bool first = true; !head.empty(); first = false) {
    const std::size_t line_end = head.find("\r\n");
    std::string_view line = head.substr(0, line_end);
    head.remove_prefix(line_end + 2);
    if (first) {
      line.remove_prefix(std::min(line.size(), line.find(' ') + 1));
      take_number(line, reply.status);
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = line.substr(0, colon);
    std::string_view value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.size(), value.find_first_not_of(' ')));
    if (same_name(name, "Content-Length")) take_number(value, length);
    if (same_name(name, "Transfer-Encoding")) chunked = same_name(value, "chunked");
    if (same_name(name, "Location")) reply.location = path_of(value);
    if (same_name(name, "Connection")) reply.closes = same_name(value, "close");
  }
  if (chunked) {
    const auto size = read_chunks(bytes.substr(head_end + 4), reply.body);
    if (!size) return std::nullopt;
    reply.size = head_end + 4 + *size;
    return reply;
  }
  reply.size = head_end + 4 + length;
  if (bytes.size() < reply.size) return std::nullopt;
  reply.body = bytes.substr(head_end + 4, length);
  return reply;
}

std::optional<SocketFrame> read_frame(std::string_view bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  SocketFrame frame;
  frame.final = (byte(0) & 0x80U) != 0;
  frame.opcode = static_cast<Opcode>(byte(0) & 0x0fU);
  std::uint64_t length = byte(1) & 0x7fU;
  std::size_t head = 2;
  if (length >= 126) {
    const std::size_t digits = length == 126 ? 2 : 8;
    head += digits;
    if (bytes.size() < head) return std::nullopt;
    length = 0;
    for (std::size_t i = 2; i < head; ++i) length = length << 8U | byte(i);
  }
  if (bytes.size() - head < length) return std::nullopt;
  frame.payload = bytes.substr(head, length);
  frame.size = head + length;
  return frame;
}

void append_frame(std::string& out, Opcode opcode, std::string_view payload, std::uint32_t mask) {
  const auto put = [&](std::uint64_t byte) { out.push_back(static_cast<char>(byte)); };
  put(0x80U | static_cast<unsigned>(opcode));
  const std::size_t length = payload.size();
  if (length < 126) {
    put(0x80U | length);
  } else {
    const int digits = length < 65536 ? 2 : 8;
    put(0x80U | (digits == 2 ? 126U : 127U));
    for (int i = digits - 1; i >= 0; --i) put(length >> (8U * static_cast<unsigned>(i)));
  }
  const std::array<char, 4> key = {static_cast<char>(mask >> 24U), static_cast<char>(mask >> 16U),
                                   static_cast<char>(mask >> 8U), static_cast<char>(mask)};
  out.append(key.data(), key.size());
  const std::size_t start = out.size();
  out.append(payload);
  for (std::size_t i = 0; i < length; ++i) out[start + i] ^= key[i & 3U];
}

ServerFrame read_server_frame(std::string_view text) {
  ServerFrame frame;
  std::string_view rest = text;
  std::int64_t time = 0;
  if (take(rest, R"({"record":)") && take_number(rest, frame.record) && take(rest, R"(,"time":)") &&
      take_number(rest, time) && take(rest, R"(,"data":)") && rest.ends_with('}')) {
    frame.kind = FrameKind::message;
    frame.data = rest.substr(0, rest.size() - 1);
    return frame;
  }
  rest = text;
  if (take(rest, R"({"type":"ack","n":)") && take_number(rest, frame.number) && rest == "}") {
    frame.kind = FrameKind::ack;
    return frame;
  }
  try {
    return parse_server_frame(text);
  } catch (const BadMessage&) {
    return {};
  }
}

bool is_again(std::string_view code) {
  return code == "too_fast" || code == "storage_full" || code == "busy";
}

std::string path_of(std::string_view location) {
  const std::size_t scheme = location.find("://");
  if (scheme == std::string_view::npos) return std::string(location);
  const std::size_t slash = location.find('/', scheme + 3);
  return slash == std::string_view::npos ? "/" : std::string(location.substr(slash));
}

}  // namespace rialto::load
