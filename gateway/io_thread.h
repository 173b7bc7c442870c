// One I/O thread: reads what is there, hands each touched unit one message, sends once per line,
// and begins anew (design.md section 9, "Turns"). Holds the lines it has admitted. Owned by the
// Gateway. `adopt`, `shut_down`, `wait`, `lines` and `make_room` may be called on any thread, the
// rest on its own. Guarantee: between two ends of a turn no line is written to, unless its outbox
// is full.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <thread>
#include <unordered_set>
#include <vector>

#include "gateway/actors_port.h"
#include "gateway/exchange.h"
#include "gateway/outbox.h"
#include "gateway/peer.h"
#include "gateway/site.h"
#include "gateway/socket.h"

namespace rialto {

class IoThread final : private ActorsListener {
 public:
  // `site` and `limits` outlive the thread.
  IoThread(std::uint16_t number, const SiteContent& content, const Limits& limits,
           const ActorsFactory& make_actors);
  ~IoThread() override;

  void start();
  // Takes over a connected socket.
  void adopt(net::ip::tcp protocol, int socket);
  // Tells all lines that the server is going away; the thread ends when they have ended.
  void shut_down();
  void wait();
  // Has it as many connections to look at as it may? What it serves already comes first.
  bool has_newcomers() const {
    return coming_ >= (is_behind_ ? limits().newcomers_behind : limits().newcomers);
  }
  // Lines there are, and on their way here.
  std::size_t lines() const { return lines_.load(std::memory_order_relaxed) + coming_; }
  // Ends some of the lines that have been idle longest, so that others can come.
  void make_room();

  // -- for its lines ----------------------------------------------------------------------------
  net::io_context& context() { return *context_; }
  Exchange& exchange() { return exchange_; }
  Site& site() { return site_; }
  Spares& spares() { return spares_; }
  const Limits& limits() const { return exchange_.limits(); }
  void admit(std::shared_ptr<Peer> peer);
  // Look at `peer` at the end of this turn.
  void touch(Peer& peer);
  // Let go of `peer` at the end of this turn.
  void retire(Peer& peer);
  // Where lines read to what nobody looks at.
  net::mutable_buffer trash() { return net::buffer(trash_); }

 private:
  void run();
  using TimePoint = std::chrono::steady_clock::time_point;

  void handle_what_is_ready(TimePoint until);
  void linger(TimePoint until);
  void end_turn();
  void sweep();
  void begin_shut_down();
  void end_idle_lines();
  bool done() const;

  void answered(PageAnswer answer) override { site_.answered(std::move(answer)); }
  void answered(SessionAnswer answer) override { site_.answered(std::move(answer)); }
  void joined(const Joined& joined) override { exchange_.joined(joined); }
  void piece(const HistoryPiece& piece) override { exchange_.piece(piece); }
  void released(const Release& release) override { exchange_.released(release); }
  void unit_closed(UnitId unit) override { exchange_.unit_closed(unit); }
  void unit_gone(UnitId unit) override { exchange_.unit_gone(unit); }

  std::shared_ptr<net::io_context> context_;  // shared with whoever may still wake this thread
  net::executor_work_guard<net::io_context::executor_type> work_;
  std::unique_ptr<Actors> actors_;
  Spares spares_;
  Exchange exchange_;
  Site site_;
  net::steady_timer sweep_timer_;
  std::chrono::steady_clock::duration sweep_every_;
  std::unordered_set<std::shared_ptr<Peer>> peers_;
  std::vector<Peer*> touched_;
  std::vector<std::shared_ptr<Peer>> retired_;
  std::atomic<std::size_t> lines_{0};
  std::atomic<bool> is_behind_{false};  // a turn ended by time, with more to do
  std::atomic<std::size_t> coming_{0};  // adopted, and not yet seen by this thread
  bool shutting_down_ = false;
  TimePoint shut_down_by_;
  std::array<char, 16 * 1024> trash_;
  std::thread thread_;
};

}  // namespace rialto
