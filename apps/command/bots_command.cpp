#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>

#include "apps/command/app_list.h"
#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/played_config.h"
#include "apps/command/site_apps.h"
#include "apps/command/standard_log.h"
#include "apps/play/bot_run.h"
#include "storage/csv_tables.h"
#include "storage/export.h"
#include "storage/export_folder.h"

namespace rialto::command {
namespace {

constexpr const char* notes =
    "Plays a whole session in process, from the first page to the last: pages are rendered as "
    "they\n"
    "are served, wait pages and timeouts happen on a clock that does not wait. What the game's\n"
    "play_round says nothing about is filled in by chance. Nothing is kept but what --export "
    "writes.\n"
    "\n"
    "Examples:\n"
    "  rialto bots public_goods\n"
    "  rialto bots public_goods 30 --cases\n"
    "  rialto bots public_goods --export tables\n"
    "  rialto bots mine --app mine/mine.so\n";

struct BotsCommandOptions {
  play::BotsOptions bots;
  std::vector<std::string> libraries;
  std::string out;
  std::string project;
  std::string case_name;
  bool all_cases = false;
  bool json = false;
  bool chatty = false;
};

Result<SiteContent> content_of(const std::vector<OfferedApp>& apps) {
  std::vector<SiteApp> site;
  for (const OfferedApp& each : apps) site.push_back(site_app(each));
  Result<PageFiles> files = PageFiles::read(site);
  if (!files) return files.error();
  Result<PublicUrl> url = PublicUrl::parse("http://localhost");
  if (!url) return url.error();
  SiteContent::Parts parts{std::move(site), {}, *std::move(files), "bots", DemoPage::absent, 64};
  return SiteContent(std::move(parts), Links("bots", *std::move(url)));
}

// Which cases are played: all of all apps, one, the first, or one without a name.
Result<std::vector<std::string>> cases_of(const std::vector<AnyApp>& apps,
                                          const BotsCommandOptions& options) {
  std::vector<std::string> known;
  std::string list;
  for (const AnyApp& app : apps) {
    for (const std::string& each : app->cases) {
      if (std::ranges::find(known, each) != known.end()) continue;
      known.push_back(each);
      list += (list.empty() ? "" : ", ") + each;
    }
  }
  if (!options.case_name.empty()) {
    if (std::ranges::find(known, options.case_name) != known.end()) {
      return std::vector<std::string>{options.case_name};
    }
    return Error{ErrorKind::not_found, options.bots.config + " has no case \"" + options.case_name +
                                           "\"; it has " + (list.empty() ? "none" : list)};
  }
  if (known.empty()) return std::vector<std::string>{""};
  if (!options.all_cases) known.resize(1);
  return known;
}

Result<void> export_to(const std::string& out, const play::BotRun& run) {
  const auto sessions = chosen_sessions(run.store(), {.code = run.session()});
  if (!sessions) return sessions.error();
  ExportFolder folder(out);
  CsvTables tables(folder, CsvStyle());
  const auto written = export_sessions(run.store(), *sessions, Personal::leave_out, tables);
  if (!written) return written.error();
  return folder.publish();
}

int play_cases(const BotsCommandOptions& options, const std::vector<std::string>& cases,
               const SiteContent& content) {
  int code = exit_done;
  for (const std::string& name : cases) {
    play::BotsOptions bots = options.bots;
    bots.case_name = name;
    play::BotRun run(std::move(bots), content);
    const auto report = run.play();
    if (!report) return fail(report.error());
    std::fputs(options.json ? (report->to_value().dump() + '\n').c_str() : report->text().c_str(),
               stdout);
    if (report->failure) {
      std::fprintf(stderr, "rialto: a bot failed in %s\n", report->failure->text().c_str());
      code = exit_failed;
    }
    if (options.out.empty()) continue;
    const std::string folder = cases.size() > 1 ? options.out + "/" + name : options.out;
    if (auto exported = export_to(folder, run); !exported) return fail(exported.error());
  }
  return code;
}

int play_bots(BotsCommandOptions options) {
  log_to_standard_error();
  spdlog::set_level(options.chatty ? spdlog::level::info : spdlog::level::warn);
  const auto played = played_config(options.project, options.libraries, options.bots.config);
  if (!played) return fail(played.error());
  options.bots.apps = models_of(played->apps);
  options.bots.configs = {played->config};
  const auto cases = cases_of(options.bots.apps, options);
  if (!cases) return fail(cases.error());
  const auto content = content_of(played->apps);
  if (!content) return fail(content.error());
  return play_cases(options, *cases, *content);
}

}  // namespace

void add_bots(CLI::App& program, Action& action) {
  auto options = std::make_shared<BotsCommandOptions>();
  CLI::App* const command =
      program.add_subcommand("bots", "Play a whole session by bots, in process");
  command->add_option("CONFIG", options->bots.config, "Name of a session config, or of an app")
      ->required();
  command->add_option("N", options->bots.participants,
                      "How many participants; if left out, as many as a demo has");
  CLI::Option* const all = command->add_flag("--cases", options->all_cases,
                                             "Play each of the bots' cases, not the first alone");
  command->add_option("--case", options->case_name, "Play this one of the bots' cases")
      ->excludes(all);
  command->add_option("--seed", options->bots.seed, "Of the bots' draws")->capture_default_str();
  command
      ->add_option("--messages", options->bots.most_messages,
                   "How many live messages a bot's strategy sends on one page at most")
      ->capture_default_str();
  command->add_option("--export", options->out, "Write the session's data into this folder")
      ->type_name("DIR");
  command->add_option("--app", options->libraries, "A library with one more game")
      ->type_name("FILE.so");
  add_project_option(*command, options->project);
  command->add_flag("--json", options->json, "Print a JSON value for each case, for scripts");
  command->add_flag("--print", options->chatty, "Show what the game prints");
  command->footer(notes);
  command->callback([options, &action] { action = [options] { return play_bots(*options); }; });
}

}  // namespace rialto::command
