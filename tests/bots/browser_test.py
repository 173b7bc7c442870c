"""`rialto bots --browser`: the same bots in a real Chromium against a real server."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["RIALTO_PROGRAM"]
TEST_PROGRAM = os.environ["RIALTO_TEST_SERVER"]


def bots(*arguments, program=PROGRAM, **options):
    return subprocess.run([program, "bots", *arguments, "--browser"], capture_output=True, text=True, timeout=120,
                          check=False, **options)


class BotsInABrowser(unittest.TestCase):
    def play(self, *arguments, **options):
        done = bots(*arguments, "--json", **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_forms_are_filled_in_and_refused_as_in_process(self):
        report = self.play("survey", "2")
        self.assertEqual((report["pages"], report["submits"], report["refusals"]), (8, 8, 8))

    def test_live_methods_are_called_in_the_pages_of_the_group(self):
        report = self.play("tictactoe", "--case", "draw")
        self.assertEqual((report["participants"], report["messages"]), (2, 11))

    def test_wait_pages_lead_on_and_the_data_is_what_was_played(self):
        with tempfile.TemporaryDirectory() as folder:
            report = self.play("public_goods", "3", "--case", "all give", "--export", folder + "/out")
            self.assertEqual(report["submits"], 3 * 10 * 2)
            players = pathlib.Path(folder, "out", "public_goods.csv").read_text("utf-8").splitlines()
            self.assertEqual(len(players), 1 + 3 * 10)

    def test_strategies_speak_by_the_pages_liveSend(self):
        report = self.play("chat", "3", "--messages", "2")
        self.assertGreater(report["messages"], 2)

    def test_time_runs_out_on_the_page_and_keeps_what_is_written(self):
        report = self.play("hurried", "--case", "late", program=TEST_PROGRAM)
        self.assertEqual((report["pages"], report["refusals"]), (2, 1))

    def test_what_is_not_as_the_bot_says_is_told_with_page_and_input(self):
        for case, sentence in [("not refused", "this was to be refused, but was taken"),
                               ("script throws", "a script of the page failed: no luck")]:
            with self.subTest(case):
                done = bots("hurried", "--case", case, program=TEST_PROGRAM)
                self.assertEqual(done.returncode, 1)
                self.assertIn("hurried: page Ask, round 1, player 1 (participant 1): " + sentence, done.stderr)

    def test_says_what_must_be_installed(self):
        for changes, sentence in [
                ({"RIALTO_NODE_MODULES": "/nowhere"}, "npm install playwright-core"),
                ({"PATH": "/nowhere"}, "apt install nodejs"),
        ]:
            with self.subTest(changes), tempfile.TemporaryDirectory() as folder:
                done = bots("survey", env={**os.environ, **changes}, cwd=folder)
                self.assertEqual(done.returncode, 1)
                self.assertIn(sentence, done.stderr)

    def test_leaves_nothing_behind(self):
        with tempfile.TemporaryDirectory() as folder:
            done = bots("survey", env={**os.environ, "TMPDIR": folder})
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual([name for name in os.listdir(folder) if name.startswith("rialto")], [])


if __name__ == "__main__":
    unittest.main()
