// Which input each thread is running a handler for, in a memory-mapped file: what stands there
// after the process died tells which input killed it (rules.md 9, G10). Owned by the worker's main;
// `enter` is called by units on any thread, `overdue` by the watchdog. Guarantee: an input found
// running after two abnormal ends, or once if the watchdog ended the process, is quarantined;
// entering costs a few stores and no system call.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "storage/result.h"
#include "storage/unit_id.h"

namespace rialto {

// The identity of an input: a send, or (sender empty) an event of the unit named by its number.
struct RunningInput {
  UnitId unit;
  std::uint32_t player = 0;
  std::string_view sender;
  std::uint64_t number = 0;
};

class RunningSlots {
 public:
  // Maps (or creates) the file and counts what the last process left in it.
  static Result<std::unique_ptr<RunningSlots>> open(const std::string& path);
  ~RunningSlots();

  // Marks this thread as running `input` until the guard goes.
  class Guard {
   public:
    Guard(RunningSlots* slots, const RunningInput& input);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    RunningSlots* slots_;
  };

  // Is this input known to crash or hang its handler?
  bool quarantined(const RunningInput& input) const;
  // A sentence about a handler that runs longer than `limit`, whose slot is now marked as hanging.
  std::optional<std::string> overdue(std::chrono::milliseconds limit);

 private:
  static constexpr std::size_t slot_count = 64;
  static constexpr std::size_t suspect_count = 256;

  struct Slot {
    std::atomic<std::int64_t> since;  // CLOCK_MONOTONIC microseconds; 0: idle
    std::uint64_t unit;
    std::uint64_t number;
    std::uint32_t player;
    std::uint32_t hanging;
    std::array<char, 16> sender;
  };
  struct Suspect {
    std::uint64_t unit;  // 0: free
    std::uint64_t number;
    std::uint32_t player;
    std::uint32_t ends;  // abnormal ends; hanging counts as two
    std::array<char, 16> sender;
  };
  struct File {
    std::array<Slot, slot_count> slots;
    std::array<Suspect, suspect_count> suspects;
    std::uint64_t next_suspect;
  };

  explicit RunningSlots(File* file) : file_(file) {}
  void count_last_process();
  Slot& this_thread();
  Suspect* find(std::uint64_t unit, std::uint32_t player, std::string_view sender,
                std::uint64_t number) const;

  File* file_;
  std::atomic<std::uint32_t> taken_{0};
  std::uint64_t suspects_ = 0;  // how many there are: usually none, and then looking is free
};

}  // namespace rialto
