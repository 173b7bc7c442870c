#include "apps/play/play_world.h"

#include <caf/all.hpp>
#include <caf/scheduler/test_coordinator.hpp>

#include "actors/directory.h"
#include "actors/watchdog.h"
#include "gateway/gateway_actor.h"

namespace rialto::play {
namespace {

// Units are never put away here: no timer runs but the games' own.
constexpr std::chrono::hours never{24 * 365 * 100};

class SchedulerConfig : public caf::actor_system_config {
 public:
  SchedulerConfig() { set("scheduler.policy", caf::atom("testing")); }
};

// Commits at once: memory is as durable as it gets here.
class ImmediateCommits final : public CommitQueue {
 public:
  explicit ImmediateCommits(Store& store) : store_(store) {}
  void submit(std::unique_ptr<Commit> commit) override {
    if (!commit->writes.empty()) {
      const Result<void> written = store_.write(commit->writes);
      if (!written) std::abort();  // memory does not fail
    }
    commit->committed();
  }

 private:
  Store& store_;
};

}  // namespace

struct PlayWorld::Inside {
  explicit Inside(MemoryStore& store) : commits(store), system(config) {}
  ~Inside() {
    port.reset();
    caf::anon_send_exit(directory, caf::exit_reason::kill);
    directory = nullptr;
    scheduler().run();
  }

  caf::scheduler::test_coordinator& scheduler() {
    return dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler());
  }

  SchedulerConfig config;
  VirtualClock clock;
  ImmediateCommits commits;
  caf::actor_system system;
  caf::actor directory;
  std::unique_ptr<Actors> port;
  bool something_came = false;
};

PlayWorld::PlayWorld() : inside_(std::make_unique<Inside>(store_)) {}
PlayWorld::~PlayWorld() = default;

Result<std::unique_ptr<PlayWorld>> PlayWorld::create(std::vector<AnyApp> apps,
                                                     std::vector<SessionConfig> configs) {
  std::unique_ptr<PlayWorld> world(new PlayWorld());
  Inside& inside = *world->inside_;
  auto setup = std::make_shared<Directory::Setup>();
  setup->apps = std::move(apps);
  setup->configs = std::move(configs);
  setup->limits.rest = never;
  setup->limits.log_message = 500;  // bots have no secrets
  setup->slots = &slots_of_this_process();
  setup->store = &world->store_;
  setup->commits = &inside.commits;
  setup->clock = &inside.clock;
  auto book = std::make_shared<SessionBook>(setup->apps, setup->configs, setup->limits);
  if (auto loaded = book->load(world->store_); !loaded) return loaded.error();
  inside.directory = inside.system.spawn<Directory>(setup, std::move(book));
  inside.port = gateway_actors(inside.system, inside.directory)(
      0, [&inside] { inside.something_came = true; });
  return world;
}

Actors& PlayWorld::actors() { return *inside_->port; }

void PlayWorld::run(ActorsListener& listener) {
  do {
    inside_->something_came = false;
    inside_->scheduler().run();
    inside_->port->drain(listener);
  } while (inside_->something_came || inside_->scheduler().has_job());
}

void PlayWorld::drop(const std::string& session, const std::string& participant) {
  caf::anon_send(inside_->directory,
                 MoveParticipant{0, session, participant, MoveParticipant::How::drop});
}

std::optional<std::int64_t> PlayWorld::next_timeout() const {
  const auto& clock = inside_->scheduler().clock();
  const auto& schedule = dynamic_cast<const caf::detail::test_actor_clock&>(clock).schedule();
  if (schedule.empty()) return std::nullopt;
  const auto left = schedule.begin()->first - clock.now();
  const auto micros = std::chrono::ceil<std::chrono::microseconds>(left).count();
  if (micros >= std::chrono::microseconds(never).count() / 2) return std::nullopt;
  return now() + std::max<std::int64_t>(micros, 0);
}

void PlayWorld::pass_time(std::int64_t until) {
  const std::chrono::microseconds by(std::max<std::int64_t>(until - now(), 0));
  inside_->clock.advance(by);
  inside_->scheduler().advance_time(by);
}

std::int64_t PlayWorld::now() const { return inside_->clock.now(); }

}  // namespace rialto::play
