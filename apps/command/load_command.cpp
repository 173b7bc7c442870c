#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <memory>

#include "actors/value.h"
#include "apps/command/commands.h"
#include "apps/command/control_client.h"
#include "apps/command/exit_code.h"
#include "apps/command/played_config.h"
#include "apps/command/progress_line.h"
#include "apps/command/say.h"
#include "apps/load/load_engine.h"
#include "apps/load/load_summary.h"
#include "apps/load/web_address.h"
#include "apps/load/wire.h"

namespace rialto::command {
namespace {

constexpr const char* notes =
    "Each player of a new session plays all its pages over HTTP, as the game's play_round says or "
    "by\n"
    "chance, waits where others are to be waited for, and is the app's bot on live pages, on a\n"
    "WebSocket of its own; when the bot has been silent for a second, the page is submitted. It\n"
    "ends when all have finished, or after --seconds. Without --rate a player's next call follows\n"
    "the answer to its last (closed loop). With --rate calls are due at fixed times whatever the\n"
    "server does (open loop), and latency counts from the time a call was due.\n"
    "A page is its POST and the GET that it leads to. Refused calls are those answered by an error "
    "frame, or by the game to the sender with "
    "an\n"
    "object whose \"type\" is \"error\".\n"
    "\n"
    "Examples:\n"
    "  rialto load auction --groups 50 --seconds 10\n"
    "  rialto load auction --groups 100 --seconds 120 --rate 400 --json\n";

struct LoadCommandOptions {
  std::string data;
  std::string app;  // or a session config
  std::string project;
  std::vector<std::string> libraries;
  std::string url;
  std::string session;
  load::LoadOptions load;
  int groups = 1;
  int players = 4;
  double seconds = 10;
  bool json = false;
};

std::atomic<load::LoadEngine*> running{nullptr};

void stop_running(int) {
  if (load::LoadEngine* const engine = running) engine->stop();
}

// Adds the seats of a session as the server describes it. A link is for browsers, and may lead
// over a proxy that speaks https; its path is the server's own, too.
void add_seats(const Value& session, load::LoadOptions& load) {
  std::map<std::int64_t, int> players_of;
  for (const Value& each : session["participants"]) ++players_of[each["unit"].as<std::int64_t>()];
  for (const Value& each : session["participants"]) {
    load.seats.push_back({each["code"].as<std::string>(),
                          load::path_of(each["link"].as<std::string>()), each["player"].as<int>(),
                          players_of[each["unit"].as<std::int64_t>()]});
  }
}

// Where to connect; before any session is made, so that none is left behind where nobody answers.
Result<void> find_server(LoadCommandOptions& options) {
  std::string url = options.url;
  if (url.empty()) {
    const auto answer = ask_server(options.data, {{"command", "address"}});
    if (!answer) return answer.error();
    url = (*answer)["result"]["address"].as<std::string>();
  }
  const auto address = load::WebAddress::parse(url);
  if (!address) return address.error();
  options.load.host = address->host;
  options.load.port = address->port;
  return address->reach();
}

Result<void> create_sessions(LoadCommandOptions& options, const SessionConfig& config) {
  const auto whole_session = [](const AnyApp& each) { return each->players_per_group == 0; };
  const bool one_group_a_session = std::ranges::all_of(options.load.apps, whole_session);
  const int sessions = one_group_a_session ? options.groups : 1;
  const auto step = static_cast<int>(participants_step(config, options.load.apps));
  const int participants = one_group_a_session ? options.players : options.groups * step;
  for (int i = 0; i < sessions; ++i) {
    const Value create = {{"command", "session create"},
                          {"config", config.name},
                          {"participants", participants},
                          {"bots", true}};
    const Value show = {{"command", "session show"}, {"code", options.session}};
    auto answer = ask_server(options.data, options.session.empty() ? create : show);
    if (!answer) return answer.error();
    add_seats((*answer)["result"], options.load);
    if (!options.session.empty()) break;
  }
  return {};
}

int play(LoadCommandOptions options) {
  const auto played = played_config(options.project, options.libraries, options.app);
  if (!played) return fail(played.error());
  options.load.apps = models_of(played->apps);
  options.load.leave_when_silent = std::chrono::seconds(1);
  if (auto found = find_server(options); !found) return fail(found.error());
  if (auto made = create_sessions(options, played->config); !made) return fail(made.error());

  auto engine = load::LoadEngine::create(std::move(options.load));
  if (!engine) return fail(engine.error());
  running = engine->get();
  std::signal(SIGINT, stop_running);
  std::signal(SIGTERM, stop_running);
  const auto report = [&]() -> Result<load::LoadReport> {
    ProgressLine progress("playing");
    progress.reach("of at most " + std::to_string(std::lround(options.seconds)));
    if (auto connected = (*engine)->connect(std::chrono::seconds(60)); !connected) {
      return connected.error();
    }
    return (*engine)->play(std::chrono::duration<double>(options.seconds),
                           std::chrono::seconds(10));
  }();
  if (!report) return fail(report.error());
  running = nullptr;
  if (options.json) say_json(load::to_json(*report));
  if (!options.json) std::fputs(load::to_text(*report).c_str(), stdout);
  return exit_done;
}

}  // namespace

void add_load(CLI::App& program, Action& action) {
  auto options = std::make_shared<LoadCommandOptions>();
  CLI::App* const command =
      program.add_subcommand("load", "Play an app by bots against the running server and measure");
  command->add_option("CONFIG", options->app, "Name of a session config, or of an app")->required();
  command->add_option("--groups", options->groups, "How many groups play")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--seconds", options->seconds, "How long")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--rate", options->load.rate, "Calls a second of all players together")
      ->check(CLI::PositiveNumber);
  command->add_option("--players", options->players, "Players a group, of apps that fix no number")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command
      ->add_option("--outstanding", options->load.outstanding,
                   "Calls a player may have unanswered, without --rate")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  command->add_option("--session", options->session, "Play this session instead of a new one");
  command->add_option(
      "--url", options->url,
      "Connect here instead of to where the server listens; http, not a proxy's https");
  command->add_option("--seed", options->load.seed, "Of the bots' draws")->capture_default_str();
  command->add_option("--log", options->load.log_file,
                      "Write every frame sent and received to this file, a line of JSON each");
  add_library_option(*command, options->libraries);
  add_project_option(*command, options->project);
  add_data_option(*command, options->data);
  add_json_option(*command, options->json);
  command->footer(notes);
  command->callback([options, &action] { action = [options] { return play(*options); }; });
}

}  // namespace rialto::command
