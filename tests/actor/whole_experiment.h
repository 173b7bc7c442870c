// Six participants who play the whole experiment of tests/games (entry, gathering, sharing,
// leaving) by a script on a virtual clock, in a server that dies after a given number of commits
// and starts again on its store. Owned by a test. Guarantee: what they do depends on the pages they
// are shown alone, so two runs differ only by what the server does.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/actor/unit_world.h"

namespace rialto::test {

class WholeExperiment : private UnitWorld {
 public:
  static constexpr std::uint32_t people = 6;

  explicit WholeExperiment(int die_after);

  // Plays until all are through; false if that takes longer than it may.
  bool play();
  bool has_died() const { return died_; }
  // The exported tables that do not depend on when the server died: name -> rows, without times and
  // record numbers, codes replaced by places.
  std::map<std::string, std::vector<std::string>> tables() const;
  // What somebody was shown twice, or after it was left.
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  void go();
  void reconnect();
  bool answered() const { return !heard.pages.empty(); }
  PageAnswer open(std::uint32_t who);
  void turn(std::uint32_t who);
  void note(std::uint32_t who, const PageView& view);
  void act(std::uint32_t who, const PageView& view);
  void submit_form(std::uint32_t who, const PageView& view, Value values,
                   std::vector<PendingSend> pending = {});
  void join_page(std::uint32_t who, const PageView& view);
  void give(std::uint32_t who, const PageView& view);

  const int die_after_;
  int commits_ = 0;
  bool died_ = false;
  ConnectionId connection_ = 100;
  std::map<std::uint32_t, PageView> in_room_;  // whose WebSocket hangs on the room
  std::map<std::uint32_t, PageView> newest_;
  std::vector<bool> finished_;
  std::vector<std::string> problems_;
};

}  // namespace rialto::test
