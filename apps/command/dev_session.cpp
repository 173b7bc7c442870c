#include "apps/command/dev_session.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <utility>

#include "actors/value.h"
#include "apps/command/exit_code.h"
#include "apps/command/game_check.h"
#include "apps/command/offer.h"
#include "apps/command/progress_line.h"
#include "apps/command/project_games.h"
#include "apps/command/run_apart.h"
#include "apps/command/say.h"
#include "apps/play/program.h"

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

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
  if (options_.project.empty()) return;
  const fs::path folder = fs::absolute(options_.project).parent_path();
  project_ = std::make_unique<FolderWatch>(folder, FolderWatch::Depth::this_folder);
}

DevSession::~DevSession() {
  stop_server();
  ::close(signals_);
}

int DevSession::run() {
  bring_up();
  while (true) {
    std::vector<pollfd> awaited{{signals_, POLLIN, 0}};
    if (project_) awaited.push_back({project_->descriptor(), POLLIN, 0});
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
  if (project_ && project_->take().any) project_is_changed_ = true;
  bool any = project_is_changed_;
  for (Game& game : games_) {
    const FolderWatch::Changed changed = game.watch->take();
    if (changed.source) game.is_built = false;
    game.is_changed = game.is_changed || changed.any;
    any = any || changed.any;
  }
  return any;
}

// A game that is broken keeps back no other: what is new and can be played is served.
void DevSession::bring_up() {
  const auto began = std::chrono::steady_clock::now();
  const bool project_is_new = std::exchange(project_is_changed_, false);
  bool any_new = false;
  std::string of_project = take_games();
  std::string trouble;
  for (Game& game : games_) {
    if (std::exchange(game.is_changed, false)) {
      game.trouble = trouble_of(game);
      any_new = any_new || game.trouble.empty();
    }
    trouble += game.trouble;
  }
  any_new = any_new || (project_is_new && !libraries().empty());
  if (of_project.empty()) of_project = trouble_of_project();
  trouble += of_project;
  if (!trouble.empty()) {
    say_lines_aside("", trouble);
    say_aside("rialto dev: this is to be mended; until then the version before goes on\n");
  }
  if (!any_new || !of_project.empty()) return tell_pages(trouble);
  stop_server();
  ++version_;
  tell_pages(trouble);
  start_server();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  say("rialto dev: version {} after {:.1f} s; saving a file in {} makes the next\n", version_,
      took.count(), games_.size() == 1 ? games_[0].folder.string() : "the games");
  std::fflush(stdout);
}

// Those that are new are watched from now on.
std::string DevSession::take_games() {
  if (project_) {
    for (const fs::path& file : files_of_project(options_.project)) {
      project_->also(file.parent_path());
    }
  }
  const auto folders = options_.games();
  if (!folders) return folders.error().message + '\n';
  std::erase_if(games_, [&](const Game& game) {
    return std::ranges::find(*folders, game.folder) == folders->end();
  });
  for (const fs::path& folder : *folders) {
    if (std::ranges::find(games_, folder, &Game::folder) != games_.end()) continue;
    games_.push_back({folder, std::make_unique<FolderWatch>(folder)});
  }
  return {};
}

std::string DevSession::trouble_of(Game& game) {
  if (game.is_built) {
    const auto checked = check_game(library_of(game.folder));
    return checked ? "" : checked.error().message + '\n';
  }
  play::Finished built = [&] {
    const ProgressLine progress("building " + game.folder.string());
    return play::run_program({play::this_program, "build", game.folder});
  }();
  if (!built.well) return std::move(built.output);
  game.is_built = true;
  // What is warned of; the last line is that it was made.
  std::fputs(built.output.substr(0, built.output.rfind("made ")).c_str(), stderr);
  return {};
}

std::string DevSession::trouble_of_project() const {
  const auto read = run_apart(options_.project, [this]() -> Result<std::string> {
    const auto offer = read_offer(options_.project, libraries(), Offering::as_built);
    return offer ? Result<std::string>("") : offer.error();
  });
  return read ? "" : read.error().message + '\n';
}

// Of a game that has never compiled there is none.
std::vector<std::string> DevSession::libraries() const {
  std::vector<std::string> all;
  for (const Game& game : games_) {
    if (fs::exists(library_of(game.folder))) all.push_back(library_of(game.folder));
  }
  return all;
}

// A linker puts a new file in the place of the old: what runs keeps the one it has.
void DevSession::start_server() {
  std::vector<std::string> words{
      play::this_program, "serve",         "--demo", "--data", options_.scratch / "data",
      "--listen",         options_.listen, "--news", news(),   "--as-built"};
  for (const std::string& library : libraries()) {
    words.insert(words.end(), {"--app", library});
  }
  if (project_) words.insert(words.end(), {"--project", options_.project});
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
