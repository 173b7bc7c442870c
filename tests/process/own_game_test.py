"""A stranger's game, outside this tree, against an installed Rialto: built, served, played."""

import asyncio
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from browser_tab import Tab
from server import Server

GAME = """
#include "actors/app.h"

namespace greeting {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> greetings{this, "greetings", 0};
};
struct Player : PlayerIn<Group> {};

Reply greet(Player& player, const Value& data) {
  player.group().greetings += 1;
  return broadcast("hello " + data.as<std::string>());
}

AnyApp app() {
  return App<Group, Player>{
      .name = "greeting", .players_per_group = 1, .pages = {{.name = "Greet", .live_method = greet}}};
}
}  // namespace greeting
"""


class OwnGameTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="rialto-own-game-")
        root = pathlib.Path(cls.folder.name)
        subprocess.run(["cmake", "--install", os.environ["RIALTO_BUILD"], "--prefix", root / "usr"],
                       check=True, capture_output=True)
        cls.rialto = root / "usr/bin/rialto"
        cls.game = root / "greeting"
        cls.game.mkdir()
        (cls.game / "greeting.cpp").write_text(GAME)
        (cls.game / "Greet.html").write_text("<p>Greet!</p>")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def build(self, compiler):
        done = subprocess.run([self.rialto, "build", self.game], capture_output=True, text=True,
                              env=dict(os.environ, CXX=compiler), timeout=300, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        library = self.game / "greeting.so"
        self.assertEqual(done.stdout,
                         f"made {library}; play it with: rialto serve --demo --app {library}\n")
        return library

    def serve(self, library):
        """Starts a server that is to end by itself."""
        return subprocess.run([self.rialto, "serve", "--app", library, "--listen", "127.0.0.1:0",
                               "--data", self.folder.name + "/data"],
                              capture_output=True, text=True, timeout=30, check=False)

    def test_it_is_built_from_the_installed_headers_served_and_played(self):
        async def play(server):
            tab = Tab(server.create("greeting", 1)["participants"][0]["link"])
            self.assertIn("Greet!", tab.page.text)
            await tab.connect()
            self.assertIsNone(await tab.ask("Venice"))
            self.assertEqual((await tab.ask(7))["code"], "bad_message")
            await tab.close()
            self.assertEqual([data for _, data in tab.heard], ["hello Venice"])

        library = self.build("c++")
        with Server("--app", library, program=self.rialto) as server:
            asyncio.run(play(server))
        listed = subprocess.run([self.rialto, "apps", "--json", "--app", library],
                                capture_output=True, text=True, check=True)
        names = [app["name"] for app in json.loads(listed.stdout)]
        self.assertIn("greeting", names)
        self.assertIn("auction", names)
        # An option takes one library: what stands after it is the command's.
        played = subprocess.run([self.rialto, "bots", "--app", library, "greeting", "3"],
                                capture_output=True, text=True, check=False)
        self.assertEqual(played.returncode, 0, played.stderr)

    def test_a_library_of_another_compiler_is_refused_with_a_sentence(self):
        built = subprocess.run([self.rialto, "build", self.game], capture_output=True, text=True,
                               env=dict(os.environ, CXX="clang++"), timeout=300, check=False)
        self.assertEqual(built.returncode, 1)
        self.assertIn("was built for Rialto", built.stderr)
        refused = self.serve(self.game / "greeting.so")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("was built for Rialto", refused.stderr)
        self.assertIn("rialto build", refused.stderr)

    def test_a_game_that_cannot_be_played_is_refused_when_it_is_built_and_when_it_is_served(self):
        mistakes = {
            "another_name": (('.name = "another_name"', '.name = "greeting"'), '"greeting"'),
            "two_columns": (("};\nstruct Player", '  Field<int> again{this, "greetings"};\n'
                             "};\nstruct Player"), "two columns of the name"),
            "no_html": ((".name = \"Greet\"", ".name = \"Missing\""), "Missing.html"),
            "crashes": (("AnyApp app() {", "AnyApp app() {\n  *(volatile int*)nullptr = 1;"),
                        "crashed"),
        }
        for name, ((right, wrong), word) in mistakes.items():
            with self.subTest(name):
                folder = pathlib.Path(self.folder.name, name)
                folder.mkdir()
                text = GAME.replace("greeting::", name + "::").replace(
                    "namespace greeting", "namespace " + name).replace('"greeting"', f'"{name}"')
                self.assertIn(right, text)
                (folder / (name + ".cpp")).write_text(text.replace(right, wrong))
                (folder / "Greet.html").write_text("<p>Greet!</p>")
                built = subprocess.run([self.rialto, "build", folder], capture_output=True,
                                       text=True, timeout=300, check=False)
                self.assertEqual((built.returncode, built.stdout), (1, ""), built.stderr)
                self.assertIn(word, built.stderr)
                served = self.serve(folder / (name + ".so"))
                self.assertNotEqual(served.returncode, 0)
                if name != "crashes":
                    self.assertIn(word, served.stderr)
                    continue
                listed = subprocess.run([self.rialto, "apps", "--app", folder / (name + ".so")],
                                        capture_output=True, text=True, timeout=60, check=False)
                for refused in (served, listed):
                    self.assertIn("crashes: app(), while the game is loaded", refused.stderr)

    def test_the_flags_are_all_that_a_compiler_needs_to_understand_a_game_and_its_test(self):
        flags = subprocess.run([self.rialto, "build", "--flags"], capture_output=True, text=True,
                               check=True).stdout.split()
        share = pathlib.Path(self.folder.name, "usr/share/rialto")
        self.assertTrue((share / "apps/README.md").exists())
        self.assertTrue((share / "gateway/README.md").exists())
        self.assertTrue((share / "apps/auction/Bid.html").exists())
        for source in ("auction.cpp", "auction_test.cpp"):
            done = subprocess.run(["c++", "-fsyntax-only", *flags, share / "apps/auction" / source],
                                  capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_name_that_the_program_or_another_game_has_may_be_used_again(self):
        """What is in a game's library is its own: with the names of a game that is built in (survey,
        trust, market: two of them with a struct of the same name), and with words that the program's
        own libraries have. Nothing of the other is taken for it."""
        folder = pathlib.Path(self.folder.name, "names")
        helper = "struct Deal : Row { int seller = 0; std::string words; double rate = 0; };\n"
        other = "struct Deal { static int count(const Value& v) { return 7 * v.as<int>(); } };\n"
        shared = "struct Note { std::vector<std::string> words; Note() : words(%d, \"x\") {} };\n"
        names = ["survey", "trust", "market", "fmt", "caf", "one", "two"]
        for number, name in enumerate(names):
            game = folder / name
            game.mkdir(parents=True)
            rows = number % 2 == 0
            (game / (name + ".cpp")).write_text(
                '#include "actors/app.h"\n' + shared % (number + 1) +
                f"namespace {name} {{\nusing namespace rialto;\n" + (helper if rows else other) +
                "struct Group : GroupOf<struct Player> {\n  Field<int> greetings{this, \"greetings\", 0};\n" +
                ('  Rows<Deal> deals{this, "deals", {{"seller", &Deal::seller}, '
                 '{"words", &Deal::words}, {"rate", &Deal::rate}}};\n' if rows else "") +
                "};\nstruct Player : PlayerIn<Group> { Field<std::string> said{this, \"said\", \"\"}; };\n"
                "std::size_t notes() { static const Note note; return note.words.size(); }\n"
                "Reply greet(Player& player, const Value& data) {\n"
                "  if (data.is_null()) throw BadMessage(\"nothing said\");\n"
                "  if (data == 13) (void)player.group().player(13);\n"
                "  player.said = data.dump();\n  player.group().greetings += 1;\n" +
                ("  player.group().deals.add({.seller = player.id_in_group()});\n" if rows
                 else "  player.group().greetings += Deal::count(0);\n") +
                f"  return broadcast({{{{\"app\", \"{name}\"}}, {{\"notes\", notes()}}}});\n}}\n"
                "AnyApp app() {\n  return App<Group, Player>{\n"
                f"      .name = \"{name}\", .players_per_group = 1,\n"
                "      .pages = {{.name = \"Greet\", .live_method = greet}}};\n}\n}\n")
            (game / "Greet.html").write_text("<p>Greet!</p>")
            built = subprocess.run([self.rialto, "build", game], capture_output=True, text=True,
                                   timeout=300, check=False)
            self.assertEqual((built.returncode, built.stderr), (0, ""))

        async def play(server, name, number):
            tab = Tab(server.create(name, 1)["participants"][0]["link"])
            await tab.connect()
            self.assertEqual((await tab.ask(None))["code"], "bad_message")
            self.assertEqual((await tab.ask(13))["code"], "app_error")
            self.assertIsNone(await tab.ask("Venice"))
            await tab.close()
            self.assertEqual([data for _, data in tab.heard], [{"app": name, "notes": number + 1}])

        libraries = [word for name in names for word in ("--app", folder / name / (name + ".so"))]
        with Server(*libraries, program=self.rialto) as server:
            for number, name in enumerate(names):
                with self.subTest(name):
                    asyncio.run(play(server, name, number))

    def test_a_game_that_was_installed_is_built_and_tested_as_one_of_ones_own(self):
        share = pathlib.Path(self.folder.name, "usr/share/rialto/apps/tictactoe")
        folder = pathlib.Path(self.folder.name, "copied/tictactoe")
        shutil.copytree(share, folder)
        test = subprocess.run([self.rialto, "build", "--test", folder], capture_output=True,
                              text=True, timeout=300, check=False)
        self.assertEqual(test.returncode, 0, test.stdout + test.stderr)
        self.assertIn("0 failed", test.stdout)
        game = (folder / "tictactoe.cpp").read_text()
        (folder / "tictactoe.cpp").write_text(game.replace("3 - me", "me"))
        test = subprocess.run([self.rialto, "build", "--test", folder], capture_output=True,
                              text=True, timeout=300, check=False)
        self.assertEqual(test.returncode, 1)
        self.assertIn("tictactoe_test.cpp", test.stdout)
        self.assertFalse((folder / "tictactoe_test.so").exists())

    def test_what_only_the_inside_needs_is_not_installed(self):
        headers = {path.name for path in pathlib.Path(self.folder.name, "usr/include/rialto")
                   .rglob("*.h")}
        self.assertIn("app.h", headers)
        self.assertIn("table.h", headers)
        self.assertFalse(headers & {"unit.h", "senders.h", "session_book.h", "group_actor.h",
                                    "messages.h", "unit_history.h", "form_html.h", "store.h"})

    def test_a_folder_without_its_game_and_a_library_that_is_none_are_refused(self):
        empty = pathlib.Path(self.folder.name, "empty")
        empty.mkdir()
        done = subprocess.run([self.rialto, "build", empty], capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("empty.cpp", done.stderr)
        done = subprocess.run([self.rialto, "apps", "--app", os.environ["RIALTO_NOTE_SYNCS"]],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no library of a Rialto game", done.stderr)
        done = subprocess.run([self.rialto, "apps", "--app", empty], capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("it is a folder; give the library in it, empty.so", done.stderr)


if __name__ == "__main__":
    unittest.main()
