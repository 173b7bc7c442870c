#include "tests/actor/unit_world.h"

#include <doctest/doctest.h>

#include "storage/keys.h"

namespace rialto::test {

void ManualCommits::commit_one() {
  const std::unique_ptr<Commit> commit = std::move(waiting.front());
  waiting.pop_front();
  if (!commit->writes.empty()) REQUIRE(store_.write(commit->writes));
  commit->committed();
}

std::vector<std::string> Heard::payloads() const {
  std::vector<std::string> all;
  for (const ReleasePtr& release : releases) {
    for (const Delivery& delivery : release->deliveries) all.push_back(delivery.payload);
  }
  return all;
}

std::vector<Outcome> Heard::outcomes() const {
  std::vector<Outcome> all;
  for (const ReleasePtr& release : releases) {
    all.insert(all.end(), release->outcomes.begin(), release->outcomes.end());
  }
  return all;
}

UnitWorld::UnitWorld(AnyApp app, std::uint32_t participants)
    : UnitWorld({app}, {.name = app->name, .apps = {app->name}}, participants) {}

UnitWorld::UnitWorld(std::vector<AnyApp> apps, SessionConfig config, std::uint32_t participants)
    : apps_(std::move(apps)), session_config_(std::move(config)), app_(apps_.front()) {
  config_.set("scheduler.policy", caf::atom("testing"));
  start();
  tell_directory(CreateSession{1, session_config_.name, participants, false, {}, {}, {}});
  settle();
  REQUIRE(heard.sessions.size() == 1);
  REQUIRE(heard.sessions[0].error.empty());
  for (const Value& each : heard.sessions[0].result["participants"]) {
    participants_.push_back(each["code"].as<std::string>());
  }
  numbers_.assign(participants_.size() + 1, 0);
}

UnitWorld::~UnitWorld() { end(); }

void UnitWorld::end() {
  caf::anon_send_exit(gateway_, caf::exit_reason::kill);
  caf::anon_send_exit(directory_, caf::exit_reason::kill);
  run();
  commits.waiting.clear();
  gateway_ = directory_ = unit_ = nullptr;
  units_.clear();
  heard = {};
  system_.reset();
}

void UnitWorld::start() {
  ++starts_;
  system_ = std::make_unique<caf::actor_system>(config_);
  auto setup = std::make_shared<Directory::Setup>();
  setup->apps = apps_;
  setup->configs = {session_config_};
  setup->limits = limits;
  setup->store = &store;
  setup->commits = &commits;
  setup->clock = &clock;
  auto book = std::make_shared<SessionBook>(setup->apps, setup->configs, setup->limits);
  REQUIRE(book->load(store));
  directory_ = system_->spawn<Directory>(setup, book);
  gateway_ = system_->spawn(
      [](caf::event_based_actor* self, UnitWorld* world) { return world->listen(self); }, this);
}

void UnitWorld::restart() {
  end();
  start();
}

caf::behavior UnitWorld::listen(caf::event_based_actor* self) {
  return {
      [this](const PageAnswer& answer) { heard.pages.push_back(answer); },
      [this, self](const Joined& joined) {
        heard.joined.push_back(joined);
        unit_ = caf::actor_cast<caf::actor>(self->current_sender());
        units_[joined.connection] = unit_;
      },
      [this](const HistoryPiece& piece) { heard.pieces.push_back(piece); },
      [this](const ReleasePtr& release) { heard.releases.push_back(release); },
      [this](const SessionAnswer& answer) { heard.sessions.push_back(answer); },
      [this](const UnitClosed& closed) { heard.closed.push_back(closed.unit); },
  };
}

caf::scheduler::test_coordinator& UnitWorld::scheduler() {
  return dynamic_cast<caf::scheduler::test_coordinator&>(system_->scheduler());
}

void UnitWorld::run() { scheduler().run(); }

void UnitWorld::run_once() { scheduler().try_run_once(); }

std::size_t UnitWorld::timers() { return scheduler().clock().schedule().size(); }

void UnitWorld::settle() {
  run();
  while (!commits.waiting.empty()) {
    commits.commit_one();
    run();
  }
}

void UnitWorld::advance(std::chrono::microseconds by) {
  clock.advance(by);
  scheduler().advance_time(by);
  run();
}

void UnitWorld::join(std::uint32_t player, PageRef page, std::uint64_t after,
                     std::uint64_t rendered) {
  tell_directory(
      Join{player, participants_[player - 1], app_->name, page, store.lineage(), rendered, after});
  run();
}

void UnitWorld::leave(std::uint32_t player) {
  caf::send_as(gateway_, unit_, Leave{player, player});
  run();
}

void UnitWorld::send(std::uint32_t player, Value data, PageRef page) {
  send_numbered(player, ++numbers_[player], std::move(data), page);
}

void UnitWorld::send_numbered(std::uint32_t player, std::uint64_t number, Value data, PageRef page,
                              const std::string& sender) {
  auto inputs = std::make_shared<Inputs>();
  inputs->inputs.push_back({player, player, page,
                            sender.empty() ? "load-" + std::to_string(player) : sender, number,
                            std::move(data)});
  caf::send_as(gateway_, unit_, inputs);
  run();
}

void UnitWorld::send_in_one_turn(std::uint32_t player, const std::vector<Value>& data,
                                 PageRef page) {
  auto inputs = std::make_shared<Inputs>();
  for (const Value& each : data) {
    inputs->inputs.push_back(
        {player, player, page, "load-" + std::to_string(player), ++numbers_[player], each});
  }
  caf::send_as(gateway_, unit_, inputs);
  run();
}

void UnitWorld::pull(std::uint32_t player, std::uint64_t after, std::uint64_t rendered,
                     PageRef page) {
  caf::send_as(gateway_, unit_, PullHistory{player, player, page, rendered, after});
  run();
}

void UnitWorld::open_page(std::uint32_t player) {
  tell_directory(OpenPage{7, participants_[player - 1]});
  run();
}

void UnitWorld::submit(std::uint32_t player, PageRef page, std::vector<PendingSend> pending) {
  tell_directory(SubmitPage{8, participants_[player - 1], app_->name, page, std::move(pending),
                            Value::object()});
  run();
}

// Each as a commit of its own.
void UnitWorld::store_records(const std::vector<Record>& records) {
  std::vector<Write> writes;
  const auto visit = [&](std::string_view key, std::string_view) {
    writes.push_back({std::string(key), {}, true});
    return true;
  };
  REQUIRE(store.scan(keys::records(unit(), 1), keys::records_end(unit()), visit));
  for (const Record& record : records) {
    std::string block;
    encode(record, block);
    writes.push_back({keys::records(unit(), record.sequence), std::move(block)});
  }
  REQUIRE(store.write(writes));
}

std::vector<Record> UnitWorld::records(UnitId unit) const {
  std::vector<Record> all;
  const auto visit = [&](std::string_view, std::string_view value) {
    auto block = decode_records(value);
    REQUIRE(block);
    for (Record& record : *block) all.push_back(std::move(record));
    return true;
  };
  REQUIRE(store.scan(keys::records(unit, 1), keys::records_end(unit), visit));
  return all;
}

}  // namespace rialto::test
