// line := JSON text without line breaks "\n"; request := line; answer: see control_server.cpp;
// bytes := {"bytes": N} "\n" N bytes
#include "apps/command/control_socket.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "apps/command/server_mark.h"

namespace rialto::command {
namespace {

constexpr const char* socket_name = "control.sock";
constexpr std::int64_t most_bytes = 64 * 1024 * 1024;

Error failure(std::string what) {
  return {ErrorKind::unavailable, std::move(what) + ": " + std::strerror(errno)};
}

// The socket's address by way of an open folder, so that its length does not depend on the path.
class FolderAddress {
 public:
  explicit FolderAddress(const std::filesystem::path& data)
      : folder_(::open(data.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
    address_.sun_family = AF_UNIX;
    const std::string path = "/proc/self/fd/" + std::to_string(folder_) + "/" + socket_name;
    path.copy(address_.sun_path, sizeof address_.sun_path - 1);
  }
  ~FolderAddress() {
    if (folder_ >= 0) ::close(folder_);
  }
  FolderAddress(const FolderAddress&) = delete;
  FolderAddress& operator=(const FolderAddress&) = delete;

  bool there() const { return folder_ >= 0; }
  const char* path() const { return address_.sun_path; }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address_); }
  socklen_t size() const { return sizeof address_; }

 private:
  int folder_;
  sockaddr_un address_{};
};

}  // namespace

ControlStream::~ControlStream() {
  if (socket_ >= 0) ::close(socket_);
}

void ControlStream::set_patience(std::chrono::seconds patience) {
  const timeval time{patience.count(), 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

Result<void> ControlStream::send_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return failure("the other side does not listen");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

Result<void> ControlStream::receive() {
  char bytes[65536];
  ssize_t got = 0;
  do {
    got = ::recv(socket_, bytes, sizeof bytes, 0);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return failure("no answer");
  if (got == 0) return Error{ErrorKind::unavailable, "the other side hung up"};
  read_.append(bytes, static_cast<std::size_t>(got));
  return {};
}

Result<void> ControlStream::write(const Value& line) { return send_all(line.dump() + '\n'); }

Result<void> ControlStream::write_bytes(std::string_view bytes) {
  if (auto begun = write({{"bytes", bytes.size()}}); !begun) return begun;
  return send_all(bytes);
}

Result<std::string> ControlStream::read_bytes(std::int64_t size) {
  if (size < 0 || size > most_bytes) return Error{ErrorKind::invalid, "a piece is too large"};
  const auto wanted = static_cast<std::size_t>(size);
  while (read_.size() < wanted) {
    if (auto received = receive(); !received) return received.error();
  }
  std::string bytes = read_.substr(0, wanted);
  read_.erase(0, wanted);
  return bytes;
}

Result<Value> ControlStream::read() {
  std::size_t end = read_.find('\n');
  while (end == std::string::npos) {
    const std::size_t searched = read_.size();
    if (auto received = receive(); !received) return received.error();
    end = read_.find('\n', searched);
  }
  const std::string line = read_.substr(0, end);
  read_.erase(0, end + 1);
  try {
    return Value::parse(line, 64);
  } catch (const BadMessage& bad) {
    return Error{ErrorKind::invalid, bad.what()};
  }
}

Result<int> listen_in(const std::filesystem::path& data, std::optional<gid_t> group) {
  const FolderAddress address(data);
  if (!address.there()) return failure("cannot open the data folder " + data.string());
  const std::string what = "cannot make the socket " + (data / socket_name).string();
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) return failure(what);
  ::unlink(address.path());
  // Nobody can connect before `listen`, so nobody slips in before the mode is set.
  bool made = ::bind(listener, address.get(), address.size()) == 0 &&
              ::chmod(address.path(), group ? 0660 : 0600) == 0;
  if (made && group) {
    made = ::chown(address.path(), static_cast<uid_t>(-1), *group) == 0 &&
           ::chown(data.c_str(), static_cast<uid_t>(-1), *group) == 0 &&
           ::chmod(data.c_str(), 0710) == 0;
  }
  if (!made || ::listen(listener, 16) != 0) {
    const Error error = failure(what);
    ::close(listener);
    return error;
  }
  return listener;
}

namespace {

Result<ControlStream> connect_once(const std::filesystem::path& data) {
  const Error none{ErrorKind::not_found,
                   "no server is running on the data folder " + data.string() +
                       "; start one with: rialto serve --data " + data.string()};
  const FolderAddress address(data);
  if (!address.there()) return none;
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ControlStream stream(socket);
  if (socket < 0) return failure("cannot make a socket");
  if (::connect(socket, address.get(), address.size()) != 0) {
    if (errno == ENOENT || errno == ECONNREFUSED) return none;
    return failure("cannot reach the server on " + data.string());
  }
  return stream;
}

}  // namespace

Result<ControlStream> connect_to(const std::filesystem::path& data) {
  constexpr std::chrono::seconds patience{30};
  constexpr std::chrono::milliseconds pause{20};
  const auto until = std::chrono::steady_clock::now() + patience;
  while (true) {
    const bool served = is_served(data);  // asked first: it may begin to listen in between
    Result<ControlStream> stream = connect_once(data);
    if (stream || stream.error().kind != ErrorKind::not_found || !served) return stream;
    if (std::chrono::steady_clock::now() > until) {
      return Error{ErrorKind::unavailable, "the server on the data folder " + data.string() +
                                               " is starting and does not answer yet; its log "
                                               "says why"};
    }
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace rialto::command
