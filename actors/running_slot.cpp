#include "actors/running_slot.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace rialto {
namespace {

constexpr std::uint64_t this_format = 0x3230'544F'4C53'5252;  // "RRSLOT02"

std::int64_t monotonic_now() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

template <std::size_t size>
void put(std::array<char, size>& text, std::string_view from) {
  const auto end = std::ranges::copy(from.substr(0, size), text.begin()).out;
  std::fill(end, text.end(), '\0');
}

template <std::size_t size>
std::array<char, size> padded(std::string_view from) {
  std::array<char, size> text;
  put(text, from);
  return text;
}

template <std::size_t size>
std::string_view view(const std::array<char, size>& text) {
  return {text.data(), strnlen(text.data(), size)};
}

// Writes into memory that is there already: for handlers of signals.
class Words {
 public:
  Words(char* begin, std::size_t size) : begin_(begin), at_(begin), end_(begin + size) {}
  Words& operator<<(std::string_view text) {
    at_ = std::ranges::copy(text.substr(0, static_cast<std::size_t>(end_ - at_)), at_).out;
    return *this;
  }
  Words& operator<<(std::uint64_t number) {
    at_ = std::to_chars(at_, end_, number).ptr;
    return *this;
  }
  std::size_t length() const { return static_cast<std::size_t>(at_ - begin_); }

 private:
  char* begin_;
  char* at_;
  char* end_;
};

// A handler of signals needs a stack of its own: a game's recursion without end has used up the
// other.
void give_signal_stack() {
  static constexpr std::size_t size = 64 * 1024;
  thread_local std::vector<char> bytes(size);
  const stack_t stack{bytes.data(), 0, size};
  ::sigaltstack(&stack, nullptr);
}

// What this thread runs; null: no game's code.
struct Here {
  RunningSlots* slots = nullptr;
  void* slot = nullptr;
};
thread_local Here here;

}  // namespace

std::uint64_t digest(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
  }
  return hash;
}

// -- the file
// --------------------------------------------------------------------------------------

RunningSlots::File* RunningSlots::map(int file) {
  const int kind = file < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED;
  void* const bytes = ::mmap(nullptr, sizeof(File), PROT_READ | PROT_WRITE, kind, file, 0);
  return bytes == MAP_FAILED ? nullptr : static_cast<File*>(bytes);
}

Result<std::unique_ptr<RunningSlots>> RunningSlots::open(const std::string& path) {
  const auto fail = [&] {
    return Error{ErrorKind::unavailable, path + ": " + std::strerror(errno)};
  };
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return fail();
  if (::ftruncate(file, sizeof(File)) != 0) {
    ::close(file);
    return fail();
  }
  File* const mapped = map(file);
  ::close(file);
  if (mapped == nullptr) return fail();
  std::unique_ptr<RunningSlots> slots(new RunningSlots(mapped));
  slots->count_last_process();
  return slots;
}

std::unique_ptr<RunningSlots> RunningSlots::in_memory() {
  File* const mapped = map(-1);
  if (mapped == nullptr) throw std::bad_alloc();
  return std::unique_ptr<RunningSlots>(new RunningSlots(mapped));
}

RunningSlots::RunningSlots(File* file)
    : file_(file), id_([] {
        static std::atomic<std::uint64_t> newest{0};
        return ++newest;
      }()) {}

RunningSlots::~RunningSlots() { ::munmap(file_, sizeof(File)); }

// If it is known who ended the process, nobody else is suspected; otherwise all who were running.
void RunningSlots::count_last_process() {
  if (file_->format != this_format) {
    std::memset(static_cast<void*>(file_), 0, sizeof(File));
    file_->format = this_format;
  }
  const bool is_known =
      file_->fatal_elsewhere != 0 ||
      std::ranges::any_of(file_->slots, [](const Slot& slot) { return slot.guilty != 0; });
  for (Slot& slot : file_->slots) {
    if (slot.since.load() == 0 || (is_known && slot.guilty == 0)) continue;
    Suspect* suspect = find(slot.input);
    if (suspect == nullptr) {
      suspect = &file_->suspects[file_->next_suspect++ % suspect_count];
      *suspect = {slot.input, 0};
    }
    const bool was_quarantined = suspect->ends >= 2;
    suspect->ends += slot.guilty != 0 ? 2 : 1;
    if (suspect->ends >= 2 && !was_quarantined) count_crash(slot);
  }
  for (Slot& slot : file_->slots) {
    slot.guilty = 0;
    slot.since.store(0);
  }
  file_->fatal_elsewhere = 0;
  any_suspects_ = std::ranges::any_of(file_->suspects,
                                      [](const Suspect& each) { return each.input.app[0] != 0; });
  look_for_closed();
}

void RunningSlots::count_crash(const Slot& slot) {
  std::array<char, 1024> words;
  if (!last_end_.empty()) last_end_ += "; ";
  last_end_.append(words.data(), describe(slot, words.data(), words.size()));
  const std::string_view hook = view(slot.hook);
  const auto& page = hook.empty() ? slot.page_name : slot.hook_page;
  for (Crashes& each : file_->crashes) {
    if (each.app == slot.input.app && each.build == slot.input.build && each.page == page &&
        each.hook == slot.hook) {
      ++each.count;
      return;
    }
  }
  file_->crashes[file_->next_crashes++ % crashes_count] = {slot.input.app, slot.input.build, page,
                                                           slot.hook, 1};
}

void RunningSlots::look_for_closed() {
  any_closed_ = std::ranges::any_of(file_->crashes, [&](const Crashes& each) {
    return each.count >= crashes_of_hook || crashes_of(each.app, each.build) >= crashes_of_app;
  });
}

void RunningSlots::forget() {
  file_->suspects = {};
  file_->crashes = {};
  any_suspects_ = any_closed_ = false;
}

// -- looking
// ---------------------------------------------------------------------------------------

RunningSlots::Identity RunningSlots::identity(const RunningInput& input) {
  return {input.unit.value,       input.number,          input.player,           input.page,
          padded<24>(input.what), padded<32>(input.app), padded<16>(input.build)};
}

RunningSlots::Suspect* RunningSlots::find(const Identity& input) const {
  const auto found = std::ranges::find(file_->suspects, input, &Suspect::input);
  return found == file_->suspects.end() ? nullptr : &*found;
}

std::uint32_t RunningSlots::crashes_of(const Text<32>& app, const Text<16>& build) const {
  std::uint32_t count = 0;
  for (const Crashes& each : file_->crashes) {
    if (each.app == app && each.build == build) count += each.count;
  }
  return count;
}

std::string RunningSlots::refusal(const RunningInput& input) const {
  if (any_closed_ && crashes_of(padded<32>(input.app), padded<16>(input.build)) >= crashes_of_app) {
    return "this game is closed, for it has crashed too often; please tell the experimenter";
  }
  if (!any_suspects_) return {};
  const Suspect* const suspect = find(identity(input));
  if (suspect == nullptr || suspect->ends < 2) return {};
  return input.is_send ? "the game crashed on this message; it is not tried again"
                       : "the game crashed here; it is not tried again";
}

void RunningSlots::forgive(const RunningInput& input) {
  if (Suspect* const suspect = find(identity(input))) suspect->ends = 0;
}

void RunningSlots::check_open(const Slot& slot) const {
  for (const Crashes& each : file_->crashes) {
    if (each.count >= crashes_of_hook && each.hook == slot.hook && each.page == slot.hook_page &&
        each.app == slot.input.app && each.build == slot.input.build) {
      throw HookClosed(
          "this part of the game is closed, for it has crashed too often; please tell "
          "the experimenter");
    }
  }
}

// -- running
// ---------------------------------------------------------------------------------------

RunningSlots::Slot& RunningSlots::this_thread() {
  thread_local std::uint64_t owner = 0;
  thread_local std::uint32_t index = 0;
  if (owner != id_) {
    if (owner == 0) give_signal_stack();
    owner = id_;
    index = taken_.fetch_add(1);
    if (index >= slot_count)
      throw std::length_error("more threads run handlers than there are slots");
  }
  return file_->slots[index];
}

RunningSlots::Guard::Guard(RunningSlots* slots, const RunningInput& input) : slots_(slots) {
  if (slots_ == nullptr) return;
  Slot& slot = slots_->this_thread();
  slot.input = identity(input);
  slot.is_send = input.is_send ? 1 : 0;
  put(slot.page_name, input.page_name);
  put(slot.session, input.session);
  put(slot.participant, input.participant);
  slot.hook[0] = 0;
  slot.data[0] = 0;
  if (!input.data.empty()) put(slot.data, input.data);
  slot.since.store(monotonic_now(), std::memory_order_release);
  here = {slots_, &slot};
}

RunningSlots::Guard::~Guard() {
  if (slots_ == nullptr) return;
  static_cast<Slot*>(here.slot)->since.store(0, std::memory_order_release);
  here = {};
}

RunningHook::RunningHook(const HookName& name) {
  auto* const slot = static_cast<RunningSlots::Slot*>(here.slot);
  if (slot == nullptr) return;
  put(slot->hook_page, name.page);
  put(slot->hook, name.hook);
  if (!here.slots->any_closed_) return;
  try {
    here.slots->check_open(*slot);
  } catch (...) {
    slot->hook[0] = 0;
    throw;
  }
}

RunningHook::~RunningHook() {
  if (here.slot != nullptr) static_cast<RunningSlots::Slot*>(here.slot)->hook[0] = 0;
}

// -- what is said of it
// ----------------------------------------------------------------------------

// "trust: page Send 1-0, live_method, session k3n5…, participant x2b4… (player 2), round 1, send 3"
std::size_t RunningSlots::describe(const Slot& slot, char* text, std::size_t size) noexcept {
  Words words(text, size);
  const bool in_hook = slot.hook[0] != 0;
  const std::string_view page = view(in_hook ? slot.hook_page : slot.page_name);
  words << view(slot.input.app) << ": ";
  if (!page.empty()) words << "page " << page << ", ";
  words << (in_hook ? view(slot.hook) : std::string_view("in no function of the game"));
  if (slot.session[0] != 0) words << ", session " << view(slot.session);
  if (slot.participant[0] != 0) {
    words << (slot.input.player != 0 ? ", participant " : ", the group of ")
          << view(slot.participant);
  }
  if (slot.input.player != 0) words << " (player " << std::uint64_t{slot.input.player} << ")";
  if (slot.input.page.round != 0) words << ", round " << std::uint64_t{slot.input.page.round};
  if (slot.is_send != 0) words << ", send " << slot.input.number;
  if (slot.is_send == 0) words << ", at " << view(slot.input.what);
  if (slot.data[0] != 0) words << ", what came in: " << view(slot.data);
  return words.length();
}

std::optional<std::string> RunningSlots::overdue(std::chrono::milliseconds limit) {
  const std::int64_t now = monotonic_now();
  for (Slot& slot : file_->slots) {
    const std::int64_t since = slot.since.load(std::memory_order_acquire);
    if (since == 0 || now - since < std::chrono::microseconds(limit).count()) continue;
    slot.guilty = 1;
    std::array<char, 1024> words;
    return "a game has been running for " + std::to_string((now - since) / 1000) + " ms (" +
           std::string(words.data(), describe(slot, words.data(), words.size())) + ")";
  }
  return std::nullopt;
}

std::string RunningSlots::what_runs_here() {
  if (here.slot == nullptr) return {};
  std::array<char, 1024> words;
  return {words.data(), describe(*static_cast<Slot*>(here.slot), words.data(), words.size())};
}

std::size_t RunningSlots::mark_fatal(char* words, std::size_t size) noexcept {
  auto* const slot = static_cast<Slot*>(here.slot);
  if (slot == nullptr || here.slots != this) {
    file_->fatal_elsewhere = 1;
    return 0;
  }
  slot->guilty = 1;
  return describe(*slot, words, size);
}

}  // namespace rialto
