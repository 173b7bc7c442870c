#include "actors/group_actor.h"

#include <doctest/doctest.h>

#include "actors/errors.h"
#include "actors/stored_value.h"
#include "storage/keys.h"
#include "tests/actor/joined_tally.h"

namespace rialto::test {
namespace {

constexpr PageRef timed_page{1, 1};

std::vector<std::string> codes(const Heard& heard) {
  std::vector<std::string> all;
  for (const Outcome& outcome : heard.outcomes()) all.push_back(outcome.code);
  return all;
}

}  // namespace

// -- G1-G3, G5: order, one way out, all or nothing
// -------------------------------------------------

TEST_CASE("nobody hears of a bid before it is committed") {
  Joined3 world;
  world.send(1, 5);
  CHECK(world.heard.releases.empty());
  world.settle();
  CHECK(world.heard.payloads() == Texts{"5"});
}

TEST_CASE("a refusal waits for the commit of the step whose effect it may tell") {
  Joined3 world;
  world.send(1, 5);
  world.send(2, {{"bad", true}});
  CHECK(world.heard.releases.empty());
  world.settle();
  CHECK(codes(world.heard) == Texts{"", "bad_message"});
}

TEST_CASE("a page rendered from an uncommitted step waits for that step's commit") {
  Joined3 world;
  world.send(1, 5);
  world.open_page(2);
  CHECK(world.heard.pages.empty());
  world.settle();
  CHECK(world.heard.pages.size() == 1);
}

TEST_CASE("history holds nothing that is not yet committed") {
  Joined3 world;
  world.send(1, 5);
  world.pull(2, 0);
  CHECK(world.heard.pieces.at(0).messages.empty());
  world.settle();
  world.pull(2, 0);
  CHECK(world.heard.pieces.at(1).messages.size() == 1);
  world.send(1, 5);
  world.pull(2, world.heard.pieces.at(1).upto);  // from what is remembered
  CHECK(world.heard.pieces.at(2).messages.empty());
}

TEST_CASE("a handler that throws changes nothing and only its sender hears of it") {
  Joined3 world;
  for (const char* wrong : {"throw", "bad", "unknown"}) world.send(1, {{wrong, true}});
  world.send(2, 1);
  world.settle();
  CHECK(world.heard.payloads() == Texts{"1"});
  CHECK(codes(world.heard) == Texts{"app_error", "bad_message", "app_error", ""});
  std::vector<ConnectionId> hearers;  // connections are named as their players here
  for (const Outcome& outcome : world.heard.outcomes()) hearers.push_back(outcome.connection);
  CHECK(hearers == std::vector<ConnectionId>{1, 1, 1, 2});
  const auto records = world.records();
  for (std::size_t i = records.size() - 4; i < records.size() - 1; ++i) {
    CHECK(records[i].kind == RecordKind::refused);
    CHECK((records[i].changes.empty() && records[i].rows.empty() && records[i].replies.empty()));
  }
}

TEST_CASE("everyone hears the messages of a group in the order of its records") {
  Joined3 world;
  for (int round = 0; round < 20; ++round) {
    for (std::uint32_t player : {3U, 1U, 2U}) world.send(player, 1);
  }
  world.settle();
  Texts expected;
  for (int total = 1; total <= 60; ++total) expected.push_back(std::to_string(total));
  CHECK(world.heard.payloads() == expected);
}

TEST_CASE("while one commit of a group is in flight its next steps gather in one more") {
  Joined3 world;
  world.send(1, 1);
  for (int more = 0; more < 10; ++more) world.send(2, 1);
  CHECK(world.commits.waiting.size() == 1);
  world.commits.commit_one();
  world.run();
  CHECK(world.heard.payloads() == Texts{"1"});
  CHECK(world.commits.waiting.size() == 1);
  world.settle();
  CHECK(world.heard.payloads().size() == 11);
}

TEST_CASE("a batch that is full is committed before the steps after it") {
  Joined3 world;
  world.limits.batch_steps = 4;
  world.restart();
  world.join(1);
  world.settle();
  world.send_in_one_turn(1, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
  std::vector<std::size_t> heard;
  while (!world.commits.waiting.empty()) {
    CHECK(world.commits.waiting.size() == 1);
    world.commits.commit_one();
    world.run();
    heard.push_back(world.heard.payloads().size());
  }
  CHECK(heard == std::vector<std::size_t>{4, 8, 10});
  CHECK(world.heard.payloads().back() == "10");
}

TEST_CASE("a batch that is large is committed before the steps after it") {
  Joined3 world;
  world.limits.batch_bytes = 1;
  world.restart();
  world.join(1);
  world.settle();
  world.send_in_one_turn(1, {1, 1, 1});
  for (std::size_t heard = 1; heard <= 3; ++heard) {
    world.commits.commit_one();
    world.run();
    CHECK(world.heard.payloads().size() == heard);
  }
}

// -- G4: exactly once
// ------------------------------------------------------------------------------

TEST_CASE("a send that comes again is acknowledged and changes nothing") {
  Joined3 world;
  world.send_numbered(1, 1, 5);
  world.send_numbered(1, 1, 5);
  world.settle();
  CHECK(world.heard.payloads() == Texts{"5"});
  CHECK(codes(world.heard) == Texts{"", ""});
}

TEST_CASE("a refused send that comes again gets its refusal again") {
  Joined3 world;
  world.send_numbered(1, 1, {{"bad", true}});
  world.settle();
  world.send_numbered(1, 1, {{"bad", true}});
  world.settle();
  CHECK(codes(world.heard) == Texts{"bad_message", "bad_message"});
}

TEST_CASE("a number that skips one is not taken") {
  Joined3 world;
  world.send_numbered(1, 2, 5);
  world.send_numbered(1, 1, 5);
  world.send_numbered(1, 3, 5);
  world.settle();
  CHECK(codes(world.heard) == Texts{"number_gap", "", "number_gap"});
  CHECK(world.heard.payloads() == Texts{"5"});
}

TEST_CASE("two page loads of one player number their sends apart") {
  Joined3 world;
  world.send_numbered(1, 1, 5, {}, "first-load");
  world.send_numbered(1, 1, 5, {}, "second-load");
  world.settle();
  CHECK(world.heard.payloads() == Texts{"5", "10"});
}

TEST_CASE("what was committed survives a restart, and its resends change nothing") {
  Joined3 world;
  world.send_numbered(1, 1, 5);
  world.settle();
  world.send_numbered(1, 2, 7);  // executed, never committed: nobody heard of it
  world.restart();
  world.join(1);
  world.settle();
  world.send_numbered(1, 1, 5);
  world.send_numbered(1, 2, 7);
  world.settle();
  CHECK(world.heard.payloads() == Texts{"12"});
}

TEST_CASE("a unit brought back from a snapshot is the one that was put away") {
  Joined3 world;
  world.limits.snapshot_every = 8;
  world.restart();
  world.join(1);
  world.settle();
  for (unsigned number = 1; number <= 30; ++number) {
    world.send_numbered(1, number, 1);
    world.settle();
  }
  REQUIRE(world.store.get(keys::snapshot(world.unit())));
  // The records before it are read for the rows of logs alone: what else they say is not looked at.
  world.change_records([&](Record& record) {
    for (Change& change : record.changes) {
      if (record.kind == RecordKind::live && record.number < 20) change.value = "\"no number\"";
    }
  });
  world.restart();
  world.join(1);
  world.settle();
  world.heard.releases.clear();
  world.send_numbered(1, 30, 1);
  world.send_numbered(1, 31, 1);
  world.send_numbered(1, 32, {{"rows", true}});
  world.settle();
  CHECK(world.heard.payloads() == Texts{"31", "31"});
}

TEST_CASE("a snapshot holds nothing that is not committed with it") {
  Joined3 world;
  world.limits.batch_steps = 2;
  world.limits.snapshot_every = 2;
  world.restart();
  world.join(1);
  world.settle();
  world.send_in_one_turn(1, {1, 1, 1, 1, 1, 1});
  world.commits.commit_one();  // the first two, while all were executed
  world.restart();
  world.join(1);
  world.settle();
  world.send_numbered(1, 3, 1);
  world.settle();
  CHECK(world.heard.payloads() == Texts{"3"});
}

TEST_CASE("a value as deep as the wire lets in is read again, whatever the bounds are by then") {
  Joined3 world;
  std::string deep = std::string(63, '[') + std::string(63, ']');
  world.limits.snapshot_every = 2;
  world.restart();
  world.join(1);
  world.settle();
  world.send(1, {{"keep", Value::parse(deep, 64)}});
  world.settle();
  world.send(1, 1);
  world.settle();
  REQUIRE(world.store.get(keys::snapshot(world.unit())));
  for (const bool from_snapshot : {true, false}) {
    if (!from_snapshot) {
      const Write gone{keys::snapshot(world.unit()), {}, true};
      REQUIRE(world.store.write({&gone, 1}));
    }
    world.limits.nesting = 4;
    world.limits.snapshot_every = 4096;
    world.restart();
    world.join(1);
    world.open_page(1);
    world.settle();
    REQUIRE(world.heard.pages.back().status == PageStatus::page);
    world.send(1, {{"kept", true}});
    world.settle();
    CHECK(world.heard.payloads() == Texts{deep});
  }
}

TEST_CASE("a value too deep to be stored is refused when it is written, with a sentence") {
  Joined3 world;
  world.send(1, {{"keep", 1}});
  world.send(1, {{"wrap", 600}});
  world.send(1, {{"kept", true}});
  world.settle();
  CHECK(codes(world.heard) == Texts{"", "app_error", ""});
  CHECK(world.heard.payloads() == Texts{"1"});
  Value deep;
  for (int more = 0; more < 501; ++more) deep = list(deep);
  CHECK_THROWS_WITH_AS(stored_text(deep),
                       "a value nested more than 500 deep cannot be sent or stored", AppError);
}

TEST_CASE("a player cannot make the table of page loads grow without end") {
  Joined3 world;
  world.limits.senders_per_player = 3;
  world.restart();
  world.join(1);
  world.settle();
  for (const char* load : {"load-aaaa", "load-bbbb", "load-cccc", "load-dddd"}) {
    world.send_numbered(1, 1, 1, {}, load);
  }
  world.settle();
  CHECK(codes(world.heard) == Texts{"", "", "", "too_many_senders"});
}

TEST_CASE("loads of a page that the player has left keep no place from those of the next") {
  Joined3 world;
  world.limits.senders_per_player = 3;
  world.restart();
  world.submit(1, tally_page);
  world.join(1, timed_page);
  world.settle();
  for (const char* load : {"load-aaaa", "load-bbbb", "load-cccc", "load-dddd"}) {
    world.send_numbered(1, 1, 1, tally_page, load);
  }
  world.send_numbered(1, 1, "again", timed_page, "load-eeee");
  world.settle();
  CHECK(codes(world.heard) == Texts{"stale_page", "stale_page", "stale_page", "stale_page", ""});
}

// -- pages
// -----------------------------------------------------------------------------------------

TEST_CASE("a message from a page the player has left is refused, recorded, and changes nothing") {
  Joined3 world;
  world.submit(1);
  world.settle();
  world.send(1, 5, tally_page);
  world.send(2, 1, tally_page);
  world.send(1, 5, {1, 7});
  world.settle();
  CHECK(codes(world.heard) == Texts{"stale_page", "", "wrong_page"});
  CHECK(world.records()[world.records().size() - 3].kind == RecordKind::refused);
}

TEST_CASE("what a page had not yet sent is done before its submit, once") {
  Joined3 world;
  const PendingSend pending{"load-1", 1, "tally/1-0", 5};
  world.submit(1, tally_page, {pending, {"load-1", 2, "tally/1-0", 6}});
  world.settle();
  world.submit(1, tally_page, {pending});
  world.settle();
  CHECK(world.heard.payloads() == Texts{"5", "11"});
  CHECK(world.heard.pages.back().view.ref == timed_page);
}

TEST_CASE("a page submit takes effect once, however often it comes") {
  Joined3 world;
  for (int again = 0; again < 3; ++again) world.submit(1, tally_page);
  world.settle();
  CHECK(world.heard.pages.size() == 3);
  CHECK(world.heard.pages.back().view.ref == timed_page);
}

TEST_CASE("error_message keeps the player on the page and its text comes back with it") {
  Joined3 world;
  world.send(1, 1000);
  world.submit(1);
  world.settle();
  CHECK(world.heard.pages.back().view.ref == tally_page);
  CHECK(world.heard.pages.back().view.form_error == "not yet");
}

TEST_CASE("a game that moves its group on moves everyone who is on that page") {
  Joined3 world;
  world.submit(3);
  world.settle();
  world.heard.releases.clear();
  world.send(1, {{"move", true}});
  world.settle();
  REQUIRE(world.heard.releases.size() == 1);
  CHECK(world.heard.releases[0]->moves.size() == 2);
  world.open_page(3);
  world.settle();
  CHECK(world.heard.pages.back().view.ref == timed_page);
}

TEST_CASE("a closed session takes no sends and says so") {
  Joined3 world;
  world.tell_directory(CloseSession{9, world.heard.sessions[0].result["code"].as<std::string>()});
  world.settle();
  world.send(1, 5);
  world.settle();
  CHECK(codes(world.heard) == Texts{"closed"});
}

// -- time
// ------------------------------------------------------------------------------------------

TEST_CASE("a group's time runs from when all are there, and is restarted by the game") {
  using namespace std::chrono_literals;
  Joined3 world;
  world.send(1, {{"move", true}});
  world.settle();
  world.join(1, timed_page);
  world.join(2, timed_page);
  world.settle();
  world.advance(100s);
  world.settle();
  world.open_page(1);
  world.settle();
  CHECK(world.heard.pages.back().view.page == "Timed");
  world.join(3, timed_page);
  world.settle();
  world.advance(59s);
  world.send(2, "again", timed_page);
  world.settle();
  world.advance(59s);
  world.settle();
  world.open_page(1);
  world.settle();
  CHECK(world.heard.pages.back().view.page == "Timed");
  world.advance(1s);
  world.settle();
  for (std::uint32_t player : {1U, 2U, 3U}) {
    world.open_page(player);
    world.settle();
    CHECK(world.heard.pages.back().view.page == "Results");
  }
  // Of a time that is over nothing is told.
  for (const ReleasePtr& release : world.heard.releases) {
    for (const TimeSet& time : release->times) CHECK(time.left == 60'000'000);
  }
}

TEST_CASE("a deadline that passed while the server was down fires once after the restart") {
  using namespace std::chrono_literals;
  Joined3 world;
  world.send(1, {{"move", true}});
  world.settle();
  for (std::uint32_t player : {1U, 2U, 3U}) world.join(player, timed_page);
  world.settle();
  world.restart();
  world.clock.advance(100s);
  world.open_page(1);
  world.settle();
  world.advance(1ms);
  world.settle();
  world.open_page(1);
  world.settle();
  CHECK(world.heard.pages.back().view.page == "Results");
  int timeouts = 0;
  for (const Record& record : world.records()) timeouts += record.code == "timeout" ? 1 : 0;
  CHECK(timeouts == 1);
}

TEST_CASE("a time goes on where it stood though the clock was an hour ahead before the restart") {
  using namespace std::chrono_literals;
  for (const bool rebooted : {false, true}) {
    CAPTURE(rebooted);
    Joined3 world;
    world.send(1, {{"move", true}});
    world.settle();
    for (std::uint32_t player : {1U, 2U, 3U}) world.join(player, timed_page);
    world.settle();
    world.advance(20s);
    world.settle();
    world.clock.set_by(-1h);
    if (rebooted) world.clock.reboot();
    world.restart();
    world.settle();  // whose time runs is woken at the start
    world.advance(39s);
    world.settle();
    world.open_page(1);
    world.settle();
    CHECK(world.heard.pages.back().view.page == "Timed");
    world.advance(22s);
    world.settle();
    world.open_page(1);
    world.settle();
    CHECK(world.heard.pages.back().view.page == "Results");
  }
}

TEST_CASE("a closed session's time stands still, also where the clock had been set back before") {
  using namespace std::chrono_literals;
  Joined3 world;
  const std::string code = world.heard.sessions[0].result["code"].as<std::string>();
  world.send(1, {{"move", true}});
  world.settle();
  for (std::uint32_t player : {1U, 2U, 3U}) world.join(player, timed_page);
  world.settle();
  world.clock.set_by(-1h);
  world.restart();
  for (std::uint32_t player : {1U, 2U, 3U}) world.join(player, timed_page);
  world.settle();
  world.advance(20s);
  world.settle();
  world.tell_directory(CloseSession{9, code});
  world.settle();
  world.advance(600s);
  world.settle();
  world.tell_directory(ReopenSession{10, code});
  world.settle();
  const auto page = [&] {
    world.open_page(1);
    world.settle();
    return world.heard.pages.back().view.page;
  };
  world.advance(39s);
  world.settle();
  CHECK(page() == "Timed");
  world.advance(2s);
  world.settle();
  CHECK(page() == "Results");
}

// -- rest, room, crashes
// ---------------------------------------------------------------------------

TEST_CASE("a group with nobody connected is put away and woken by its next message") {
  using namespace std::chrono_literals;
  Joined3 world;
  world.send(1, 5);
  world.settle();
  for (std::uint32_t player : {1U, 2U, 3U}) world.leave(player);
  for (int wait = 0; wait < 4; ++wait) {
    world.advance(3s);
    world.settle();
  }
  world.heard.releases.clear();
  world.send(2, 1);  // to the actor that was put away: it is gone
  world.settle();
  CHECK(world.heard.releases.empty());
  world.join(1);
  world.settle();
  world.send(1, 1);
  world.settle();
  CHECK(world.heard.payloads() == Texts{"6"});
}

TEST_CASE("a full disk refuses sends for now, in their order, and takes them when there is room") {
  Joined3 world;
  world.store.room = false;
  world.send_numbered(1, 1, 5);
  world.open_page(1);
  world.settle();
  CHECK(world.heard.pages.size() == 1);
  world.store.room = true;
  world.send_numbered(1, 2, 7);
  world.settle();
  CHECK(codes(world.heard) == Texts{"storage_full", "storage_full"});
  world.send_numbered(1, 1, 5);
  world.send_numbered(1, 2, 7);
  world.settle();
  CHECK(world.heard.payloads() == Texts{"5", "12"});
}

}  // namespace rialto::test
