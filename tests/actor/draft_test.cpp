// What somebody writes and does not hand in: it is there when the time ends without him.
#include <doctest/doctest.h>

#include <stdexcept>

#include "actors/app.h"
#include "actors/verify_session.h"
#include "tests/actor/unit_world.h"

namespace unseen {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> number{this, "number", {.max = 20}};
  Field<std::string> word{this, "word"};
  Field<std::string> secret{this, "secret", {.personal = true}};
};

Value written(const Player& player) {
  return {{"number", player.number}, {"word", player.word}, {"secret", player.secret}};
}
void stumble(Player& player, bool) {
  if (player.word == "stumble") throw std::runtime_error("the game's own fault");
}

AnyApp app() {
  return App<Group, Player>{
      .name = "unseen",
      .players_per_group = 1,
      .pages = {{.name = "Write",
                 .form = {&Player::number, &Player::word, &Player::secret},
                 .before_next_page = stumble,
                 .timeout = 60s},
                {.name = "Results", .vars_for_template = written}},
  };
}

}  // namespace unseen

namespace rialto::test {
namespace {

constexpr PageRef writing{1, 0};
constexpr PageRef results{1, 1};

struct Desk : UnitWorld {
  Desk() : UnitWorld(unseen::app()) {
    tell_directory(DescribeSessions{9, {}, false});
    settle();
    code = heard.sessions.back().result[0]["code"].as<std::string>();
    open_page(1);
    settle();
  }
  PageStatus tell(std::uint64_t number, Value values, PageRef page = writing) {
    SubmitPage draft{8, participants()[0], "unseen", page, {}, std::move(values)};
    draft.draft = number;
    tell_directory(std::move(draft));
    settle();
    return heard.pages.back().status;
  }
  void pass(std::chrono::microseconds time) {
    advance(time);
    settle();
  }
  void move_on() {
    tell_directory(MoveParticipant{11, code, participants()[0], MoveParticipant::How::advance, {}});
    settle();
  }
  Value written() {
    open_page(1);
    settle();
    return heard.pages.back().view.page == "Results" ? heard.pages.back().view.vars : Value();
  }
  // Plays all that is stored again.
  Verified verified() {
    static const std::vector<AnyApp> apps = {unseen::app()};
    SessionBook book(apps, {{.name = "unseen", .apps = {"unseen"}}}, limits);
    REQUIRE(book.load(store));
    auto all = verify_session(store, book, *book.find(code), Builds::any);
    REQUIRE(all);
    return *all;
  }

  std::string code;
};

}  // namespace

TEST_CASE("what was written is handed in when the time ends without the page") {
  Desk desk;
  CHECK(desk.tell(1, {{"number", "7"}, {"word", "w"}}) == PageStatus::page);
  CHECK(desk.tell(3, {{"number", "8"}, {"word", "wr"}, {"unasked", "x"}}) == PageStatus::page);
  CHECK(desk.tell(2, {{"number", "9"}}) == PageStatus::page);  // older, and comes later
  const std::size_t records = desk.records().size();
  CHECK(desk.records().back().code == "arrived");
  desk.pass(61s);
  CHECK(desk.records().size() == records);  // the page itself may still come
  desk.pass(2s);
  const Record handed_in = desk.records().back();
  CHECK(handed_in.kind == RecordKind::submitted);
  CHECK(handed_in.code == "timeout");
  CHECK(desk.written()["number"] == 8);
  CHECK(desk.written()["word"] == "wr");
  CHECK(desk.verified().differences.empty());
  CHECK(desk.verified().same > 2);
}

TEST_CASE("of what was written the wrong is left out, one by one, as when the page hands it in") {
  Desk desk;
  desk.tell(1, {{"number", "21"}, {"word", "right"}, {"secret", "mine"}});
  desk.pass(63s);
  CHECK(desk.records().back().personal);
  CHECK(desk.written()["number"] == 0);
  CHECK(desk.written()["word"] == "right");
  CHECK(desk.written()["secret"] == "mine");
  CHECK(desk.verified().differences.empty());
}

TEST_CASE("what the page hands in itself counts more, and what comes behind it changes nothing") {
  Desk desk;
  desk.tell(1, {{"number", "7"}, {"word", "draft"}});
  desk.tell_directory(SubmitPage{8,
                                 desk.participants()[0],
                                 "unseen",
                                 writing,
                                 {},
                                 {{"number", "9"}, {"word", "x"}, {"secret", "s"}}});
  desk.settle();
  CHECK(desk.tell(2, {{"number", "10"}}) == PageStatus::page);
  CHECK(desk.tell(3, {{"number", "10"}}, results) == PageStatus::page);
  desk.pass(100s);
  CHECK(desk.written()["number"] == 9);
}

TEST_CASE("whom the experimenter moves on hands in what he has written") {
  Desk desk;
  desk.tell(1, {{"number", "7"}, {"word", "half"}});
  desk.move_on();
  CHECK(desk.records().back().code == "advanced");
  CHECK(desk.written()["number"] == 7);
  CHECK(desk.verified().differences.empty());
}

TEST_CASE("a hook that throws on what was written leaves no gap, and the page goes on") {
  Desk desk;
  desk.tell(1, {{"number", "7"}, {"word", "stumble"}});
  desk.pass(63s);
  const std::vector<Record> records = desk.records();
  CHECK(records[records.size() - 2].kind == RecordKind::refused);
  CHECK(records.back().failed);
  desk.tell(2, {{"number", "7"}, {"word", "walk"}});
  desk.move_on();
  CHECK(desk.written()["word"] == "walk");
  CHECK(desk.verified().differences.empty());
}

TEST_CASE("without anything written the time ends as before, also after a restart") {
  Desk desk;
  desk.tell(1, {{"number", "7"}});
  desk.restart();  // what was only written is gone with the process
  desk.settle();
  desk.pass(63s);
  CHECK(desk.written()["number"] == 0);
  CHECK(desk.verified().differences.empty());
}

}  // namespace rialto::test
