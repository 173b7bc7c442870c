// The rules of one unit as a pure state machine: what comes in, in which order, becomes records;
// the same records bring the same state back. No threads, no actors, no disk: GroupActor and Table
// drive it. Owned by one of those, on its thread. Guarantees: a step that throws changes nothing
// (G3); each send takes effect once (G4); state after `apply` of the records equals the state that
// made them, field by field (G9). Limitation: a unit's whole state is in memory.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "actors/app_model.h"
#include "actors/chat.h"
#include "actors/form.h"
#include "actors/limits.h"
#include "actors/messages.h"
#include "actors/outage_span.h"
#include "actors/roster.h"
#include "actors/running_slot.h"
#include "actors/senders.h"
#include "storage/record.h"

namespace rialto {

// What a step came to. Without `record` nothing was consumed.
struct StepResult {
  std::optional<Record> record;
  std::string code;        // empty: done (or done before); otherwise a code of gateway/README.md
  std::string message;     // for the participant
  FormErrors form_errors;  // of a submit that the form refused
};

class Unit {
 public:
  struct Setup {
    UnitId id;
    std::vector<std::string> participants;     // codes, in the order of id_in_group
    std::uint64_t seed = 0;                    // of the draws (rules.md 14)
    const Limits* limits = nullptr;            // outlives the unit
    RunningSlots* slots = nullptr;             // may be null: no quarantine (in-memory tables)
    std::string session = {};                  // code
    std::shared_ptr<const Value> config = {};  // the session's values, an object; null: none
    // What groups may change of the session; null: the unit is alone with that.
    std::shared_ptr<const SessionBoard> board = {};
    std::vector<std::uint32_t> ids_in_session = {};  // by seat; empty: the seats' own numbers
    std::vector<std::string> labels = {};            // by seat; empty: none
    // Labels that were given later than the session was made: hooks see each once its owner is
    // here.
    std::vector<std::string> late_labels = {};  // by seat; empty: none
    // Tells the making of this session from that of others (`create` alone).
    std::uint64_t made_as = 0;
    bool first_stage = true;                   // everyone is here from the start; or else `enter`s
    std::vector<std::string> apps_after = {};  // the apps that follow; empty: this is the last
  };

  Unit(AnyApp app, Setup setup);
  ~Unit();

  // -- making and bringing back ----------------------------------------------------------------
  // The first record: membership, page list, columns and their initial values. What the app's
  // creating_session throws leaves here. `vars`: the participants' values so far, an object a seat;
  // what the hook made of them is `baggage` then.
  Record create(std::int64_t now, const std::vector<Value>& vars = {});
  // The record that tells of columns the app has got since the newest description (rules.md 15),
  // with their initial values; nothing if there is none. To be called after recovery.
  StepResult describe(std::int64_t now);
  // Takes a stored record, in order. `invalid` names what does not fit (a changed type, say).
  Result<void> apply(const Record& record);
  // All of the state as bytes; `restore` is its inverse. Rows of Logs are not in it: `fetch_rows`
  // is called when a game first reads them, and must `add_rows` those of all records up to
  // `sequence()`, from the first one on.
  std::string snapshot() const;
  Result<void> restore(std::string_view snapshot, std::function<void()> fetch_rows);
  void add_rows(const Record& record);

  // Alone with the session's values, these are there for the steps that come: what the unit has
  // seen of them, and for a unit that plays a stored record again, what that one has seen.
  void see_session(Value values) { roster_.session_values().begin_with(std::move(values)); }
  void see_session_as(const Record& stored);

  // -- steps -------------------------------------------------------------------------------------
  StepResult live(std::uint32_t player, PageRef page, const std::string& sender,
                  std::uint64_t number, const Value& data, std::int64_t now);
  // Does the submit alone; pending sends go through `live` first. A submit from a page the player
  // has left is no step.
  // `timed_out`: the page says that the time was up; believed if it nearly is.
  StepResult submit(std::uint32_t player, PageRef page, const Value& values, std::int64_t now,
                    bool timed_out = false);
  // What the player has written on the page so far, handed in if its time ends without him; the
  // highest number counts. No record: kept until he leaves the page, or this object ends.
  void keep_draft(std::uint32_t player, PageRef page, std::uint64_t number, Value values);
  // The player's browser loads its page, which is_displayed may not show any more: then it goes on,
  // as it does in oTree. To be called before `arrive`; no record if the page stays.
  StepResult pass_hidden(std::uint32_t player, std::int64_t now);
  // The player's browser shows this page for the first time; no record if it is not the first.
  StepResult arrive(std::uint32_t player, PageRef page, std::int64_t now);
  // The timeout that is due, if one is; again until there is none.
  StepResult time_out(std::int64_t now);
  // The participant comes from the app before, with what it handed on; no record if here already.
  StepResult enter(std::uint32_t player, const Value& baggage, std::int64_t now);
  // The participant has gone on past this app: nobody here waits for him. No record if he has been
  // here, or if this is known.
  StepResult pass_by(std::uint32_t player, std::int64_t now);
  // A participant who is to come has this label. No record: the session keeps it.
  void label(std::uint32_t player, const std::string& label);
  // Somebody looks at the player's page, or nobody does any more. No record where it does not
  // matter: only who waits to be put into a group must be there.
  StepResult presence(std::uint32_t player, bool here, std::int64_t now);
  // What follows by itself from where players are now: a wait page that all have reached is left.
  // To be called after each step and after recovery, until it gives no record.
  StepResult follow_up(std::int64_t now);
  // Nothing ran for a while: what is timed ends later by that; where the app's time goes on, by
  // what the clock was set forward meanwhile. No record if nothing is timed, or the unit has had
  // steps since.
  StepResult outage(const OutageSpan& outage, std::int64_t now);
  // The player's page is left as if its time were up, by the experimenter; his draft counts. Whom
  // nobody has seen yet begins: his first page counts as shown. No record where nothing can be
  // left: a wait page.
  StepResult advance(std::uint32_t player, std::int64_t now);
  // The participant does not come back: nobody waits for him any more, `on_drop` has run, he is
  // past the last page. If the hook fails he is not dropped, and that is stuck. No record if he is
  // dropped or not here.
  StepResult drop(std::uint32_t player, std::int64_t now);
  // The session was closed for a while and goes on: what is timed ends later by that. No record if
  // that is known.
  StepResult reopen(const Closure& closure, std::int64_t now);
  // Lets a wait page or a drop whose hook has failed be tried again by `follow_up`.
  StepResult retry(std::int64_t now);
  void close(bool closed = true) { closed_ = closed; }

  // -- looking ------------------------------------------------------------------------------------
  // The player's page as its hooks describe it at the time `now`; runs const hooks only. AppError
  // if one fails. `submitted`: what the form refused, with its errors, to be shown again.
  PageView view(std::uint32_t player, std::int64_t now, const Value& submitted = {},
                const FormErrors& errors = {}) const;
  std::uint64_t sequence() const { return sequence_; }
  // Of the newest record.
  std::int64_t last_time() const { return last_time_; }
  // Has a newer `latest` value of this key been said to the player on that page since `record`, by
  // a record that is durable?
  bool superseded(PageRef page, const std::string& key, std::uint32_t player,
                  std::uint64_t record) const;
  // Records up to this one are durable (those that were applied are).
  void note_durable(std::uint64_t record);
  PageRef page_of(std::uint32_t player) const { return pages_.at(player - 1); }
  std::size_t players() const { return setup_.participants.size(); }
  UnitId id() const { return setup_.id; }
  const AppModel& app() const { return *app_; }
  // Was the newest description in the records written by the build of the app that runs now?
  bool is_described_by_this_build() const;
  // When the next timeout is due; 0: none is set.
  std::int64_t deadline() const;
  // What is left of the player's own time on the current page, or of the group's; none: it has
  // none, or it does not run yet.
  std::optional<TimeLeft> time_left(std::uint32_t player, std::int64_t now) const;
  // Whom a deadline that a record set is for, seats, ascending; empty: everyone.
  std::vector<std::uint32_t> audience(const Deadline& deadline) const;
  bool is_of_group(const Deadline& deadline) const {
    return deadline.player > players() || (deadline.player == 0 && !roster_.whole());
  }
  const Roster& roster() const { return roster_; }
  // Where everyone of the unit is one group: that group in a round.
  const GroupBase& group(int round = 1) const { return roster_.group(round, 1); }
  // The participant plays here now: has come, and was not let go to the next app.
  bool is_here(std::uint32_t player) const { return is_seated(player) && !has_let_go(player); }
  bool has_let_go(std::uint32_t player) const { return !let_go_.at(player - 1).empty(); }
  // Whom the unit has let go so far, and to which app.
  std::vector<LetGo> let_go() const;
  // What the participant takes along to the next app, as `enter` takes it.
  Value baggage(std::uint32_t player) const;
  // What a record does to the session's values (SessionValues::writes_field); null: nothing.
  const Change* session_writes(const Record& record) const;
  // The participant was dropped, here or in an app before.
  bool is_dropped(std::uint32_t player) const { return dropped_.contains(player); }
  bool past_last(PageRef page) const { return page.position >= app_->pages.size(); }
  // A wait page's hook, or that of a drop, has failed: its group stays there until `retry`.
  bool is_stuck() const { return !stuck_.empty() || !failed_drops_.empty(); }
  // As UnitDescribed says; `present`: whose page somebody looks at.
  Value describe_players(const std::set<std::uint32_t>& present) const;
  Value describe_stuck() const;
  // Why, as bytes; no record says it: it is kept beside them and given back after recovery.
  std::string why_stuck() const;
  void restore_why_stuck(std::string_view stored);
  // Seats of the others of the player's group on that page.
  std::vector<std::uint32_t> others_of(std::uint32_t player, PageRef page) const;
  // Who it is, for logs: "session k3n5…, participant x2b4…, round 1".
  std::string who(std::uint32_t player, PageRef page) const;
  // Which unit it is, for logs: "session k3n5…, trust, the group of x2b4…".
  std::string name() const;
  // What handlers printed since the last call.
  std::vector<Step::Printed> take_printed();

 private:
  // How a game says no without throwing: what it has changed is rolled back all the same, unless
  // this is to be kept.
  struct Refusal {
    const char* code = nullptr;  // null: it said yes
    std::string message;
    bool keeps = false;
  };
  // The part of a step that may fail; refers to a function that outlives the call.
  class Effect {
   public:
    template <class F>
    Effect(F&& function)
        : function_(&function), call_([](void* f, Record& record) -> Refusal {
            return (*static_cast<std::remove_reference_t<F>*>(f))(record);
          }) {}
    Refusal operator()(Record& record) const { return call_(function_, record); }

   private:
    void* function_;
    Refusal (*call_)(void*, Record&);
  };
  // Who has a time, or waits, together: 0 is the group of a unit of one, or all of a whole app (its
  // time is that of the next question who is to be a group); above the players come the groups of a
  // whole app.
  using Holder = std::uint32_t;
  using Together = std::pair<PageRef, Holder>;
  struct Timer {
    std::int64_t at = 0;  // 0: none
    PageRef page;
  };

  // Logs and rows as a description numbers them, by object kind.
  using LogPlaces = std::array<std::vector<std::uint32_t>, std::size(Roster::kinds)>;

  // -- steps (unit_step.cpp)
  // `whom` tells an event from others of its name on this page, where the record does not.
  StepResult run(Record record, const Effect& effect, std::uint64_t whom = 0);
  // `code`: "" (by the player), or why it is submitted without him.
  StepResult hand_in(std::uint32_t player, const Value& values, std::int64_t now, const char* code);
  // What he has written so far, as a submit has it.
  Value draft(std::uint32_t player) const;
  void note_refusal(Record& record, const char* code) const;
  StepResult fail(Record record, const char* code, std::string_view what, std::string message);
  void log_failure(const Record& record, std::string_view what) const;
  StepResult consume_refused(Record record, std::string code, std::string message);
  std::vector<StoredReply> replies(const Reply& reply, const PlayerBase& who, PageRef page) const;
  void collect(Record& record);
  void check_owner(const Model& owner) const;
  Record begin(RecordKind kind, std::uint32_t player, PageRef page, std::int64_t now) const;
  void finish(const Record& record);
  Holder holder_in(const Record& record) const;

  // -- what is personal (unit_personal.cpp)
  static bool has_personal_fields(const Roster& roster);
  bool asks_personal(const PageModel& page) const;
  // Whom the step that runs has had to do with; to be called before it is rolled back.
  void note_concerns(Record& record) const;
  void add_change(Record& record, const Column& column) const;
  // To be called when all that the record says is in it.
  static void settle_personal(Record& record);

  RunningInput running(const Record& record, std::uint64_t whom) const;
  // Of an event that is no step.
  RunningInput running(std::uint32_t player, PageRef page, std::string_view what,
                       std::uint64_t whom = 0) const;
  // Why it is not run any more; empty: it is run.
  std::string refusal(const RunningInput& input) const;
  // For as long as it runs. HookClosed if it is not run any more.
  RunningSlots::Guard guarded(const RunningInput& input) const;
  std::string_view shown_input(const Record& record) const;
  std::uint64_t seed_of(std::uint64_t sequence) const;

  // -- chats (unit_chat.cpp)
  StepResult say(Record record, const Value& data);
  std::string group_channel(std::uint32_t player, PageRef page) const;
  std::map<PageRef, std::vector<std::uint32_t>> hearers(std::uint32_t speaker, PageRef page,
                                                        bool named) const;

  // -- pages (unit_pages.cpp)
  const PageModel* page_model(PageRef page) const;
  PlayerBase& seat(std::uint32_t player, PageRef page) const;
  // From now on hooks see the player's late label. Done by records, so that it is at the same place
  // when the unit is brought back or verified.
  void show_label(std::uint32_t player);
  bool is_seated(std::uint32_t player) const { return pages_.at(player - 1).round != 0; }
  PageRef past_all() const;
  bool is_still_shown(std::uint32_t player, PageRef page, std::int64_t now);
  bool is_shown(std::uint32_t player, PageRef page) const;
  std::string next_app(std::uint32_t player, PageRef page) const;
  PageRef shown_from(std::uint32_t player, PageRef page) const;
  void move(Record& record, std::uint32_t player);
  void move_to(Record& record, std::uint32_t player, PageRef page, const std::string& app);
  void move_players(Record& record);
  void note_moves(const Record& record);
  void wait_at(std::uint32_t player, PageRef page);

  // -- waiting (unit_waiting.cpp)
  Holder holder_of(std::uint32_t player, PageRef page) const;
  Holder holder_of(const GroupBase& group) const;
  std::vector<std::uint32_t> members_of(const Together& together) const;
  std::vector<GroupBase*> groups_of(const Together& together) const;
  bool any_waits_at(PageRef page, const std::vector<std::uint32_t>& players) const;
  bool all_are_at(PageRef page, const std::vector<std::uint32_t>& players) const;
  StepResult all_arrived(const Together& together, std::int64_t now);
  StepResult make_group(PageRef page, std::int64_t now);
  std::vector<std::uint32_t> choose_group(PageRef page) const;
  void begin_group(PageRef page, const std::vector<std::uint32_t>& seats);
  bool is_waiting_for_group(std::uint32_t player) const;
  std::string who_waits(PageRef page) const;
  void forgive(PageRef page, Holder holder) const;

  // -- who is gone (unit_gone.cpp)
  // Who moves to a page that has a time is waited for a moment; then the time runs without him.
  void allow_grace(Record& record, std::uint32_t player, PageRef page) const;
  // The time of the page instance runs, or has run, for this player.
  bool has_begun(std::uint32_t player, PageRef page) const {
    return arrived_[player - 1] == page || begun_[player - 1] == page;
  }
  // His timer is for the moment in which a browser may come.
  bool is_in_grace(std::uint32_t player) const {
    return timers_[player].at != 0 && !has_begun(player, timers_[player].page);
  }
  // A page waited in vain for a browser of the player's, and none has shown one since.
  bool is_away(std::uint32_t player) const { return begun_[player - 1] > arrived_[player - 1]; }
  StepResult begin_unseen(std::uint32_t player, std::int64_t now, std::string by = {});
  void note_gone(const Record& record);
  Value gone_value() const;
  void restore_gone(const Value& gone);
  // Another of the player's group in this round was dropped.
  bool has_lost_somebody(std::uint32_t player, PageRef page) const;
  // Whom those wait for who are on that wait page together: seats, the first few.
  std::vector<std::uint32_t> missing(const Together& together) const;
  // A hook whose failure keeps somebody waiting has failed, with these words.
  void note_failure(const Record& record, std::string_view what);

  // -- time (unit_time.cpp)
  void start_timeouts(Record& record, PageRef page);
  // The time of a group whose members are all on the page, the record's player among them.
  void start_group_time(Record& record, const Together& together) const;
  // When `time_out` is to do it: players' own pages get a moment to hand in what is written there.
  std::int64_t due(std::size_t timer) const;
  StepResult time_out_player(std::uint32_t player, std::int64_t now);
  StepResult spend_time(std::uint32_t player, std::int64_t now);
  StepResult time_out_group(Holder holder, std::int64_t now);
  bool is_asked_again(PageRef page) const;
  void ask_again_later(Record& record, PageRef page) const;
  StepResult ask_again(PageRef page, std::int64_t now);
  StepResult waited_too_long(std::uint32_t player, PageRef page, std::int64_t now);
  // Each time that runs ends later by `length`.
  StepResult later(const char* code, std::int64_t length, std::int64_t now);
  void end_times(const Record& record);

  // -- state (unit_state.cpp)
  void run_creating_session(Record& record, const std::vector<Value>& vars);
  Roster make_roster();
  RunningInput making(std::string_view what, std::uint32_t player, int round) const;
  template <class Hook>
  void run_making(std::string_view what, std::uint32_t player, int round, const Hook& hook) const;
  std::string description() const;
  Result<void> read_description(const Record& record);
  Result<LogPlaces> places_of_logs(const Value& description) const;
  LogBase* log_of(const LogRow& row, const LogPlaces& places);
  void note_latest(const Record& record);
  void check_latest(const Record& record) const;
  void check_session_values() const;
  void restore_objects(const Value& objects);
  void restore_places(const Value& value);
  Value latest_value() const;
  void restore_latest(const Value& value);

  AnyApp app_;
  Setup setup_;
  Step step_;
  Roster roster_;
  std::vector<PageRef> pages_;       // where each player is; round 0: not here yet
  std::vector<PageRef> arrived_;     // newest page instance each player's browser has shown
  std::vector<PageRef> begun_;       // newest page whose time began though no browser had come
  std::vector<std::string> let_go_;  // the app each player was let go to; "": none yet
  std::vector<bool> waits_;          // is waiting on the wait page it is on
  std::vector<bool> present_;        // somebody looks at the player's page, as far as it matters
  std::map<PageRef, std::vector<std::uint32_t>> waiting_;  // on a wait page, in order of arrival
  std::set<Together> to_check_;           // wait pages that may have been reached by all
  std::set<Together> stuck_;              // wait pages whose hook has failed
  std::set<std::uint32_t> dropped_;       // who was dropped, here or in an app before
  std::set<std::uint32_t> to_drop_;       // who comes from another app dropped, or is tried again
  std::set<std::uint32_t> failed_drops_;  // whose on_drop has failed
  // Why, as far as this process has seen it: of wait pages, and of drops (no page, a seat).
  std::map<Together, std::string> why_stuck_;
  std::vector<std::int64_t> since_;  // when each player came to his page; 0: not here yet
  Senders senders_;
  Chats chats_;
  std::uint64_t sequence_ = 0;
  std::int64_t last_time_ = 0;
  std::vector<Timer> timers_;  // by holder
  struct Draft {
    std::uint64_t number = 0;
    Value values;
  };
  std::map<std::uint32_t, Draft> drafts_;  // by player, of the page he is on
  // Whose time was up and whose page did not let him go: said by the next `time_out`.
  std::uint32_t refused_in_time_ = 0;
  bool closed_ = false;
  // Newest record of each `latest` key, by page and key, a number a player.
  using Newest = std::vector<std::uint64_t>;
  std::map<std::pair<PageRef, std::string>, Newest> latest_;
  // What stood there before the records that are not durable, in their order.
  struct Overtaken {
    std::uint64_t by;
    const Newest* of;
    Newest before;
  };
  std::deque<Overtaken> overtaken_;
  std::string described_;  // the newest description that is in the records
  // Columns as numbered by the newest description, by object kind; `removed` ones are there no
  // more.
  std::vector<std::uint32_t> stored_columns_[std::size(Roster::kinds)];
  LogPlaces stored_logs_;   // the same
  LogPlaces fetched_logs_;  // as of the record that `add_rows` had last
  std::vector<Step::Printed> printed_;
  bool has_personal_fields_ = false;
};

}  // namespace rialto
