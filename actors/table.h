// Plays a game in memory on a virtual clock, for the tests of its rules: one group (or, of an app
// whose hooks see all groups, all of a session), its players with a browser each that loads every
// page at once. No actors, no disk, no waiting. Owned by a
// test, on its thread. Guarantees: the rules are those of the real thing (Unit); whatever a player
// sends and hears has been JSON text in between.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "actors/app_model.h"
#include "actors/bot_player.h"
#include "actors/clock.h"
#include "actors/limits.h"
#include "storage/record.h"

namespace rialto {

class Unit;
struct StepResult;

class Table {
 public:
  // `players` 0: as many as the app's demo has.
  explicit Table(AnyApp app, int players = 0, std::uint64_t seed = 1);
  ~Table();

  // What came of something that was done: who heard what, who was refused, where players are now.
  class Happened {
   public:
    // Nobody heard anything, nobody moved, nobody was refused.
    bool empty() const { return heard_.empty() && !moved_ && code_.empty(); }
    // Why it was refused: a code of gateway/README.md ("bad_message", "app_error", ...), or "".
    const std::string& code() const { return code_; }
    // The sentence the sender sees.
    const std::string& message() const { return message_; }
    // The last payload the player heard; null if none.
    Value heard(int player) const;
    // All payloads the player heard, a list.
    Value all_heard(int player) const;
    // The page the player is on now; "" past the last one.
    const std::string& page(int player) const {
      return pages_.at(static_cast<std::size_t>(player));
    }

   private:
    friend class Table;
    struct Heard {
      int player;
      Value payload;
    };
    std::vector<Heard> heard_;
    bool moved_ = false;
    std::string code_;
    std::string message_;
    std::vector<std::string> pages_;  // [0] is nobody's
  };

  // The player's page sends this.
  Happened live(int player, const Value& data);
  // The player's page is submitted with these form fields.
  Happened submit(int player, const Value& values = Value::object());
  // Time passes; timeouts that are due happen.
  Happened advance(std::chrono::microseconds by);
  // The player's browser is closed, and opened again. Meanwhile it loads no page: who waits for a
  // group must be there, and the time of a page that the player is moved to begins after ten
  // seconds.
  Happened leave(int player);
  Happened come_back(int player);
  // The experimenter moves the player on as if his time were up; drops him.
  Happened advance_player(int player);
  Happened drop(int player);
  // A wait page or a drop whose hook has failed is tried again.
  Happened retry();
  // The player loads the page again: what it is told of the past, a list of payloads.
  Value reload(int player);
  // The app's bots send up to `messages` messages in turn. What came of all of it.
  Happened play_bots(int messages);
  // The server is killed and starts again: everything is made anew from the records, and played
  // again from what came in. std::logic_error if that is not what it was.
  void restart();
  // Plays everything again from what came in. std::logic_error if another thing comes out.
  void verify() const;

  // -- looking -----------------------------------------------------------------------------------
  std::string page(int player) const;
  // What the page's scripts find as js_vars.
  Value js_vars(int player) const;
  // The round the player is in, from 1.
  int round(int player) const;
  // A field by its column; null if it is null.
  Value field(std::string_view column, int round = 1) const;
  Value field(int player, std::string_view column, int round = 1) const;
  // The rows of a log of the group, of all rounds: a list of lists. Of Rows, those there are: a
  // list of objects.
  Value rows(std::string_view log) const;
  // What handlers printed so far.
  const std::vector<std::string>& printed() const { return printed_; }
  const std::vector<Record>& records() const { return records_; }
  int players() const { return seats_; }
  template <class Group>
  const Group& group() const {
    return static_cast<const Group&>(group_base());
  }
  // Who is in which group in the round: the players by id_in_group, for each group.
  std::vector<std::vector<int>> groups(int round = 1) const;

 private:
  const GroupBase& group_base() const;
  std::unique_ptr<Unit> empty_unit() const;
  void take(StepResult result, const std::vector<PageRef>& pages_before, Happened& happened);
  void deliver(const Record& record, const std::vector<PageRef>& pages_before, Happened& happened);
  void load_pages(Happened& happened);
  void follow(StepResult result, Happened& happened);
  Happened finished(Happened happened) const;
  std::vector<PageRef> pages() const;
  bool next_message(std::size_t seat, Value& message);

  AnyApp app_;
  int seats_;
  std::uint64_t seed_;
  Limits limits_;
  VirtualClock clock_;
  std::unique_ptr<Unit> unit_;
  std::vector<Record> records_;
  // The newest load of a page in a seat's browser, and the number of its last send.
  struct Load {
    PageRef page = {0, 0};
    std::uint64_t sent = 0;
  };
  std::vector<Load> loads_;
  std::vector<BotPlayer> bots_;
  std::vector<bool> may_act_;  // a bot that has not answered what it last heard
  std::vector<std::string> printed_;
  std::set<int> away_;  // whose browser is closed
};

}  // namespace rialto
