#include "apps/load/load_engine.h"

#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "apps/load/web_address.h"

namespace rialto::load {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t connecting_at_once = 256;

Time right_now() { return std::chrono::steady_clock::now(); }

// As many open files as the system lets us have: a connection needs one.
void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

Result<std::unique_ptr<LoadEngine>> LoadEngine::create(LoadOptions options) {
  auto server = WebAddress{options.host, options.port, "/"}.resolve();
  if (!server) return server.error();
  std::unique_ptr<FrameLog> log;
  if (!options.log_file.empty()) {
    auto opened = FrameLog::open(options.log_file);
    if (!opened) return opened.error();
    log = std::move(*opened);
  }
  raise_file_limit();
  ::prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);  // nanoseconds: calls are due at exact times
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  if (epoll < 0) return Error{ErrorKind::unavailable, "the system gives no epoll"};
  return std::unique_ptr<LoadEngine>(
      new LoadEngine(std::move(options), *server, std::move(log), epoll));
}

LoadEngine::LoadEngine(LoadOptions options, sockaddr_in server, std::unique_ptr<FrameLog> log,
                       int epoll)
    : options_(std::move(options)), server_(server), log_(std::move(log)), epoll_(epoll) {
  const std::size_t count = options_.seats.size();
  for (std::size_t i = 0; i < count; ++i) {
    connections_.push_back(std::make_unique<LoadConnection>(i, options_, tally_, log_.get()));
  }
  watched_.resize(count);
  attempts_.resize(count);
}

LoadEngine::~LoadEngine() {
  connections_.clear();
  ::close(epoll_);
}

std::size_t LoadEngine::connected() const {
  return static_cast<std::size_t>(
      std::count_if(connections_.begin(), connections_.end(),
                    [](const auto& connection) { return connection->playing(); }));
}

std::size_t LoadEngine::unanswered() const {
  std::size_t sum = 0;
  for (const auto& connection : connections_) sum += connection->player().unanswered();
  return sum;
}

Result<void> LoadEngine::connect(std::chrono::seconds patience) {
  const Time give_up = right_now() + patience;
  std::size_t opened = 0;
  while (true) {
    const std::size_t ready = connected() + stopped_connections_;
    if (ready == connections_.size()) break;
    while (opened < connections_.size() && opened < ready + connecting_at_once) open(opened++);
    if (right_now() > give_up || stopped_) {
      return Error{ErrorKind::unavailable, "only " + std::to_string(ready) + " of " +
                                               std::to_string(connections_.size()) +
                                               " participants came in"};
    }
    turn(std::min(give_up, right_now() + milliseconds(10)), Calling::no);
  }
  if (all_stopped() && !connections_.empty() && tally_.finished == 0) {
    const std::string why = tally_.errors.empty() ? "" : ": " + tally_.errors.begin()->first;
    return Error{ErrorKind::invalid, "no participant reached a live page" + why};
  }
  return {};
}

LoadReport LoadEngine::play(std::chrono::duration<double> duration, std::chrono::seconds patience) {
  tally_ = Tally();
  const Time begin = right_now();
  const Time end = begin + std::chrono::duration_cast<Time::duration>(duration);
  next_call_ = begin;
  for (std::size_t i = 0; i < connections_.size(); ++i) {
    touched_.push_back(i);
    follow(i, connections_[i]->act(begin, options_.rate == 0));
  }
  flush_touched();
  while (!stopped_ && !all_stopped() && right_now() < end) turn(end, Calling::yes);

  LoadReport report;
  report.seconds = std::chrono::duration<double>(right_now() - begin).count();
  report.players = connections_.size();
  const Time give_up = right_now() + patience;
  while (unanswered() > 0 && !all_stopped() && right_now() < give_up) {
    turn(std::min(give_up, right_now() + milliseconds(10)), Calling::no);
  }
  if (log_ != nullptr) log_->flush();
  report.tally = tally_;
  return report;
}

void LoadEngine::turn(Time until, Calling calling) {
  const bool open_loop = calling == Calling::yes && options_.rate > 0;
  if (open_loop) until = std::min(until, next_call_);
  if (!later_.empty()) until = std::min(until, later_.top().when);
  std::array<epoll_event, 512> events;
  const auto left =
      std::max<std::int64_t>(std::chrono::nanoseconds(until - right_now()).count(), 0);
  const timespec pause{left / 1'000'000'000, left % 1'000'000'000};
  const int count =
      ::epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()), &pause, nullptr);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    on_ready(event.data.u64, event.events, calling);
  }
  const Time now = right_now();
  run_due(now);
  if (open_loop) call_due(now);
  flush_touched();
}

void LoadEngine::on_ready(std::size_t index, unsigned events, Calling calling) {
  LoadConnection& connection = *connections_[index];
  Next next = Next::go_on;
  if ((events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0) next = connection.connected();
  if (next == Next::go_on && (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0) {
    const Time now = right_now();
    next = connection.readable(buffer_, now);
    if (next == Next::go_on && calling == Calling::yes) {
      next = connection.act(now, options_.rate == 0);
    }
  }
  touched_.push_back(index);
  follow(index, next);
}

void LoadEngine::follow(std::size_t index, Next next) {
  LoadConnection& connection = *connections_[index];
  switch (next) {
    case Next::go_on:
      if (connection.playing()) attempts_[index] = 0;
      return;
    case Next::resend_later:
      return later(index, next, milliseconds(50));
    case Next::leave_later:
      return later(index, next, options_.leave_when_silent);
    case Next::stop:
      ++stopped_connections_;
      connection.close();
      return;
    case Next::load_page:
      connection.close();
      watched_[index] = 0;
      return open(index);
    case Next::reconnect: {
      connection.close();
      watched_[index] = 0;
      ++tally_.reconnects;
      const unsigned attempt = attempts_[index]++;
      // At once, then with jitter, as rialto.js does; but never slower than a quarter of a second.
      const auto jitter = milliseconds(20 + (index * 7919 + attempt * 104729) % 230);
      return later(index, next, attempt == 0 ? milliseconds(0) : jitter);
    }
  }
}

void LoadEngine::later(std::size_t index, Next what, milliseconds pause) {
  later_.push({right_now() + pause, index, what});
}

void LoadEngine::run_due(Time now) {
  while (!later_.empty() && later_.top().when <= now) {
    const Later due = later_.top();
    later_.pop();
    LoadConnection& connection = *connections_[due.connection];
    if (due.what == Next::reconnect) {
      open(due.connection);
    } else if (due.what == Next::leave_later) {
      follow(due.connection, connection.leave_if_silent());
    } else if (connection.is_live()) {
      connection.player().resend(connection.out());
      touched_.push_back(due.connection);
    }
  }
}

void LoadEngine::open(std::size_t index) {
  if (!connections_[index]->open(server_)) return follow(index, Next::reconnect);
  watched_[index] = 0;
  watch(index);
}

// Open loop: the calls that are due by now, each player's turn after the other's.
void LoadEngine::call_due(Time now) {
  const auto interval = std::chrono::duration_cast<Time::duration>(
      std::chrono::duration<double>(1.0 / options_.rate));
  for (; next_call_ <= now; next_call_ += interval) {
    const std::size_t index = next_caller_++ % connections_.size();
    connections_[index]->player().call(next_call_, connections_[index]->out());
    touched_.push_back(index);
  }
}

void LoadEngine::flush_touched() {
  for (const std::size_t index : touched_) {
    LoadConnection& connection = *connections_[index];
    if (connection.socket() < 0) continue;
    if (!connection.flush()) {
      follow(index, Next::reconnect);
    } else {
      watch(index);
    }
  }
  touched_.clear();
}

// Tells epoll what the connection waits for, if that has changed.
void LoadEngine::watch(std::size_t index) {
  LoadConnection& connection = *connections_[index];
  const unsigned wanted = EPOLLIN | (connection.wants_to_write() ? EPOLLOUT : 0U);
  if (wanted == watched_[index]) return;
  epoll_event event{};
  event.events = wanted;
  event.data.u64 = index;
  ::epoll_ctl(epoll_, watched_[index] == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, connection.socket(),
              &event);
  watched_[index] = wanted;
}

}  // namespace rialto::load
