#include "actors/running_slot.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

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
  // A process that dies while it runs a handler for `input`.
  template <class Then>
  void die_running(const RunningInput& input, Then then) const {
    const pid_t child = ::fork();
    if (child == 0) {
      auto slots = RunningSlots::open(folder + "/running");
      const RunningSlots::Guard guard(slots->get(), input);
      then(**slots);
      ::_exit(1);
    }
    ::waitpid(child, nullptr, 0);
  }
  void die_running(const RunningInput& input) const {
    die_running(input, [](RunningSlots&) {});
  }

  std::string folder = "/tmp/rialto-slots-XXXXXX";
};

const RunningInput bad_send{UnitId::of(1, 2), 3, "load-of-page", 7};

}  // namespace

TEST_CASE("an input is quarantined when two processes have died running it") {
  const SlotFile file;
  file.die_running(bad_send);
  CHECK_FALSE(file.open()->quarantined(bad_send));
  file.die_running(bad_send);
  CHECK(file.open()->quarantined(bad_send));
  RunningInput next = bad_send;
  next.number = 8;
  CHECK_FALSE(file.open()->quarantined(next));
}

TEST_CASE("an input that the watchdog found hanging is quarantined at once") {
  const SlotFile file;
  file.die_running(bad_send, [](RunningSlots& slots) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    if (!slots.overdue(std::chrono::milliseconds(1))) ::_exit(2);
  });
  CHECK(file.open()->quarantined(bad_send));
}

TEST_CASE("an input whose handler came to its end is no suspect") {
  const SlotFile file;
  for (int process = 0; process < 3; ++process) {
    auto slots = file.open();
    const RunningSlots::Guard guard(slots.get(), bad_send);
  }
  CHECK_FALSE(file.open()->quarantined(bad_send));
}

TEST_CASE("a handler within its time is not overdue") {
  const SlotFile file;
  auto slots = file.open();
  CHECK_FALSE(slots->overdue(std::chrono::milliseconds(0)));
  const RunningSlots::Guard guard(slots.get(), bad_send);
  CHECK_FALSE(slots->overdue(std::chrono::hours(1)));
}

}  // namespace rialto::test
