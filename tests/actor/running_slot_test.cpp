#include "actors/running_slot.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

namespace rialto::test {
namespace {

struct SlotFile {
  SlotFile() { REQUIRE(::mkdtemp(folder.data()) != nullptr); }
  ~SlotFile() { std::filesystem::remove_all(folder); }

  std::unique_ptr<RunningSlots> open() const {
    auto slots = RunningSlots::open(folder + "/running");
    REQUIRE(slots);
    return std::move(*slots);
  }
  // A process that ends in `then`, which gets the slots.
  template <class Then>
  void run_process(Then then) const {
    const pid_t child = ::fork();
    if (child == 0) {
      auto slots = RunningSlots::open(folder + "/running");
      then(**slots);
      ::_exit(1);
    }
    ::waitpid(child, nullptr, 0);
  }
  // One that dies while it runs a handler for `input`, nobody knows why.
  void die_running(const RunningInput& input) const {
    run_process([&](RunningSlots& slots) {
      const RunningSlots::Guard guard(&slots, input);
      ::_exit(1);
    });
  }
  // One whose handler for `input` crashes in this hook.
  void crash(const RunningInput& input, const HookName& hook) const {
    run_process([&](RunningSlots& slots) {
      const RunningSlots::Guard guard(&slots, input);
      const RunningHook running(hook);
      std::array<char, 1024> words;
      slots.mark_fatal(words.data(), words.size());
      ::_exit(1);
    });
  }

  std::string folder = "/tmp/rialto-slots-XXXXXX";
};

RunningInput send_of(std::uint32_t player, std::uint64_t number) {
  RunningInput input{UnitId::of(1, 2), player, {1, 0}, "load-of-page", number, true, "trust"};
  input.page_name = "Send";
  input.session = "k3n5abcd";
  input.participant = "x2b4abcd";
  return input;
}

const RunningInput bad_send = send_of(3, 7);
const HookName live{"trust", "Send", "live_method"};

bool is_run(const RunningSlots& slots, const RunningInput& input) {
  return slots.refusal(input).empty();
}

// Is this hook called for the input?
bool is_called(RunningSlots& slots, const RunningInput& input, const HookName& hook) {
  const RunningSlots::Guard guard(&slots, input);
  try {
    const RunningHook running(hook);
    return true;
  } catch (const HookClosed&) {
    return false;
  }
}

}  // namespace

TEST_CASE("an input is quarantined when two processes have died running it") {
  const SlotFile file;
  file.die_running(bad_send);
  CHECK(is_run(*file.open(), bad_send));
  file.die_running(bad_send);
  CHECK_FALSE(is_run(*file.open(), bad_send));
  CHECK(is_run(*file.open(), send_of(3, 8)));
}

TEST_CASE("an input whose own thread took a fatal signal is quarantined at once") {
  const SlotFile file;
  file.crash(bad_send, live);
  const auto slots = file.open();
  CHECK_FALSE(is_run(*slots, bad_send));
  CHECK(slots->last_end() ==
        "trust: page Send, live_method, session k3n5abcd, participant x2b4abcd (player 3), round "
        "1, send 7");
}

TEST_CASE("an input that the watchdog found hanging is quarantined at once") {
  const SlotFile file;
  file.run_process([&](RunningSlots& slots) {
    const RunningSlots::Guard guard(&slots, bad_send);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    (void)slots.overdue(std::chrono::milliseconds(1));
    ::_exit(2);
  });
  CHECK_FALSE(is_run(*file.open(), bad_send));
}

TEST_CASE("who was running beside the one that crashed is not suspected, however often") {
  const SlotFile file;
  const RunningInput neighbour = send_of(1, 1);
  for (std::uint64_t number = 1; number <= 3; ++number) {
    file.run_process([&](RunningSlots& slots) {
      const RunningSlots::Guard guard(&slots, send_of(3, number));
      std::thread beside([&] {
        const RunningSlots::Guard busy(&slots, neighbour);
        std::this_thread::sleep_for(std::chrono::seconds(10));
      });
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      std::array<char, 1024> words;
      slots.mark_fatal(words.data(), words.size());
      ::_exit(1);
    });
    CHECK_FALSE(is_run(*file.open(), send_of(3, number)));
  }
  CHECK(is_run(*file.open(), neighbour));
}

TEST_CASE("what a busy partner sends in between does not make a crash forgotten") {
  const SlotFile file;
  file.die_running(bad_send);
  for (std::uint64_t number = 1; number <= 20; ++number) file.die_running(send_of(1, number));
  file.die_running(bad_send);
  CHECK_FALSE(is_run(*file.open(), bad_send));
}

TEST_CASE("a fatal signal outside of all games makes no input a suspect") {
  const SlotFile file;
  for (int times = 0; times < 3; ++times) {
    file.run_process([&](RunningSlots& slots) {
      std::thread beside([&] {
        const RunningSlots::Guard busy(&slots, bad_send);
        std::this_thread::sleep_for(std::chrono::seconds(10));
      });
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      std::array<char, 1024> words;
      CHECK(slots.mark_fatal(words.data(), words.size()) == 0);
      ::_exit(1);
    });
  }
  CHECK(is_run(*file.open(), bad_send));
}

TEST_CASE("a hook that three different inputs have crashed is closed, others of its app are not") {
  const SlotFile file;
  const HookName other{"trust", "Return", "live_method"};
  for (std::uint32_t player = 1; player <= 3; ++player) {
    CHECK(is_called(*file.open(), send_of(9, 9), live));
    file.crash(send_of(player, 1), live);
  }
  const auto slots = file.open();
  CHECK_FALSE(is_called(*slots, send_of(9, 9), live));
  CHECK(is_called(*slots, send_of(9, 9), other));
  slots->forget();
  CHECK(is_called(*slots, send_of(9, 9), live));
}

TEST_CASE("an app whose hooks go on crashing is closed as a whole, other apps are not") {
  const SlotFile file;
  for (std::uint32_t player = 1; player <= RunningSlots::crashes_of_app; ++player) {
    CHECK(is_run(*file.open(), send_of(99, 9)));
    file.crash(send_of(player, 1), {"trust", "Page" + std::to_string(player % 4), "is_displayed"});
  }
  const auto slots = file.open();
  CHECK_FALSE(is_run(*slots, send_of(99, 9)));
  RunningInput of_another = send_of(99, 9);
  of_another.app = "auction";
  CHECK(is_run(*slots, of_another));
  RunningInput of_another_build = send_of(99, 9);
  of_another_build.build = "0123456789abcdef";
  CHECK(is_run(*slots, of_another_build));
}

TEST_CASE("who asks for another try gets one") {
  const SlotFile file;
  file.crash(bad_send, live);
  const auto slots = file.open();
  slots->forgive(bad_send);
  CHECK(is_run(*slots, bad_send));
}

TEST_CASE("an input whose handler came to its end is no suspect") {
  const SlotFile file;
  for (int process = 0; process < 3; ++process) {
    auto slots = file.open();
    const RunningSlots::Guard guard(slots.get(), bad_send);
  }
  CHECK(is_run(*file.open(), bad_send));
}

TEST_CASE("a handler within its time is not overdue") {
  const SlotFile file;
  auto slots = file.open();
  CHECK_FALSE(slots->overdue(std::chrono::milliseconds(0)));
  const RunningSlots::Guard guard(slots.get(), bad_send);
  CHECK_FALSE(slots->overdue(std::chrono::hours(1)));
}

}  // namespace rialto::test
