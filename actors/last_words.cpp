#include "actors/last_words.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>

namespace rialto {
namespace {

struct Ending {
  int signal;
  std::string_view words;
};
constexpr std::array<Ending, 5> endings{{
    {SIGFPE, "a division by zero, or one without a result"},
    {SIGSEGV, "a place in memory that is not there (a null pointer, or a recursion without end)"},
    {SIGBUS, "a place in memory that is not there"},
    {SIGABRT, "a check that failed (an index out of bounds), or a stop of its own"},
    {SIGILL, "an instruction that is not there (an assert, or a function without a return)"},
}};

std::atomic<RunningSlots*> slots_of_process{nullptr};
std::array<struct sigaction, endings.size()> before;

// Nobody may wait for who does not read.
void write_if_read(const char* bytes, std::size_t size) {
  pollfd error{STDERR_FILENO, POLLOUT, 0};
  if (::poll(&error, 1, 0) == 1 && (error.revents & POLLOUT) != 0) {
    (void)!::write(STDERR_FILENO, bytes, size);
  }
}

void end(int signal) {
  std::array<char, 1400> text;
  std::size_t length = 0;
  const auto add = [&](std::string_view part) {
    std::ranges::copy(part, text.data() + length);
    length += part.size();
  };
  std::size_t index = 0;
  while (endings[index].signal != signal) ++index;
  ::sigaction(signal, &before[index], nullptr);
  add("rialto: the game was ended by ");
  add(endings[index].words);
  add("\nrialto: ");
  RunningSlots* const slots = slots_of_process.load();
  const std::size_t words = slots->mark_fatal(text.data() + length, 1024);
  length += words;
  add("\n");
  if (words != 0) write_if_read(text.data(), length);
  ::raise(signal);  // comes when this returns
}

}  // namespace

void say_last_words(RunningSlots& slots) {
  slots_of_process.store(&slots);
  for (std::size_t index = 0; index < endings.size(); ++index) {
    struct sigaction now {};
    now.sa_handler = end;
    now.sa_flags = SA_ONSTACK;
    struct sigaction was {};
    ::sigaction(endings[index].signal, &now, &was);
    if (was.sa_handler != end) before[index] = was;
  }
}

}  // namespace rialto
