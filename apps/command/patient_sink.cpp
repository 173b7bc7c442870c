#include "apps/command/patient_sink.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <spdlog/pattern_formatter.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace rialto::command {

// O_NONBLOCK belongs to what was opened, which others (a shell, the supervisor) write to as well:
// hence an opening of its own, where the system gives one.
PatientSink::PatientSink(int descriptor) : descriptor_(descriptor) {
  struct stat kind {};
  if (::fstat(descriptor_, &kind) != 0) return;
  is_socket_ = S_ISSOCK(kind.st_mode);
  if (!S_ISFIFO(kind.st_mode) && !S_ISCHR(kind.st_mode)) return;  // a file does not make us wait
  const std::string name = "/proc/self/fd/" + std::to_string(descriptor_);
  own_ = ::open(name.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

// Who reads slowly gets the rest if he takes it within a moment.
PatientSink::~PatientSink() {
  for (int wait = 0; wait < 10 && !kept_.empty(); ++wait) {
    pollfd room{descriptor_, POLLOUT, 0};
    ::poll(&room, 1, 100);
    flush_();
  }
  if (own_ >= 0) ::close(own_);
}

void PatientSink::sink_it_(const spdlog::details::log_msg& message) {
  flush_();
  spdlog::memory_buf_t line;
  formatter_->format(message, line);
  if (!kept_.empty() && kept_.size() + line.size() > most_kept) {
    ++dropped_;
    return;
  }
  kept_.append(line.data(), line.size());
  flush_();
}

void PatientSink::flush_() {
  std::size_t taken = 0;
  while (taken < kept_.size()) {
    // What is not longer than this goes into a pipe as a whole or not at all.
    const std::size_t wrote = write(std::string_view(kept_).substr(taken, PIPE_BUF));
    if (wrote == 0) break;
    taken += wrote;
  }
  kept_.erase(0, taken);
  if (!kept_.empty() || dropped_ == 0) return;
  kept_ = std::to_string(std::exchange(dropped_, 0)) +
          " lines of the log were dropped: nobody took them\n";
  flush_();
}

std::size_t PatientSink::write(std::string_view bytes) const {
  while (true) {
    ssize_t wrote = 0;
    if (is_socket_) {
      wrote = ::send(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    } else if (own_ >= 0) {
      wrote = ::write(own_, bytes.data(), bytes.size());
    } else {
      pollfd room{descriptor_, POLLOUT, 0};
      if (::poll(&room, 1, 0) != 1 || (room.revents & POLLOUT) == 0) return 0;
      wrote = ::write(descriptor_, bytes.data(), bytes.size());
    }
    if (wrote >= 0) return static_cast<std::size_t>(wrote);
    if (errno == EAGAIN) return 0;
    if (errno != EINTR) return bytes.size();  // nobody will ever read it
  }
}

}  // namespace rialto::command
