#include "apps/load/load_connection.h"

#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace rialto::load {
namespace {

std::string_view key_of(std::string_view link_path) {
  return link_path.substr(link_path.rfind('/') + 1);
}

}  // namespace

LoadConnection::LoadConnection(std::size_t index, const LoadOptions& options, Tally& tally,
                               FrameLog* log)
    : host_(options.host + ':' + std::to_string(options.port)),
      options_(options),
      seat_(options.seats[index]),
      tally_(tally),
      player_(index, options, tally, log),
      pages_(index, options),
      path_(seat_.link_path) {}

LoadConnection::~LoadConnection() { close(); }

bool LoadConnection::open(const sockaddr_in& server) {
  close();
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return false;
  const int yes = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  state_ = State::connecting;
  const auto* const address = reinterpret_cast<const sockaddr*>(&server);
  return ::connect(socket_, address, sizeof server) == 0 || errno == EINPROGRESS;
}

void LoadConnection::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  state_ = State::closed;
  partial_.clear();
  fragments_.clear();
  out_.clear();
  player_.disconnected();
}

Next LoadConnection::connected() {
  if (state_ != State::connecting) return Next::go_on;
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0 || is_connected_to_itself()) return Next::reconnect;
  if (on_live_page_) {
    upgrade();
  } else {
    fetch(path_);
  }
  return Next::go_on;
}

// While no server listens, a port of the ephemeral range may be given to the caller himself.
bool LoadConnection::is_connected_to_itself() const {
  sockaddr_in here{};
  sockaddr_in there{};
  socklen_t size = sizeof here;
  ::getsockname(socket_, reinterpret_cast<sockaddr*>(&here), &size);
  size = sizeof there;
  ::getpeername(socket_, reinterpret_cast<sockaddr*>(&there), &size);
  return here.sin_port == there.sin_port && here.sin_addr.s_addr == there.sin_addr.s_addr;
}

Next LoadConnection::readable(std::vector<char>& buffer, Time now) {
  constexpr std::size_t piece = 256 * 1024;
  const std::size_t kept = partial_.size();
  if (buffer.size() < kept + piece) buffer.resize(kept + piece);
  std::copy(partial_.begin(), partial_.end(), buffer.begin());
  partial_.clear();
  const ssize_t got = ::recv(socket_, buffer.data() + kept, piece, 0);
  if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) return Next::reconnect;
  std::string_view rest(buffer.data(), kept + static_cast<std::size_t>(got < 0 ? 0 : got));
  Next next = Next::go_on;
  while (!rest.empty()) {
    const std::size_t before = rest.size();
    const Next wanted = handle(rest, now);
    if (wanted == Next::reconnect || wanted == Next::load_page || wanted == Next::stop)
      return wanted;
    if (wanted != Next::go_on) next = wanted;
    if (rest.size() == before) break;
  }
  partial_.assign(rest);
  return next;
}

// Handles one reply or frame off the front of `bytes`, if it is whole.
Next LoadConnection::handle(std::string_view& bytes, Time now) {
  if (state_ == State::open) {
    const auto frame = read_frame(bytes);
    if (!frame) return Next::go_on;
    bytes.remove_prefix(frame->size);
    return on_frame(*frame, now);
  }
  const auto reply = read_reply(bytes);
  if (!reply) return Next::go_on;
  bytes.remove_prefix(reply->size);
  return on_reply(*reply, now);
}

Next LoadConnection::on_reply(const HttpReply& reply, Time now) {
  if (state_ == State::upgrading) {
    if (reply.status != 101) return fail("upgrade answered " + std::to_string(reply.status));
    state_ = State::open;
    player_.say_hello(out_);
    return Next::go_on;
  }
  if (reply.status >= 300 && reply.status < 400) {
    path_ = reply.location;
    if (reply.closes) return Next::reconnect;
    fetch(path_);
    return Next::go_on;
  }
  if (reply.status == 503 || reply.status == 429) return Next::reconnect;  // not now
  if (reply.status != 200) return fail("page answered " + std::to_string(reply.status));
  return on_page(reply, now);
}

Next LoadConnection::on_page(const HttpReply& reply, Time now) {
  const bool refused = state_ == State::posting;
  if (refused && !pages_.refusal_was_meant()) ++tally_.refused_pages;
  if (submitted_) {
    ++tally_.pages;
    tally_.page_latency.add(now - *std::exchange(submitted_, std::nullopt));
  }
  auto page = read_live_page(reply.body);
  const bool can_be_submitted = pages_.show(path_, reply.body);
  if (page && page->live && (!leaving_ || refused)) {
    leaving_ = false;
    return listen(*std::move(page), reply.closes);
  }
  if (can_be_submitted || leaving_) {
    state_ = State::resting;
    return reply.closes ? Next::reconnect : Next::go_on;
  }
  if (!page || is_last(*page)) return finish();
  return listen(*std::move(page), reply.closes);
}

// Live messages, or the news that the others have come.
Next LoadConnection::listen(LivePage page, bool closes) {
  player_.enter(std::move(page));
  leave_asked_ = false;
  on_live_page_ = true;
  if (closes) return Next::reconnect;
  upgrade();
  return Next::go_on;
}

// Many games end with a page that says goodbye and has no button.
bool LoadConnection::is_last(const LivePage& page) const {
  if (options_.apps.empty()) return false;
  const AppModel& last = *options_.apps.back();
  return page.page == last.name + "/" + std::to_string(last.rounds) + "-" +
                          std::to_string(last.pages.size() - 1);
}

Next LoadConnection::finish() {
  ++tally_.finished;
  return Next::stop;
}

Next LoadConnection::act(Time now, bool closed_loop) {
  if (state_ == State::resting) return submit(now);
  if (state_ != State::open || !closed_loop) return Next::go_on;
  player_.act(now, out_);
  const bool leaves = options_.leave_when_silent.count() > 0 && player_.live() &&
                      player_.page().live && player_.is_silent() && !leave_asked_;
  if (!leaves) return Next::go_on;
  leave_asked_ = true;
  heard_then_ = player_.heard();
  return Next::leave_later;
}

Next LoadConnection::leave_if_silent() {
  if (state_ != State::open || !player_.page().live || !leave_asked_) return Next::go_on;
  if (!player_.is_silent()) {
    leave_asked_ = false;
    return Next::go_on;
  }
  if (std::exchange(heard_then_, player_.heard()) != player_.heard()) return Next::leave_later;
  leaving_ = true;
  return load_current_page();
}

Next LoadConnection::load_current_page() {
  on_live_page_ = false;
  path_ = seat_.link_path.substr(0, seat_.link_path.rfind('/') + 1);
  return Next::load_page;
}

Next LoadConnection::submit(Time now) {
  std::optional<std::string> body;
  try {
    body = pages_.fill_in();
  } catch (const std::exception& failure) {
    return fail("bot: " + std::string(failure.what()));
  }
  if (!body) return fail("page " + pages_.page_name() + " refuses what is filled in");
  state_ = State::posting;
  leaving_ = false;
  submitted_ = now;
  request("POST", path_,
          "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
              std::to_string(body->size()) + "\r\n");
  out_ += *body;
  return Next::go_on;
}

Next LoadConnection::on_frame(const SocketFrame& frame, Time now) {
  switch (frame.opcode) {
    case Opcode::ping:
      append_frame(out_, Opcode::pong, frame.payload, 0x5a5a5a5a);
      return Next::go_on;
    case Opcode::close: {
      const auto byte = [&](std::size_t at) {
        return static_cast<unsigned char>(frame.payload[at]);
      };
      const unsigned code = frame.payload.size() >= 2 ? byte(0) * 256U + byte(1) : 1005U;
      if (code == 4400 || code == 4403 || code == 4404) {
        return fail("closed with " + std::to_string(code));
      }
      return Next::reconnect;
    }
    case Opcode::text:
      if (frame.final) return on_text(frame.payload, now);
      fragments_.assign(frame.payload);
      return Next::go_on;
    case Opcode::continuation: {
      fragments_.append(frame.payload);
      if (!frame.final) return Next::go_on;
      const std::string whole = std::move(fragments_);
      fragments_.clear();
      return on_text(whole, now);
    }
    default:
      return Next::go_on;
  }
}

Next LoadConnection::on_text(std::string_view text, Time now) {
  switch (player_.receive(text, now, out_)) {
    case Wish::nothing:
      return Next::go_on;
    case Wish::resend_later:
      return Next::resend_later;
    case Wish::load_page:
      return load_current_page();
  }
  return Next::go_on;
}

void LoadConnection::request(std::string_view method, std::string_view path,
                             std::string_view more_headers) {
  out_.append(method).append(" ").append(path).append(" HTTP/1.1\r\nHost: ").append(host_);
  out_.append("\r\nCookie: rialto=").append(key_of(seat_.link_path)).append("\r\n");
  out_.append(more_headers).append("\r\n");
}

void LoadConnection::fetch(std::string path) {
  state_ = State::fetching;
  path_ = std::move(path);
  request("GET", path_, "");
}

void LoadConnection::upgrade() {
  state_ = State::upgrading;
  request("GET", player_.page().socket,
          "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: cmlhbHRvLWxvYWQtdGVzdA==\r\nOrigin: http://" +
              host_ + "\r\n");
}

bool LoadConnection::flush() {
  if (out_.empty() || state_ == State::connecting) return true;
  const ssize_t sent = ::send(socket_, out_.data(), out_.size(), MSG_NOSIGNAL);
  if (sent < 0) return errno == EAGAIN || errno == EINTR;
  out_.erase(0, static_cast<std::size_t>(sent));
  return true;
}

Next LoadConnection::fail(std::string error) {
  ++tally_.errors[std::move(error)];
  return Next::stop;
}

}  // namespace rialto::load
