#include "apps/command/worker.h"

#include <grp.h>
#include <sched.h>
#include <spdlog/spdlog.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <unistd.h>

#include <caf/all.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "actors/directory.h"
#include "actors/errors.h"
#include "actors/last_words.h"
#include "actors/watchdog.h"
#include "apps/command/commands.h"
#include "apps/command/control_commands.h"
#include "apps/command/control_server.h"
#include "apps/command/exit_code.h"
#include "apps/command/offer.h"
#include "apps/command/page_words.h"
#include "apps/command/sessions_desk.h"
#include "apps/command/site_apps.h"
#include "apps/command/supervisor.h"
#include "gateway/gateway.h"
#include "gateway/gateway_actor.h"
#include "storage/committer.h"
#include "storage/keys.h"
#include "storage/redaction.h"
#include "storage/rocks_store.h"

namespace rialto::command {
namespace {

// What the worker waits for on its main thread; all its other threads have them blocked.
sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

// The outcome of the write is unknown, so memory must not go on (rules.md 9); the next open
// decides.
void end_after_failed_write(const Error& error) {
  spdlog::critical("the disk failed: {}; the process ends and is restarted", error.message);
  std::_Exit(exit_ended_itself);
}

void end_hanging(const std::string& what) {
  spdlog::critical("{}: the process ends and is restarted", what);
  std::_Exit(exit_ended_itself);
}

// Without it nobody is let in any more.
void end_without_directory(const caf::error& reason) {
  if (!reason || reason == caf::exit_reason::user_shutdown) return;
  spdlog::critical("the directory has ended: the process ends and is restarted");
  std::_Exit(exit_ended_itself);
}

// What links are signed with: made once for a store.
Result<std::string> link_secret(Store& store) {
  const std::string key = keys::meta("link_secret");
  Result<std::string> secret = store.get(key);
  if (secret || secret.error().kind != ErrorKind::not_found) return secret;
  std::string fresh(32, '\0');
  if (::getrandom(fresh.data(), fresh.size(), 0) != static_cast<ssize_t>(fresh.size())) {
    return Error{ErrorKind::unavailable, "the system gives no random bytes"};
  }
  const Write write{key, fresh};
  if (auto written = store.write({&write, 1}); !written) return written.error();
  return fresh;
}

// What all need cannot be read.
Error with_way_on(Error error) {
  if (error.kind == ErrorKind::corrupt) {
    error.message +=
        ". To go on with what can still be read, make a new store of it with `rialto store "
        "salvage`; participants need new links then";
  }
  return error;
}

Result<std::optional<gid_t>> group_number(const std::string& name) {
  if (name.empty()) return std::optional<gid_t>();
  const group* const found = ::getgrnam(name.c_str());
  if (found == nullptr) return Error{ErrorKind::not_found, "there is no group " + name};
  return std::optional<gid_t>(found->gr_gid);
}

GatewayOptions gateway_options(const ServeOptions& options, const Offer& offer, const Store& store,
                               std::string secret) {
  GatewayOptions gateway;
  gateway.host = options.listen_host;
  gateway.port = options.listen_port;
  gateway.public_url = options.public_url;
  gateway.link_secret = std::move(secret);
  gateway.lineage = store.lineage();
  gateway.demo = options.demo;
  gateway.news = options.news;
  gateway.limits = options.limits;
  gateway.threads = static_cast<std::uint16_t>(options.threads);
  for (const OfferedApp& each : offer.apps) gateway.apps.push_back(site_app(each));
  const std::vector<AnyApp> models = models_of(offer.apps);
  for (const SessionConfig& each : offer.project.configs) {
    gateway.configs.push_back(site_config(each, models));
  }
  for (const Room& each : offer.project.rooms) gateway.rooms.push_back(site_room(each));
  gateway.words = offer.project.words;
  gateway.language = offer.project.language;
  return gateway;
}

class ActorConfig : public caf::actor_system_config {
 public:
  explicit ActorConfig(int threads) {
    set("scheduler.policy", caf::atom("sharing"));
    set("scheduler.max-threads", static_cast<std::size_t>(threads));
  }
};

// Everything that lives while the server runs, in the order in which each needs the one before.
class Worker {
 public:
  explicit Worker(const ServeOptions& options) : options_(options) {}

  Result<void> start() {
    const bool as_built = options_.again || options_.as_built;
    auto offer = read_offer(options_.project, options_.libraries,
                            as_built ? Offering::as_built : Offering::anew);
    if (!offer) return offer.error();
    tell_left_out(*offer);
    auto apps = with_page_words(std::move(offer->apps));
    if (!apps) return apps.error();
    offer->apps = *std::move(apps);
    auto store = RocksStore::open(options_.data, {.reserve = options_.reserve_mib << 20U,
                                                  // Never an empty one in the place of the last
                                                  // worker's.
                                                  .may_make = !options_.again});
    if (!store) return store.error();
    if (auto erased = finish_erasures(**store); !erased) {
      // A damaged table: what was erased may be in it still, and all else can be played.
      if (erased.error().kind != ErrorKind::corrupt) return erased.error();
      spdlog::error("what was erased may still be in files of the store: {}",
                    erased.error().message);
    }
    store_ = std::move(*store);
    auto slots = RunningSlots::open((std::filesystem::path(options_.data) / "running").string());
    if (!slots) return slots.error();
    slots_ = std::move(*slots);
    say_last_words(*slots_);
    if (!slots_->last_end().empty()) {
      spdlog::error("the last process was ended by a game; that is not run again ({})",
                    slots_->last_end());
    }
    if (!options_.again) slots_->forget();
    auto secret = link_secret(*store_);
    if (!secret) return with_way_on(secret.error());

    if (auto spawned = spawn_directory(*offer); !spawned) return spawned;
    gateway_ =
        std::make_unique<Gateway>(gateway_options(options_, *offer, *store_, std::move(*secret)),
                                  gateway_actors(*system_, directory_));
    if (auto started = gateway_->start(); !started) return started;
    watchdog_ = std::make_unique<Watchdog>(*slots_, options_.limits.handler, end_hanging);
    return open_control(offer->project);
  }

  Ready ready() const {
    const std::string port = std::to_string(gateway_->listening_port());
    const std::string url = gateway_->links().url().link("");
    Ready ready;
    ready.listen = options_.listen_host + ':' + port;
    ready.text = "listening on " + url + '\n';
    if (options_.demo) ready.text += "open " + url + "/ in a browser and click a game\n";
    return ready;
  }

  // Takes everything down in order: nobody new, what was taken in is done and durable.
  void stop() {
    control_.reset();
    gateway_->stop();
    caf::anon_send_exit(directory_, caf::exit_reason::user_shutdown);
    directory_ = nullptr;
    setup_.reset();
    system_->await_all_actors_done();
    watchdog_.reset();
    committer_.reset();
  }

 private:
  Result<void> spawn_directory(const Offer& offer) {
    committer_ = std::make_unique<Committer>(*store_, options_.durability, end_after_failed_write);
    config_ = std::make_unique<ActorConfig>(options_.threads);
    system_ = std::make_unique<caf::actor_system>(*config_);
    auto setup = std::make_shared<Directory::Setup>();
    setup->apps = models_of(offer.apps);
    setup->configs = offer.project.configs;
    setup->limits = options_.limits;
    setup->store = store_.get();
    setup->commits = committer_.get();
    setup->clock = &clock_;
    setup->slots = slots_.get();
    outages_ = std::make_unique<Outages>(clock_, last_alive());
    setup->outages = outages_.get();
    setup_ = setup;
    auto book = std::make_shared<SessionBook>(setup_->apps, setup_->configs, setup_->limits);
    if (auto loaded = book->load(*store_); !loaded) return loaded;
    setup->makes_apart = true;
    directory_ = system_->spawn<Directory>(setup_, std::move(book));
    caf::actor_cast<caf::abstract_actor*>(directory_)->attach_functor(end_without_directory);
    return {};
  }

  // Where a program on this machine reaches the server itself, whatever stands before it.
  std::string own_address() const {
    const bool everywhere = options_.listen_host == "0.0.0.0";
    return "http://" + (everywhere ? "127.0.0.1" : options_.listen_host) + ':' +
           std::to_string(gateway_->listening_port());
  }

  // The newest sign of life in the store; empty if there is none.
  std::string last_alive() const {
    const auto stored = store_->get(keys::meta("alive"));
    return stored ? *stored : std::string();
  }

  Result<void> open_control(const Project& project) {
    const auto group = group_number(options_.group);
    if (!group) return group.error();
    auto listener = listen_in(options_.data, *group);
    if (!listener) return listener.error();
    const DemoSessions demo = options_.demo ? DemoSessions::yes : DemoSessions::no;
    auto desk =
        std::make_shared<SessionsDesk>(*system_, directory_, gateway_->links(), demo, project);
    control_ = std::make_unique<ControlServer>(
        *listener, control_commands(std::move(desk), *store_, own_address()));
    return {};
  }

  const ServeOptions& options_;
  SystemClock clock_;
  std::unique_ptr<RocksStore> store_;
  std::unique_ptr<RunningSlots> slots_;
  std::unique_ptr<ActorConfig> config_;
  std::unique_ptr<caf::actor_system> system_;
  std::unique_ptr<Committer> committer_;
  std::unique_ptr<Outages> outages_;
  std::shared_ptr<const Directory::Setup> setup_;
  caf::actor directory_;
  std::unique_ptr<Gateway> gateway_;
  std::unique_ptr<Watchdog> watchdog_;
  std::unique_ptr<ControlServer> control_;
};

// A game whose `app()` throws keeps the server from starting, too.
Result<void> start(Worker& worker) {
  try {
    return worker.start();
  } catch (...) {
    return Error{ErrorKind::invalid, what_is_caught()};
  }
}

// Threads that this one starts do not interrupt a running one when they wake: where cores are few,
// an I/O thread finishes its turn, then the groups what it brought, then one commit takes it all.
// On a core with nothing to do they run at once. IoThread puts itself above that.
void work_in_batches() {
  const sched_param none{};
  ::sched_setscheduler(0, SCHED_BATCH, &none);
}

}  // namespace

int run_worker(const ServeOptions& options) {
  work_in_batches();
  ::prctl(PR_SET_NAME, "rialto");  // it was started as /proc/self/exe
  const sigset_t signals = ending_signals();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  Worker worker(options);
  if (const auto started = start(worker); !started) {
    (void)fail(started.error());
    std::fflush(stderr);
    // Threads may run already; there is nothing to be put in order.
    std::_Exit(exit_cannot_start);
  }
  tell_ready(*options.worker, worker.ready());
  int signal = 0;
  ::sigwait(&signals, &signal);
  spdlog::info("ending: what was taken in is finished first");
  worker.stop();
  return exit_stopped;
}

}  // namespace rialto::command
