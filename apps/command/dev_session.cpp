#include "apps/command/dev_session.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>

#include "actors/value.h"
#include "apps/command/exit_code.h"
#include "apps/command/game_check.h"
#include "apps/command/project_games.h"
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
    : options_(std::move(options)), signals_(signals_as_descriptor()) {
  for (const std::filesystem::path& folder : options_.games) {
    games_.push_back({folder, std::make_unique<FolderWatch>(folder)});
  }
}

DevSession::~DevSession() {
  stop_server();
  ::close(signals_);
}

int DevSession::run() {
  bring_up();
  while (true) {
    std::vector<pollfd> awaited{{signals_, POLLIN, 0}};
    for (const Game& game : games_) awaited.push_back({game.watch->descriptor(), POLLIN, 0});
    ::poll(awaited.data(), awaited.size(), -1);
    if (take_signals(signals_)) return exit_done;
    if (server_ != 0 && ::waitpid(server_, nullptr, WNOHANG) == server_) {
      server_ = 0;
      tell_pages("the server has ended; the terminal says why");
    }
    if (take_changes()) bring_up();
  }
}

bool DevSession::take_changes() {
  bool any = false;
  for (Game& game : games_) {
    const FolderWatch::Changed changed = game.watch->take();
    if (changed.source) game.is_built = false;
    any = any || changed.any;
  }
  return any;
}

void DevSession::bring_up() {
  const auto began = std::chrono::steady_clock::now();
  if (!is_playable()) return;
  stop_server();
  ++version_;
  tell_pages({});
  start_server();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf("rialto dev: version %llu after %.1f s; saving a file in %s makes the next\n",
              static_cast<unsigned long long>(version_), took.count(),
              games_.size() == 1 ? games_[0].folder.c_str() : "the games");
  std::fflush(stdout);
}

bool DevSession::is_playable() {
  std::string trouble;
  for (Game& game : games_) trouble += trouble_of(game);
  if (trouble.empty()) return true;
  std::fprintf(stderr, "%srialto dev: this is to be mended first; the version before goes on\n",
               trouble.c_str());
  tell_pages(trouble);
  return false;
}

std::string DevSession::trouble_of(Game& game) {
  if (game.is_built) {
    const auto checked = check_game(library_of(game.folder));
    return checked ? "" : checked.error().message + '\n';
  }
  play::Finished built = play::run_program({play::this_program, "build", game.folder});
  if (!built.well) return std::move(built.output);
  game.is_built = true;
  // What is warned of; the last line is that it was made.
  std::fputs(built.output.substr(0, built.output.rfind("made ")).c_str(), stderr);
  return {};
}

// A linker puts a new file in the place of the old: what runs keeps the one it has.
void DevSession::start_server() {
  std::vector<std::string> words{
      play::this_program, "serve",         "--demo", "--data", options_.scratch / "data",
      "--listen",         options_.listen, "--news", news()};
  for (const Game& game : games_) {
    words.insert(words.end(), {"--app", library_of(game.folder)});
  }
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

}  // namespace rialto::command
