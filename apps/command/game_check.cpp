#include "apps/command/game_check.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "apps/command/app_library.h"
#include "apps/command/site_apps.h"
#include "apps/command/writable_globals.h"
#include "apps/play/program.h"
#include "gateway/page_files.h"

namespace rialto::command {
namespace {

constexpr unsigned longest = 10;  // seconds

using Warnings = std::vector<std::string>;

Result<Warnings> check_pages(const OfferedApp& offered) {
  const std::vector<SiteApp> site{site_app(offered)};
  const Result<PageFiles> pages = PageFiles::read(site);
  if (!pages) return pages.error();
  return PageFiles::warnings(site);
}

Result<Warnings> load(const std::string& library) {
  Result<AnyApp> app = load_app_library(library);
  if (!app) return app.error();
  return check_pages({*app, std::filesystem::absolute(library).parent_path()});
}

// Those there are, and those of variables that escape the journal.
Warnings with_globals(Warnings warnings, const std::string& binary, const std::string& game,
                      const std::filesystem::path& folder, Holds holds) {
  const auto globals = writable_globals(binary, game, folder, holds);
  if (!globals) warnings.push_back(globals.error().message);
  if (globals) warnings.insert(warnings.end(), globals->begin(), globals->end());
  return warnings;
}

Warnings lines_of(const std::string& text) {
  Warnings lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(std::move(line));
  return lines;
}

// In the child: what is wrong goes through the pipe, or the warnings, a line each.
[[noreturn]] void load_and_tell(const std::string& library, int pipe) {
  ::alarm(longest);
  const Result<Warnings> loaded = load(library);
  std::string message = loaded ? "" : loaded.error().message;
  for (const std::string& warning : loaded ? *loaded : Warnings()) message += warning + '\n';
  const char* next = message.data();
  for (std::size_t left = message.size(); left > 0;) {
    const ssize_t written = ::write(pipe, next, left);
    if (written <= 0) break;
    next += written;
    left -= static_cast<std::size_t>(written);
  }
  ::_exit(loaded ? 0 : 1);
}

std::string read_all(int pipe) {
  std::string text;
  char piece[4096];
  ssize_t size = 0;
  while ((size = ::read(pipe, piece, sizeof piece)) > 0) {
    text.append(piece, static_cast<std::size_t>(size));
  }
  return text;
}

}  // namespace

Result<Warnings> check_game(const OfferedApp& built_in) {
  Result<Warnings> checked = check_pages(built_in);
  if (!checked) return checked;
  return with_globals(std::move(*checked), play::this_program, built_in.app->name, built_in.pages,
                      Holds::many_games);
}

Result<Warnings> check_game(const std::string& library) {
  int ends[2];
  if (::pipe(ends) != 0) return Error{ErrorKind::unavailable, std::strerror(errno)};
  const pid_t child = ::fork();
  if (child < 0) return Error{ErrorKind::unavailable, std::strerror(errno)};
  if (child == 0) load_and_tell(library, ends[1]);
  ::close(ends[1]);
  const std::string message = read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    const std::filesystem::path file = library;
    return with_globals(lines_of(message), library, file.stem(), file.parent_path(),
                        Holds::the_game);
  }
  if (!message.empty()) return Error{ErrorKind::invalid, message};
  const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  if (signal == SIGALRM) {
    return Error{ErrorKind::invalid, library + ": the game did not load within " +
                                         std::to_string(longest) + " s: does app() end?"};
  }
  return Error{ErrorKind::invalid,
               library + ": the game crashed when it was loaded and its app() ran" +
                   (signal != 0 ? std::string(" (") + ::strsignal(signal) + ")" : "")};
}

}  // namespace rialto::command
