// Which input each thread is running a game's code for, in mapped memory: what stands there after
// the process died tells which input killed it (rules.md 9, G10). Owned by the worker's main, or by
// who plays without a server; `Guard` and `RunningHook` are used by units on any thread, `overdue`
// by the watchdog. Guarantees: an input whose own thread took a fatal signal, or that the watchdog
// found hanging, is not run again; nor is one that was running at two other abnormal ends. A hook
// that different inputs have crashed so often is closed, then its app. Entering costs a few stores
// and no system call.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "actors/errors.h"
#include "storage/record.h"
#include "storage/result.h"
#include "storage/unit_id.h"

namespace rialto {

// What an input is: where, whose, what. No record number: a restart moves these.
struct RunningInput {
  UnitId unit;
  std::uint32_t player = 0;  // seat; 0: nobody's
  PageRef page;
  std::string_view what;     // of a send the sender; otherwise the event: "timeout", "view"
  std::uint64_t number = 0;  // of a send; otherwise what tells it from others of its name
  bool is_send = false;
  std::string_view app;
  std::string_view build = {};  // of the app: another build may do better
  // What people are told of it.
  std::string_view page_name = {};
  std::string_view session = {};
  std::string_view participant = {};
  std::string_view data = {};  // what came in, if it may be told
};

// Tells what comes in from something else; FNV-1a (Fowler, Noll, Vo).
std::uint64_t digest(std::string_view bytes);

// A function of a game by its names.
struct HookName {
  std::string app;
  std::string page;  // empty: of the app
  std::string hook;
};

// The hook, or its app, has crashed too often and is not called any more; what is said to who
// plays.
class HookClosed : public AppError {
 public:
  using AppError::AppError;
};

class RunningSlots {
 public:
  static constexpr std::uint32_t crashes_of_hook = 3;  // different ones; then it is closed
  static constexpr std::uint32_t crashes_of_app = 9;   // the same of all its hooks

  // Maps (or creates) the file and counts what the last process left in it.
  static Result<std::unique_ptr<RunningSlots>> open(const std::string& path);
  // Without a file: names what runs, and remembers nothing.
  static std::unique_ptr<RunningSlots> in_memory();
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

  // Why the input is not to be run, in words for who plays; empty: it may.
  std::string refusal(const RunningInput& input) const;
  // The input may be tried once more: somebody has asked for it.
  void forgive(const RunningInput& input);
  // All may be tried again, for the server was started anew by hand.
  void forget();
  // What ended the last process, a sentence each.
  const std::string& last_end() const { return last_end_; }
  // A sentence about a handler that runs longer than `limit`, whose slot is now marked as guilty.
  std::optional<std::string> overdue(std::chrono::milliseconds limit);
  // What this thread runs, in words; "": no game's code.
  static std::string what_runs_here();
  // For a handler of fatal signals (async-signal-safe): marks what this thread is running, if it is
  // running anything, and writes what that is; returns its length.
  std::size_t mark_fatal(char* words, std::size_t size) noexcept;

 private:
  friend class RunningHook;
  static constexpr std::size_t slot_count = 128;  // threads that ever run a game
  static constexpr std::size_t suspect_count = 256;
  static constexpr std::size_t crashes_count = 64;
  template <std::size_t size>
  using Text = std::array<char, size>;  // padded with zeros

  struct Identity {
    std::uint64_t unit;
    std::uint64_t number;
    std::uint32_t player;
    PageRef page;
    Text<24> what;
    Text<32> app;
    Text<16> build;
    bool operator==(const Identity&) const = default;
  };
  struct Slot {
    std::atomic<std::int64_t> since;  // CLOCK_MONOTONIC microseconds; 0: idle
    std::uint32_t guilty;             // it is this one that ended the process
    std::uint32_t is_send;
    Identity input;
    Text<32> page_name;
    Text<32> hook_page;
    Text<32> hook;  // empty: in none
    Text<16> session;
    Text<16> participant;
    Text<256> data;
  };
  struct Suspect {
    Identity input;      // no app: free
    std::uint32_t ends;  // abnormal ends; one of its own counts as two
  };
  // How often different inputs have crashed a hook.
  struct Crashes {
    Text<32> app;  // empty: free
    Text<16> build;
    Text<32> page;
    Text<32> hook;
    std::uint32_t count;
  };
  struct File {
    std::uint64_t format;
    std::uint32_t fatal_elsewhere;  // a thread that runs no game's code ended the process
    std::array<Slot, slot_count> slots;
    std::array<Suspect, suspect_count> suspects;
    std::array<Crashes, crashes_count> crashes;
    std::uint64_t next_suspect;
    std::uint64_t next_crashes;
  };

  explicit RunningSlots(File* file);
  static File* map(int file);
  static Identity identity(const RunningInput& input);
  void count_last_process();
  void count_crash(const Slot& slot);
  void look_for_closed();
  Slot& this_thread();
  Suspect* find(const Identity& input) const;
  std::uint32_t crashes_of(const Text<32>& app, const Text<16>& build) const;
  void check_open(const Slot& slot) const;
  static std::size_t describe(const Slot& slot, char* words, std::size_t size) noexcept;

  File* file_;
  const std::uint64_t id_;  // of this object among all of the process
  std::atomic<std::uint32_t> taken_{0};
  bool any_suspects_ = false;  // usually not, and then looking is free
  bool any_closed_ = false;
  std::string last_end_;
};

// Says that this thread is in this function of a game. HookClosed if it may not be called.
class RunningHook {
 public:
  explicit RunningHook(const HookName& name);
  ~RunningHook();
  RunningHook(const RunningHook&) = delete;
  RunningHook& operator=(const RunningHook&) = delete;
};

}  // namespace rialto
