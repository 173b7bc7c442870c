#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <memory>
#include <vector>

#include "apps/command/app_list.h"
#include "apps/command/bots_server.h"
#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/installation.h"
#include "apps/command/page_words.h"
#include "apps/command/played_config.h"
#include "apps/command/progress_line.h"
#include "apps/command/say.h"
#include "apps/command/site_apps.h"
#include "apps/play/bot_run.h"
#include "apps/play/browser_run.h"
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
    "With --browser the same bots play in windows of Chromium, against a server that is started "
    "for\n"
    "them: scripts of pages run, and time limits take as long as they do. It needs Node.js, "
    "Chromium\n"
    "and playwright-core.\n"
    "\n"
    "Examples:\n"
    "  rialto bots public_goods\n"
    "  rialto bots public_goods 30 --cases\n"
    "  rialto bots public_goods --export tables\n"
    "  rialto bots public_goods --browser\n"
    "  rialto bots public_goods --drop\n"
    "  rialto bots mine --app mine/mine.so\n";

struct BotsCommandOptions {
  play::BotsOptions bots;
  std::vector<std::string> libraries;
  std::string out;
  std::string project;
  std::string case_name;
  bool all_cases = false;
  bool browser = false;
  bool drops = false;
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

Result<void> export_to(const std::string& out, const Reader& store, const std::string& session) {
  const auto sessions = chosen_sessions(store, {.code = session});
  if (!sessions) return sessions.error();
  ExportFolder folder(out, Personal::leave_out);
  CsvTables tables(folder, CsvStyle());
  const auto written = export_sessions(store, *sessions, Personal::leave_out, tables);
  if (!written) return written.error();
  return folder.publish();
}

// Plays once, and exports to `out`, if it is not "".
using PlayOnce = std::function<Result<play::BotsReport>(play::BotsOptions, const std::string& out)>;

Result<play::BotsReport> play_in_process(play::BotsOptions options, const SiteContent& content,
                                         const std::string& out) {
  play::BotRun run(std::move(options), content);
  auto report = run.play();
  if (!report || out.empty()) return report;
  if (auto exported = export_to(out, run.store(), run.session()); !exported)
    return exported.error();
  return report;
}

Result<play::BotsReport> play_in_browser(play::BotsOptions options, BotsServer& server,
                                         const std::string& out) {
  auto session = server.create_session(options.config, options.participants, options.seed);
  if (!session) return session.error();
  const std::string code = (*session)["code"].as<std::string>();
  const auto read = [&server, code](Store& into) { return server.read_session(code, into); };
  play::BrowserRun run(std::move(options), {*session, read}, bots_script());
  auto report = run.play();
  if (!report || out.empty()) return report;
  if (auto all = run.read_all(); !all) return all.error();
  if (auto exported = export_to(out, run.store(), code); !exported) return exported.error();
  return report;
}

int play_cases(const BotsCommandOptions& options, const std::vector<std::string>& cases,
               const PlayOnce& play_once) {
  int code = exit_done;
  for (const std::string& name : cases) {
    play::BotsOptions bots = options.bots;
    bots.case_name = name;
    const bool own_folder = !options.out.empty() && cases.size() > 1;
    const auto report = [&] {
      const ProgressLine progress("bots are playing " + bots.config);
      return play_once(bots, own_folder ? options.out + "/" + name : options.out);
    }();
    if (!report) return fail(report.error());
    std::fputs(options.json ? (report->to_value().dump() + '\n').c_str() : report->text().c_str(),
               stdout);
    if (!report->failure) continue;
    say_lines_aside("rialto: a bot failed in ", report->failure->text());
    code = exit_failed;
  }
  return code;
}

// The session again and again: each participant once on each page that he sees is dropped, and all
// others must come through.
int play_drop_outs(const BotsCommandOptions& options, const PlayOnce& play_once) {
  const ProgressLine progress("bots drop out of " + options.bots.config);
  std::vector<Value> failures;
  std::size_t played = 0;
  std::size_t participants = 1;  // at least; the first report tells
  for (play::DropOut drop_out; drop_out.participant < participants; ++drop_out.participant) {
    for (drop_out.page = 1;; ++drop_out.page) {
      play::BotsOptions bots = options.bots;
      bots.drop_out = drop_out;
      const auto report = play_once(bots, "");
      if (!report) return fail(report.error());
      participants = report->participants;
      if (report->dropped_on.empty()) break;
      ++played;
      if (!report->failure) continue;
      failures.push_back({{"participant", drop_out.participant + 1},
                          {"dropped_on", report->dropped_on},
                          {"failure", report->to_value()["failure"]}});
      say_lines_aside(fmt::format("rialto: participant {} dropped on {}: ",
                                  drop_out.participant + 1, report->dropped_on),
                      report->failure->text());
    }
  }
  if (options.json) {
    say_json(
        {{"config", options.bots.config}, {"drop_outs", played}, {"failures", Value(failures)}});
  } else {
    say("{}: {} times a participant was dropped; {} times the others could not go on\n",
        options.bots.config, played, failures.size());
  }
  return failures.empty() ? exit_done : exit_failed;
}

// What the server says of a game that fails belongs to what the bots say.
void print_log(const BotsServer& server) {
  std::ifstream log(server.log_file());
  for (std::string line; std::getline(log, line);) {
    if (line.find("error") != line.npos || line.find("warn") != line.npos) {
      say_aside("{}\n", line);
    }
  }
}

int play_bots(BotsCommandOptions options) {
  spdlog::set_level(options.chatty ? spdlog::level::info : spdlog::level::warn);
  auto played = played_config(options.project, options.libraries, options.bots.config);
  if (!played) return fail(played.error());
  auto apps = with_page_words(std::move(played->apps));
  if (!apps) return fail(apps.error());
  played->apps = *std::move(apps);
  options.bots.apps = models_of(played->apps);
  options.bots.configs = {played->config};
  const auto cases = cases_of(options.bots.apps, options);
  if (!cases) return fail(cases.error());
  if (options.browser) {
    const auto server = BotsServer::start(options.project, options.libraries);
    if (!server) return fail(server.error());
    const int code = play_cases(options, *cases, [&](auto bots, const std::string& out) {
      return play_in_browser(std::move(bots), **server, out);
    });
    if (code != exit_done) print_log(**server);
    return code;
  }
  const auto content = content_of(played->apps);
  if (!content) return fail(content.error());
  const PlayOnce play_once = [&](auto bots, const std::string& out) {
    return play_in_process(std::move(bots), *content, out);
  };
  return options.drops ? play_drop_outs(options, play_once)
                       : play_cases(options, *cases, play_once);
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
  command->add_flag("--browser", options->browser,
                    "In windows of Chromium, against a server on this machine");
  command
      ->add_option("--seed", options->bots.seed, "Of all that is drawn: by the game, and by bots")
      ->capture_default_str();
  command
      ->add_option("--messages", options->bots.most_messages,
                   "How many live messages a bot's strategy sends on one page at most")
      ->capture_default_str();
  command->add_option("--export", options->out, "Write the session's data into this folder")
      ->type_name("DIR");
  command
      ->add_flag("--drop", options->drops,
                 "Play it again and again: each participant is dropped on each page once, and all "
                 "others must come through")
      ->excludes("--browser", "--cases", "--case", "--export");
  add_library_option(*command, options->libraries);
  add_project_option(*command, options->project);
  command->add_flag("--json", options->json, "Print a JSON value for each case, for scripts");
  command->add_flag("--print", options->chatty, "Show what the game prints");
  command->footer(notes);
  command->callback([options, &action] { action = [options] { return play_bots(*options); }; });
}

}  // namespace rialto::command
