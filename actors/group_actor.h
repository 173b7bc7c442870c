// One unit (a group of players) as one actor. It handles one message at a time: runs the step, adds
// its record to the open batch, and lets nobody hear of it before the batch is durable. Spawned by
// the directory, which stops it when it rests; reached by messages only. Guarantees: G1-G5:
// everything that leaves goes through a batch or waits for the newest record executed when it was
// computed (rules.md 3); at most one batch of a unit is in flight; it has at most one timer for all
// its deadlines. It is brought back by its first turn, on the thread that runs it. Limitation:
// reading history from the log runs on the actor; a piece is bounded (Limits).
#pragma once

#include <caf/all.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/caf_types.h"
#include "actors/clock.h"
#include "actors/outages.h"
#include "actors/unit.h"
#include "actors/unit_history.h"
#include "storage/commit.h"
#include "storage/record_chain.h"

namespace rialto {

class GroupActor : public caf::event_based_actor {
 public:
  struct Setup {
    AnyApp app;
    Unit::Setup unit;
    const Store* store = nullptr;  // these three outlive the actor
    CommitQueue* commits = nullptr;
    const Clock* clock = nullptr;
    Outages* outages = nullptr;  // may be null
    caf::actor directory;
    bool closed = false;
    std::vector<Closure> closures = {};  // of the session, so far
    Result<void> readable = {};          // an error: it cannot be read who is to come
  };

  GroupActor(caf::actor_config& config, Setup setup);
  ~GroupActor() override;

 protected:
  caf::behavior make_behavior() override;
  void on_exit() override;

 private:
  class Batch;
  struct Listener {
    std::uint32_t player;
    caf::actor gateway;
  };
  struct Waiting {
    std::uint64_t record;
    std::function<void()> answer;
  };

  // The unit's own time: the clock's, but not below its last record. Where the clock was set back
  // before this process, the unit's time goes on from there, as fast as the clock.
  std::int64_t now() const { return setup_.clock->now() + ahead_; }
  Result<void> recover();
  Result<void> read_state();
  void go_on_in_time();
  Result<void> read_due();
  void read_why_stuck();
  void fetch_rows();

  // It cannot be played any more: what it does from now on is not written, and nobody hears of it.
  void fail(const Error& why);

  void on_inputs(const InputsPtr& inputs);
  void on_input(LiveInput& input);
  void on_open(const Seated<OpenPage>& open);
  void on_submit(const Seated<SubmitPage>& submit);
  void on_join(const Seated<Join>& join);
  bool is_known(const Join& join);
  void on_pull(const PullHistory& pull);
  void on_leave(const Leave& leave);
  Value asked(const SubmitPage& form) const;
  PageAnswer submit_here(const Seated<SubmitPage>& submit);

  // -- what the experimenter does ----
  void on_move(const Seated<MoveParticipant>& move);
  SessionAnswer move_here(const Seated<MoveParticipant>& move);
  void on_describe();
  void on_close();
  void on_reopen(const Closure& closure);
  // What waits for nobody: after recovery, and when a closed session goes on.
  void go_on();

  // -- participants who come and go ----
  void on_enter(const Enter& enter);
  void seat(std::uint32_t player);
  void on_pass_by(const PassBy& pass);
  void let_pass();
  void on_labelled(const Labelled& labelled);
  void hand_over(const LetGo& gone);
  void on_taken(std::uint32_t player);
  // The message's gateway is answered by the unit that the player has gone on to.
  template <class Message>
  void forward(const Seated<Message>& seated);

  // -- though nobody comes ----
  void note_presence(std::uint32_t player);
  void on_deadline();
  // Moves what is timed by an outage that has ended; and tells whether anything is timed.
  void note_outage();
  void note_timed(bool timed);
  void on_retry();
  void on_rest();

  // A unit that rests after fewer records than this is brought back from them as quickly.
  static constexpr std::uint64_t snapshot_at_rest = 64;

  // -- steps on their way out ----
  // The step's record, and those of what follows from it by itself.
  void done(StepResult& result);
  void follow_up();
  void add(Record record);
  void note_why_stuck(Batch& batch, const Record& record) const;
  void write_session(Batch& batch, std::uint64_t record, const std::string& writes);
  void tell_bereft(const Record& record, Release& release) const;
  void tell_times(const Record& record, Release& release) const;
  void refuse(const LiveInput& input, std::string code, std::string message);
  Batch& open_batch();
  void close_batch();
  void write_due(Batch& batch);
  bool must_wake() const;
  void tell_if_stuck();
  void request_flush();
  void flush();
  void submit(std::unique_ptr<Batch> batch);
  void add_snapshot(Batch& batch);
  void on_committed(std::uint64_t upto, std::int64_t time);
  void answer_when_committed(std::function<void()> answer);
  PageAnswer page_answer(std::uint64_t request, std::uint32_t player, const Value& submitted = {},
                         const StepResult& result = {});

  // Runs `on_deadline` when the next one is due, but not before `pause`.
  void arm_deadline(std::chrono::microseconds pause = {});
  void cancel_alarm();
  void arm_rest();
  void add_gateway(const caf::actor& gateway);
  void remove_gateway(const caf::actor& gateway);
  std::string blocked_key(const LiveInput& input) const;

  Setup setup_;
  Unit unit_;
  UnitHistory history_;
  RecordChain chain_;
  std::int64_t ahead_ = 0;  // of the clock, microseconds
  std::uint64_t committed_ = 0;
  std::int64_t committed_time_ = 0;        // of that record
  std::uint64_t snapshot_at_ = 0;          // newest snapshot, stored or on its way
  std::uint64_t recovered_from_ = 0;       // the snapshot this actor started from
  std::map<std::uint32_t, Value> coming_;  // on the way here, with what they bring
  std::set<std::uint32_t> passing_;        // have passed by, as far as it could not be recorded yet
  std::set<std::uint32_t> leaving_;        // let go, and not yet taken by the directory
  bool is_due_ = false;                    // stored: the unit is woken when the server starts
  bool told_stuck_ = false;
  bool in_flight_ = false;
  bool flush_requested_ = false;
  std::deque<std::unique_ptr<Batch>> closed_batches_;
  std::unique_ptr<Batch> open_;
  std::deque<Waiting> waiting_;
  std::unordered_map<ConnectionId, Listener> listeners_;
  std::vector<std::pair<caf::actor, std::size_t>> gateways_;  // with how many listeners each has
  // Senders whose send `n` was refused with an `again` code: nothing above n is taken before n. At
  // most Limits::blocked_senders; of others the unit tells that sends are missing.
  std::unordered_map<std::string, std::uint64_t> blocked_;
  std::int64_t armed_deadline_ = 0;   // when the alarm runs; 0: it is not set
  caf::message_id alarm_;             // the one alarm of the unit
  std::uint64_t from_directory_ = 0;  // messages that came through the directory
  std::uint64_t activity_ = 0;        // counts everything that happened, to see that nothing did
  bool rest_armed_ = false;
  bool is_timed_ = false;  // as told to the outages
  // An error: what is stored of the unit cannot be read; every request is answered `failed`.
  Result<void> health_;
};

}  // namespace rialto
