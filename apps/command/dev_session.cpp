#include "apps/command/dev_session.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>

#include "actors/value.h"
#include "apps/command/exit_code.h"
#include "apps/command/game_check.h"
#include "apps/play/program.h"

namespace rialto::command {
namespace {

int signals_as_descriptor() {
  sigset_t watched;
  sigemptyset(&watched);
  for (const int signal : {SIGCHLD, SIGINT, SIGTERM, SIGHUP}) sigaddset(&watched, signal);
  ::sigprocmask(SIG_BLOCK, &watched, nullptr);
  return ::signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
}

// True: one of those that ask for the end.
bool take_signals(int descriptor) {
  bool to_end = false;
  signalfd_siginfo signal{};
  while (::read(descriptor, &signal, sizeof signal) == sizeof signal) {
    to_end = to_end || signal.ssi_signo != SIGCHLD;
  }
  return to_end;
}

}  // namespace

DevSession::DevSession(DevOptions options)
    : options_(std::move(options)), watch_(options_.game), signals_(signals_as_descriptor()) {}

DevSession::~DevSession() {
  stop_server();
  ::close(signals_);
}

int DevSession::run() {
  bring_up(true);
  while (true) {
    std::array<pollfd, 2> awaited{{{signals_, POLLIN, 0}, {watch_.descriptor(), POLLIN, 0}}};
    ::poll(awaited.data(), awaited.size(), -1);
    if (take_signals(signals_)) return exit_done;
    if (server_ != 0 && ::waitpid(server_, nullptr, WNOHANG) == server_) {
      server_ = 0;
      tell_pages("the server has ended; the terminal says why");
    }
    const FolderWatch::Changed changed = watch_.take();
    if (changed.any) bring_up(changed.source);
  }
}

void DevSession::bring_up(bool source_changed) {
  const auto began = std::chrono::steady_clock::now();
  if (!is_playable(source_changed)) return;
  stop_server();
  ++version_;
  tell_pages({});
  start_server();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf("rialto dev: version %llu after %.1f s; saving a file in %s makes the next\n",
              static_cast<unsigned long long>(version_), took.count(), options_.game.c_str());
  std::fflush(stdout);
}

bool DevSession::is_playable(bool source_changed) {
  std::string trouble;
  if (source_changed || !is_built_) {
    play::Finished built = play::run_program({play::this_program, "build", options_.game});
    is_built_ = built.well;
    if (built.well) {  // what is warned of; the last line is that it was made
      std::fputs(built.output.substr(0, built.output.rfind("made ")).c_str(), stderr);
    } else {
      trouble = std::move(built.output);
    }
  } else if (const auto checked = check_game(library()); !checked) {
    trouble = checked.error().message + '\n';
  }
  if (trouble.empty()) return true;
  std::fprintf(stderr, "%srialto dev: this is to be mended first; the version before goes on\n",
               trouble.c_str());
  tell_pages(trouble);
  return false;
}

// A linker puts a new file in the place of the old: what runs keeps the one it has.
void DevSession::start_server() {
  std::vector<std::string> words{play::this_program,
                                 "serve",
                                 "--demo",
                                 "--data",
                                 options_.scratch / "data",
                                 "--listen",
                                 options_.listen,
                                 "--app",
                                 library(),
                                 "--news",
                                 news()};
  words.insert(words.end(), options_.serve.begin(), options_.serve.end());
  server_ = play::start_program(words);
}

void DevSession::stop_server() {
  if (server_ == 0) return;
  ::kill(server_, SIGTERM);
  (void)play::ends_well(server_);
  server_ = 0;
}

// Put in place at once: a page never reads half of it.
void DevSession::tell_pages(const std::string& trouble) {
  const std::filesystem::path half = options_.scratch / "news.half";
  const Value text{{"version", static_cast<std::int64_t>(version_)}, {"trouble", trouble}};
  std::ofstream(half) << text.dump();
  std::error_code error;
  std::filesystem::rename(half, news(), error);
}

std::string DevSession::library() const {
  const std::string name = std::filesystem::weakly_canonical(options_.game).filename();
  return options_.game / (name + ".so");
}

}  // namespace rialto::command
