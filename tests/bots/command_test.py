"""`rialto bots` as it is called: exit codes, sentences, JSON, the export."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["RIALTO_PROGRAM"]


def bots(*arguments, folder=None):
    return subprocess.run([PROGRAM, "bots", *arguments], capture_output=True, text=True, cwd=folder,
                          timeout=60, check=False)


class Bots(unittest.TestCase):
    def test_plays_an_app_with_as_many_as_are_asked_for(self):
        done = bots("public_goods", "6", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        report = json.loads(done.stdout)
        self.assertEqual(report["participants"], 6)
        self.assertEqual(report["case"], "all give")
        self.assertIsNone(report["failure"])

    def test_plays_every_case(self):
        done = bots("ultimatum", "--cases")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([line.split(":")[0] for line in done.stdout.splitlines()],
                         ["ultimatum, case accepted", "ultimatum, case refused"])

    def test_says_what_is_not_there(self):
        for arguments, sentence in [
                (["nothing"], 'there is no session config or app "nothing"'),
                (["ultimatum", "--case", "x"], 'has no case "x"; it has accepted, refused'),
                (["ultimatum", "3"], "3 participants"),
        ]:
            done = bots(*arguments)
            self.assertEqual(done.returncode, 1, arguments)
            self.assertIn(sentence, done.stderr)

    def test_everything_drawn_follows_the_seed(self):
        def tables(seed):
            with tempfile.TemporaryDirectory() as folder:
                done = bots("order_book", "6", "--seed", seed, "--export", folder + "/out")
                self.assertEqual(done.returncode, 0, done.stderr)
                return {path.name: path.read_bytes()
                        for path in pathlib.Path(folder, "out").glob("*.csv")}

        first, again, other = tables("1"), tables("1"), tables("2")
        self.assertIn("order_book.csv", first)
        self.assertEqual(first, again)
        self.assertNotEqual(first["order_book.csv"], other["order_book.csv"])

    def test_writes_what_the_session_left_behind(self):
        with tempfile.TemporaryDirectory() as folder:
            done = bots("ultimatum", "--export", folder + "/out")
            self.assertEqual(done.returncode, 0, done.stderr)
            players = pathlib.Path(folder, "out", "players.csv").read_text("utf-8").splitlines()
            self.assertEqual(len(players), 3)


if __name__ == "__main__":
    unittest.main()
