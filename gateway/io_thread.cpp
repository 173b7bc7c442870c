#include "gateway/io_thread.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include "gateway/http_connection.h"

namespace rialto {
namespace {

// The clock is looked at after this many events: most are short.
constexpr int events_a_look = 8;
// So many of the idle lines give way at once.
constexpr std::size_t least_room = 16;
// A commit takes a few times as long.
constexpr std::chrono::microseconds longest_linger{50};
constexpr std::chrono::seconds shut_down_within{3};
// What the kernel holds for a line can neither be dropped nor overtaken by a ping.
constexpr int kernel_buffer = 128 * 1024;

std::chrono::steady_clock::duration sweep_period(const Limits& limits) {
  using std::chrono::milliseconds;
  const auto shortest = std::min<milliseconds>(limits.ping, limits.drain);
  return std::clamp(shortest / 4, milliseconds(10), milliseconds(1000));
}

}  // namespace

IoThread::IoThread(std::uint16_t number, const SiteContent& content, const Limits& limits,
                   const ActorsFactory& make_actors)
    : context_(std::make_shared<net::io_context>(1)),
      work_(net::make_work_guard(*context_)),
      actors_(make_actors(
          number,
          [this, context = context_] { net::post(*context, [this] { actors_->drain(*this); }); })),
      exchange_(number, *actors_, limits, content.links()),
      site_(content, *actors_, limits, exchange_.participants()),
      sweep_timer_(*context_),
      sweep_every_(sweep_period(limits)) {}

IoThread::~IoThread() {
  shut_down();
  wait();
}

void IoThread::start() {
  net::post(*context_, [this] { sweep(); });
  thread_ = std::thread([this] { run(); });
}

void IoThread::adopt(net::ip::tcp protocol, int socket) {
  ++coming_;
  net::post(*context_, [this, protocol, socket] {
    --coming_;
    boost::system::error_code error;
    Socket line(*context_);
    line.assign(protocol, socket, error);
    if (error || shutting_down_) {
      if (error) ::close(socket);
      return;
    }
    line.set_option(net::ip::tcp::no_delay(true), error);
    line.set_option(net::socket_base::send_buffer_size(kernel_buffer), error);
    serve_http(*this, std::move(line));
  });
}

void IoThread::shut_down() {
  net::post(*context_, [this] { begin_shut_down(); });
}

void IoThread::wait() {
  if (thread_.joinable()) thread_.join();
}

void IoThread::make_room() {
  net::post(*context_, [this] { end_idle_lines(); });
}

void IoThread::admit(std::shared_ptr<Peer> peer) {
  peers_.insert(std::move(peer));
  lines_ = peers_.size();
}

void IoThread::touch(Peer& peer) {
  if (peer.touched_) return;
  peer.touched_ = true;
  touched_.push_back(&peer);
}

void IoThread::retire(Peer& peer) {
  const auto found = peers_.find(peer.shared_from_this());
  if (found == peers_.end()) return;
  retired_.push_back(*found);
  peers_.erase(found);
  lines_ = peers_.size();
}

void IoThread::end_idle_lines() {
  using Since = std::chrono::steady_clock::time_point;
  std::vector<std::pair<Since, std::shared_ptr<Peer>>> idle;
  for (const auto& peer : peers_) {
    if (const auto since = peer->idle_since()) idle.emplace_back(*since, peer);
  }
  const std::size_t wanted = std::max(least_room, peers_.size() / 16);
  const auto end = idle.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, idle.size()));
  std::ranges::partial_sort(idle, end, {}, &std::pair<Since, std::shared_ptr<Peer>>::first);
  for (auto each = idle.begin(); each != end; ++each) each->second->finish();
}

void IoThread::run() {
  // Lines are read as they come, whatever else is at work (the rest of the server may be batch).
  const sched_param none{};
  ::sched_setscheduler(0, SCHED_OTHER, &none);
  while (!done()) {
    context_->run_one();
    const auto until = std::chrono::steady_clock::now() + limits().turn;
    handle_what_is_ready(until);
    linger(until);
    end_turn();
  }
  for (const auto& peer : std::vector(peers_.begin(), peers_.end())) peer->finish();
  end_turn();
  sweep_timer_.cancel();
  work_.reset();
  context_->poll();  // operations under way hold their lines: they must end while this thread lives
}

// Each line gets its share, since each takes a short piece at a time; a turn ends after a while, so
// that a flood on some lines cannot keep what the others wait for.
void IoThread::handle_what_is_ready(TimePoint until) {
  is_behind_ = false;
  for (int events = 1; context_->poll_one() > 0; ++events) {
    if (events % events_a_look != 0 || std::chrono::steady_clock::now() < until) continue;
    is_behind_ = true;
    return;
  }
}

// The sends of players who are in step go into one commit: a moment's wait saves them an fsync.
void IoThread::linger(TimePoint until) {
  if (!exchange_.expects_more()) return;
  const auto patience = std::min(until, std::chrono::steady_clock::now() + longest_linger);
  do {
    handle_what_is_ready(until);
  } while (exchange_.expects_more() && std::chrono::steady_clock::now() < patience);
}

void IoThread::end_turn() {
  exchange_.end_turn();
  for (std::size_t i = 0; i < touched_.size(); ++i) {
    touched_[i]->touched_ = false;  // it may be touched again by a later one
    touched_[i]->end_turn();
  }
  touched_.clear();
  retired_.clear();
  exchange_.forget_time();
}

void IoThread::sweep() {
  site_.sweep(exchange_.now());
  exchange_.participants().sweep(exchange_.now());
  for (const auto& peer : std::vector(peers_.begin(), peers_.end())) peer->sweep();
  sweep_timer_.expires_after(sweep_every_);
  sweep_timer_.async_wait([this](boost::system::error_code error) {
    if (!error) sweep();
  });
}

void IoThread::begin_shut_down() {
  if (shutting_down_) return;
  shutting_down_ = true;
  shut_down_by_ = exchange_.now() + shut_down_within;
  sweep_every_ =
      std::min<std::chrono::steady_clock::duration>(sweep_every_, std::chrono::milliseconds(100));
  sweep_timer_.cancel();
  for (const auto& peer : std::vector(peers_.begin(), peers_.end())) peer->shut_down();
  sweep();
}

bool IoThread::done() const {
  return shutting_down_ && (peers_.empty() || std::chrono::steady_clock::now() >= shut_down_by_);
}

}  // namespace rialto
