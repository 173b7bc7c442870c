// What a page is told that lacks some of its history, and what if it cannot be read.
#include <doctest/doctest.h>

#include "storage/keys.h"
#include "tests/actor/joined_tally.h"

namespace rialto::test {
namespace {

// What a player gets who comes with nothing, asking on until he is at the head.
std::vector<Texts> all_pieces(UnitWorld& world, std::uint32_t player) {
  std::vector<Texts> pieces;
  std::uint64_t after = 0;
  for (bool at_head = false; !at_head && pieces.size() < 100;) {
    world.heard.pieces.clear();
    world.pull(player, after);
    REQUIRE(world.heard.pieces.size() == 1);
    pieces.push_back(texts(world.heard.pieces[0]));
    after = world.heard.pieces[0].upto;
    at_head = world.heard.pieces[0].at_head;
  }
  return pieces;
}

Texts joined(const std::vector<Texts>& pieces) {
  Texts all;
  for (const Texts& piece : pieces) all.insert(all.end(), piece.begin(), piece.end());
  return all;
}

}  // namespace

TEST_CASE("history is what was said to this player, in order, each once") {
  Joined3 world;
  world.send(1, 1);
  world.send(1, {{"whisper", 2}, {"text", "psst"}});
  world.send(3, 2);
  world.settle();
  world.pull(2, 0);
  world.pull(3, 0);
  REQUIRE(world.heard.pieces.size() == 2);
  CHECK(texts(world.heard.pieces[0]) == Texts{"1", "\"psst\"", "3"});
  CHECK(texts(world.heard.pieces[1]) == Texts{"1", "3"});
  CHECK(world.heard.pieces[0].at_head);
}

TEST_CASE("history is the same after a restart, piece by piece from the log") {
  Joined3 world;
  world.limits.history_piece = 8;
  world.limits.history_tail = 64;
  world.restart();
  world.join(1);
  world.settle();
  Texts said;
  for (int total = 1; total <= 50; ++total) {
    world.send(1, 1);
    world.settle();
    said.push_back(std::to_string(total));
  }
  for (const bool restarted : {false, true}) {
    if (restarted) world.restart();
    world.join(2);
    world.settle();
    const std::vector<Texts> pieces = all_pieces(world, 2);
    for (const Texts& piece : pieces) CHECK(piece.size() <= 8);  // at least a byte each
    CHECK(joined(pieces) == said);
    CHECK(pieces.size() >= 50 / 8);
  }
}

TEST_CASE("what is remembered comes in pieces, too") {
  Joined3 world;
  world.limits.history_piece = 8;
  world.restart();
  world.join(1);
  world.settle();
  const std::uint64_t head = world.records().back().sequence;
  for (int more = 0; more < 50; ++more) {
    world.send(1, 1);
    world.settle();
  }
  world.pull(1, head);
  CHECK(world.heard.pieces.back().messages.size() <= 8);
  CHECK_FALSE(world.heard.pieces.back().at_head);
}

TEST_CASE("history is of the page that the player is on") {
  Joined3 world;
  world.send(1, 1);
  world.send(1, {{"move", true}});
  world.settle();
  const std::uint64_t before = world.records().back().sequence - 2;
  for (const bool restarted : {false, true}) {
    if (restarted) world.restart();
    world.join(2, {1, 1});
    world.settle();
    for (const std::uint64_t after : {std::uint64_t{0}, before}) {
      world.pull(2, after, 0, {1, 1});
      CHECK(world.heard.pieces.back().messages.empty());
      world.pull(2, after);
      CHECK(world.heard.pieces.back().messages.size() == 2);
    }
  }
}

TEST_CASE("a key that is over is not replayed, nor is what it held") {
  Joined3 world;
  world.send(1, {{"board", "X"}});
  world.send(1, {{"board", nullptr}});
  world.settle();
  for (const bool restarted : {false, true}) {
    if (restarted) world.restart();
    world.join(2);
    world.settle();
    world.pull(2, 0);
    CHECK(texts(world.heard.pieces.back()).empty());
  }
}

TEST_CASE("all of a long history is heard once, in order and in pieces, also after a restart") {
  Joined3 world;
  world.limits.history_piece = 2'000;
  world.limits.history_tail = 2'000;
  world.restart();
  world.join(1);
  world.settle();
  constexpr int many = 4'500;  // more than is looked at for one piece
  Texts said;
  for (int total = 1; total <= many; ++total) {
    world.send(1, 1);
    if (total % 100 == 0) world.settle();
    said.push_back(std::to_string(total));
  }
  world.settle();
  for (const bool restarted : {false, true}) {
    if (restarted) world.restart();
    world.join(2);
    world.settle();
    const std::vector<Texts> pieces = all_pieces(world, 2);
    for (const Texts& piece : pieces)
      CHECK(piece.size() < 2'100);  // at least a byte each, and a commit's
    CHECK(joined(pieces) == said);
    CHECK(pieces.size() > 5);
  }
}

TEST_CASE("a long log without a word to the player is looked at in pieces") {
  Joined3 world;
  world.limits.history_tail = 64;
  world.restart();
  world.join(1);
  world.settle();
  for (int more = 1; more <= 4'500; ++more) {
    world.send(1, {{"whisper", 1}, {"text", "for one alone"}});
    if (more % 100 == 0) world.settle();
  }
  world.send(1, 1);
  world.settle();
  world.restart();
  world.join(2);
  world.settle();
  world.pull(2, 0, 0, {1, 1});  // where nothing was said yet
  CHECK_FALSE(world.heard.pieces.back().at_head);
  for (int reader = 0; reader < 2; ++reader) {  // the first one's pieces are read for an index, too
    Texts all;
    std::uint64_t after = 0;
    std::size_t pieces = 0;
    for (bool at_head = false; !at_head && pieces < 10; ++pieces) {
      world.pull(2, after);
      const HistoryPiece& piece = world.heard.pieces.back();
      CHECK(piece.upto - after < 4'096 + 200);
      for (const std::string& text : texts(piece)) all.push_back(text);
      after = piece.upto;
      at_head = piece.at_head;
    }
    CHECK(all == Texts{"1"});
    CHECK(pieces > 1);
  }
}

TEST_CASE("who has nearly all of a long history hears the rest once, also after a restart") {
  Joined3 world;
  constexpr int many = 4'500;  // more than is looked at for one piece
  for (int more = 0; more < many; ++more) {
    world.send(1, 1);
    if (more % 100 == 0) world.settle();
  }
  world.settle();
  const std::uint64_t head = world.records().back().sequence;
  world.restart();
  world.join(2);
  world.settle();
  std::size_t heard = 0;
  std::uint64_t after = head - 3;
  for (int pulls = 0; pulls < 10; ++pulls) {
    world.heard.pieces.clear();
    world.pull(2, after);
    REQUIRE(world.heard.pieces.size() == 1);
    CHECK(world.heard.pieces[0].upto >= after);
    heard += world.heard.pieces[0].messages.size();
    after = world.heard.pieces[0].upto;
    if (world.heard.pieces[0].at_head) break;
  }
  CHECK(after >= head);
  CHECK(heard == 3);
}

TEST_CASE(
    "only the newest value of a key is replayed, and transient replies only to the load they "
    "answered") {
  Joined3 world;
  world.send(1, {{"board", "X"}});
  world.send(1, {{"board", "XO"}});
  world.send(1, {{"load", true}});
  world.settle();
  const std::uint64_t head = world.records().back().sequence;
  for (const bool restarted : {false, true}) {
    if (restarted) {
      world.restart();
      world.join(1);
      world.settle();
    }
    world.heard.pieces.clear();
    world.pull(1, 0, head);
    world.pull(1, 0, head - 1);
    REQUIRE(world.heard.pieces.size() == 2);
    REQUIRE(world.heard.pieces[0].messages.size() == 1);
    CHECK(world.heard.pieces[0].messages[0].payload == "\"XO\"");
    CHECK(world.heard.pieces[1].messages.size() == 2);
  }
}

TEST_CASE("a value that only a step not yet committed has overtaken is still history") {
  Joined3 world;
  world.send(1, {{"board", "X"}});
  world.settle();
  world.send(1, {{"board", "XO"}});
  world.send(1, {{"board", "XOX"}});
  world.pull(2, 0);
  CHECK(texts(world.heard.pieces.back()) == Texts{"\"X\""});
  world.commits.commit_one();
  world.run();
  world.pull(2, 0);
  CHECK(texts(world.heard.pieces.back()) == Texts{"\"XO\""});
  world.restart();  // the third was never committed
  world.join(2);
  world.settle();
  world.pull(2, 0);
  CHECK(texts(world.heard.pieces.back()) == Texts{"\"XO\""});
}

TEST_CASE("a cursor whose record was lost is noticed, also where new records have its number") {
  Joined3 world;
  world.send(1, 1);
  world.settle();
  world.clock.advance(std::chrono::seconds(1));
  world.send(1, 1);
  world.settle();
  const Record seen = world.records().back();
  const auto join = [&](std::uint64_t known, std::int64_t known_time) {
    world.tell_directory(Join{2, world.participants()[1], "tally", tally_page,
                              world.store.lineage(), 0, seen.sequence, known, known_time});
    world.settle();
    return world.heard.joined.back().history_lost;
  };
  CHECK_FALSE(join(seen.sequence, seen.time / 1000));
  const Write lost{keys::records(world.unit(), seen.sequence), {}, true};
  REQUIRE(world.store.write({&lost, 1}));
  world.clock.advance(std::chrono::seconds(1));
  world.restart();
  world.join(3);
  world.settle();
  for (int more = 0; more < 3; ++more) world.send(3, 1);
  world.settle();
  CHECK(join(seen.sequence, seen.time / 1000));
  CHECK_FALSE(join(seen.sequence - 1, (seen.time - 1'000'000) / 1000));
  CHECK_FALSE(join(0, 0));  // a client that names none
}

TEST_CASE("who has heard everything knows the head by its number and its time") {
  Joined3 world;
  world.send(1, 1);
  world.settle();
  world.pull(2, 0);
  const HistoryPiece& piece = world.heard.pieces.back();
  CHECK(piece.at_head);
  CHECK(piece.upto == world.records().back().sequence);
  CHECK(piece.time == world.records().back().time);
  world.open_page(2);
  world.settle();
  CHECK(world.heard.pages.back().view.time == world.records().back().time);
}

TEST_CASE("a unit that cannot be played answers its pages at once") {
  Joined3 world;
  for (int more = 0; more < 3; ++more) {
    world.send(1, 1);
    world.settle();
  }
  const Write lost{keys::records(world.unit(), world.records().back().sequence - 1), {}, true};
  REQUIRE(world.store.write({&lost, 1}));
  world.restart();
  world.open_page(1);
  world.submit(2);
  world.join(3);
  REQUIRE(world.heard.pages.size() == 2);
  CHECK(world.heard.pages[0].status == PageStatus::failed);
  CHECK(world.heard.pages[1].status == PageStatus::failed);
  REQUIRE(world.heard.joined.size() == 1);
  CHECK(world.heard.joined[0].status == PageStatus::failed);
}

TEST_CASE(
    "a unit whose old records cannot be read is told of and not played, and the rest goes on") {
  Joined3 world;
  world.limits.snapshot_every = 8;
  world.restart();
  world.join(1);
  world.settle();
  for (int more = 0; more < 30; ++more) {
    world.send(1, 1);
    world.settle();
  }
  const Write damaged{keys::records(world.unit(), world.records().at(9).sequence), "no records"};
  REQUIRE(world.store.write({&damaged, 1}));
  world.restart();
  world.join(2);
  world.settle();
  const std::uint64_t head = world.heard.joined.back().head;
  REQUIRE(world.heard.joined.back().status == PageStatus::page);
  world.pull(2, head - 3);
  CHECK(world.heard.pieces.back().messages.size() == 3);
  world.pull(2, 0);
  CHECK(world.heard.pieces.back().failed);
  CHECK_FALSE(world.heard.pieces.back().at_head);
  world.send(2, 1);
  world.settle();
  REQUIRE(world.heard.outcomes().size() == 1);
  CHECK(world.heard.outcomes()[0].code == "app_error");
  CHECK(world.heard.payloads().empty());
  world.open_page(1);
  CHECK(world.heard.pages.back().status == PageStatus::failed);
  CHECK_FALSE(world.store.get(keys::records(world.unit(), head + 1)));
}

TEST_CASE("a cursor ahead of the head or of another lineage is told that history was lost") {
  Joined3 world;
  world.join(1, tally_page, 1000);
  world.settle();
  CHECK(world.heard.joined.back().history_lost);
  CHECK_FALSE(world.heard.joined.front().history_lost);
  world.join(2, tally_page, 0, 1000);
  world.settle();
  CHECK(world.heard.joined.back().history_lost);
  const Join elsewhere{3, world.participants()[2], "tally", tally_page, "another lineage", 0, 0};
  world.tell_directory(elsewhere);
  world.settle();
  CHECK(world.heard.joined.back().history_lost);
}

}  // namespace rialto::test
