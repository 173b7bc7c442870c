#include "actors/directory.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "actors/group_actor.h"
#include "actors/session_maker.h"
#include "actors/stored_value.h"
#include "storage/keys.h"

namespace rialto {
namespace {

// What is done once some writes are durable.
class Then final : public Commit {
 public:
  explicit Then(std::function<void()> then) : then_(std::move(then)) {}
  void committed() noexcept override { then_(); }

 private:
  std::function<void()> then_;
};

constexpr std::chrono::milliseconds sign_of_life{250};
constexpr std::size_t wake_at_once = 4;

// A unit whose actor has ended by a fault is woken again, ever later, up to about a minute.
std::chrono::milliseconds pause_after(unsigned ends) {
  return std::chrono::milliseconds(250) * (1U << std::min(ends, 8U));
}

// What a gateway hears of a message that its unit has not answered.
std::function<void()> answer_failed(const caf::actor& gateway, const Join& join) {
  return [gateway, connection = join.connection] {
    Joined joined;
    joined.connection = connection;
    joined.status = PageStatus::failed;
    caf::anon_send(gateway, joined);
  };
}

std::function<void()> answer_failed(const caf::actor& asker, const MoveParticipant& move) {
  return [asker, request = move.request] {
    caf::anon_send(asker, SessionAnswer{request, "his group has failed: the log says why", {}});
  };
}

template <class Message>
std::function<void()> answer_failed(const caf::actor& gateway, const Message& message) {
  return [gateway, request = message.request] {
    PageAnswer answer;
    answer.request = request;
    answer.status = PageStatus::failed;
    caf::anon_send(gateway, answer);
  };
}

}  // namespace

Directory::Directory(caf::actor_config& config, std::shared_ptr<const Setup> setup,
                     std::shared_ptr<SessionBook> book)
    : caf::event_based_actor(config),
      setup_(std::move(setup)),
      book_(std::move(book)),
      presence_(setup_->limits) {}

caf::behavior Directory::make_behavior() {
  set_default_handler(caf::drop);
  set_down_handler([this](caf::down_msg& down) { on_down(down); });
  set_exception_handler([](std::exception_ptr& problem) {
    spdlog::critical("the directory fails: {}", what_of(problem));
    return caf::make_error(caf::sec::runtime_error);
  });
  maker_ = setup_->makes_apart ? spawn<caf::detached>(session_making, book_, setup_->slots)
                               : spawn(session_making, book_, setup_->slots);
  on_alive();
  book_->for_each([this](Session& session) { take_written(session); });
  wake_due();
  return {
      [this](awake_atom, UnitId unit) { on_awake(unit); },
      [this](wake_atom, UnitId unit) { on_wake_again(unit); },
      [this](taken_atom, UnitId unit) {
        awake_.erase(unit);
        delayed_send(this, pause_after(ends_[unit]++), wake_atom::value, unit);
      },
      [this](const MakingPtr& making) { on_made(making); },
      [this](taken_atom, const MakingPtr& making) { store_next(making); },
      [](const Rest& rest) { rest.go_on(); },
      [this](const AskHealth& question) {
        answer_when_durable({}, {question.request, {}, Value::object()});
      },
      [this](alive_atom) { on_alive(); },
      [this](const OpenPage& open) { on_open(open); },
      [this](const SubmitPage& submit) { on_submit(submit); },
      [this](const Join& join) { on_join(join); },
      [this](const Forwarded<OpenPage>& open) { on_open(open.message, open.from); },
      [this](const Forwarded<SubmitPage>& submit) { on_submit(submit.message, submit.from); },
      [this](const Forwarded<Join>& join) { on_join(join.message, join.from); },
      [this](const HandOver& hand_over) { on_hand_over(hand_over); },
      [this](const SessionWritten& written) { on_written(written); },
      [this](taken_atom, std::uint32_t session) { on_values_stored(session); },
      [this](const CreateSession& wish) { on_create(wish); },
      [this](const ClaimSeat& claim) { on_claim(claim); },
      [this](const DescribeSessions& question) { on_describe(question); },
      [this](const VisitRoom& visit) { on_visit(visit); },
      [this](const ClearRoom& clear) { on_clear(clear); },
      [this](const DescribeRooms& question) { on_describe_rooms(question); },
      [this](const CloseSession& close) { on_close(close); },
      [this](const ReopenSession& reopen) { on_reopen(reopen); },
      [this](close_atom, std::uint32_t session) { on_closed(session); },
      [this](reopen_atom, std::uint32_t session) { on_reopened(session); },
      [this](const MoveParticipant& move) { on_move(move); },
      [this](const Forwarded<MoveParticipant>& move) { on_move(move.message, move.from); },
      [this](const UnitDescribed& described) { on_described(described); },
      [this](survey_atom, std::uint64_t survey) { end_survey(survey); },
      [this](const RetrySession& retry) { on_retry(retry); },
      [this](retry_atom, UnitId unit) { on_retried(unit); },
      [this](stuck_atom, UnitId unit, bool stuck) { on_stuck(unit, stuck); },
      [this](rest_atom, UnitId unit, std::uint64_t received) { on_rest(unit, received); },
  };
}

// The sign of life that tells a later outage's beginning.
void Directory::on_alive() {
  if (setup_->outages == nullptr) return;
  std::string sign = setup_->outages->alive();
  if (setup_->outages->any_timed()) store({{keys::meta("alive"), std::move(sign)}});
  delayed_send(this, sign_of_life, alive_atom::value);
}

void Directory::on_exit() {
  for (const auto& [unit, awake] : awake_) caf::anon_send(awake.actor, stop_atom::value);
  awake_.clear();
  retrying_.clear();
  to_make_.clear();
  if (maker_) caf::anon_send_exit(maker_, caf::exit_reason::user_shutdown);
  maker_ = nullptr;
}

// -- towards the units
// -----------------------------------------------------------------------------

template <class Message>
bool Directory::pass_on(const Message& message, const Seat& seat) {
  Awake* const unit = wake(seat.unit);
  if (unit == nullptr) return false;
  ++unit->passed_on;
  const auto gateway = caf::actor_cast<caf::actor>(current_sender());
  caf::send_as(gateway, unit->actor,
               Seated<Message>{message, seat.player,
                               std::make_shared<OwedAnswer>(answer_failed(gateway, message))});
  return true;
}

template bool Directory::pass_on(const MoveParticipant& message, const Seat& seat);

// What is said to who cannot be passed on to his unit.
PageStatus Directory::refusal(const Seat* seat) {
  if (seat == nullptr) return PageStatus::not_found;
  return book_->of(seat->unit)->closed ? PageStatus::closed : PageStatus::failed;
}

void Directory::on_open(const OpenPage& open, UnitId from) {
  const Seat* const seat = book_->seat(open.participant);
  PageAnswer answer;
  answer.request = open.request;
  answer.status = refusal(seat);
  if (seat != nullptr && answer.status != PageStatus::closed) {
    // Who has come by a personal link sits there: the link for all gives the seat to nobody else.
    if (std::optional<Write> write = book_->claim(open.participant)) store({std::move(*write)});
    if (!open.label.empty()) give_label(open);
    if (seat->unit != from && pass_on(open, *seat)) return;
  }
  caf::anon_send(caf::actor_cast<caf::actor>(current_sender()), answer);
}

void Directory::on_submit(const SubmitPage& submit, UnitId from) {
  const Seat* const seat = book_->seat(submit.participant);
  PageAnswer answer;
  answer.request = submit.request;
  answer.status = refusal(seat);
  if (answer.status == PageStatus::failed && seat->unit != from && pass_on(submit, *seat)) return;
  caf::anon_send(caf::actor_cast<caf::actor>(current_sender()), answer);
}

void Directory::on_join(const Join& join, UnitId from) {
  const Seat* const seat = book_->seat(join.participant);
  Joined joined;
  joined.connection = join.connection;
  joined.status = refusal(seat);
  if (joined.status == PageStatus::failed && seat->unit != from && pass_on(join, *seat)) return;
  caf::anon_send(caf::actor_cast<caf::actor>(current_sender()), joined);
}

Directory::Awake* Directory::wake(UnitId id) {
  if (const auto found = awake_.find(id); found != awake_.end()) return &found->second;
  const Session* const session = book_->of(id);
  const AnyApp* const app = session == nullptr ? nullptr : book_->app(*session, id);
  if (app == nullptr) {
    spdlog::error("{} cannot be played: its session or its app is not here", name_of(id));
    return nullptr;
  }
  if (auto can = session->can_be_played(); !can) {
    spdlog::error("{}: {}", name_of(id), can.error().message);
    return nullptr;
  }
  GroupActor::Setup group;
  group.app = *app;
  group.unit = book_->unit_setup(*session, id);
  group.unit.slots = setup_->slots;
  group.store = setup_->store;
  group.commits = setup_->commits;
  group.clock = setup_->clock;
  group.outages = setup_->outages;
  group.directory = this;
  group.closed = session->closed;
  group.closures = session->closures;
  const Result<std::vector<Enter>> coming = travellers(id, *session);
  if (!coming) group.readable = coming.error();
  caf::actor actor;
  try {
    actor = spawn<GroupActor>(std::move(group));
  } catch (...) {  // the constructors of the game's structs
    spdlog::error("{} cannot be played: {}", name_of(id), what_is_caught());
    return nullptr;
  }
  Awake& unit = awake_[id];
  unit.actor = std::move(actor);
  monitor(unit.actor);
  tell_who_passed_by(id, *session);
  if (coming) {
    for (const Enter& each : *coming) tell(id, each);
  }
  return &unit;
}

// -- participants on their way
// ---------------------------------------------------------------------

// Done once, however often it comes: the participant goes forward only.
void Directory::on_hand_over(const HandOver& hand_over) {
  // The unit is told that what it handed over is safe.
  const auto told = [unit = caf::actor_cast<caf::actor>(current_sender()),
                     player = hand_over.player] {
    caf::anon_send(unit, taken_atom::value, player);
  };
  const auto travel = book_->travel(hand_over);
  if (!travel) return store({}, told);
  std::vector<Write> writes{travel->write};
  const Session& session = *book_->of(hand_over.unit);
  std::vector<std::pair<UnitId, std::uint32_t>> passed;
  for (std::uint32_t stage = travel->from + 1; stage < travel->to; ++stage) {
    passed.push_back(session.place(travel->participant, stage));
    // Perhaps nobody else comes there: it is to be told though the process ends now.
    writes.push_back({keys::due(passed.back().first), {}});
  }
  store(std::move(writes), told);
  for (const auto& [unit, player] : passed) tell(unit, PassBy{player});
  const auto [unit, player] = session.place(travel->participant, travel->to);
  tell(unit, Enter{player, hand_over.baggage});
}

// The end of the process may have come between a participant's going and coming: who is to be in a
// unit that wakes is told to it again. Who is on his way just now comes behind this by himself.
Result<std::vector<Enter>> Directory::travellers(UnitId id, const Session& session) const {
  std::vector<Enter> coming;
  const std::uint32_t stage = session.stage_of(id);
  if (stage == 0) return coming;
  const auto [first, last] = session.members(id);
  for (std::size_t index = first; index < last; ++index) {
    if (session.seats[index].stage != stage) continue;
    const auto stored =
        setup_->store->get(keys::travel(session.number, static_cast<std::uint32_t>(index)));
    if (!stored && stored.error().kind != ErrorKind::not_found) return stored.error();
    if (!stored) continue;
    const Value travel = read_stored(*stored);
    // An older one is there while this is being written: it lacks what he brings from the last app.
    if (travel["stage"].as<std::uint32_t>() != stage) continue;
    coming.push_back({static_cast<std::uint32_t>(index - first) + 1, travel});
  }
  return coming;
}

void Directory::tell_who_passed_by(UnitId id, const Session& session) {
  const std::uint32_t stage = session.stage_of(id);
  if (stage == 0) return;
  const auto [first, last] = session.members(id);
  for (std::size_t index = first; index < last; ++index) {
    if (session.seats[index].stage <= stage) continue;
    tell(id, PassBy{static_cast<std::uint32_t>(index - first) + 1});
  }
}

// A deadline stands, say.
void Directory::wake_due() {
  for (const UnitId unit : book_->due_units(*setup_->store)) to_wake_.push_back(unit);
  wake_some();
}

void Directory::wake_some() {
  while (!to_wake_.empty() && waking_.size() < wake_at_once) {
    const UnitId unit = to_wake_.front();
    to_wake_.pop_front();
    const Session* const session = book_->of(unit);
    if (session != nullptr && session->closed) continue;
    if (!awake_.contains(unit) && wake(unit) != nullptr) waking_.insert(unit);
  }
}

void Directory::on_awake(UnitId unit) {
  if (waking_.erase(unit) != 0) wake_some();
}

// A unit's actor has ended. By a fault: what it was asked is answered (OwedAnswer), its windows
// connect anew; if something is due there, it is woken again. Not before its last commits are
// settled: the next actor would not find these records in the store, and give their numbers again.
void Directory::on_down(const caf::down_msg& down) {
  if (!down.reason || down.reason == caf::exit_reason::user_shutdown) return;
  const auto found = std::ranges::find_if(
      awake_, [&](const auto& each) { return each.second.actor.address() == down.source; });
  if (found == awake_.end()) return;
  const UnitId unit = found->first;
  spdlog::error("{} has failed and begins anew from what is stored", name_of(unit));
  store({}, [self = caf::actor_cast<caf::actor>(this), unit] {
    caf::anon_send(self, taken_atom::value, unit);
  });
  on_awake(unit);
}

void Directory::on_wake_again(UnitId unit) {
  // If it cannot be read, the unit says so.
  const auto due = setup_->store->get(keys::due(unit));
  if (due || due.error().kind != ErrorKind::not_found) wake(unit);
}

std::string Directory::name_of(UnitId unit) const {
  const Session* const session = book_->of(unit);
  if (session == nullptr) return "unit " + std::to_string(unit.value);
  const Stage& stage = session->stages[session->stage_of(unit)];
  return "session " + session->code + ", " + stage.app + ", group " +
         std::to_string(unit.index() - stage.first_unit + 1);
}

void Directory::on_rest(UnitId unit, std::uint64_t received) {
  const auto found = awake_.find(unit);
  if (found == awake_.end() || found->second.passed_on != received) return;
  caf::anon_send(found->second.actor, stop_atom::value);
  awake_.erase(found);
  ends_.erase(unit);
}

// -- sessions
// --------------------------------------------------------------------------------------

void Directory::on_claim(const ClaimSeat& claim) {
  Session* const session = book_->find(claim.session);
  if (session == nullptr) return answer(claim.request, "there is no such session", {});
  if (session->closed) return answer(claim.request, {}, {{"closed", true}});
  if (!session->can_be_played()) return answer(claim.request, {}, {{"failed", true}});
  const std::string seated = claim.label.empty() ? seat_of_visitor(*session, claim.visitor) : "";
  if (!seated.empty()) {
    return answer_when_durable({}, {claim.request, {}, Value{{"participant", seated}}});
  }
  std::optional<SessionBook::Admitted> admitted = admit(*session, claim.label);
  if (!admitted) return answer(claim.request, "all places of this session are taken", {});
  const std::string& participant = session->seats[admitted->participant].code;
  if (claim.label.empty()) remember_visitor(*session, claim.visitor, participant);
  answer_when_durable(std::move(admitted->writes),
                      {claim.request, {}, Value{{"participant", participant}}});
}

void Directory::answer(std::uint64_t request, std::string error, Value result) {
  caf::anon_send(caf::actor_cast<caf::actor>(current_sender()),
                 SessionAnswer{request, std::move(error), std::move(result)});
}

void Directory::store(std::vector<Write> writes, std::function<void()> then) {
  auto commit = std::make_unique<Then>(std::move(then));
  commit->writes = std::move(writes);
  setup_->commits->submit(std::move(commit));
}

void Directory::answer_when_durable(std::vector<Write> writes, SessionAnswer answer) {
  answer_when_durable(std::move(writes), caf::actor_cast<caf::actor>(current_sender()),
                      std::move(answer));
}

void Directory::answer_when_durable(std::vector<Write> writes, const caf::actor& to,
                                    SessionAnswer answer) {
  store(std::move(writes), [to, answer = std::move(answer)] { caf::anon_send(to, answer); });
}

}  // namespace rialto
