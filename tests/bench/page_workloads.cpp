#include "tests/bench/page_workloads.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "actors/value.h"
#include "apps/load/load_engine.h"
#include "tests/bench/played_server.h"

namespace meeting {
rialto::AnyApp app();
}
namespace ten_pages {
rialto::AnyApp app();
}

namespace rialto::bench {
namespace {

using load::LoadEngine;
using load::LoadOptions;
using load::LoadReport;

constexpr std::chrono::seconds patience{60};
constexpr int survey_participants = 500;

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Figure figure_of(const std::vector<double>& values, std::string unit) {
  Figure figure;
  figure.value = median(values);
  figure.unit = std::move(unit);
  figure.lowest = *std::min_element(values.begin(), values.end());
  figure.highest = *std::max_element(values.begin(), values.end());
  return figure;
}

LoadOptions players(std::uint16_t port, std::vector<load::Seat> seats, std::vector<AnyApp> apps) {
  LoadOptions options;
  options.port = port;
  options.seats = std::move(seats);
  options.apps = std::move(apps);
  return options;
}

// All are on their first page; then they go on until all have finished or the time is up.
Result<LoadReport> play_pages(LoadOptions options, double seconds) {
  auto engine = LoadEngine::create(std::move(options));
  if (!engine) return engine.error();
  if (auto connected = (*engine)->connect(patience); !connected) return connected.error();
  LoadReport report = (*engine)->play(std::chrono::duration<double>(seconds), patience);
  if (!report.tally.errors.empty()) {
    return Error{ErrorKind::unavailable, report.tally.errors.begin()->first};
  }
  return report;
}

// -- oTree
// -----------------------------------------------------------------------------------------

struct OTree {
  std::string folder;  // removed with it
  std::unique_ptr<ServerProcess> process;
  std::vector<load::Seat> seats;

  OTree() = default;
  OTree(OTree&&) = default;
  OTree& operator=(OTree&&) = default;
  ~OTree() {
    process.reset();
    std::error_code ignored;
    if (!folder.empty()) std::filesystem::remove_all(folder, ignored);
  }
};

Result<OTree> start_otree(const Settings& settings, const std::string& python) {
  OTree otree;
  otree.folder = settings.folder + "/rialto-bench-otree-XXXXXX";
  if (::mkdtemp(otree.folder.data()) == nullptr) {
    return Error{ErrorKind::unavailable, "cannot make a folder in " + settings.folder};
  }
  const std::string codes = otree.folder + "/codes";
  auto process =
      ServerProcess::start({"/usr/bin/python3", BENCH_FOLDER "/otree_server.py", python,
                            "ten_pages", std::to_string(survey_participants), codes, otree.folder},
                           settings.server_core);
  if (!process) return process.error();
  otree.process = std::move(*process);
  std::ostringstream text;
  text << std::ifstream(codes).rdbuf();
  for (const Value& code : Value::parse(text.str(), 8)) {
    const auto name = code.as<std::string>();
    otree.seats.push_back({name, "/InitializeParticipant/" + name, 1, 1});
  }
  return otree;
}

// Beside ours, where it is installed (the target otree_python).
Result<std::optional<LoadReport>> otree_pages(const Settings& settings) {
  const std::string python =
      (std::filesystem::path(settings.self).parent_path() / "otree_python").string();
  if (!std::filesystem::exists(python + "/installed")) return std::optional<LoadReport>();
  auto otree = start_otree(settings, python);
  if (!otree) return otree.error();
  auto report = play_pages(players(otree->process->port(), std::move(otree->seats), {}),
                           std::max(10.0, settings.seconds));
  if (!report) return report.error();
  return std::optional<LoadReport>(std::move(*report));
}

Result<Figure> pages(const Settings& settings) {
  std::vector<double> rates;
  LoadReport last;
  for (int run = 0; run < settings.runs; ++run) {
    auto server = PlayedServer::start(settings, {});
    if (!server) return server.error();
    auto seats = (*server)->create_session("ten_pages", survey_participants);
    if (!seats) return seats.error();
    auto report = play_pages(
        players((*server)->process().port(), std::move(*seats), {ten_pages::app()}), 120);
    if (!report) return report.error();
    if (report->tally.finished != survey_participants) {
      return Error{ErrorKind::unavailable, "not all came to the end"};
    }
    rates.push_back(report->per_second(report->tally.pages));
    last = std::move(*report);
  }
  Figure figure = figure_of(rates, "pages/s");
  figure.p50_ms = last.tally.page_latency.quantile_ms(0.5);
  figure.p99_ms = last.tally.page_latency.quantile_ms(0.99);
  const auto otree = otree_pages(settings);
  if (!otree) return otree.error();
  if (*otree) {
    figure.more["otree_pages_per_s"] = (*otree)->per_second((*otree)->tally.pages);
    figure.more["otree_p50_ms"] = (*otree)->tally.page_latency.quantile_ms(0.5);
    figure.more["otree_p99_ms"] = (*otree)->tally.page_latency.quantile_ms(0.99);
  }
  return figure;
}

// -- all at once
// -----------------------------------------------------------------------------------

Result<Figure> storm(const Settings& settings) {
  constexpr std::size_t count = 500;
  std::vector<double> times;
  for (int run = 0; run < settings.runs; ++run) {
    auto server = PlayedServer::start(settings, {});
    if (!server) return server.error();
    auto seats = (*server)->create_session("storm", count);
    if (!seats) return seats.error();
    LoadOptions options = players((*server)->process().port(), std::move(*seats), {});
    options.bot = [](BotPlayer& me) -> std::optional<Value> {
      if (!me.memory().is_null()) return std::nullopt;
      me.memory() = true;
      return Value::object();
    };
    auto engine = LoadEngine::create(std::move(options));
    if (!engine) return engine.error();
    const auto begin = std::chrono::steady_clock::now();
    if (auto connected = (*engine)->connect(patience); !connected) return connected.error();
    std::uint64_t received = 0;
    while (received < count && seconds_since(begin) < 60) {
      received += (*engine)->play(std::chrono::milliseconds(1), patience).tally.received;
    }
    times.push_back(seconds_since(begin));
    if (received != count) return Error{ErrorKind::unavailable, "not everybody got the state"};
  }
  return figure_of(times, "s until all 500 have loaded the page and have the state");
}

Result<Figure> arrive(const Settings& settings) {
  constexpr std::size_t count = 1000;
  std::vector<double> times;
  std::vector<double> opening;
  for (int run = 0; run < settings.runs; ++run) {
    auto server = PlayedServer::start(settings, {});
    if (!server) return server.error();
    auto seats = (*server)->create_session("meeting", count);
    if (!seats) return seats.error();
    auto engine = LoadEngine::create(
        players((*server)->process().port(), std::move(*seats), {meeting::app()}));
    if (!engine) return engine.error();
    const auto begin = std::chrono::steady_clock::now();
    if (auto connected = (*engine)->connect(patience); !connected) return connected.error();
    opening.push_back(seconds_since(begin));
    const std::uint64_t at_once = (*engine)->tally().finished;
    const LoadReport report = (*engine)->play(std::chrono::seconds(60), patience);
    times.push_back(opening.back() + (at_once == count ? 0 : report.seconds));
    if (at_once + report.tally.finished != count) {
      return Error{ErrorKind::unavailable, "not everybody was grouped"};
    }
  }
  Figure figure = figure_of(times, "s from when the first comes until all have moved on");
  figure.more["opening_s"] = median(opening);
  return figure;
}

Result<Figure> bots(const Settings& settings) {
  std::vector<double> times;
  Value report;
  for (int run = 0; run < settings.runs; ++run) {
    auto output = output_of({settings.server, "bots", "public_goods", "1002", "--json"});
    if (!output) return output.error();
    report = Value::parse(*output, 8);
    times.push_back(report["seconds"].as<double>());
  }
  Figure figure = figure_of(times, "s");
  figure.more["bots"] = report["participants"].as<double>();
  figure.more["pages"] = report["pages"].as<double>();
  figure.more["submits"] = report["submits"].as<double>() + report["refusals"].as<double>();
  return figure;
}

}  // namespace

Workload pages_workload() {
  return {"pages", "500 participants, a survey of 10 pages: pages/s, oTree's own server beside it",
          pages};
}

Workload storm_workload() {
  return {"storm", "500 players of one group load a live page at once, each asks for the state",
          storm};
}

Workload arrive_workload() {
  return {"arrive", "1,000 participants come and wait to be grouped by arrival time", arrive};
}

Workload bots_workload() {
  return {"bots", "1,002 bots through ten rounds of public goods, in process", bots};
}

}  // namespace rialto::bench
