"""`rialto new` and `rialto dev`: a game is begun, changed and broken while windows look at it."""

import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import unittest
import urllib.request

from server import PROGRAM, gone, run, until


def get(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


class Dev(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="rialto-dev-test-")
        self.addCleanup(self.folder.cleanup)
        self.game = pathlib.Path(self.folder.name) / "duel"

    def begin(self, *words):
        """Of a new game, or of what the words say."""
        if not words:
            run("new", self.game)
        self.log = open(self.folder.name + "/log", "w+", encoding="utf-8")
        self.addCleanup(self.log.close)
        self.process = subprocess.Popen([PROGRAM, "dev", *(words or [self.game]), "--listen", "127.0.0.1:0"],
                                        stdout=self.log, stderr=self.log, text=True,
                                        env=dict(os.environ, TMPDIR=self.folder.name))
        self.addCleanup(self.end)
        return until(self.address, seconds=240, what="the server")

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)

    def text(self):
        return pathlib.Path(self.folder.name, "log").read_text(encoding="utf-8")

    def address(self):
        found = re.findall(r"listening on (http://\S+)", self.text())
        return found[-1].rstrip("/") if found else None

    def news(self):
        try:
            return json.loads(get(self.address() + "/static/news.json"))
        except OSError:
            return {"version": 0, "trouble": None}

    def version(self, number):
        until(lambda: self.news()["version"] == number, seconds=180, what=f"version {number}")

    def trouble(self, word):
        until(lambda: word in (self.news()["trouble"] or ""), seconds=180, what=f"trouble with {word}")

    def page(self, config="duel"):
        """The first page of a new session."""
        session = run("session", "create", config, 2, "--json",
                      data=next(pathlib.Path(self.folder.name).glob("rialto-dev-*/data")))
        link = json.loads(session.stdout)["participants"][0]["link"]
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        return opener.open(link, timeout=10).read().decode()

    def test_a_name_that_cpp_has_already_is_refused_and_one_of_rialtos_own_games_is_not(self):
        for name in ("link", "union", "round", "std", "rialto", "broadcast"):
            with self.subTest(name):
                refused = run("new", pathlib.Path(self.folder.name, name), check=False)
                self.assertEqual(refused.returncode, 1)
                self.assertIn(f"a game cannot be named {name}", refused.stderr)
                self.assertFalse(pathlib.Path(self.folder.name, name).exists())
        run("new", pathlib.Path(self.folder.name, "trust"))

    def test_a_new_game_has_a_test_that_passes(self):
        run("new", self.game)
        done = run("build", "--test", self.game)
        self.assertIn("2 passed", done.stdout)

    def test_a_new_game_is_played_by_bots(self):
        run("new", self.game)
        run("build", self.game)
        run("bots", "--app", self.game / "duel.so", "duel", 6)

    def test_what_is_saved_is_served_and_what_is_broken_is_told_while_the_version_before_goes_on(self):
        self.begin()
        self.assertEqual(self.news(), {"version": 1, "trouble": ""})
        self.assertIn("Say a number from 1 to 10", self.page())
        self.assertIn("/static/dev.js", self.page())

        say = self.game / "Say.html"
        say.write_text(say.read_text().replace("Say a number from 1 to 10", "Choose"))
        self.version(2)
        self.assertIn("Choose", until(lambda: self.page_or_none(), what="the page"))

        page = say.read_text()
        say.write_text(page.replace("{{ next_button }}", "{{ nonsense }}"))
        self.trouble("nonsense")
        self.assertIn("Choose", self.page())

        rules = self.game / "duel.cpp"
        good = rules.read_text()
        rules.write_text(good.replace("number > 10", "number > nobody_knows"))
        self.trouble("nobody_knows")
        say.write_text(page.replace("Choose", "Choose now"))  # the rules are wrong still
        self.trouble("nobody_knows")
        self.assertNotIn("Choose now", self.page())
        rules.write_text(good)
        self.version(3)
        self.assertEqual(self.news()["trouble"], "")
        self.assertIn("Choose now", until(lambda: self.page_or_none(), what="the page"))

    def page_or_none(self, config="duel"):
        try:
            return self.page(config)
        except (AssertionError, OSError):
            return None

    def write_project(self, games='["duel", "other"]', more="", config="first"):
        (self.project / "rialto.toml").write_text(
            f'games = {games}\nwords = "words/own.toml"\n[[session_configs]]\nname = "{config}"\n'
            f'app_sequence = ["duel"]\n{more}\n', encoding="utf-8")

    def write_words(self, text):
        (self.project / "words").mkdir(exist_ok=True)
        (self.project / "words/own.toml").write_text(f'[en]\nnext = "{text}"\n', encoding="utf-8")

    def test_a_project_is_served_anew_when_its_file_changes_and_no_game_keeps_back_another(self):
        self.project = pathlib.Path(self.folder.name, "project")
        for name in ("duel", "other", "third"):
            run("new", self.project / name)
        self.write_words("Onward")
        broken = self.project / "other/other.cpp"
        good = broken.read_text()
        broken.write_text(good.replace("AnyApp app()", "AnyApp app("))
        self.write_project()
        self.begin("--project", self.project)

        # What does not compile is told; the others are there.
        self.assertEqual(self.news()["version"], 1)
        self.trouble("other.cpp")
        self.assertIn("Say a number", self.page())
        say = self.project / "duel/Say.html"
        say.write_text(say.read_text().replace("Say a number from 1 to 10", "Choose"))
        self.version(2)
        self.assertIn("Choose", until(lambda: self.page_or_none(), what="the page"))
        self.assertIn("other.cpp", self.news()["trouble"])
        broken.write_text(good)
        self.version(3)
        self.assertEqual(self.news()["trouble"], "")
        self.assertIn("Say a number", until(lambda: self.page_or_none("other"), what="the page"))

        # The project's file, what is wrong with it, and a file that it names.
        self.write_project(config="second")
        self.version(4)
        self.assertIn("Onward", until(lambda: self.page_or_none("second"), what="the page"))
        self.write_project(more="particpation_fee = 5")
        self.trouble("participation_fee")
        self.assertIn("Choose", self.page("second"))
        self.write_project()
        self.version(5)
        self.write_words("Ahead")
        self.version(6)
        self.assertIn("Ahead", until(lambda: self.page_or_none("first"), what="the page"))

        # A game that is new in it.
        self.write_project(games='["duel", "other", "third"]')
        self.version(7)
        until(lambda: self.page_or_none("third"), what="the page")
        table = self.project / "third/trials.csv"
        table.write_text("a,b\n1,2\n", encoding="utf-8")
        self.version(8)

    def test_it_leaves_nothing_behind(self):
        self.begin()
        server = until(lambda: pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
                       .read_text().split(), what="the server's process")
        self.end()
        until(lambda: gone(int(server[0])), what="the server's end")
        self.assertEqual(list(pathlib.Path(self.folder.name).glob("rialto-dev-*")), [])

    def test_a_name_that_is_none_and_a_folder_that_is_not_empty_are_refused(self):
        for folder, why in (("Two Words", "small letters"), ("duel", "not empty")):
            path = pathlib.Path(self.folder.name) / folder
            if folder == "duel":
                run("new", path)
            done = run("new", path, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn(why, done.stderr)


if __name__ == "__main__":
    unittest.main()
