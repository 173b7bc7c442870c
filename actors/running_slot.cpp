#include "actors/running_slot.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace rialto {
namespace {

std::int64_t monotonic_now() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::array<char, 16> padded(std::string_view sender) {
  std::array<char, 16> bytes{};
  std::copy_n(sender.begin(), std::min(sender.size(), bytes.size()), bytes.begin());
  return bytes;
}

std::string_view trimmed(const std::array<char, 16>& bytes) {
  return {bytes.data(), strnlen(bytes.data(), bytes.size())};
}

}  // namespace

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
  void* const bytes = ::mmap(nullptr, sizeof(File), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  if (bytes == MAP_FAILED) return fail();
  std::unique_ptr<RunningSlots> slots(new RunningSlots(static_cast<File*>(bytes)));
  slots->count_last_process();
  return slots;
}

RunningSlots::~RunningSlots() { ::munmap(file_, sizeof(File)); }

void RunningSlots::count_last_process() {
  for (Slot& slot : file_->slots) {
    if (slot.since.load() == 0) continue;
    Suspect* suspect = find(slot.unit, slot.player, trimmed(slot.sender), slot.number);
    if (suspect == nullptr) {
      suspect = &file_->suspects[file_->next_suspect++ % suspect_count];
      *suspect = Suspect{slot.unit, slot.number, slot.player, 0, slot.sender};
    }
    suspect->ends += slot.hanging != 0 ? 2 : 1;
    slot.hanging = 0;
    slot.since.store(0);
  }
  suspects_ =
      static_cast<std::uint64_t>(std::count_if(file_->suspects.begin(), file_->suspects.end(),
                                               [](const Suspect& s) { return s.unit != 0; }));
}

RunningSlots::Suspect* RunningSlots::find(std::uint64_t unit, std::uint32_t player,
                                          std::string_view sender, std::uint64_t number) const {
  for (Suspect& suspect : file_->suspects) {
    if (suspect.unit == unit && suspect.player == player && suspect.number == number &&
        trimmed(suspect.sender) == sender) {
      return &suspect;
    }
  }
  return nullptr;
}

RunningSlots::Slot& RunningSlots::this_thread() {
  thread_local const RunningSlots* owner = nullptr;
  thread_local std::uint32_t index = 0;
  if (owner != this) {
    owner = this;
    index = taken_.fetch_add(1);
    if (index >= slot_count)
      throw std::length_error("more threads run handlers than there are slots");
  }
  return file_->slots[index];
}

RunningSlots::Guard::Guard(RunningSlots* slots, const RunningInput& input) : slots_(slots) {
  if (slots_ == nullptr) return;
  Slot& slot = slots_->this_thread();
  slot.unit = input.unit.value;
  slot.number = input.number;
  slot.player = input.player;
  slot.sender = padded(input.sender);
  slot.since.store(monotonic_now(), std::memory_order_release);
}

RunningSlots::Guard::~Guard() {
  if (slots_ != nullptr) slots_->this_thread().since.store(0, std::memory_order_release);
}

bool RunningSlots::quarantined(const RunningInput& input) const {
  if (suspects_ == 0) return false;
  const Suspect* const suspect =
      find(input.unit.value, input.player, input.sender.substr(0, 16), input.number);
  return suspect != nullptr && suspect->ends >= 2;
}

std::optional<std::string> RunningSlots::overdue(std::chrono::milliseconds limit) {
  const std::int64_t now = monotonic_now();
  for (Slot& slot : file_->slots) {
    const std::int64_t since = slot.since.load(std::memory_order_acquire);
    if (since == 0 || now - since < std::chrono::microseconds(limit).count()) continue;
    slot.hanging = 1;
    return "a handler of unit " + std::to_string(slot.unit) + " has been running for " +
           std::to_string((now - since) / 1000) + " ms (player " + std::to_string(slot.player) +
           ", send " + std::to_string(slot.number) + ")";
  }
  return std::nullopt;
}

}  // namespace rialto
