// No record is written that does not follow its predecessor.
#include "storage/record_chain.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace rialto;

Record numbered(std::uint64_t sequence) {
  Record record;
  record.sequence = sequence;
  return record;
}

// How a process ends that appends these records to a unit that has three.
int signal_of_appending(std::initializer_list<std::uint64_t> sequences) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit no_core{};
    ::setrlimit(RLIMIT_CORE, &no_core);
    ::close(STDOUT_FILENO);
    ::signal(SIGABRT, SIG_DFL);
    RecordChain chain(UnitId::of(1, 0));
    chain.start_after(3);
    std::string block;
    for (const std::uint64_t sequence : sequences) chain.append(numbered(sequence), block);
    ::_exit(block.empty() ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

TEST_CASE("records that follow each other are appended as they are encoded") {
  RecordChain chain(UnitId::of(1, 0));
  std::string block;
  std::string expected;
  for (const std::uint64_t sequence : {1U, 2U, 3U}) {
    chain.append(numbered(sequence), block);
    encode(numbered(sequence), expected);
  }
  CHECK(block == expected);
}

TEST_CASE("the process ends rather than write a record that does not follow its predecessor") {
  CHECK(signal_of_appending({4, 5}) == 0);
  CHECK(signal_of_appending({5}) == SIGABRT);
  CHECK(signal_of_appending({3}) == SIGABRT);
  CHECK(signal_of_appending({4, 4}) == SIGABRT);
  CHECK(signal_of_appending({4, 6}) == SIGABRT);
}

}  // namespace
