// A page whose own time is up, and whose hooks fail just then: nothing of the log is missing.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/errors.h"
#include "actors/table.h"

namespace {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> heard{this, "heard", 0};
};
struct Player : PlayerIn<Group> {
  Field<int> answer{this, "answer", {.initial = 1, .blank = true}};
};

void fails(Player& player, bool timeout_happened) {
  player.group().heard += 1;
  if (timeout_happened) throw std::runtime_error("no");
}
void refuses(Player&, bool timeout_happened) {
  if (timeout_happened) throw BadMessage("no");
}
std::string guard_fails(const Player&, const Value&) { throw std::runtime_error("no"); }

using Before = void (*)(Player&, bool);
using Guard = std::string (*)(const Player&, const Value&);

AnyApp game(Before before, Guard guard) {
  auto page = PageOf<Group, Player>{
      .name = "Timed",
      .live_method = [](Player& player, const Value&) -> Reply { return to(player, "heard"); },
      .form = {&Player::answer},
      .timeout = 60s};
  if (before != nullptr) page.before_next_page = before;
  if (guard != nullptr) page.error_message = guard;
  return App<Group, Player>{
      .name = "hurried", .players_per_group = 2, .pages = {page, {.name = "Results"}}};
}

std::vector<std::string> codes(const Table& table) {
  std::vector<std::string> all;
  for (const Record& record : table.records()) {
    const std::string kind = record.kind == RecordKind::refused ? "refused " : "";
    if (record.player == 1 && record.code != "arrived") all.push_back(kind + record.code);
  }
  return all;
}

void check_time_up(const AnyApp& app, const std::string& refusal) {
  Table table{app};
  table.advance(100s);
  CHECK(table.page(1) == "Timed");
  CHECK(codes(table) == std::vector<std::string>{"refused " + refusal, "timeout"});
  CHECK(table.records().back().failed);
  for (std::size_t i = 0; i < table.records().size(); ++i) {
    CHECK(table.records()[i].sequence == i + 1);
  }
  table.restart();
  table.advance(1000s);
  CHECK(codes(table).size() == 2);  // its time was up once
  CHECK(table.live(1, 1).heard(1) == "heard");
}

TEST_CASE("where before_next_page throws when the time is up, refusal and timeout are recorded") {
  check_time_up(game(fails, nullptr), "app_error");
}

TEST_CASE("the same where it refuses, or where error_message throws") {
  check_time_up(game(refuses, nullptr), "bad_message");
  check_time_up(game(nullptr, guard_fails), "app_error");
}

TEST_CASE("a group's time that was up is up once, though on_timeout throws") {
  const AnyApp app =
      App<Group, Player>{.name = "hurried",
                         .players_per_group = 2,
                         .pages = {{.name = "Talk",
                                    .group_timeout = 60s,
                                    .on_timeout = [](Group&) { throw std::runtime_error("no"); }},
                                   {.name = "Results"}}};
  Table table{app};
  table.advance(61s);
  CHECK(table.page(1) == "Talk");
  CHECK(table.records().back().code == "timeout");
  CHECK(table.records().back().failed);
  const std::size_t records = table.records().size();
  table.restart();
  table.advance(1000s);
  CHECK(table.records().size() == records);
}

}  // namespace
