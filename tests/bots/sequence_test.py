"""Bots play sessions of several apps, as rialto.toml has them."""

import csv
import decimal
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["RIALTO_PROGRAM"]
SOURCE = os.environ["RIALTO_SOURCE"]
PROJECT = os.path.join(SOURCE, "apps")


class Sequence(unittest.TestCase):
    def test_every_config_of_the_project_is_played_to_its_end(self):
        listed = subprocess.run([PROGRAM, "apps", "--json", "--project", PROJECT], capture_output=True, text=True,
                                timeout=60, check=True)
        configs = [one["name"] for one in json.loads(listed.stdout) if "app_sequence" in one]
        self.assertIn("market_free", configs)
        for config in configs:
            with self.subTest(config):
                done = subprocess.run([PROGRAM, "bots", config, "--project", PROJECT, "--cases", "--json"],
                                      capture_output=True, text=True, timeout=60, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                for line in done.stdout.splitlines():
                    self.assertIsNone(json.loads(line)["failure"])

    def test_whoever_is_dropped_on_whatever_page_all_others_come_through(self):
        listed = subprocess.run([PROGRAM, "apps", "--json", "--project", PROJECT], capture_output=True, text=True,
                                timeout=60, check=True)
        names = [one["name"] for one in json.loads(listed.stdout)]
        self.assertGreater(len(names), 16)
        for name in names:
            with self.subTest(name):
                done = subprocess.run([PROGRAM, "bots", name, "--project", PROJECT, "--drop", "--json"],
                                      capture_output=True, text=True, timeout=120, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                played = json.loads(done.stdout)
                self.assertGreaterEqual(played["drop_outs"], 1)
                self.assertEqual(played["failures"], [])

    def test_what_the_guide_tells_to_play_is_played(self):
        guide = pathlib.Path(SOURCE, "apps/README.md").read_text("utf-8")
        told = re.findall(r"^rialto bots (.*?)(?: +#.*)?$", guide, re.MULTILINE)
        self.assertGreater(len(told), 2)
        for words in told:
            with self.subTest(words):
                done = subprocess.run([PROGRAM, "bots", *words.replace("--browser", "").split()], cwd=SOURCE,
                                      capture_output=True, text=True, timeout=60, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_points_are_paid_in_euros_rounded_to_the_cent(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([PROGRAM, "bots", "tokens", "--project", SOURCE + "/tests/projects/points", "--export", folder + "/out"],
                           capture_output=True, timeout=60, check=True)
            with open(folder + "/out/payments.csv", encoding="utf-8", newline="") as file:
                paid = list(csv.DictReader(file))
        self.assertEqual(len(paid), 6)
        for row in paid:
            self.assertGreater(int(row["payoff"]), 0)  # points have no decimals
            worth = decimal.Decimal(int(row["payoff"]) * 0.013).quantize(decimal.Decimal("0.01"), decimal.ROUND_HALF_UP)
            self.assertEqual(row["payoff_in_real_world_currency"], str(worth))
            self.assertEqual((row["participation_fee"], row["total"]), ("2.50", str(worth + decimal.Decimal("2.50"))))

    def test_what_is_paid_is_the_fee_and_what_was_earned_in_all_apps(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([PROGRAM, "bots", "market_free", "--project", PROJECT, "--export", folder + "/out"],
                           capture_output=True, timeout=60, check=True)
            with open(folder + "/out/payments.csv", encoding="utf-8", newline="") as file:
                paid = {row["participant_code"]: row for row in csv.DictReader(file)}
            with open(folder + "/out/market.csv", encoding="utf-8", newline="") as file:
                rounds = list(csv.DictReader(file))
            self.assertEqual(len(paid), 8)
            self.assertEqual({row["is_bot"] for row in paid.values()}, {"1"})
            self.assertEqual({each["participant._is_bot"] for each in rounds}, {"1"})
            self.assertEqual(len(rounds), 8 * 10)
            self.assertGreater(sum(decimal.Decimal(row["payoff"]) for row in paid.values()), 0)
            for code, row in paid.items():
                earned = sum(decimal.Decimal(each["player.payoff"]) for each in rounds if each["participant.code"] == code)
                self.assertEqual(decimal.Decimal(row["payoff"]), earned)
                self.assertEqual(decimal.Decimal(row["total"]), earned + 3)


if __name__ == "__main__":
    unittest.main()
