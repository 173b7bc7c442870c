#include "tests/bench/export_workload.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "actors/value.h"
#include "apps/load/load_engine.h"
#include "tests/bench/played_server.h"

namespace rialto::bench {
namespace {

using load::LoadEngine;
using load::LoadOptions;
using load::LoadReport;

constexpr std::chrono::seconds patience{60};
constexpr int participants = 2000;
constexpr std::uint64_t messages = 40'000;  // one for each participant and round
constexpr double bids_per_second = 100;

Result<std::unique_ptr<LoadEngine>> connect(LoadOptions options) {
  auto engine = LoadEngine::create(std::move(options));
  if (!engine) return engine.error();
  if (auto connected = (*engine)->connect(patience); !connected) return connected.error();
  return engine;
}

// The large session, with as many messages as it would have; its code.
Result<std::string> fill(PlayedServer& server) {
  auto seats = server.create_session("twenty_rounds", participants);
  if (!seats) return seats.error();
  LoadOptions options;
  options.port = server.process().port();
  options.seats = std::move(*seats);
  options.bot = [](BotPlayer&) { return std::optional<Value>(Value(12.5)); };
  auto engine = connect(std::move(options));
  if (!engine) return engine.error();
  std::uint64_t answered = 0;
  while (answered < messages) {
    const std::uint64_t more =
        (*engine)->play(std::chrono::duration<double>(0.5), patience).tally.answered;
    if (more == 0) return Error{ErrorKind::unavailable, "the large session cannot be played"};
    answered += more;
  }
  return server.newest_session();
}

struct Exports {
  std::vector<double> seconds;
  std::string failure;
};

// One export after the other, `count` of them.
void export_again_and_again(PlayedServer& server, const std::string& code, int count,
                            Exports& exports) {
  const std::string out = server.folder() + "/exported";
  for (int run = 0; run < count && exports.failure.empty(); ++run) {
    const auto begin = std::chrono::steady_clock::now();
    const auto done = server.command({"export", code, "--out", out});
    exports.seconds.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    if (!done) exports.failure = done.error().message;
  }
}

Result<Figure> run(const Settings& settings) {
  auto server = PlayedServer::start(
      settings, {"sends_per_second=1000000", "sends_burst=1000000", "sends_in_flight=16"});
  if (!server) return server.error();
  const auto code = fill(**server);
  if (!code) return code.error();
  auto seats = (*server)->create_session("auction_of_four", 100);
  if (!seats) return seats.error();
  LoadOptions options;
  options.port = (*server)->process().port();
  options.seats = std::move(*seats);
  options.bot = [](BotPlayer& me) {
    if (me.last().contains("bid")) me.memory() = me.last()["bid"];
    return std::optional<Value>(me.memory().is_null() ? 1 : me.memory().as<std::int64_t>() + 1);
  };
  options.rate = bids_per_second;
  auto engine = connect(std::move(options));
  if (!engine) return engine.error();
  const std::chrono::duration<double> length(std::max(settings.seconds, 5.0) * 2);
  (*engine)->play(std::chrono::duration<double>(1), patience);  // warm
  const LoadReport alone = (*engine)->play(length, patience);
  Exports exports;
  std::thread exporter([&] {
    export_again_and_again(**server, *code, std::max(settings.runs, 3), exports);
    (*engine)->stop();
  });
  const LoadReport beside = (*engine)->play(std::chrono::minutes(5), patience);
  exporter.join();
  if (!exports.failure.empty()) return Error{ErrorKind::unavailable, exports.failure};
  std::sort(exports.seconds.begin(), exports.seconds.end());
  Figure figure;
  figure.value = exports.seconds[exports.seconds.size() / 2];
  figure.unit = "s to export 2,000 participants x 20 rounds and 40,000 messages";
  figure.lowest = exports.seconds.front();
  figure.highest = exports.seconds.back();
  figure.p50_ms = beside.tally.latency.quantile_ms(0.5);
  figure.p99_ms = beside.tally.latency.quantile_ms(0.99);
  figure.more["p50_alone_ms"] = alone.tally.latency.quantile_ms(0.5);
  figure.more["p99_alone_ms"] = alone.tally.latency.quantile_ms(0.99);
  figure.more["bids_per_s"] = beside.per_second(beside.tally.answered);
  figure.more["wide_mib"] = static_cast<double>(std::filesystem::file_size(
                                (*server)->folder() + "/exported/all_apps_wide.csv")) /
                            1024 / 1024;
  return figure;
}

}  // namespace

Workload export_workload() {
  return {"export", "2,000 participants x 20 rounds are exported while 100 bids/s go on", run};
}

}  // namespace rialto::bench
