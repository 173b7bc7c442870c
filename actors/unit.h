// The rules of one unit as a pure state machine: what comes in, in which order, becomes records;
// the same records bring the same state back. No threads, no actors, no disk: GroupActor and Table
// drive it. Owned by one of those, on its thread. Guarantees: a step that throws changes nothing
// (G3); each send takes effect once (G4); state after `apply` of the records equals the state that
// made them, field by field (G9). Limitation: a unit's whole state is in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "actors/app_model.h"
#include "actors/form.h"
#include "actors/limits.h"
#include "actors/messages.h"
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
    std::vector<std::string> participants;  // codes, in the order of id_in_group
    std::uint64_t seed = 0;                 // of the draws (rules.md 14)
    const Limits* limits = nullptr;         // outlives the unit
    RunningSlots* slots = nullptr;          // may be null: no quarantine (in-memory tables)
  };

  Unit(AnyApp app, Setup setup);
  ~Unit();

  // -- making and bringing back ----------------------------------------------------------------
  // The first record: membership, page list, columns and their initial values. What the app's
  // creating_session throws leaves here.
  Record create(std::int64_t now);
  // The record that tells of columns the app has got since the newest description (rules.md 15),
  // with their initial values; nothing if there is none. To be called after recovery.
  StepResult describe(std::int64_t now);
  // Takes a stored record, in order. `invalid` names what does not fit (a changed type, say).
  Result<void> apply(const Record& record);
  // All of the state as bytes; `restore` is its inverse. Rows of logs are not in it: `fetch_rows`
  // is called when a game first reads them, and must `add_rows` those of records up to
  // `sequence()`.
  std::string snapshot() const;
  Result<void> restore(std::string_view snapshot, std::function<void()> fetch_rows);
  void add_rows(const Record& record);

  // -- steps -------------------------------------------------------------------------------------
  StepResult live(std::uint32_t player, PageRef page, const std::string& sender,
                  std::uint64_t number, const Value& data, std::int64_t now);
  // Does the submit alone; pending sends go through `live` first. A submit from a page the player
  // has left is no step.
  // `timed_out`: the page says that the time was up; believed if it nearly is.
  StepResult submit(std::uint32_t player, PageRef page, const Value& values, std::int64_t now,
                    bool timed_out = false);
  // The player's browser shows this page for the first time; no record if it is not the first.
  StepResult arrive(std::uint32_t player, PageRef page, std::int64_t now);
  // The timeout that is due, if one is; again until there is none.
  StepResult time_out(std::int64_t now);
  // What follows by itself from where players are now: a wait page that all have reached is left.
  // To be called after each step and after recovery, until it gives no record.
  StepResult follow_up(std::int64_t now);
  // Lets a wait page whose hook has failed be tried again by `follow_up`.
  StepResult retry(std::int64_t now);
  void close() { closed_ = true; }

  // -- looking ------------------------------------------------------------------------------------
  // The player's page as its hooks describe it at the time `now`; runs const hooks only. AppError
  // if one fails. `submitted`: what the form refused, with its errors, to be shown again.
  PageView view(std::uint32_t player, std::int64_t now, const Value& submitted = {},
                const FormErrors& errors = {}) const;
  std::uint64_t sequence() const { return sequence_; }
  // Has a newer `latest` value of this key been said to the player on that page since `record`?
  bool superseded(PageRef page, const std::string& key, std::uint32_t player,
                  std::uint64_t record) const;
  PageRef page_of(std::uint32_t player) const { return pages_.at(player - 1); }
  std::size_t players() const { return pages_.size(); }
  UnitId id() const { return setup_.id; }
  const AppModel& app() const { return *app_; }
  // When the next timeout is due; 0: none is set.
  std::int64_t deadline() const;
  // When the player's own time on the current page is up; 0: it has none.
  std::int64_t deadline_of(std::uint32_t player) const { return timers_.at(player).at; }
  const GroupBase& group(int round = 1) const { return *rounds_.at(round - 1); }
  bool past_last(PageRef page) const { return page.position >= app_->pages.size(); }
  // A wait page's hook has failed: its group stays there until `retry`.
  bool is_stuck() const { return !stuck_.empty(); }
  // What handlers printed since the last call.
  std::vector<std::string> take_printed();

 private:
  const PageModel* page_model(PageRef page) const;
  PlayerBase& seat(std::uint32_t player, PageRef page) const;
  PageRef shown_from(std::uint32_t player, PageRef page) const;
  // When `time_out` is to do it: players' own pages get a moment to hand in what is written there.
  std::int64_t due(std::size_t timer) const;
  StepResult time_out_group(std::int64_t now);
  bool all_are_at(PageRef page) const;
  RunningInput running(std::uint32_t player, const std::string& sender, std::uint64_t number) const;
  StepResult consume_refused(Record record, std::string code, std::string message);
  template <class Effect>
  StepResult run(Record record, Effect&& effect);
  void collect(Record& record);
  void move_players(Record& record);
  void move(Record& record, std::uint32_t player);
  void start_timeouts(Record& record, PageRef page);
  Model& object(std::uint32_t number) const;
  std::uint32_t object_count() const {
    return static_cast<std::uint32_t>(rounds_.size() * (players() + 1));
  }
  std::uint64_t seed_of(std::uint64_t sequence) const;
  void run_creating_session(Record& record);
  std::string description() const;
  Result<void> read_description(const Record& record);
  void note_latest(const Record& record);
  Value latest_value() const;
  void restore_latest(const Value& value);
  Record begin(RecordKind kind, std::uint32_t player, PageRef page, std::int64_t now) const;
  void finish(const Record& record);

  AnyApp app_;
  Setup setup_;
  Step step_;
  std::vector<std::unique_ptr<GroupBase>> rounds_;  // the group in each round
  std::vector<PageRef> pages_;                      // where each player is
  std::vector<PageRef> arrived_;  // newest page instance each player's browser has shown
  Senders senders_;
  std::uint64_t sequence_ = 0;
  std::int64_t last_time_ = 0;
  struct Timer {
    std::int64_t at = 0;  // 0: none
    PageRef page;
  };
  std::vector<Timer> timers_;  // the group's, then each player's
  std::set<PageRef> stuck_;    // wait pages whose hook has failed
  bool closed_ = false;
  // Newest record of each `latest` key, by page and key, a number a player.
  std::map<std::pair<PageRef, std::string>, std::vector<std::uint64_t>> latest_;
  std::string described_;  // the newest description that is in the records
  // Columns as numbered by the first record, by object kind (0 group, 1 player); null: removed
  // since.
  std::vector<std::uint32_t> stored_columns_[2];
  std::vector<std::string> printed_;
};

}  // namespace rialto
