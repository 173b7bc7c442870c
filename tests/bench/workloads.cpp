#include "tests/bench/workloads.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>

#include "actors/value.h"
#include "apps/load/load_engine.h"
#include "tests/bench/export_workload.h"
#include "tests/bench/page_workloads.h"
#include "tests/bench/played_server.h"

namespace rialto::bench {
namespace {

using load::LoadEngine;
using load::LoadOptions;
using load::LoadReport;

constexpr std::chrono::seconds patience{60};

// The bidder of the auctions: bids what it last saw + 1, and after a refusal too.
std::optional<Value> bid_one_more(BotPlayer& me) {
  if (me.last().contains("bid")) me.memory() = me.last()["bid"];
  return Value(me.memory().is_null() ? 1 : me.memory().as<std::int64_t>() + 1);
}

std::optional<Value> say_something(BotPlayer&) { return Value("something to say"); }

// How a workload is played, on Rialto and on its limit alike.
struct Play {
  std::string app;
  int groups = 1;
  int players = 4;
  double rate = 0;
  std::size_t outstanding = 1;
  double seconds = 5;
  BotStrategy bot = bid_one_more;
};

Result<LoadReport> play(const Play& how, std::uint16_t port, std::vector<load::Seat> seats) {
  LoadOptions options;
  options.port = port;
  options.seats = std::move(seats);
  options.bot = how.bot;
  options.rate = how.rate;
  options.outstanding = how.outstanding;
  auto engine = LoadEngine::create(std::move(options));
  if (!engine) return engine.error();
  if (auto connected = (*engine)->connect(patience); !connected) return connected.error();
  (*engine)->play(std::chrono::duration<double>(std::min(1.0, how.seconds)), patience);  // warm
  return (*engine)->play(std::chrono::duration<double>(how.seconds), patience);
}

// Server limits that bound an honest participant, raised for a bot that never rests.
std::vector<std::string> raised_limits(const Play& how) {
  return {"sends_per_second=1000000", "sends_burst=1000000",
          "sends_in_flight=" + std::to_string(std::max<std::size_t>(16, how.outstanding))};
}

double accepted(const LoadReport& report) { return report.per_second(report.tally.accepted()); }

// Accepted calls a second, the peer's beside it; each run on a server and a session of its own.
Result<Figure> calls_per_second(const Settings& settings, const Play& how) {
  std::vector<double> ours;
  std::vector<double> peers;
  std::vector<LoadReport> reports;
  double processor = 0;
  for (int run = 0; run < settings.runs; ++run) {
    auto server = PlayedServer::start(settings, raised_limits(how));
    if (!server) return server.error();
    auto seats = (*server)->create_session(how.app, how.groups * how.players);
    if (!seats) return seats.error();
    auto report = play(how, (*server)->process().port(), std::move(*seats));
    if (!report) return report.error();
    processor = (*server)->process().processor_seconds();
    server->reset();
    ours.push_back(accepted(*report));
    reports.push_back(std::move(*report));
    auto limit = start_limit(settings);
    if (!limit) return limit.error();
    auto peer = play(how, (*limit)->port(), limit_seats(how.groups, how.players));
    if (!peer) return peer.error();
    peers.push_back(accepted(*peer));
  }
  const double middle = median(ours);
  const auto& report = *std::find_if(reports.begin(), reports.end(), [&](const LoadReport& each) {
    return accepted(each) == middle;
  });
  Figure figure;
  figure.value = middle;
  figure.unit = "accepted calls/s";
  figure.limit = median(peers);
  figure.lowest = *std::min_element(ours.begin(), ours.end());
  figure.highest = *std::max_element(ours.begin(), ours.end());
  figure.p50_ms = report.tally.latency.quantile_ms(0.5);
  figure.p99_ms = report.tally.latency.quantile_ms(0.99);
  figure.more["p999_ms"] = report.tally.latency.quantile_ms(0.999);
  figure.more["max_ms"] = report.tally.latency.max_ms();
  figure.more["offered_per_s"] = report.per_second(report.tally.offered);
  figure.more["refused_per_s"] = report.per_second(report.tally.refused);
  figure.more["answered_per_s"] = report.per_second(report.tally.answered);
  figure.more["received_per_s"] = report.per_second(report.tally.received);
  figure.more["errors"] = static_cast<double>(report.tally.errors.size());
  figure.more["server_processor_s"] = processor;
  return figure;
}

Workload throughput(std::string name, std::string about, Play how) {
  return {std::move(name), std::move(about), [how](const Settings& settings) {
            Play mine = how;
            if (mine.seconds == 0) mine.seconds = settings.seconds;
            return calls_per_second(settings, mine);
          }};
}

// The median time of an append of one record's size and its fdatasync, in milliseconds.
double fdatasync_append_ms(const Settings& settings) {
  const std::string path = settings.folder + "/rialto-bench-append";
  const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  std::vector<double> times;
  const std::string record(150, 'r');
  for (int append = 0; append < 2000; ++append) {
    const auto begin = std::chrono::steady_clock::now();
    if (::write(file, record.data(), record.size()) < 0 || ::fdatasync(file) != 0) break;
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
            .count());
  }
  ::close(file);
  std::filesystem::remove(path);
  return median(std::move(times));
}

// One bidder alone: how long from send to receive, durable; the limit is an append and its
// fdatasync.
Result<Figure> one(const Settings& settings) {
  Play how{.app = "auction_of_four", .seconds = settings.seconds};
  std::vector<double> ours;
  std::vector<double> probes;
  LoadReport last;
  for (int run = 0; run < settings.runs; ++run) {
    pin_to_core(settings.server_core);
    probes.push_back(fdatasync_append_ms(settings));
    pin_to_core(settings.generator_core);
    auto server = PlayedServer::start(settings, raised_limits(how));
    if (!server) return server.error();
    auto seats = (*server)->create_session(how.app, 4);
    if (!seats) return seats.error();
    seats->resize(1);
    auto report = play(how, (*server)->process().port(), std::move(*seats));
    if (!report) return report.error();
    ours.push_back(report->tally.latency.quantile_ms(0.5));
    last = std::move(*report);
  }
  Figure figure;
  figure.value = median(ours);
  figure.unit = "ms, p50 send to receive";
  figure.limit = median(probes);
  figure.lowest = *std::min_element(ours.begin(), ours.end());
  figure.highest = *std::max_element(ours.begin(), ours.end());
  figure.p50_ms = figure.value;
  figure.p99_ms = last.tally.latency.quantile_ms(0.99);
  figure.more["above_limit_ms"] = figure.value - figure.limit;
  return figure;
}

// Open loop: what latency a steady rate sees. One long run; the peer's p99 at the same rate beside
// it.
Result<Figure> paced(const Settings& settings, Play how, double peer_seconds) {
  auto server = PlayedServer::start(settings, raised_limits(how));
  if (!server) return server.error();
  auto seats = (*server)->create_session(how.app, how.groups * how.players);
  if (!seats) return seats.error();
  auto report = play(how, (*server)->process().port(), std::move(*seats));
  if (!report) return report.error();
  server->reset();
  auto limit = start_limit(settings);
  if (!limit) return limit.error();
  Play peer = how;
  peer.seconds = peer_seconds;
  auto theirs = play(peer, (*limit)->port(), limit_seats(how.groups, how.players));
  if (!theirs) return theirs.error();
  Figure figure;
  figure.value = report->tally.latency.quantile_ms(0.99);
  figure.unit = "ms, p99 at the rate";
  figure.limit = theirs->tally.latency.quantile_ms(0.99);
  figure.lowest = figure.highest = figure.value;
  figure.p50_ms = report->tally.latency.quantile_ms(0.5);
  figure.p99_ms = figure.value;
  figure.more["p999_ms"] = report->tally.latency.quantile_ms(0.999);
  figure.more["max_ms"] = report->tally.latency.max_ms();
  figure.more["offered_per_s"] = report->per_second(report->tally.offered);
  figure.more["answered_per_s"] = report->per_second(report->tally.answered);
  figure.more["received_per_s"] = report->per_second(report->tally.received);
  figure.more["refused_per_s"] = report->per_second(report->tally.refused);
  return figure;
}

// Ten thousand connections that say nothing: resident memory of the server for each.
Result<Figure> idle(const Settings& settings) {
  constexpr int connections = 10'000;
  Play how{.app = "auction_of_four"};
  auto server = PlayedServer::start(settings, {});
  if (!server) return server.error();
  auto seats = (*server)->create_session(how.app, connections);
  if (!seats) return seats.error();
  const auto before = static_cast<double>((*server)->process().resident());
  LoadOptions options;
  options.port = (*server)->process().port();
  options.seats = std::move(*seats);
  options.bot = [](BotPlayer&) { return std::optional<Value>(); };
  auto engine = LoadEngine::create(std::move(options));
  if (!engine) return engine.error();
  if (auto connected = (*engine)->connect(patience); !connected) return connected.error();
  Figure figure;
  figure.value =
      (static_cast<double>((*server)->process().resident()) - before) / connections / 1024;
  figure.unit = "KiB of RSS a connection";
  figure.lowest = figure.highest = figure.value;
  figure.more["connections"] = static_cast<double>((*engine)->connected());
  figure.more["resident_before_mib"] = before / 1024 / 1024;
  return figure;
}

// 500 groups with 1,000 records each, killed: when has every group answered a live message again?
Result<Figure> recover(const Settings& settings) {
  constexpr int groups = 500;
  constexpr std::uint64_t records = 1000;
  Play how{.app = "auction_of_four", .groups = groups};
  auto server = PlayedServer::start(settings, raised_limits(how));
  if (!server) return server.error();
  auto seats = (*server)->create_session(how.app, groups * how.players);
  if (!seats) return seats.error();
  std::vector<load::Seat> callers;
  for (std::size_t seat = 0; seat < seats->size(); seat += 4) callers.push_back((*seats)[seat]);
  LoadOptions options;
  options.port = (*server)->process().port();
  options.seats = callers;
  options.bot = bid_one_more;
  options.outstanding = 16;
  const auto fill = [&]() -> Result<void> {
    auto engine = LoadEngine::create(options);
    if (!engine) return engine.error();
    if (auto connected = (*engine)->connect(patience); !connected) return connected.error();
    std::uint64_t answered = 0;
    while (answered < records * groups) {
      answered += (*engine)->play(std::chrono::duration<double>(1), patience).tally.answered;
    }
    return {};
  };
  if (auto filled = fill(); !filled) return filled.error();
  std::vector<double> times;
  for (int run = 0; run < settings.runs; ++run) {
    (*server)->process().kill();
    const auto begin = std::chrono::steady_clock::now();
    if (auto again = (*server)->kill_and_start_again(); !again) return again.error();
    options.port = (*server)->process().port();
    options.outstanding = 1;
    auto engine = LoadEngine::create(options);
    if (!engine) return engine.error();
    if (auto connected = (*engine)->connect(patience); !connected) return connected.error();
    std::vector<bool> heard(callers.size(), false);
    (*engine)->play(std::chrono::duration<double>(0.001), patience);
    times.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    if ((*engine)->unanswered() != 0) {
      return Error{ErrorKind::unavailable, "not every group answered after the restart"};
    }
  }
  Figure figure;
  figure.value = median(times);
  figure.unit = "s until every group answered";
  figure.lowest = *std::min_element(times.begin(), times.end());
  figure.highest = *std::max_element(times.begin(), times.end());
  return figure;
}

}  // namespace

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

const std::vector<Workload>& workloads() {
  static const std::vector<Workload> all{
      throughput("auction", "50 groups of 4, closed loop: accepted bids/s, each durable first",
                 {.app = "auction_of_four", .groups = 50, .seconds = 0}),
      throughput("auction10", "10 groups of 4",
                 {.app = "auction_of_four", .groups = 10, .seconds = 0}),
      throughput("auction1", "1 group of 4", {.app = "auction_of_four", .groups = 1, .seconds = 0}),
      throughput("hot", "1 group of 4, up to 8 sends outstanding a bidder",
                 {.app = "auction_of_four", .groups = 1, .outstanding = 8, .seconds = 0}),
      throughput("talk", "50 groups of 4, closed loop: accepted messages/s, each to all four",
                 {.app = "talk", .groups = 50, .seconds = 0, .bot = say_something}),
      throughput("talk1", "1 group of 4",
                 {.app = "talk", .groups = 1, .seconds = 0, .bot = say_something}),
      throughput("talk_hot", "1 group of 4, up to 8 sends outstanding a player",
                 {.app = "talk", .outstanding = 8, .seconds = 0, .bot = say_something}),
      {"one", "one bidder: p50 from send to receive, durable; limit: append + fdatasync", one},
      {"paced", "100 groups of 4, one bid a second each, open loop, 2 minutes",
       [](const Settings& settings) {
         return paced(settings,
                      {.app = "auction_of_four", .groups = 100, .rate = 400, .seconds = 120}, 10);
       }},
      {"crowd", "1 group of 500, one message a second from each to all: 250,000 frames/s",
       [](const Settings& settings) {
         return paced(
             settings,
             {.app = "crowd", .players = 500, .rate = 500, .seconds = 20, .bot = say_something},
             10);
       }},
      {"idle", "10,000 connections: KiB of RSS each", idle},
      export_workload(),
      {"recover", "500 groups of 1,000 records, after kill -9: until every group has answered",
       recover},
      pages_workload(),
      storm_workload(),
      arrive_workload(),
      bots_workload(),
  };
  return all;
}

}  // namespace rialto::bench
