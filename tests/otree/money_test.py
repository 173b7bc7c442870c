"""Points beside money: what participants earn and what they are paid for it is, to the last digit and as it is written,
what oTree 6.0.15 makes of it, in the templates, in scripts, in its REST answers and in our tables."""

import json
import pathlib
import tempfile
import unittest

import flow_test
from flow.servers import OTree, Rialto, request

# As a settings.py and as a rialto.toml say it, and what is earned in it.
CASES = {
    "whole points, euros and cents, a rate that does not go up evenly": (
        "USE_POINTS = True\nPOINTS_DECIMAL_PLACES = 0\nREAL_WORLD_CURRENCY_CODE = 'EUR'\nREAL_WORLD_CURRENCY_DECIMAL_PLACES = 2\n", 0.013, 2.5,
        '[money]\npoints = true\ncurrency = "EUR"\n',
        ["0", "1", "5", "15", "35", "50", "115", "-100", "1234567", "0.5", "39"]),
    "points with decimals and a name, yen": (
        "USE_POINTS = True\nPOINTS_DECIMAL_PLACES = 2\nPOINTS_CUSTOM_NAME = 'tokens'\nREAL_WORLD_CURRENCY_CODE = 'JPY'\n", 1.5, 300,
        '[money]\npoints = true\npoints_name = "tokens"\ndecimals = 2\ncurrency = "JPY"\n',
        ["0", "1", "3", "0.33", "0.34", "-1", "1000.99", "333333"]),
    "dollars alone": (
        "USE_POINTS = False\nREAL_WORLD_CURRENCY_CODE = 'USD'\n", 1.0, 5.25, '[money]\ncurrency = "USD"\n', ["0", "2.5", "0.005", "17"]),
    "yen alone": (
        "USE_POINTS = False\nREAL_WORLD_CURRENCY_CODE = 'JPY'\n", 1.0, 500, '[money]\ncurrency = "JPY"\n', ["0", "12", "12.5"]),
}


def ours(folder, money, rate, fee):
    """Options of a server whose project says that."""
    text = f"{money}\n[session_config_defaults]\nreal_world_currency_per_point = {rate}\nparticipation_fee = {fee}\n"
    (pathlib.Path(folder) / "rialto.toml").write_text(text)
    return "--project", folder


class Payments(unittest.TestCase):
    maxDiff = None

    def play(self, settings, rate, fee, money, amounts):
        """A session of each server in which these were earned."""
        folder = tempfile.TemporaryDirectory(prefix="rialto-money-")
        self.addCleanup(folder.cleanup)
        self.rialto = Rialto(*ours(folder.name, money, rate, fee))
        self.addCleanup(self.rialto.stop)
        defaults = f"SESSION_CONFIG_DEFAULTS = dict(real_world_currency_per_point={rate}, participation_fee={fee})\n"
        self.otree = OTree(flow_test.SHARED_PAGES, settings + defaults)
        self.addCleanup(self.otree.stop)
        both = flow_test.Both(self, "paid", len(amounts))
        for number, amount in enumerate(amounts, 1):
            for person in both.people(number):
                person.look()
                person.submit({"amount": amount})
        return both

    def same_payments(self, both, fee):
        """What oTree would pay stands in our table."""
        answer = json.loads(request(f"{self.otree.origin}/api/get_session/{both.theirs.code}", {}))
        theirs = {one["id_in_session"]: one["payoff_in_real_world_currency"] for one in answer["participants"]}
        for row in both.ours.export("payments"):
            worth = theirs[int(row["participant_id_in_session"])]
            self.assertEqual(float(row["payoff_in_real_world_currency"]), worth, row)
            self.assertAlmostEqual(float(row["total"]), worth + fee, 6, row)
            self.assertEqual(float(row["participation_fee"]), fee)

    def same_tables(self, both):
        theirs = [row for row in both.theirs.get("/api/export_wide") if row["session.code"] == both.theirs.code]
        for their_row, our_row in zip(theirs, both.ours.export("all_apps_wide")):
            for column in ("participant.payoff", "paid.1.player.payoff", "paid.1.player.amount",
                           "session.config.participation_fee", "session.config.real_world_currency_per_point"):
                self.assertEqual(flow_test.plain(their_row[column]), flow_test.plain(our_row[column]), column)

    def test_what_is_earned_is_paid_as_otree_pays_it(self):
        for name, (settings, rate, fee, money, amounts) in CASES.items():
            with self.subTest(name):
                both = self.play(settings, rate, fee, money, amounts)
                for number in range(1, len(amounts) + 1):
                    both.look(number)
                    both.js_vars(number)
                self.same_payments(both, fee)
                self.same_tables(both)
                self.doCleanups()


if __name__ == "__main__":
    unittest.main()
