#include "gateway/gateway_actor.h"

#include <atomic>
#include <caf/actor_companion.hpp>
#include <caf/all.hpp>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "actors/caf_types.h"

namespace rialto {
namespace {

// Where the threads of the actors and the I/O thread meet.
class Inbox {
 public:
  explicit Inbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  void put(caf::mailbox_element_ptr message) {
    bool first = false;
    {
      const std::lock_guard lock(mutex_);
      if (closed_) return;
      first = messages_.empty();
      messages_.push_back(std::move(message));
    }
    if (first) wake_();
  }

  // All messages since the last call; `into` is empty and gives its memory.
  void take(std::vector<caf::mailbox_element_ptr>& into) {
    const std::lock_guard lock(mutex_);
    messages_.swap(into);
  }

  void close() {
    std::vector<caf::mailbox_element_ptr> last;
    const std::lock_guard lock(mutex_);
    closed_ = true;
    messages_.swap(last);
  }

 private:
  const std::function<void()> wake_;
  std::mutex mutex_;
  std::vector<caf::mailbox_element_ptr> messages_;  // guarded by mutex_
  bool closed_ = false;                             // guarded by mutex_
};

class GatewayActor final : public Actors {
 public:
  GatewayActor(caf::actor_system& system, caf::actor directory, std::function<void()> wake)
      : inbox_(std::make_shared<Inbox>(std::move(wake))),
        self_(system.spawn<caf::actor_companion>()),
        directory_(std::move(directory)) {
    companion().on_enqueue(
        [inbox = inbox_](caf::mailbox_element_ptr message) { inbox->put(std::move(message)); });
  }

  ~GatewayActor() override {
    inbox_->close();
    companion().cleanup(caf::exit_reason::normal, nullptr);
  }

  void open_page(OpenPage open) override { tell(directory_, std::move(open)); }
  void submit_page(SubmitPage submit) override { tell(directory_, std::move(submit)); }
  void join(Join join) override { tell(directory_, std::move(join)); }
  void create_session(CreateSession create) override { tell(directory_, std::move(create)); }
  void describe_sessions(DescribeSessions describe) override {
    tell(directory_, std::move(describe));
  }
  void claim_seat(ClaimSeat claim) override { tell(directory_, std::move(claim)); }
  void visit_room(VisitRoom visit) override { tell(directory_, std::move(visit)); }
  void ask_health(AskHealth question) override { tell(directory_, question); }

  void send(UnitId unit, Inputs inputs) override {
    tell_unit(unit, std::make_shared<Inputs>(std::move(inputs)));
  }
  void pull(UnitId unit, PullHistory pull) override { tell_unit(unit, pull); }
  void leave(UnitId unit, Leave leave) override { tell_unit(unit, leave); }

  void forget(UnitId unit) override {
    const auto found = units_.find(unit);
    if (found == units_.end()) return;
    companion().demonitor(found->second);
    units_.erase(found);
  }

  void drain(ActorsListener& listener) override {
    inbox_->take(taken_);
    for (const caf::mailbox_element_ptr& message : taken_) hand_over(*message, listener);
    taken_.clear();
  }

 private:
  caf::actor_companion& companion() { return *caf::actor_cast<caf::actor_companion*>(self_); }

  template <class Message>
  void tell(const caf::actor& whom, Message message) {
    caf::send_as(self_, whom, std::move(message));
  }

  template <class Message>
  void tell_unit(UnitId unit, Message message) {
    const auto found = units_.find(unit);
    if (found != units_.end()) tell(found->second, std::move(message));
  }

  template <class Message>
  static Message* content(caf::type_erased_tuple& message) {
    if (!message.match_element<Message>(0)) return nullptr;
    return static_cast<Message*>(message.get_mutable(0));
  }

  void hand_over(caf::mailbox_element& message, ActorsListener& listener) {
    caf::type_erased_tuple& tuple = message.content();
    if (tuple.size() != 1) return;
    if (const auto* release = content<ReleasePtr>(tuple)) {
      listener.released(**release);
    } else if (const auto* piece = content<HistoryPiece>(tuple)) {
      listener.piece(*piece);
    } else if (const auto* joined = content<Joined>(tuple)) {
      on_joined(*joined, message.sender, listener);
    } else if (auto* page = content<PageAnswer>(tuple)) {
      listener.answered(std::move(*page));
    } else if (auto* session = content<SessionAnswer>(tuple)) {
      listener.answered(std::move(*session));
    } else if (const auto* closed = content<UnitClosed>(tuple)) {
      listener.unit_closed(closed->unit);
    } else if (const auto* down = content<caf::down_msg>(tuple)) {
      on_down(down->source, listener);
    }
  }

  void on_joined(const Joined& joined, const caf::strong_actor_ptr& sender,
                 ActorsListener& listener) {
    if (joined.unit != UnitId{} && sender) {
      const auto actor = caf::actor_cast<caf::actor>(sender);
      const auto known = units_.find(joined.unit);
      if (known != units_.end() && known->second != actor) {
        forget(joined.unit);
        listener.unit_gone(joined.unit);
      }
      if (units_.try_emplace(joined.unit, actor).second) companion().monitor(actor);
    }
    listener.joined(joined);
  }

  void on_down(const caf::actor_addr& source, ActorsListener& listener) {
    for (const auto& [unit, actor] : units_) {
      if (actor.address() != source) continue;
      const UnitId gone = unit;
      units_.erase(gone);
      listener.unit_gone(gone);
      return;
    }
  }

  std::shared_ptr<Inbox> inbox_;
  caf::actor self_;
  caf::actor directory_;
  std::unordered_map<UnitId, caf::actor> units_;
  std::vector<caf::mailbox_element_ptr> taken_;
};

}  // namespace

ActorsFactory gateway_actors(caf::actor_system& system, caf::actor directory) {
  return [&system, directory = std::move(directory)](std::uint16_t, std::function<void()> wake) {
    return std::make_unique<GatewayActor>(system, directory, std::move(wake));
  };
}

}  // namespace rialto
