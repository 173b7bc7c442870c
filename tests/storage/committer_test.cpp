#include "storage/committer.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <semaphore>

#include "storage/memory_store.h"
#include "tests/storage/fault_store.h"

namespace rialto {
namespace {

void must_not_fail(const Error& error) { FAIL(error.message); }

// Notes each write's lists and holds it until the test lets it go on.
class HeldStore final : public Store {
 public:
  Result<std::string> get(std::string_view key) const override { return memory_.get(key); }
  Result<void> scan(std::string_view from, std::string_view to,
                    const Visitor& visit) const override {
    return memory_.scan(from, to, visit);
  }
  Result<void> write_joined(std::span<const std::span<const Write>> lists,
                            Durability durability) override {
    writes.push_back(lists.size());
    durabilities.push_back(durability);
    begun.release();
    go_on.acquire();
    return memory_.write_joined(lists, durability);
  }
  std::unique_ptr<Reader> snapshot() const override { return memory_.snapshot(); }
  bool has_room() const override { return true; }
  const std::string& lineage() const override { return memory_.lineage(); }

  std::counting_semaphore<> begun{0};
  std::counting_semaphore<> go_on{0};
  std::vector<std::size_t> writes;  // how many lists each held; read once the committer has ended
  std::vector<Durability> durabilities;

 private:
  MemoryStore memory_;
};

class NotedCommit final : public Commit {
 public:
  NotedCommit(std::string key, std::function<void()> then) : then_(std::move(then)) {
    writes.push_back({std::move(key), "value"});
  }
  void committed() noexcept override { then_(); }

 private:
  std::function<void()> then_;
};

TEST_CASE("nothing is reported committed before its write is done") {
  HeldStore store;
  std::atomic<int> committed = 0;
  {
    Committer committer(store, Durability::synced, must_not_fail);
    committer.submit(std::make_unique<NotedCommit>("a", [&] {
      CHECK(store.get("a"));
      ++committed;
    }));
    store.begun.acquire();
    CHECK(committed == 0);
    store.go_on.release();
  }
  CHECK(committed == 1);
  CHECK(store.durabilities == std::vector{Durability::synced});
}

TEST_CASE("commits that come while a write is in progress become one write") {
  HeldStore store;
  std::vector<int> order;
  {
    Committer committer(store, Durability::synced, must_not_fail);
    committer.submit(std::make_unique<NotedCommit>("0", [&] { order.push_back(0); }));
    store.begun.acquire();
    for (int i = 1; i <= 50; ++i) {
      committer.submit(
          std::make_unique<NotedCommit>(std::to_string(i), [&order, i] { order.push_back(i); }));
    }
    store.go_on.release(2);
  }
  CHECK(store.writes == std::vector<std::size_t>{1, 50});
  REQUIRE(order.size() == 51);
  for (int i = 0; i <= 50; ++i) CHECK(order[static_cast<std::size_t>(i)] == i);
}

TEST_CASE("the commits of each of many submitters are committed in their order") {
  MemoryStore store;
  constexpr int submitters = 4;
  constexpr int commits = 500;
  std::vector<std::vector<int>> orders(submitters);
  {
    Committer committer(store, Durability::synced, must_not_fail);
    std::vector<std::thread> threads;
    for (auto& order : orders) {
      threads.emplace_back([&committer, &order] {
        for (int i = 0; i < commits; ++i) {
          committer.submit(std::make_unique<NotedCommit>("k", [&order, i] { order.push_back(i); }));
        }
      });
    }
    for (auto& thread : threads) thread.join();
  }
  for (const auto& order : orders) {
    REQUIRE(order.size() == commits);
    CHECK(std::is_sorted(order.begin(), order.end()));
  }
}

TEST_CASE("a committer that ends has committed all that was submitted") {
  MemoryStore store;
  std::atomic<int> committed = 0;
  {
    Committer committer(store, Durability::synced, must_not_fail);
    for (int i = 0; i < 100; ++i) {
      committer.submit(std::make_unique<NotedCommit>(std::to_string(i), [&] { ++committed; }));
    }
  }
  CHECK(committed == 100);
  CHECK(store.get("99"));
}

TEST_CASE("a commit may submit the next one when it is committed") {
  MemoryStore store;
  std::promise<void> done;
  Committer committer(store, Durability::synced, must_not_fail);
  committer.submit(std::make_unique<NotedCommit>("a", [&] {
    committer.submit(std::make_unique<NotedCommit>("b", [&] { done.set_value(); }));
  }));
  done.get_future().wait();
  CHECK(store.get("b"));
}

// How a process ends whose second write fails; `failed` is what its committer was told to do then.
// Exit code 1 says that the failed commit was reported committed.
int end_of_process(const Committer::Failed& failed) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGABRT, SIG_DFL);
    FaultStore store;
    store.fail_write(2);
    Committer committer(store, Durability::synced, failed);
    committer.submit(std::make_unique<NotedCommit>(
        "a", [&] { committer.submit(std::make_unique<NotedCommit>("b", [] { ::_exit(1); })); }));
    ::pause();
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

TEST_CASE("a write that fails is never reported committed: its error is handed on instead") {
  const int status = end_of_process([](const Error& error) {
    ::_exit(error.message == "the disk failed, as the test wished" ? 42 : 2);
  });
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 42);
}

TEST_CASE("after a write that fails the process does not go on, whatever is done about it") {
  const int status = end_of_process([](const Error&) {});
  REQUIRE(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGABRT);
}

}  // namespace
}  // namespace rialto
