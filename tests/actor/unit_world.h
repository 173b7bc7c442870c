// A whole server's inside under a test's control: directory and units on CAF's deterministic
// scheduler, a store in memory, commits that happen when the test says so, a clock that moves when
// it says so, and a gateway that writes down what it hears. Owned by a test. Guarantee: nothing
// happens but by a call.
#pragma once

#include <caf/all.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "actors/directory.h"
#include "storage/memory_store.h"

namespace rialto::test {

// Commits in order, one at a time, when told to.
class ManualCommits final : public CommitQueue {
 public:
  explicit ManualCommits(Store& store) : store_(store) {}
  void submit(std::unique_ptr<Commit> commit) override { waiting.push_back(std::move(commit)); }
  void commit_one();

  std::deque<std::unique_ptr<Commit>> waiting;

 private:
  Store& store_;
};

// A store whose free space, and whether it can be read, is what the test says.
class RoomyStore final : public MemoryStore {
 public:
  bool has_room() const override { return room; }
  Result<void> scan(std::string_view from, std::string_view to,
                    const Visitor& visit) const override {
    if (throws) throw std::runtime_error("the store is out of order");
    const auto bad = damaged.lower_bound(std::string(from));
    if (bad == damaged.end() || *bad >= to) return MemoryStore::scan(from, to, visit);
    bool goes_on = true;
    const auto before = [&](std::string_view key, std::string_view value) {
      return goes_on = visit(key, value);
    };
    if (auto scanned = MemoryStore::scan(from, *bad, before); !scanned || !goes_on) return scanned;
    return Error{ErrorKind::corrupt, "block checksum mismatch in 000007.sst"};
  }
  Result<std::string> get(std::string_view key) const override {
    if (!damaged.contains(std::string(key))) return MemoryStore::get(key);
    return Error{ErrorKind::corrupt, "block checksum mismatch in 000007.sst"};
  }
  bool room = true;
  bool throws = false;            // what is read
  std::set<std::string> damaged;  // keys that cannot be read
};

// What came to the gateway, by kind, in order.
struct Heard {
  std::vector<PageAnswer> pages;
  std::vector<Joined> joined;
  std::vector<HistoryPiece> pieces;
  std::vector<ReleasePtr> releases;
  std::vector<SessionAnswer> sessions;
  std::vector<UnitId> closed;

  std::vector<std::string> payloads() const;  // of all deliveries, in order
  std::vector<Outcome> outcomes() const;
};

class UnitWorld {
 public:
  explicit UnitWorld(AnyApp app, std::uint32_t participants = 0);
  // A session of this config; what it says of apps is of the first.
  UnitWorld(std::vector<AnyApp> apps, SessionConfig config, std::uint32_t participants = 0);
  ~UnitWorld();

  // Runs actors until none has anything to do; commits nothing.
  void run();
  // Runs one actor's turn.
  void run_once();
  // How many timers stand in the clock.
  std::size_t timers();
  // Runs and commits until nothing is left to do.
  void settle();
  void advance(std::chrono::microseconds by);
  // Forgets everything but the store, as a killed process does, and starts again on it.
  void restart();

  // -- what a gateway says ----
  void join(std::uint32_t player, PageRef page = {}, std::uint64_t after = 0,
            std::uint64_t rendered = 0);
  void leave(std::uint32_t player);
  // Sends with the next number of this player's page load.
  void send(std::uint32_t player, Value data, PageRef page = {});
  void send_numbered(std::uint32_t player, std::uint64_t number, Value data, PageRef page = {},
                     const std::string& sender = {});
  // The same with all of these in one message to the unit.
  void send_in_one_turn(std::uint32_t player, const std::vector<Value>& data, PageRef page = {});
  void pull(std::uint32_t player, std::uint64_t after, std::uint64_t rendered = 0,
            PageRef page = {});
  void open_page(std::uint32_t player);
  void submit(std::uint32_t player, PageRef page = {}, std::vector<PendingSend> pending = {});
  template <class Message>
  void tell_directory(Message message) {
    caf::send_as(gateway_, directory_, std::move(message));
  }
  // To the unit that answered the last join; nothing runs.
  template <class Message>
  void tell_unit(Message message) {
    caf::send_as(gateway_, unit_, std::move(message));
  }

  // To the unit that answered this connection's last join; nothing runs.
  template <class Message>
  void tell_unit_of(ConnectionId connection, Message message) {
    caf::send_as(gateway_, units_.at(connection), std::move(message));
  }

  bool has_unit_of(ConnectionId connection) const { return units_.contains(connection); }

  const std::vector<std::string>& participants() const { return participants_; }
  UnitId unit() const { return UnitId::of(1, 0); }
  std::vector<Record> records() const { return records(unit()); }
  std::vector<Record> records(UnitId unit) const;  // all of them, from the store
  // Changes what is stored of the unit, while it rests or before a restart.
  template <class Change>
  void change_records(Change&& change) {
    std::vector<Record> all = records();
    for (Record& record : all) change(record);
    store_records(all);
  }

  Heard heard;
  RoomyStore store;
  ManualCommits commits{store};
  VirtualClock clock;
  Limits limits;

 private:
  void store_records(const std::vector<Record>& records);
  void start();
  void end();
  caf::behavior listen(caf::event_based_actor* self);
  caf::scheduler::test_coordinator& scheduler();

  std::vector<AnyApp> apps_;
  SessionConfig session_config_;
  AnyApp app_;
  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  caf::actor gateway_;
  caf::actor directory_;
  caf::actor unit_;
  std::map<ConnectionId, caf::actor> units_;
  std::vector<std::string> participants_;
  std::vector<std::uint64_t> numbers_;
  int starts_ = 0;
};

}  // namespace rialto::test
