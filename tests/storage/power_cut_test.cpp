// G2's ground: what was reported synced is there after a power cut, whenever that comes.
#include "tests/storage/power_cut/power_cut.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <random>

#include "storage/rocks_store.h"
#include "tests/storage/child_process.h"
#include "tests/storage/store_files.h"
#include "tests/storage/temporary_folder.h"

namespace rialto {
namespace {

constexpr UnitId unit{1};

enum class End { killed, power_cut };

struct Machine {
  TemporaryFolder folder;
  std::filesystem::path data = folder / "data";
  PowerCut power{data, folder / "synced", built("librialto_note_syncs.so")};

  // Writes until `lines` more records were reported durable or the process ends itself, then kills
  // it. The newest reported.
  std::uint64_t run(const std::string& durability, std::uint64_t lines, End end = End::power_cut) {
    power.arm();
    ChildProcess process({built("rialto_store_child"), "write", data, durability},
                         power.environment());
    std::uint64_t reported = 0;
    for (std::string line = "0"; !line.empty(); line = process.read_line()) {
      reported = std::stoull(line);
      if (lines-- == 0) process.kill();
    }
    process.kill();
    if (end == End::power_cut) lost += power.cut();
    return reported;
  }

  // Writes until power is lost at the `last_sync`th sync. The newest that was reported durable.
  std::uint64_t run_until(int last_sync, End end = End::power_cut) {
    power.arm();
    ChildProcess process({built("rialto_store_child"), "write", data, "synced"},
                         power.environment(last_sync));
    std::uint64_t reported = 0;
    for (std::string line = "0"; !line.empty(); line = process.read_line()) {
      reported = std::stoull(line);
    }
    process.kill();
    if (end == End::power_cut) lost += power.cut();
    return reported;
  }

  // What somebody is told who only reads: the newest record.
  std::uint64_t read() {
    power.arm();
    ChildProcess process({built("rialto_store_child"), "read", data}, power.environment());
    return std::stoull(process.read_line());
  }

  void check(std::uint64_t reported) const {
    const auto store = RocksStore::open(data);
    REQUIRE_MESSAGE(store, store.error().message);
    const auto found = sequences(**store, unit);
    REQUIRE(found.size() >= reported);
    REQUIRE(found == up_to(found.size()));
  }

  std::uint64_t lost = 0;
};

TEST_CASE("every record that was reported durable is there after each of many power cuts") {
  Machine machine;
  std::mt19937_64 random(6);
  for (int cycle = 0; cycle < 12; ++cycle) {
    INFO("cycle " << cycle);
    machine.check(machine.run("synced", random() % 150));
  }
}

TEST_CASE("what was there after a kill is there after the power cut that follows, in any mixture") {
  Machine machine;
  std::mt19937_64 random(7);
  std::uint64_t reported = 0;
  for (int cycle = 0; cycle < 14; ++cycle) {
    INFO("cycle " << cycle);
    const End end = random() % 2 == 0 ? End::killed : End::power_cut;
    reported = std::max(reported, machine.run("synced", random() % 30, end));
    // Who opens the store has heard of what is in it.
    if (random() % 3 == 0) reported = std::max(reported, machine.run("synced", 0, end));
  }
  machine.power.arm();
  (void)machine.power.cut();
  machine.check(reported);
}

TEST_CASE("what somebody has read is there after the power cut that follows, though nobody wrote") {
  Machine machine;
  (void)machine.run("buffered", 40, End::killed);
  const std::uint64_t read = machine.read();
  CHECK(read >= 40);
  (void)machine.power.cut();
  machine.check(read);
}

TEST_CASE("any one write or sync may fail: what was reported stays, and nothing hides a gap") {
  for (const int error : {EIO, ENOSPC}) {
    Machine machine;
    std::mt19937_64 random(8);
    std::uint64_t reported = 0;
    for (std::uint64_t nth = 1; nth < 60; nth += 1 + random() % 5) {
      INFO(std::strerror(error) << " at call " << nth);
      machine.power.arm();
      machine.power.fail(nth, error);
      const End end = random() % 2 == 0 ? End::killed : End::power_cut;
      reported = std::max(reported, machine.run("synced", 20, end));
      machine.power.arm();
      machine.power.fail(0, 0);
      reported = std::max(reported, machine.run("synced", 0, End::power_cut));
      machine.check(reported);
    }
  }
}

TEST_CASE("a kill or a power cut around the change from one log to the next loses nothing") {
  std::mt19937_64 random(9);
  for (int cycle = 0; cycle < 4; ++cycle) {
    Machine machine;
    const int sync = 600 + static_cast<int>(random() % 120);
    INFO("cycle " << cycle << ", sync " << sync);
    const End end = random() % 2 == 0 ? End::killed : End::power_cut;
    const std::uint64_t reported = machine.run_until(sync, end);
    machine.check(machine.run("synced", 0, End::killed));
    machine.check(reported);
  }
}

TEST_CASE("a power cut at any sync of a store's making leaves a store, or none, that opens") {
  std::uint64_t reported = 0;
  for (int sync = 1; reported < 3; ++sync) {
    Machine machine;
    INFO("sync " << sync);
    reported = machine.run_until(sync);
    machine.check(reported);
  }
}

TEST_CASE("a process killed at any sync of a store's making and opening leaves one that opens") {
  std::uint64_t reported = 0;
  Machine machine;
  for (int sync = 1; reported < 12; ++sync) {
    INFO("sync " << sync);
    reported = std::max(reported, machine.run_until(sync, End::killed));
    machine.check(reported);
    if (sync > 40) break;
  }
  for (int sync = 1; sync < 24; ++sync) {
    INFO("sync " << sync << " of an opening");
    reported = std::max(reported, machine.run_until(sync, End::killed));
    machine.check(reported);
  }
}

TEST_CASE("a power cut at any sync of a store's opening loses nothing of it") {
  Machine machine;
  std::uint64_t reported = machine.run("synced", 20);
  const std::uint64_t before = reported;
  for (int sync = 1; reported < before + 3; ++sync) {
    INFO("sync " << sync);
    reported = std::max(reported, machine.run_until(sync));
    machine.check(reported);
  }
}

TEST_CASE("without fsync a power cut takes what was reported: the test above would notice") {
  Machine machine;
  const std::uint64_t reported = machine.run("buffered", 60);
  CHECK(reported >= 60);
  CHECK(machine.lost > 0);
  const auto store = RocksStore::open(machine.data);
  REQUIRE_MESSAGE(store, store.error().message);
  CHECK(sequences(**store, unit).size() < reported);
}

}  // namespace
}  // namespace rialto
