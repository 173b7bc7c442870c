// How fast the gateway alone is: rialto_gateway_speed [GROUPS] [SECONDS]. Groups of four bid in a
// closed loop against a unit that only counts and answers on the I/O thread, beside the bare Beast
// server of the benchmarks doing the same. The servers run on core 0, the generator on core 1.
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <unordered_map>

#include "apps/load/load_engine.h"
#include "gateway/gateway.h"
#include "tests/bench/limit_server.h"

namespace {

using namespace rialto;

constexpr int players = 4;
constexpr const char* lineage = "0123456789abcdef";

// Answers everything at once: each send is a record, said to all of its group.
class CountingUnits final : public Actors {
 public:
  explicit CountingUnits(std::function<void()> wake) : wake_(std::move(wake)) {}

  void open_page(OpenPage open) override {
    PageAnswer answer{open.request, PageStatus::page, {}};
    answer.view.app = "auction";
    answer.view.page = "Bid";
    answer.view.live = true;
    answer.view.replay = false;
    later([answer](ActorsListener& to) { to.answered(answer); });
  }
  void join(Join join) override {
    const auto dash = join.participant.find('-');
    Joined joined;
    joined.connection = join.connection;
    joined.unit =
        UnitId::of(1, static_cast<std::uint32_t>(std::atoi(join.participant.c_str() + 1)));
    joined.player = static_cast<std::uint32_t>(std::atoi(join.participant.c_str() + dash + 1));
    joined.lineage = lineage;
    later([joined](ActorsListener& to) { to.joined(joined); });
  }
  void pull(UnitId unit, PullHistory pull) override {
    const HistoryPiece piece{pull.connection, {}, records_[unit], true};
    later([piece](ActorsListener& to) { to.piece(piece); });
  }
  void send(UnitId unit, Inputs inputs) override {
    auto release = std::make_shared<Release>();
    release->unit = unit;
    for (LiveInput& input : inputs.inputs) {
      const std::string bid = input.data.dump();
      release->deliveries.push_back({++records_[unit],
                                     1'700'000'000'000'000,
                                     input.page,
                                     {},
                                     Retention::log,
                                     {},
                                     "{\"id_in_group\":1,\"bid\":" + bid + "}"});
      release->outcomes.push_back(
          {input.connection, std::move(input.sender), input.number, {}, {}});
    }
    release->upto = records_[unit];
    later([release](ActorsListener& to) { to.released(*release); });
  }
  void ask_health(AskHealth) override {}
  void submit_page(SubmitPage) override {}
  void create_session(CreateSession) override {}
  void describe_sessions(DescribeSessions) override {}
  void claim_seat(ClaimSeat) override {}
  void leave(UnitId, Leave) override {}
  void forget(UnitId) override {}
  void drain(ActorsListener& listener) override {
    const auto events = std::exchange(events_, {});
    for (const auto& event : events) event(listener);
  }

 private:
  void later(std::function<void(ActorsListener&)> event) {
    events_.push_back(std::move(event));
    if (events_.size() == 1) wake_();
  }

  const std::function<void()> wake_;
  std::vector<std::function<void(ActorsListener&)>> events_;
  std::unordered_map<UnitId, std::uint64_t> records_;
};

void pin(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  ::sched_setaffinity(0, sizeof cores, &cores);
}

GatewayOptions options() {
  GatewayOptions made;
  made.port = 0;
  made.link_secret = "speed";
  made.lineage = lineage;
  SiteApp app;
  app.name = "auction";
  app.folder = PAGES;
  app.pages = {"Bid"};
  made.apps.push_back(app);
  made.limits.sends_per_second = made.limits.sends_burst = 1e9;
  return made;
}

int serve_gateway() {
  Gateway gateway(options(), [](std::uint16_t, std::function<void()> wake) {
    return std::make_unique<CountingUnits>(std::move(wake));
  });
  const auto started = gateway.start();
  if (!started) std::fprintf(stderr, "%s\n", started.error().message.c_str());
  if (!started) return 1;
  std::printf("%d\n", gateway.listening_port());
  std::fflush(stdout);
  while (std::getchar() != EOF) continue;
  return 0;
}

std::string path_of(const std::string& code, bool ours) {
  static const Links links("speed", *PublicUrl::parse("http://127.0.0.1"));
  return "/p/" + code + "/" + (ours ? links.participant_key(code) : "key");
}

void measure(const char* name, bool ours, int groups, double seconds) {
  int to_server[2];
  int from_server[2];
  if (::pipe(to_server) != 0 || ::pipe(from_server) != 0) return;
  const pid_t child = ::fork();
  if (child == 0) {
    pin(0);
    ::dup2(to_server[0], 0);
    ::dup2(from_server[1], 1);
    ::close(to_server[1]);
    ::execl("/proc/self/exe", "server", ours ? "--serve-gateway" : "--serve-limit", nullptr);
    std::_Exit(1);
  }
  ::close(to_server[0]);
  char line[32]{};
  if (::read(from_server[0], line, sizeof line - 1) <= 0) return;
  load::LoadOptions how;
  how.port = static_cast<std::uint16_t>(std::atoi(line));
  how.bot = [](BotPlayer& me) {
    return std::optional<Value>(me.last().is_null() ? 1 : me.last()["bid"].as<std::int64_t>() + 1);
  };
  for (int group = 0; group < groups; ++group) {
    for (int player = 1; player <= players; ++player) {
      const std::string code = "g" + std::to_string(group) + "-" + std::to_string(player);
      how.seats.push_back({code, path_of(code, ours), player, players});
    }
  }
  auto engine = load::LoadEngine::create(how);
  if (!engine) return;
  const auto connected = (*engine)->connect(std::chrono::seconds(20));
  if (!connected) std::printf("%s: %s\n", name, connected.error().message.c_str());
  (*engine)->play(std::chrono::duration<double>(1), std::chrono::seconds(10));
  const auto report =
      (*engine)->play(std::chrono::duration<double>(seconds), std::chrono::seconds(10));
  ::close(to_server[1]);
  rusage used{};
  int status = 0;
  ::wait4(child, &status, 0, &used);
  std::printf("%s: %.0f sends/s, %.0f messages/s, p50 %.2f ms, p99 %.2f ms, %.1f s of processor\n",
              name, report.per_second(report.tally.answered),
              report.per_second(report.tally.received), report.tally.latency.quantile_ms(0.5),
              report.tally.latency.quantile_ms(0.99),
              static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                  static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "--serve-gateway") return serve_gateway();
  if (what == "--serve-limit") return bench::serve_limit();
  const int groups = argc > 1 ? std::atoi(argv[1]) : 50;
  const double seconds = argc > 2 ? std::atof(argv[2]) : 5;
  pin(1);
  measure("gateway", true, groups, seconds);
  measure("limit", false, groups, seconds);
}
