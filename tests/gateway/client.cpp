#include "tests/gateway/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>

namespace rialto::test {
namespace {

constexpr int patience = 10'000;  // milliseconds

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

}  // namespace

std::string Response::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

int Frame::close_code() const {
  if (opcode != 8 || payload.size() < 2) return 0;
  return static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]);
}

Client::Client(std::uint16_t port, Buffers buffers)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (buffers == Buffers::small) {
    const int size = 4096;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  }
  const int yes = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    throw LineEnded(std::strerror(errno));
  }
}

Client::~Client() { ::close(socket_); }

void Client::send_bytes(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) throw LineEnded(std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void Client::fill() {
  pollfd watched{socket_, POLLIN, 0};
  if (::poll(&watched, 1, patience) == 0) throw std::runtime_error("nothing came for 10 s");
  char bytes[65536];
  const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
  if (got <= 0) throw LineEnded(got == 0 ? "the line was closed" : std::strerror(errno));
  in_.append(bytes, static_cast<std::size_t>(got));
}

std::string Client::take(std::size_t size) {
  while (in_.size() < size) fill();
  std::string taken = in_.substr(0, size);
  in_.erase(0, size);
  return taken;
}

bool Client::silent(int milliseconds) {
  if (!in_.empty()) return false;
  pollfd watched{socket_, POLLIN, 0};
  return ::poll(&watched, 1, milliseconds) == 0;
}

std::size_t Client::send_some(std::string_view bytes, std::chrono::milliseconds within) {
  const std::size_t all = bytes.size();
  while (!bytes.empty()) {
    pollfd watched{socket_, POLLOUT, 0};
    if (::poll(&watched, 1, static_cast<int>(within.count())) == 0) break;
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN) throw LineEnded(std::strerror(errno));
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return all - bytes.size();
}

std::size_t Client::read_some(std::size_t size) {
  if (in_.empty()) fill();
  try {
    while (in_.size() < size && !silent_now()) fill();
  } catch (const LineEnded&) {  // told when the rest has been read
  }
  return take(std::min(size, in_.size())).size();
}

bool Client::silent_now() {
  pollfd watched{socket_, POLLIN, 0};
  return ::poll(&watched, 1, 0) == 0;
}

void Client::read_to_end() {
  try {
    for (;;) fill();
  } catch (const LineEnded&) {
  }
}

void Client::shut_down() { ::shutdown(socket_, SHUT_WR); }

Response Client::request(std::string_view method, std::string_view target, const Headers& headers,
                         std::string_view body) {
  std::string text(method);
  text += ' ';
  text += target;
  text += " HTTP/1.1\r\n";
  if (std::ranges::none_of(headers, [](const auto& h) { return h.first == "Host"; })) {
    text += "Host: 127.0.0.1\r\n";
  }
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  text += "\r\n";
  text += body;
  send_bytes(text);
  return read_response(method != "HEAD");
}

Response Client::upgrade(std::string_view target, const Headers& headers) {
  Headers all = {{"Connection", "Upgrade"},
                 {"Upgrade", "websocket"},
                 {"Sec-WebSocket-Version", "13"},
                 {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
  all.insert(all.end(), headers.begin(), headers.end());
  return request("GET", target, all);
}

Response Client::read_response(bool has_body) {
  while (in_.find("\r\n\r\n") == in_.npos) fill();
  std::string head = take(in_.find("\r\n\r\n") + 4);
  Response response;
  response.status = std::stoi(head.substr(head.find(' ') + 1));
  for (std::size_t at = head.find("\r\n") + 2; at + 2 < head.size();) {
    const std::size_t end = head.find("\r\n", at);
    const std::size_t colon = head.find(": ", at);
    response.headers.emplace(lower(head.substr(at, colon - at)),
                             head.substr(colon + 2, end - colon - 2));
    at = end + 2;
  }
  const std::string length = response.header("content-length");
  if (has_body && !length.empty()) response.body = take(std::stoul(length));
  return response;
}

void Client::send_frame(unsigned char first, std::string_view payload) {
  std::string bytes(1, static_cast<char>(first));
  const std::size_t size = payload.size();
  if (size < 126) {
    bytes += static_cast<char>(0x80U | size);
  } else {
    const int length = size < 65536 ? 2 : 8;
    bytes += static_cast<char>(0x80U | (length == 2 ? 126U : 127U));
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      bytes += static_cast<char>((size >> static_cast<unsigned>(shift)) & 255U);
    }
  }
  constexpr std::string_view mask = "\x12\x34\x56\x78";
  bytes += mask;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(payload[i] ^ mask[i % 4]);
  send_bytes(bytes);
}

Frame Client::next() {
  Frame frame;
  const std::string start = take(2);
  frame.opcode = static_cast<unsigned char>(start[0]) & 15U;
  std::size_t size = static_cast<unsigned char>(start[1]);
  std::size_t header = 2;
  if (size >= 126) {
    const std::string length = take(size == 126 ? 2 : 8);
    header += length.size();
    size = 0;
    for (const char c : length) size = size * 256 + static_cast<unsigned char>(c);
  }
  frame.payload = take(size);
  frame.bytes = header + size;
  return frame;
}

Value Client::next_json() {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  for (;;) {
    Frame frame = next();
    if (frame.opcode == 9) {
      if (std::chrono::steady_clock::now() > until) throw std::runtime_error("nothing but pings");
      send_frame(0x8A, frame.payload);
      continue;
    }
    if (frame.opcode == 1) return Value::parse(frame.payload, 100);
    throw std::runtime_error("a frame of kind " + std::to_string(frame.opcode) + ", code " +
                             std::to_string(frame.close_code()));
  }
}

}  // namespace rialto::test
