#include "tests/gateway/stand_in.h"

#include <utility>

namespace rialto::test {

class StandIn::Port final : public Actors {
 public:
  Port(StandIn& world, std::function<void()> wake) : world_(world), wake_(std::move(wake)) {}
  ~Port() override {
    const std::lock_guard lock(world_.mutex_);
    std::erase(world_.ports_, this);
  }

  void open_page(OpenPage open) override { world_.note(std::move(open), *this); }
  void submit_page(SubmitPage submit) override { world_.note(std::move(submit), *this); }
  void join(Join join) override { world_.note(std::move(join), *this); }
  void create_session(CreateSession create) override { world_.note(std::move(create), *this); }
  void describe_sessions(DescribeSessions ask) override { world_.note(std::move(ask), *this); }
  void claim_seat(ClaimSeat claim) override { world_.note(std::move(claim), *this); }
  void visit_room(VisitRoom visit) override { world_.note(std::move(visit), *this); }
  void ask_health(AskHealth question) override {
    if (!world_.healthy) return;
    add({[question](ActorsListener& to) {
      to.answered(SessionAnswer{question.request, {}, Value::object()});
    }});
  }
  void send(UnitId unit, Inputs inputs) override {
    world_.note(ToUnit{unit, std::move(inputs)}, *this);
  }
  void pull(UnitId, PullHistory pull) override { world_.note(pull, *this); }
  void leave(UnitId, Leave leave) override { world_.note(leave, *this); }
  void forget(UnitId unit) override { world_.note(Forget{unit}, *this); }

  void drain(ActorsListener& listener) override {
    std::deque<Event> events;
    {
      const std::lock_guard lock(mutex_);
      events.swap(events_);
    }
    for (const Event& event : events) event(listener);
  }

  void add(std::vector<Event> events) {
    const std::lock_guard lock(mutex_);
    const bool first = events_.empty();
    for (Event& event : events) events_.push_back(std::move(event));
    if (first) wake_();
  }

 private:
  StandIn& world_;
  const std::function<void()> wake_;
  std::mutex mutex_;
  std::deque<Event> events_;
};

ActorsFactory StandIn::factory() {
  return [this](std::uint16_t, std::function<void()> wake) {
    auto port = std::make_unique<Port>(*this, std::move(wake));
    const std::lock_guard lock(mutex_);
    ports_.push_back(port.get());
    return port;
  };
}

void StandIn::happen(std::vector<Event> events, std::size_t thread) {
  ports_.at(thread)->add(std::move(events));
}

void StandIn::say(PageAnswer answer) {
  happen({[answer = std::move(answer)](ActorsListener& to) { to.answered(answer); }});
}

void StandIn::say(SessionAnswer answer) {
  happen({[answer = std::move(answer)](ActorsListener& to) { to.answered(answer); }});
}

void StandIn::say(Joined joined) {
  happen({[joined](ActorsListener& to) { to.joined(joined); }});
}

void StandIn::say(HistoryPiece piece) {
  happen({[piece = std::move(piece)](ActorsListener& to) { to.piece(piece); }});
}

void StandIn::say(Release release) {
  happen({[release = std::move(release)](ActorsListener& to) { to.released(release); }});
}

void StandIn::answer_by_itself() {
  const std::lock_guard lock(mutex_);
  by_itself_ = true;
}

void StandIn::note(Said said, Port& port) {
  const std::lock_guard lock(mutex_);
  if (by_itself_) answer(said, port);
  said_.push_back(std::move(said));
  changed_.notify_all();
}

void StandIn::answer(const Said& said, Port& port) {
  const UnitId unit{1};
  if (const auto* join = std::get_if<Join>(&said)) {
    Joined joined;
    joined.connection = join->connection;
    joined.unit = unit;
    joined.player = 1;
    joined.lineage = join->lineage;
    joined.head = records_;
    port.add({[joined](ActorsListener& to) { to.joined(joined); }});
  } else if (const auto* pull = std::get_if<PullHistory>(&said)) {
    const HistoryPiece piece{pull->connection, {}, records_, true};
    port.add({[piece](ActorsListener& to) { to.piece(piece); }});
  } else if (const auto* sends = std::get_if<ToUnit>(&said)) {
    Release release;
    release.unit = sends->unit;
    for (const LiveInput& input : sends->inputs.inputs) {
      release.deliveries.push_back(
          {++records_, 0, input.page, {}, Retention::log, {}, input.data.dump()});
      release.outcomes.push_back({input.connection, input.sender, input.number, {}, {}});
    }
    release.upto = records_;
    port.add({[release = std::move(release)](ActorsListener& to) { to.released(release); }});
  } else if (const auto* open = std::get_if<OpenPage>(&said)) {
    const PageAnswer answer{open->request, PageStatus::finished, {}};
    port.add({[answer](ActorsListener& to) { to.answered(answer); }});
  }
}

}  // namespace rialto::test
