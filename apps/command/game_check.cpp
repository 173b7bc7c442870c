#include "apps/command/game_check.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "actors/limits.h"
#include "apps/command/app_bounds.h"
#include "apps/command/app_library.h"
#include "apps/command/game_files.h"
#include "apps/command/load_sends.h"
#include "apps/command/outside_calls.h"
#include "apps/command/run_apart.h"
#include "apps/command/site_apps.h"
#include "apps/command/source_mistakes.h"
#include "apps/command/writable_globals.h"
#include "apps/play/program.h"
#include "gateway/page_files.h"

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

using Warnings = std::vector<std::string>;

std::string html_of(const fs::path& file) {
  std::ifstream stream(file);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

fs::path file_of(const OfferedApp& offered, const PageModel& page) {
  return offered.pages / (page.template_name.empty() ? page.name + ".html" : page.template_name);
}

void add_past_bounds(const OfferedApp& offered, Warnings& warnings) {
  for (const PageModel& page : offered.app->pages) {
    if (page.wait) continue;
    const fs::path file = file_of(offered, page);
    for (const std::string& each : past_bounds(*offered.app, page, html_of(file))) {
      warnings.push_back(offered.app->name + "/" + file.filename().string() + " " + each);
    }
  }
}

// A page that asks for what there was gets it twice if it is replayed, too.
void add_load_sends(const OfferedApp& offered, Warnings& warnings) {
  const auto says = [](const GameSource& source) {
    return source.text.find("transient(") != source.text.npos ||
           source.text.find("latest(") != source.text.npos;
  };
  if (std::ranges::any_of(game_sources(offered.pages), says)) return;
  for (const PageModel& page : offered.app->pages) {
    if (!page.live || page.history == History::none) continue;
    const fs::path file = file_of(offered, page);
    for (const std::size_t line : sends_on_load(html_of(file))) {
      warnings.push_back(
          offered.app->name + "/" + file.filename().string() + " line " + std::to_string(line) +
          ": the page sends as soon as it has loaded, and is also told again all that was said to "
          "it: whoever reloads it sees everything twice. Write .history = History::none for the "
          "page " +
          page.name + ", or leave out this liveSend");
    }
  }
}

Result<CheckedGame> check_pages(const OfferedApp& offered) {
  const std::vector<SiteApp> site{site_app(offered)};
  const Result<PageFiles> pages = PageFiles::read(site);
  if (!pages) return pages.error();
  Warnings warnings = PageFiles::warnings(site);
  add_load_sends(offered, warnings);
  add_past_bounds(offered, warnings);
  return CheckedGame{std::move(warnings), bounds_of(*offered.app)};
}

Result<CheckedGame> load(const std::string& library) {
  Result<AnyApp> app = load_app_library(library);
  if (!app) return app.error();
  return check_pages({*app, fs::absolute(library).parent_path()});
}

// Those there are, and what else the sources and the library say.
Warnings with_mistakes(Warnings warnings, const fs::path& folder, const std::string& library) {
  std::string told;
  for (const GameSource& source : game_sources(folder)) {
    for (const SourceMistake& mistake : source_mistakes(source.text)) {
      warnings.push_back(source.file.string() + ":" + std::to_string(mistake.line) + ": " +
                         mistake.sentence);
      told += mistake.sentence + '\n';
    }
  }
  if (library.empty()) return warnings;
  const auto needed = outside_symbols(library);
  if (!needed) return warnings;  // without nm: the variables say so
  for (const OutsideCall& call : *needed) {
    if (told.find(call.sentence()) == told.npos) {
      warnings.push_back(library + ": " + call.sentence());
    }
  }
  return warnings;
}

// Those there are, and those of variables that escape the journal.
Warnings with_globals(Warnings warnings, const std::string& binary, const std::string& game,
                      const fs::path& folder, Holds holds) {
  const auto globals = writable_globals(binary, game, folder, holds);
  if (!globals) warnings.push_back(globals.error().message);
  if (globals) warnings.insert(warnings.end(), globals->begin(), globals->end());
  return warnings;
}

}  // namespace

Result<CheckedGame> check_game(const OfferedApp& built_in) {
  Result<CheckedGame> checked = check_pages(built_in);
  if (!checked) return checked;
  checked->found =
      with_globals(with_mistakes(std::move(checked->found), built_in.pages, {}), play::this_program,
                   built_in.app->name, built_in.pages, Holds::many_games);
  return checked;
}

Result<void> try_game(const std::string& library, std::chrono::seconds longest) {
  const auto work = [&library]() -> Result<std::string> {
    const Result<AnyApp> app = load_app_library(library);
    if (!app) return app.error();
    const auto pages = PageFiles::read({site_app({*app, fs::absolute(library).parent_path()})});
    return pages ? Result<std::string>("") : pages.error();
  };
  const auto told = run_apart(library, work, longest);
  return told ? Result<void>() : told.error();
}

Result<CheckedGame> check_game(const std::string& library) {
  const auto told = run_apart(library, [&library]() -> Result<std::string> {
    const Result<CheckedGame> loaded = load(library);
    if (!loaded) return loaded.error();
    return Value{{"found", Value(loaded->found)}, {"bounds", loaded->bounds}}.dump();
  });
  if (!told) return told.error();
  const fs::path file = library;
  const Value loaded = Value::parse(*told, Limits::most_nesting);
  Warnings found = with_mistakes(loaded["found"].as<Warnings>(), file.parent_path(), library);
  found = with_globals(std::move(found), library, file.stem(), file.parent_path(), Holds::the_game);
  return CheckedGame{std::move(found), loaded["bounds"]};
}

}  // namespace rialto::command
