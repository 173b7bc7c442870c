// Knows all sessions, where each participant sits, and which units are awake. The door through
// which pages, joins and sessions reach the units; the sends of a joined connection go past it. One
// actor of the process, spawned by main.cpp. Asks nobody and waits for nobody: it passes on.
// Guarantees: a unit is run by at most one actor; none is put away with a message on its way; a
// session is announced only after it is durable.
#pragma once

#include <caf/all.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/caf_types.h"
#include "actors/clock.h"
#include "actors/outages.h"
#include "actors/room_presence.h"
#include "actors/session_book.h"
#include "storage/commit.h"

namespace rialto {

class Directory : public caf::event_based_actor {
 public:
  struct Setup {
    std::vector<AnyApp> apps;
    std::vector<SessionConfig> configs;  // beside each app by itself
    Limits limits;
    const Store* store = nullptr;  // these outlive the actor
    CommitQueue* commits = nullptr;
    const Clock* clock = nullptr;
    RunningSlots* slots = nullptr;  // may be null
    Outages* outages = nullptr;     // may be null: time is never taken to have stood still
    bool makes_apart = false;       // sessions are made on a thread of their own
  };

  // `book` has been loaded from the store.
  Directory(caf::actor_config& config, std::shared_ptr<const Setup> setup,
            std::shared_ptr<SessionBook> book);

 protected:
  caf::behavior make_behavior() override;
  void on_exit() override;

 private:
  struct Awake {
    caf::actor actor;
    std::uint64_t passed_on = 0;  // messages that came through here
  };

  // An answer that waits until units have said where everybody is.
  struct Survey {
    caf::actor to;
    SessionAnswer answer;
    std::uint32_t session = 0;
    std::vector<UnitId> to_ask;
    std::set<UnitId> asked;
    std::map<std::pair<UnitId, std::uint32_t>, Value> places;  // by unit and seat
    std::unordered_map<UnitId, Value> stuck;
  };

  // An answer that waits until these units have tried again, durably.
  struct Retrying {
    caf::actor to;
    SessionAnswer answer;
    std::set<UnitId> units;
  };

  // False: the unit cannot be played here.
  template <class Message>
  bool pass_on(const Message& message, const Seat& seat);
  // To a unit, for the unit.
  template <class Message>
  void tell(UnitId id, const Message& message) {
    Awake* const unit = wake(id);
    if (unit == nullptr) return;
    ++unit->passed_on;
    caf::anon_send(unit->actor, message);
  }
  // What a gateway asks; `from`: the unit that it came to before, or none.
  void on_open(const OpenPage& open, UnitId from = {});
  void on_submit(const SubmitPage& submit, UnitId from = {});
  void on_join(const Join& join, UnitId from = {});
  PageStatus refusal(const Seat* seat);
  void on_hand_over(const HandOver& hand_over);
  // Who is to come into this unit from the app before. Errors: corrupt, if it cannot be read.
  Result<std::vector<Enter>> travellers(UnitId unit, const Session& session) const;
  void tell_who_passed_by(UnitId unit, const Session& session);
  // Null if this server cannot play the unit.
  Awake* wake(UnitId unit);
  // Units that have something to do though nobody comes are woken one after the other, a few at
  // once: what is asked meanwhile waits for these few alone.
  void wake_due();
  void wake_some();
  void on_awake(UnitId unit);
  void on_wake_again(UnitId unit);
  void on_down(const caf::down_msg& down);
  std::string name_of(UnitId unit) const;
  void on_alive();
  void on_rest(UnitId unit, std::uint64_t received);

  // -- making sessions, one at a time (directory_making.cpp) ----
  void on_create(const CreateSession& wish);
  void make_next();
  void seat_all(const MakingPtr& making);
  void on_made(const MakingPtr& making);
  void store_next(const MakingPtr& making);
  void end_making();
  // True: the key was used before, and who asks is told.
  bool is_known_already(const Making& making);
  void on_claim(const ClaimSeat& claim);
  // To who came by a personal link that has one, unless he has a label, or it is another's.
  void give_label(const OpenPage& open);
  void on_describe(const DescribeSessions& question);
  void describe_some(const DescribeSessions& question);
  void on_visit(const VisitRoom& visit);
  void on_clear(const ClearRoom& clear);
  void on_describe_rooms(const DescribeRooms& question);
  // As SessionBook::admit; who is new is told to the units.
  std::optional<SessionBook::Admitted> admit(Session& session, const std::string& label);
  // The seat that a visitor has taken since the server has started; "" if none, or not known.
  std::string seat_of_visitor(const Session& session, const std::string& visitor) const;
  void remember_visitor(const Session& session, const std::string& visitor,
                        const std::string& participant);
  // The units that are awake hear of it; the others learn it when they wake.
  void tell_label(const Session& session, std::size_t participant);
  // What groups write into their session (directory_values.cpp).
  void on_written(const SessionWritten& written);
  void take_written(Session& session);
  void on_values_stored(std::uint32_t session);
  // What the experimenter does to a session (directory_control.cpp).
  void on_close(const CloseSession& close);
  void on_reopen(const ReopenSession& reopen);
  // Once that is stored: its units hear of it.
  void on_closed(std::uint32_t session);
  void on_reopened(std::uint32_t session);
  void on_move(const MoveParticipant& move, UnitId from = {});
  // Where everybody is (directory_survey.cpp).
  void survey(const Session& session, std::uint64_t request);
  void ask_units(std::uint64_t number);
  void on_described(const UnitDescribed& described);
  void end_survey(std::uint64_t number);
  Value stuck_as_told(const Survey& survey, const Session& session) const;
  Value named(Value place, const Session& session, UnitId unit) const;
  void on_retry(const RetrySession& retry);
  void retry_units(std::uint32_t session, Retrying retrying);
  void on_retried(UnitId unit);
  void on_stuck(UnitId unit, bool stuck);
  // -- what a session is, in words for those who ask (directory_describe.cpp) ----
  struct Description {
    std::uint32_t session = 0;
    Value value = {};
    Value participants = Value::empty_list();
    std::size_t next = 0;
    // What else there is to say of a participant; may be empty.
    std::function<void(Value& described, const Seat& seat)> add = {};
    std::function<void(Value description)> then = {};
  };
  // Of a large session some participants a turn: the directory does not keep others waiting. `then`
  // runs at once for a small one.
  void describe(const Session& session, std::function<void(Value)> then,
                std::function<void(Value&, const Seat&)> add = {});
  void go_on_describing(const std::shared_ptr<Description>& description);
  // Describes it to who is asking now, after all that was submitted so far.
  void answer_described(std::uint64_t request, const Session& session);
  Value stuck_in(const Session& session) const;
  // Later, after others have had their turn.
  void go_on_soon(std::function<void()> rest);
  void answer(std::uint64_t request, std::string error, Value result);
  // `then` runs once they are durable, on the committer's thread: it only sends messages, say.
  void store(
      std::vector<Write> writes, std::function<void()> then = [] {});
  void answer_when_durable(std::vector<Write> writes, SessionAnswer answer);
  void answer_when_durable(std::vector<Write> writes, const caf::actor& to, SessionAnswer answer);

  std::shared_ptr<const Setup> setup_;
  std::shared_ptr<SessionBook> book_;
  std::unordered_map<UnitId, Awake> awake_;
  RoomPresence presence_;
  // Who took which seat of a session, by session and visitor: a second press of the button, or a
  // second window that goes in at the same moment, has no cookie yet. At most one a seat; never
  // stored.
  std::map<std::pair<std::string, std::string>, std::string> seated_visitors_;
  std::set<std::uint32_t> storing_values_;  // sessions whose values are on their way to the store
  std::set<UnitId> stuck_;                  // units that wait for a retry
  std::deque<UnitId> to_wake_;
  std::set<UnitId> waking_;                    // on their way, of these
  std::unordered_map<UnitId, unsigned> ends_;  // how often a unit's actor has ended by a fault
  caf::actor maker_;
  std::deque<MakingPtr> to_make_;  // the first is being made

  std::unordered_map<std::uint64_t, Survey> surveys_;
  std::uint64_t last_survey_ = 0;

  std::vector<Retrying> retrying_;
};

}  // namespace rialto
