"""The command line beside a running server."""

import contextlib
import csv
import json
import os
import pathlib
import pty
import re
import subprocess
import tempfile
import unittest
import urllib.request

from browser_tab import Tab
from server import PROGRAM, Server, run


@contextlib.contextmanager
def open_terminal():
    """Our end of a terminal, and that of who believes to have one; the latter is closed by the test."""
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(ours)


def read_all(terminal):
    """All that was written on it, once nobody has the other end."""
    text = b""
    while True:
        try:
            text += os.read(terminal, 4096)
        except OSError:
            return text


class CommandLineTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def run(self, result=None):
        self.data = self.server.data
        return super().run(result)

    def test_a_session_has_a_link_for_everyone_and_one_for_all(self):
        session = self.server.create("counting", 6)
        self.assertEqual(len({each["link"] for each in session["participants"]}), 6)
        seats = [(each["unit"], each["player"]) for each in session["participants"]]
        self.assertEqual(seats, [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (1, 3)])
        self.assertEqual(Tab(session["participants"][0]["link"]).page.config["page"], "counting/1-0")
        with urllib.request.urlopen(session["link"]) as answer:
            self.assertEqual(answer.status, 200)

    def test_the_same_key_gives_the_same_session(self):
        words = ["session", "create", "counting", "3", "--key", "tuesday", "--json"]
        first = json.loads(run(*words, data=self.data).stdout)
        self.assertEqual(json.loads(run(*words, data=self.data).stdout), first)
        words[2] = "faulty"
        other = run(*words[:3], "2", *words[4:], data=self.data, check=False)
        self.assertEqual(other.returncode, 1)
        self.assertIn("tuesday", other.stderr)

    def test_what_makes_no_sense_is_refused_with_a_sentence(self):
        for words, code, word in ((["session", "create", "no_such_app", "3"], 1, "auction"),
                                  (["session", "create", "counting", "4"], 1, "groups of 3"),
                                  (["session", "show", "nosuch"], 1, "nosuch"),
                                  (["session", "create"], 2, "CONFIG"),
                                  (["session"], 2, "subcommand"),
                                  (["sesion", "list"], 2, 'no command "rialto sesion"; there are: serve, session'),
                                  (["sesion", "list"], 2, '; did you mean "session"?\n'),
                                  (["session", "lsit"], 2, '; did you mean "list"?\n'),
                                  (["nonsense"], 2, "there are: serve, session"),
                                  (["bots", "countng"], 1, '; did you mean "counting"?\n'),
                                  (["check", "countng"], 1, '; did you mean "counting"?\n'),
                                  (["session", "create", "counting", "3", "--lables"], 2,
                                   'did you mean "--labels"'),
                                  (["load", "no_such_app"], 1, "no_such_app"),
                                  (["export", "nosuch", "--out", "/dev/null/x"], 1, "nosuch")):
            with self.subTest(words):
                data = None if words[0] in ("bots", "check") else self.data
                ended = run(*words, data=data, check=False)
                self.assertEqual(ended.returncode, code)
                self.assertIn(word, ended.stderr)

    def test_list_show_and_close(self):
        code = self.server.create("counting", 3)["code"]
        listed = json.loads(run("session", "list", "--json", data=self.data).stdout)
        self.assertEqual(listed[0]["code"], code)
        self.assertIn(code, run("session", "list", data=self.data).stdout)
        self.assertIn("/p/", run("session", "show", code, data=self.data).stdout)
        closed = json.loads(run("session", "close", code, "--yes", "--json", data=self.data).stdout)
        self.assertTrue(closed["closed"])

    def test_who_is_in_no_group_yet_is_shown_so(self):
        code = self.server.create("crashing_room", 4)["code"]  # groups are made as people arrive
        shown = run("session", "show", code, data=self.data).stdout
        self.assertEqual(shown.count("crashing_room no group yet, player "), 4, shown)
        told = json.loads(run("session", "show", code, "--json", data=self.data).stdout)
        self.assertEqual([one["group"] for one in told["participants"]], [None] * 4)
        code = self.server.create("counting", 6)["code"]
        self.assertIn("counting group 2 player 3  ", run("session", "show", code, data=self.data).stdout)

    def test_what_is_typed_counts_more_than_the_environment(self):
        commands = (["session", "list"], ["room", "list"], ["session", "show", "x"], ["session", "close", "x", "--yes"],
                    ["session", "retry", "x"], ["session", "create", "counting"], ["room", "show", "x"],
                    ["room", "close", "x"], ["session", "redact", "x", "--yes"], ["session", "delete", "x", "--yes"],
                    ["participant", "redact", "x", "--yes"], ["export", "x", "--out", "/dev/null/x"],
                    ["verify", "x"], ["load", "counting"], ["store", "salvage", "--out", "/dev/null/x"],
                    ["backup", "/dev/null/x"], ["session", "reopen", "x"], ["session", "advance", "x", "--slowest"])
        with tempfile.TemporaryDirectory() as folder:
            typed, environment = folder + "/typed", folder + "/environment"
            for words in commands:
                with self.subTest(words):
                    ended = run(*words, data=typed, check=False, env={**os.environ, "RIALTO_DATA": environment})
                    self.assertIn(typed, ended.stderr)
                    self.assertNotIn(environment, ended.stderr)
                    ended = run(*words, check=False, env={**os.environ, "RIALTO_DATA": environment})
                    self.assertIn(environment, ended.stderr)

    def test_nothing_of_a_label_reaches_the_terminal_unescaped(self):
        with tempfile.TemporaryDirectory() as folder:
            labels = pathlib.Path(folder, "labels.txt")
            labels.write_text("a\u009b\u202eb\n", encoding="utf-8")
            words = ["session", "create", "counting", "3", "--labels", labels]
            made = run(*words, data=self.data)
            self.assertIn("a\\x9b\\u202eb", made.stdout)
            told = run(*words, "--json", data=self.data).stdout
            self.assertTrue(all(ord(c) < 0x7F for c in told), told)
            self.assertEqual(json.loads(told)["participants"][0]["label"], "a\u009b\u202eb")

    def test_help_is_there_for_every_command(self):
        for words in ([], ["serve"], ["session"], ["session", "create"], ["export"], ["apps"],
                      ["load"], ["store", "salvage"], ["build"]):
            with self.subTest(words):
                self.assertIn("Usage", run(*words, "--help").stdout)
        for words in (["session"], ["session", "create"], ["session", "list"], ["session", "show"],
                      ["session", "close"], ["session", "retry"]):
            with self.subTest(words):
                self.assertRegex(run(*words, "--help").stdout,
                                 "Examples?:\\n  rialto " + " ".join(words))

    def test_every_command_that_prints_data_has_json(self):
        def commands(*words):
            text = run(*words, "--help").stdout
            below = re.search(r"^Subcommands:\n((?:  .*\n)+)", text, re.MULTILINE)
            if not below:
                yield words, text
                return
            for name in re.findall(r"^  ([a-z]+)", below.group(1), re.MULTILINE):
                yield from commands(*words, name)

        without = {words for words, text in commands() if "--json" not in text}
        self.assertEqual(without, {("serve",), ("dev",), ("manual", "bash"), ("manual", "zsh")})

    def test_every_built_in_game_says_what_it_is(self):
        for app in json.loads(run("apps", "--json", program=os.environ["RIALTO_PROGRAM"]).stdout):
            with self.subTest(app["name"]):
                self.assertTrue(app["doc"])

    def test_apps_are_listed(self):
        apps = {app["name"]: app for app in json.loads(run("apps", "--json").stdout)}
        self.assertEqual(apps["counting"]["players_per_group"], 3)
        self.assertIn("auction", run("apps").stdout)

    def test_load_plays_the_bot_in_closed_and_in_open_loop(self):
        closed = json.loads(run("load", "counting", "--groups", "2", "--seconds", "0.5", "--json",
                                data=self.data).stdout)
        self.assertEqual(closed["players"], 6)
        self.assertGreater(closed["accepted"], 0)
        self.assertEqual(closed["offered"], closed["accepted"])
        opened = json.loads(run("load", "counting", "--seconds", "1", "--rate", "60", "--json",
                                data=self.data).stdout)
        self.assertAlmostEqual(opened["offered"], 60, delta=3)
        self.assertEqual((opened["unanswered"], opened["errors"]), (0, {}))
        self.assertGreater(opened["p99_ms"], 0)
        self.assertIn("p99.9", run("load", "counting", "--seconds", "0.2", data=self.data).stdout)

    def test_an_export_is_the_same_with_and_without_a_server(self):
        with Server() as server, tempfile.TemporaryDirectory() as folder:
            code = server.create("counting", 3)["code"]
            run("load", "counting", "--session", code, "--seconds", "1", "--rate", "100",
                data=server.data)
            online, offline = pathlib.Path(folder, "online"), pathlib.Path(folder, "offline")
            run("export", code, "--out", online, data=server.data)
            self.assertEqual(server.stop(), 0)
            run("export", code, "--out", offline, data=server.data)
            names = {path.name for path in online.iterdir()}
            self.assertEqual(names, {"all_apps_wide.csv", "sessions.csv", "participants.csv", "counting.csv", "groups.csv", "players.csv",
                                     "page_times.csv", "pages.csv", "messages.csv", "payments.csv",
                                     "counting_sends.csv", "codebook.csv", "manifest.json"})
            for name in names - {"manifest.json"}:  # which says when
                self.assertEqual((online / name).read_bytes(), (offline / name).read_bytes(), name)
            with open(online / "counting_sends.csv", encoding="utf-8", newline="") as lines:
                rows = list(csv.DictReader(lines))
            self.assertEqual([int(row["total"]) for row in rows], list(range(1, len(rows) + 1)))

    def test_long_work_says_so_on_a_terminal_and_nowhere_else(self):
        words = [PROGRAM, "load", "chat", "--groups", "1", "--seconds", "3", "--data", self.data]
        with open_terminal() as (ours, theirs):
            done = subprocess.run(words, stdout=subprocess.PIPE, stderr=theirs, timeout=60, check=True)
            os.close(theirs)
            shown = read_all(ours).decode()
        self.assertRegex(shown, r"rialto: playing … 2 s, of at most 3")
        self.assertTrue(shown.endswith("\x1b[K"), shown)
        self.assertNotIn(b"playing \xe2", done.stdout)
        self.assertEqual(subprocess.run(words, capture_output=True, timeout=60, check=True).stderr, b"")

    def test_a_compiler_at_work_is_seen_on_a_terminal_and_nowhere_else(self):
        with tempfile.TemporaryDirectory() as folder:
            run("new", folder + "/duel")
            words = [PROGRAM, "build", folder + "/duel"]
            with open_terminal() as (ours, theirs):
                subprocess.run(words, stdout=subprocess.PIPE, stderr=theirs, timeout=120, check=True)
                os.close(theirs)
                shown = read_all(ours).decode()
            self.assertRegex(shown, r"rialto: compiling \S+duel.cpp … 2 s")
            quiet = subprocess.run(words, capture_output=True, timeout=120, check=True)
            self.assertEqual(quiet.stderr, b"")

    def test_an_output_that_cannot_be_written_is_a_failure(self):
        for words in (["apps"], ["apps", "--json"], ["--help"], ["--version"], ["manual"], ["build", "--flags"]):
            with self.subTest(words), open("/dev/full", "w", encoding="utf-8") as full:
                done = subprocess.run([PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
                self.assertEqual(done.returncode, 1)
                self.assertIn(b"standard output cannot be written: No space left", done.stderr)

    def test_without_a_server_a_sentence_says_how_to_start_one(self):
        with tempfile.TemporaryDirectory() as data:
            ended = run("session", "list", data=data, check=False)
            self.assertEqual(ended.returncode, 1)
            self.assertIn("rialto serve", ended.stderr)

    def test_a_damaged_store_is_refused_and_salvaged(self):
        with Server() as server, tempfile.TemporaryDirectory() as folder:
            code = server.create("counting", 3)["code"]
            run("load", "counting", "--session", code, "--seconds", "1", "--rate", "100",
                data=server.data)
            server.kill()
            log = max((server.data / "store").glob("*.log"), key=lambda path: path.stat().st_size)
            with open(log, "r+b") as file:
                file.seek(log.stat().st_size // 2)
                byte = file.read(1)
                file.seek(-1, os.SEEK_CUR)
                file.write(bytes([byte[0] ^ 1]))
            refused = subprocess.run([PROGRAM, "serve", "--data", server.data, "--listen",
                                      "127.0.0.1:0"], capture_output=True, text=True, timeout=30,
                                     check=False)
            self.assertEqual(refused.returncode, 2)
            self.assertIn(log.name, refused.stderr)
            self.assertIn("salvage", refused.stderr)
            saved = pathlib.Path(folder, "saved")
            run("store", "salvage", "--out", saved, data=server.data)
            with Server(data=saved) as again:
                self.assertEqual(Tab(again.create("counting", 3)["participants"][0]["link"])
                                 .page.config["page"], "counting/1-0")


if __name__ == "__main__":
    unittest.main()
