"""A stranger's game, outside this tree, against an installed Rialto: built, served, played."""

import asyncio
import json
import os
import pathlib
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
        return self.game / "greeting.so"

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

    def test_a_library_of_another_compiler_is_refused_with_a_sentence(self):
        library = self.build("clang++")
        refused = subprocess.run([self.rialto, "serve", "--app", library, "--listen", "127.0.0.1:0",
                                  "--data", self.folder.name + "/data"],
                                 capture_output=True, text=True, timeout=30, check=False)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("was built for Rialto", refused.stderr)
        self.assertIn("rialto build", refused.stderr)

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


if __name__ == "__main__":
    unittest.main()
