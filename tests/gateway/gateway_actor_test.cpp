// The one real Actors, between an I/O thread (here: the test) and CAF's actors.
#include "gateway/gateway_actor.h"

#include <doctest/doctest.h>

#include <caf/all.hpp>
#include <condition_variable>
#include <mutex>

#include "actors/caf_types.h"

using namespace rialto;

#ifdef __SANITIZE_THREAD__
// CAF's library is not built with the sanitizer, which so cannot see how it synchronizes.
extern "C" const char* __tsan_default_suppressions() { return "race:caf::\n"; }
#endif

namespace {

constexpr UnitId unit{UnitId::of(1, 7)};

class Listener final : public ActorsListener {
 public:
  void answered(PageAnswer answer) override { note("page " + std::to_string(answer.request)); }
  void answered(SessionAnswer answer) override {
    note("session " + std::to_string(answer.request));
  }
  void joined(const Joined& joined) override {
    note("joined " + std::to_string(joined.connection));
  }
  void piece(const HistoryPiece& piece) override { note("piece " + std::to_string(piece.upto)); }
  void released(const Release& release) override {
    note("release " + std::to_string(release.upto));
  }
  void unit_closed(UnitId) override { note("closed"); }
  void unit_gone(UnitId) override { note("gone"); }

  std::vector<std::string> heard;

 private:
  void note(std::string text) { heard.push_back(std::move(text)); }
};

// A unit that answers inputs with a release of their count, pulls with the next record, and ends
// when it is left.
class CountingUnit final : public caf::event_based_actor {
 public:
  using event_based_actor::event_based_actor;

 protected:
  caf::behavior make_behavior() override {
    return {
        [this](const Seated<Join>& join) {
          Joined joined;
          joined.connection = join.message.connection;
          joined.unit = unit;
          joined.player = join.player;
          answer(joined);
        },
        [this](const InputsPtr& inputs) {
          auto release = std::make_shared<Release>();
          release->upto = inputs->inputs.size();
          answer(ReleasePtr(release));
        },
        [this](const PullHistory& pull) {
          HistoryPiece piece;
          piece.upto = pull.after + 1;
          answer(piece);
        },
        [this](const Leave&) { quit(); },
    };
  }

 private:
  template <class Message>
  void answer(Message message) {
    send(caf::actor_cast<caf::actor>(current_sender()), std::move(message));
  }
};

// Seats each join in a unit of its own.
class SeatingDirectory final : public caf::event_based_actor {
 public:
  using event_based_actor::event_based_actor;

 protected:
  caf::behavior make_behavior() override {
    return {
        [this](const OpenPage& open) {
          send(asker(), PageAnswer{open.request, PageStatus::finished, {}});
        },
        [this](const ClaimSeat& claim) {
          send(asker(), SessionAnswer{claim.request, {}, {}});
        },
        [this](const Join& join) {
          caf::send_as(asker(), spawn<CountingUnit>(), Seated<Join>{join, 2});
        },
    };
  }

 private:
  caf::actor asker() { return caf::actor_cast<caf::actor>(current_sender()); }
};

class Thread {
 public:
  Thread() : actors_(make()) {}
  ~Thread() {
    actors_.reset();
    caf::anon_send_exit(directory_, caf::exit_reason::user_shutdown);
  }

  Actors& actors() { return *actors_; }

  // Drains when woken, until the listener has heard `count` things.
  const std::vector<std::string>& hear(std::size_t count) {
    while (listener_.heard.size() < count) {
      std::unique_lock lock(mutex_);
      REQUIRE(woken_.wait_for(lock, std::chrono::seconds(10), [&] { return wakes_ > 0; }));
      wakes_ = 0;
      lock.unlock();
      actors_->drain(listener_);
    }
    return listener_.heard;
  }

 private:
  std::unique_ptr<Actors> make() {
    return gateway_actors(system_, directory_)(0, [this] {
      const std::lock_guard lock(mutex_);
      ++wakes_;
      woken_.notify_one();
    });
  }

  caf::actor_system_config config_;
  caf::actor_system system_{config_};
  caf::actor directory_ = system_.spawn<SeatingDirectory>();
  std::mutex mutex_;
  std::condition_variable woken_;
  int wakes_ = 0;
  Listener listener_;
  std::unique_ptr<Actors> actors_;
};

using Heard = std::vector<std::string>;

Inputs two_inputs() {
  Inputs inputs;
  inputs.inputs.resize(2);
  return inputs;
}

}  // namespace

TEST_CASE("what the directory and a unit answer comes back to the thread that asked") {
  Thread thread;
  thread.actors().open_page({7, "alice"});
  CHECK(thread.hear(1) == Heard{"page 7"});
  thread.actors().claim_seat({8, "s1"});
  CHECK(thread.hear(2).back() == "session 8");
  thread.actors().join({5, "alice", "auction", {}, {}, 0, 0});
  CHECK(thread.hear(3).back() == "joined 5");
  thread.actors().send(unit, two_inputs());
  thread.actors().pull(unit, {5, 2, {}, 0, 41});
  CHECK(thread.hear(5) == Heard{"page 7", "session 8", "joined 5", "release 2", "piece 42"});
}

TEST_CASE("a unit that ends is reported, and a later one takes its place") {
  Thread thread;
  thread.actors().join({5, "alice", "auction", {}, {}, 0, 0});
  thread.hear(1);
  thread.actors().leave(unit, {5, 2});  // this unit ends on it
  CHECK(thread.hear(2).back() == "gone");
  thread.actors().send(unit, two_inputs());  // goes nowhere
  thread.actors().join({6, "alice", "auction", {}, {}, 0, 0});
  CHECK(thread.hear(3).back() == "joined 6");
  thread.actors().send(unit, two_inputs());
  CHECK(thread.hear(4).back() == "release 2");
}

TEST_CASE("a unit whose place another has taken is gone before the other answers") {
  Thread thread;
  thread.actors().join({5, "alice", "auction", {}, {}, 0, 0});
  thread.hear(1);
  thread.actors().join({6, "bob", "auction", {}, {}, 0, 0});
  CHECK(thread.hear(3) == Heard{"joined 5", "gone", "joined 6"});
  thread.actors().send(unit, two_inputs());
  CHECK(thread.hear(4).back() == "release 2");
}

TEST_CASE("a unit that was let go of may end without a word") {
  Thread thread;
  thread.actors().join({5, "alice", "auction", {}, {}, 0, 0});
  thread.hear(1);
  thread.actors().leave(unit, {5, 2});
  thread.actors().forget(unit);
  thread.actors().open_page({9, "alice"});
  CHECK(thread.hear(2) == Heard{"joined 5", "page 9"});
}
