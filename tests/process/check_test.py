"""`rialto check`, and what `rialto build` says of the same: mistakes that compile and load."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

RIALTO = os.environ["RIALTO_PROGRAM"]

# What may stand in a namespace, and what may not: with the words of the warning. A line's own number
# is where it is to be found.
GAME = """#include "actors/app.h"
#include <map>

int outside = 0;  // outside

namespace tally {
using namespace rialto;

constexpr int prize = 100;
const std::vector<std::string> words{"a", "b"};
const std::map<std::string, int>
    worth{{"a", 1}, {"b", 2}};
static const char* const names[] = {"one", "two"};
const char* greeting = "hello";  // tally::greeting
static int hidden{1'000};  // tally::hidden
thread_local int mine = 0;  // tally::mine
/* int commented = 0; */
namespace {
std::vector<int> seen;  // tally::seen
}

struct C {
  static constexpr int rounds = 3;
  static inline int shared = 0;  // tally::C::shared
};
struct Group : GroupOf<struct Player> {
  Field<int> outside{this, "outside", 0};
};
struct Player : PlayerIn<Group> {};

Reply count(Player& player, const Value& data) {
  static int calls = 0;  // tally::count()::calls
  static const std::string first = data.dump();
  greeting = names[data.as<unsigned>() % 2];
  seen.push_back(++hidden + ++mine + ++outside + ++C::shared);
  player.group().outside = prize + worth.at(words.at(0)) + C::rounds;
  return broadcast({{"calls", ++calls}, {"first", first}, {"seen", seen}, {"greeting", greeting}});
}

AnyApp app() {
  return App<Group, Player>{
      .name = "tally", .players_per_group = 1, .pages = {{.name = "Count", .live_method = count}}};
}
}  // namespace tally
"""
CLEAN = re.sub(r".*// (outside|tally::.*)\n", "", GAME).replace(
    "  greeting = names[data.as<unsigned>() % 2];\n", "  const auto greeting = names[1];\n").replace(
    "  seen.push_back(++hidden + ++mine + ++outside + ++C::shared);\n", "").replace(
    "++calls", "1").replace(', {"seen", seen}', "")


# What `check` names of a game with one live page and no texts.
BOUNDS = ("  a live message has at most 65536 bytes (.message_bytes of the app)\n"
          "  a participant sends at most 100 times a second (.sends_per_second of the app)\n")


def rialto(*words, **more):
    return subprocess.run([RIALTO, *map(str, words)], capture_output=True, text=True, timeout=300,
                          check=False, **more)


class CheckTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="rialto-check-")
        self.game = pathlib.Path(self.folder.name, "tally")
        self.game.mkdir()
        (self.game / "Count.html").write_text("<p>{{ group.outside }}</p>")

    def tearDown(self):
        self.folder.cleanup()

    def build(self, text):
        (self.game / "tally.cpp").write_text(text)
        return rialto("build", self.game)

    def test_a_variable_that_escapes_the_journal_is_named_with_its_line_and_what_to_write(self):
        wanted = {match.group(2): number
                  for number, line in enumerate(GAME.splitlines(), 1)
                  if (match := re.search(r"(// )(outside|tally::.*)$", line))}
        self.assertEqual(len(wanted), 7)
        built = self.build(GAME)
        self.assertEqual(built.returncode, 0, built.stderr)
        checked = rialto("check", self.game)
        self.assertEqual(checked.returncode, 1)
        self.assertEqual(checked.stdout, BOUNDS)
        for done in (built, checked):
            found = dict(re.findall(r"tally\.cpp:(\d+): (\S+) can be changed, but is no column", done.stderr))
            self.assertEqual({name: int(line) for line, name in found.items()}, wanted, done.stderr)
            self.assertIn("Make it a Field", done.stderr)
        self.assertIn("rialto: warning: ", built.stderr)

    def test_constants_of_every_kind_are_no_mistake(self):
        built = self.build(CLEAN)
        self.assertEqual((built.returncode, built.stderr), (0, ""))
        library = self.game / "tally.so"
        for game in (library, self.game):
            checked = rialto("check", game)
            self.assertEqual((checked.returncode, checked.stderr), (0, ""))
            self.assertEqual(checked.stdout, f"{library}: nothing found\n{BOUNDS}")

    def test_what_cannot_be_played_is_said_by_check_as_by_build(self):
        self.assertEqual(self.build(CLEAN).returncode, 0)
        (self.game / "Count.html").write_text("<p>{{ group.inside }}</p>")
        built, checked = rialto("build", self.game), rialto("check", self.game)
        self.assertEqual((built.returncode, checked.returncode), (1, 1))
        self.assertIn("inside", checked.stderr)
        self.assertIn("inside", built.stderr)
        (self.game / "Count.html").write_text("<p>{{ C.NUM_ROUNDS }} {{ C.NOPE }}</p>")
        constants = rialto("check", self.game)
        self.assertIn("NOPE", constants.stderr)
        self.assertNotIn('no "NUM_ROUNDS"', constants.stderr)
        (self.game / "Count.html").unlink()
        self.assertIn("Count.html", rialto("check", self.game).stderr)
        twice = CLEAN.replace("struct Player : PlayerIn<Group> {};",
                              'struct Player : PlayerIn<Group> { Field<int> mine{this, "payoff"}; };')
        self.assertEqual(self.build(twice).returncode, 1)
        self.assertIn("payoff is built in", rialto("check", self.game / "tally.so").stderr)

    def test_what_a_page_would_load_from_outside_is_found_and_built_all_the_same(self):
        (self.game / "Count.html").write_text("<script src='https://cdn.example/a.js'></script>")
        built = self.build(CLEAN)
        self.assertEqual(built.returncode, 0)
        checked = rialto("check", self.game)
        self.assertEqual((checked.returncode, checked.stdout), (1, BOUNDS))
        for done in (built, checked):
            self.assertIn("Count.html line 1: https://cdn.example/a.js", done.stderr)

    def test_a_page_that_asks_for_what_it_is_told_again_anyway_is_found(self):
        scripts = {
            "liveSend({});": True,
            "window.onload = function () {\n  liveSend({});\n};": True,
            "function ask() { liveSend({}); }\ndocument.addEventListener('DOMContentLoaded', ask);": True,
            "$(document).ready(() => { setTimeout(() => liveSend({}), 10); });": True,
            "const all = [1];\nall.forEach((one) => { liveSend(one); });": True,
            "document.getElementById('b').onclick = () => liveSend({});": False,
            "function say() { liveSend({}); }\n// liveSend({})\nconst s = 'liveSend({})';": False,
            "button.addEventListener('click', function () { liveSend({}); });": False,
        }
        for script, is_found in scripts.items():
            with self.subTest(script):
                (self.game / "Count.html").write_text(f"<script>\n{script}\n</script>")
                if not (self.game / "tally.so").exists():
                    self.assertEqual(self.build(CLEAN).returncode, 0)
                checked = rialto("check", self.game)
                self.assertEqual(checked.returncode, 1 if is_found else 0, checked.stderr)
                if is_found:
                    self.assertIn("sees everything twice", checked.stderr)
                    self.assertIn("History::none", checked.stderr)
        (self.game / "Count.html").write_text("<script>\n\n  liveSend({});\n</script>")
        self.assertIn("tally/Count.html line 3: ", rialto("check", self.game).stderr)
        for answer in (CLEAN.replace('.name = "Count",', '.name = "Count", .history = History::none,')
                            .replace(".live_method = count, .history = History::none", ".live_method = count"),
                       CLEAN.replace("return broadcast(", "return transient(broadcast(").replace(
                           '"greeting", greeting}});', '"greeting", greeting}}));')):
            moved = answer.replace(".history = History::none, .live_method = count",
                                   ".live_method = count, .history = History::none")
            built = self.build(moved)
            self.assertEqual((built.returncode, built.stderr), (0, ""))

    def test_chance_and_time_of_the_machine_and_changed_copies_are_found_with_their_lines(self):
        wrong = {
            "  const int drawn = rand() % 6;": "rand draws",
            "  const int drawn = std::rand() % 6;": "rand draws",
            "  std::mt19937 engine(1);": "mt19937 draws",
            "  std::random_device device;": "random_device draws",
            "  const auto now = time(nullptr);": "time asks",
            "  const auto now = std::chrono::system_clock::now();": "system_clock asks",
            "  Bid bid = *player.group().bids.row(1); bid.price = 9;": "bid is a copy of the row",
            "  for (auto bid : player.group().bids) bid.price = 9;": "bid is a copy of the row",
            "  const int n = 3; print(\"n is \" + n);": "leaves out",
            "  print(\"bids: \" + player.group().bids.size());": "leaves out",
        }
        right = ["  const auto drawn = player.random().integer(1, 6);",
                 "  const auto now = player.now();",
                 "  std::mt19937 engine(static_cast<unsigned>(player.random().integer(1, 9)));",
                 "  player.group().bids.edit(1, [](Bid& bid) { bid.price = 9; });",
                 "  for (const Bid& bid : player.group().bids) print(bid.price);",
                 "  Bid bid{.price = 1}; bid.price = 9; player.group().bids.add(bid);",
                 "  print(\"n is \" + std::to_string(player.group().bids.size()));"]
        game = CLEAN.replace("#include <map>\n", "#include <ctime>\n#include <map>\n#include <random>\n").replace(
            "struct Group : GroupOf<struct Player> {",
            "struct Bid : Row { Money price; };\nstruct Group : GroupOf<struct Player> {\n"
            '  Rows<Bid> bids{this, "bids", {{"price", &Bid::price}}};')
        begin = "Reply count(Player& player, const Value& data) {\n"
        every = "".join("{\n" + line + "\n}\n" for line in wrong)
        text = game.replace(begin, begin + every)
        built = self.build(text)
        self.assertEqual(built.returncode, 0, built.stderr)
        lines = text.splitlines()
        for line, words in wrong.items():
            with self.subTest(line):
                number = lines.index(line) + 1
                self.assertRegex(built.stderr, rf"tally\.cpp:{number}: {re.escape(words)}|"
                                               rf"tally\.cpp:{number}: a number that .*{re.escape(words)}")
        built = self.build(game.replace(begin, begin + "".join("{\n" + line + "\n}\n" for line in right)))
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertNotIn("rialto: warning", built.stderr)

    def test_chance_behind_a_macro_is_found_by_what_the_library_needs(self):
        (self.game / "dice.inc").write_text("#define DICE() (rand() % 6)\n")
        begin = "Reply count(Player& player, const Value& data) {\n"
        built = self.build(CLEAN.replace("#include <map>\n", '#include <map>\n#include "dice.inc"\n').replace(
            begin, begin + "  print(DICE());\n"))
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertIn("tally.so: rand draws", built.stderr)

    def test_the_bounds_that_a_game_can_raise_are_named_with_their_values(self):
        built = self.build(CLEAN.replace("  Field<int> outside", """\
  Field<std::string> note{this, "note", {.max_length = 200}};
  Field<std::string> name{this, "name", {.label = "Name"}};
  Field<std::string> story{this, "story", {.widget = Widget::text_area}};
  Field<int> outside""").replace(".live_method = count}", """.live_method = count},
                {.name = "Ask", .form = {&Group::note, &Group::name, &Group::story, &Group::outside}}""").replace(
            ".players_per_group = 1,", ".players_per_group = 1, .sends_per_second = 5, .message_bytes = 300'000,"))
        self.assertEqual(built.returncode, 1)
        self.assertIn("Ask.html", built.stderr)  # is not there yet
        (self.game / "Ask.html").write_text("{{ formfields }} {{ next_button }}")
        checked = rialto("check", self.game)
        self.assertEqual(checked.stdout.splitlines()[1:], [
            "  a live message has at most 300000 bytes (.message_bytes of the app)",
            "  a participant sends at most 5 times a second (.sends_per_second of the app)",
            "  note on Ask has at most 200 characters (.max_length of the field)",
            "  name on Ask has at most 10000 characters (.max_length of the field)",
            "  story on Ask may be as long as a form (.max_length of the field)"])
        wanted = {"message_bytes": 300000, "sends_per_second": 5,
                  "max_length": {"Ask": {"note": 200, "name": 10000, "story": None}}}
        self.assertEqual(json.loads(rialto("check", self.game, "--json").stdout)[0]["bounds"], wanted)
        apps = json.loads(rialto("apps", "--app", self.game / "tally.so", "--json").stdout)
        self.assertEqual([app["bounds"] for app in apps if app["name"] == "tally"], [wanted])
        # Pages that go past them.
        for html, words in (
                ('<input name="note" maxlength="500">', "write .max_length = 500 for the field"),
                ('<input type="hidden" name="name"><script>x.value = c.toDataURL();</script>',
                 "line 1: toDataURL makes texts that are often longer than the field name takes"),
                ('<input name="note" maxlength="200"><textarea name="story" maxlength="99999"></textarea>', None)):
            with self.subTest(html):
                (self.game / "Ask.html").write_text(html + "{{ next_button }}")
                checked = rialto("check", self.game)
                self.assertEqual(checked.returncode, 1 if words else 0, checked.stderr)
                self.assertIn(words or "", checked.stderr)
        for script, words in (
                ("const every = setInterval(() => liveSend({}), 150);", "sends every 150 ms, and a participant sends at most 5"),
                ("b.onclick = () => liveSend(canvas.toDataURL());", None),
                ("setInterval(function () { liveSend({}); }, 250);", None)):
            with self.subTest(script):
                (self.game / "Ask.html").write_text("{{ formfields }} {{ next_button }}")
                (self.game / "Count.html").write_text(f"<script>b.onclick = () => {{ {script} }};</script>")
                checked = rialto("check", self.game)
                self.assertEqual(checked.returncode, 1 if words else 0, checked.stderr)
                self.assertIn(words or "", checked.stderr)

    def test_a_drawing_that_is_sent_wants_larger_messages(self):
        (self.game / "Count.html").write_text(
            "<script>\nb.onclick = () => liveSend({drawing: canvas.toDataURL()});\n</script>")
        self.assertEqual(self.build(CLEAN).returncode, 0)
        checked = rialto("check", self.game)
        self.assertEqual(checked.returncode, 1)
        self.assertIn("tally/Count.html line 2: toDataURL makes texts", checked.stderr)
        self.assertIn(".message_bytes = 500'000", checked.stderr)

    def test_a_function_that_ends_without_its_return_does_not_compile(self):
        built = self.build(CLEAN.replace("  return broadcast(", "  if (data.is_null()) return broadcast("))
        self.assertEqual(built.returncode, 1)
        self.assertIn("return-type", built.stderr)

    def test_the_games_that_come_with_rialto_have_none(self):
        everything = rialto("check")
        self.assertEqual((everything.returncode, everything.stderr), (0, ""))
        self.assertIn("auction: nothing found\n", everything.stdout)
        self.assertEqual(rialto("check", "auction").stdout, f"auction: nothing found\n{BOUNDS}")

    def test_a_game_that_is_not_there_is_refused_with_a_sentence(self):
        for game, word in (("no_such_game", "rialto apps"), (self.game, "rialto build")):
            done = rialto("check", game)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn(word, done.stderr)
        done = rialto("check", os.environ["RIALTO_NOTE_SYNCS"])
        self.assertEqual(done.returncode, 1)
        self.assertIn("no library of a Rialto game", done.stderr)


if __name__ == "__main__":
    unittest.main()
