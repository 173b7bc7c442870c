// rialto-bench [NAME…] [--json]: named workloads on a server pinned to one core, generator on the
// other, real sockets, real disk, fsync on. Each prints its figure beside a limit measured in the
// same run.
//
//   auction    50 groups of 4, closed loop       one      one bidder, p50 send to receive
//   auction10  10 groups                         paced    400 bids/s, open loop, 2 minutes
//   auction1   1 group                           crowd    500 players, 250,000 frames/s
//   hot        1 group, 8 sends outstanding      idle     10,000 connections, memory
//   talk, talk1, talk_hot: the same groups       recover  500,000 records after kill -9
//   when nothing is refused                      export   2,000 participants x 20 rounds
//   pages      500 participants, 10 pages      storm    500 load a live page at once
//   arrive     1,000 grouped as they come      bots     1,002 in process, ten rounds
#include <sys/resource.h>
#include <sys/vfs.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "actors/limits.h"
#include "actors/value.h"
#include "tests/bench/limit_server.h"
#include "tests/bench/server_process.h"
#include "tests/bench/workloads.h"

namespace {

using namespace rialto;
using namespace rialto::bench;

constexpr long tmpfs_magic = 0x01021994;  // statfs(2)

bool is_tmpfs(const std::string& folder) {
  struct statfs about {};
  return ::statfs(folder.c_str(), &about) == 0 && about.f_type == tmpfs_magic;
}

Value as_value(const Workload& workload, const Figure& figure) {
  Value line = Value::object();
  line.set("name", workload.name);
  line.set("value", figure.value);
  line.set("unit", figure.unit);
  line.set("limit", figure.limit);
  line.set("ratio", figure.limit > 0 ? figure.value / figure.limit : 0);
  line.set("p50_ms", figure.p50_ms);
  line.set("p99_ms", figure.p99_ms);
  line.set("min", figure.lowest);
  line.set("max", figure.highest);
  for (const auto& [name, value] : figure.more) line.set(name, value);
  return line;
}

void print_for_people(const Workload& workload, const Figure& figure) {
  std::printf("%-10s %12.2f %s (%.2f to %.2f)", workload.name.c_str(), figure.value,
              figure.unit.c_str(), figure.lowest, figure.highest);
  if (figure.limit > 0)
    std::printf("; limit %.2f, ratio %.2f", figure.limit, figure.value / figure.limit);
  if (figure.p99_ms > 0) std::printf("; p50 %.2f ms, p99 %.2f ms", figure.p50_ms, figure.p99_ms);
  for (const auto& [name, value] : figure.more) std::printf("; %s %.2f", name.c_str(), value);
  std::printf("\n");
}

void print_limits() {
  const Limits limits;
  std::fprintf(
      stderr,
      "Limits: frame %zu, sends_in_flight %zu, outbox %zu, batch_steps %zu, batch_bytes %zu, "
      "snapshot_every %zu; sends_per_second and sends_burst raised to 1000000 for bots\n",
      limits.frame, limits.sends_in_flight, limits.outbox, limits.batch_steps, limits.batch_bytes,
      limits.snapshot_every);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App options{"Measures Rialto beside its limits. Without a name: all workloads."};
  std::vector<std::string> names;
  Settings settings;
  bool json = false;
  bool limit = false;
  settings.self = std::filesystem::canonical("/proc/self/exe");
  settings.server = std::filesystem::path(settings.self).parent_path() / "rialto_test_server";
  settings.folder = std::filesystem::current_path();
  options.add_option("names", names, "workloads to run");
  options.add_flag("--json", json, "one JSON object a workload");
  options.add_option("--folder", settings.folder, "where data folders are made: a real disk");
  options.add_option("--seconds", settings.seconds, "length of a run");
  options.add_option("--runs", settings.runs, "runs of a workload")->check(CLI::Range(1, 99));
  options.add_option("--server", settings.server, "the program to measure");
  options.add_flag("--serve-limit", limit, "be the limit peer (used by the workloads themselves)");
  for (const Workload& each : workloads()) {
    options.footer(options.get_footer() + "  " + each.name + ": " + each.about + "\n");
  }
  CLI11_PARSE(options, argc, argv);
  if (limit) return serve_limit();
  if (is_tmpfs(settings.folder)) {
    std::fprintf(stderr, "%s is in memory: fsync would cost nothing; name a folder on a disk\n",
                 settings.folder.c_str());
    return 2;
  }
  const rlimit files{65536, 65536};
  ::setrlimit(RLIMIT_NOFILE, &files);
  pin_to_core(settings.generator_core);
  print_limits();
  int failures = 0;
  for (const Workload& each : workloads()) {
    const bool wanted = std::find(names.begin(), names.end(), each.name) != names.end();
    if (!names.empty() && !wanted) continue;
    const auto figure = each.run(settings);
    if (!figure) {
      std::fprintf(stderr, "%s: %s\n", each.name.c_str(), figure.error().message.c_str());
      ++failures;
    } else if (json) {
      std::printf("%s\n", as_value(each, *figure).dump().c_str());
    } else {
      print_for_people(each, *figure);
    }
    std::fflush(stdout);
  }
  return failures == 0 ? 0 : 1;
}
