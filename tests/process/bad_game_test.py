"""A game that crashes or hangs ends in a quarantined message, not in a stopped lab (G10, rules.md 9)."""

import asyncio
import time
import unittest

from browser_tab import Tab
from server import Server, until


async def tabs_of(session):
    """A connected tab for each participant."""
    tabs = [Tab(participant["link"]) for participant in session["participants"]]
    for tab in tabs:
        await tab.connect()
    return tabs


class BadGameTest(unittest.TestCase):
    def check_quarantined(self, fault):
        """Sends `fault` in one group while another plays, and checks that only the message is lost."""
        async def play():
            with Server() as server:
                bad_one, bad_two, good_one, good_two = await tabs_of(server.create("faulty", 4))
                await bad_one.ask({"type": "count"})
                longest_wait = 0.0
                ended = asyncio.ensure_future(bad_one.insist(fault, seconds=30))
                while not ended.done():
                    begin = time.monotonic()
                    self.assertIsNone(await good_one.insist({"type": "count"}))
                    longest_wait = max(longest_wait, time.monotonic() - begin)
                    await asyncio.sleep(0.01)
                error = await ended
                self.assertEqual(error["code"], "handler_crashed")

                # The group goes on, nothing of the message took effect, and it is not run again.
                await bad_two.reconnect()
                self.assertIsNone(await bad_two.ask({"type": "count"}))
                totals = [data["total"] for _, data in bad_two.heard]
                self.assertEqual(totals, [1, 2])
                self.assertIsNone(await bad_one.insist({"type": "count"}))
                await good_two.reconnect()
                good_totals = [data["total"] for _, data in good_two.heard]
                self.assertEqual(good_totals, list(range(1, len(good_totals) + 1)))
                return longest_wait

        return asyncio.run(play())

    def test_a_null_pointer_is_quarantined_and_other_groups_go_on(self):
        self.assertLess(self.check_quarantined({"type": "null_pointer"}), 2)

    def test_an_index_out_of_bounds_is_quarantined_and_other_groups_go_on(self):
        self.assertLess(self.check_quarantined({"type": "out_of_bounds", "at": 3}), 2)

    def test_an_endless_loop_is_ended_after_2_s_and_other_groups_go_on_within_2_s_more(self):
        self.assertLess(self.check_quarantined({"type": "endless_loop"}), 4)

    def test_what_a_game_prints_of_a_participant_is_one_line_of_the_log_and_speaks_to_no_terminal(self):
        async def play():
            with Server() as server:
                one, _ = await tabs_of(server.create("faulty", 2))
                self.assertIsNone(await one.ask({"type": "prints", "text": "a\x1b[2J\n2026 \u202eb\u009bc"}))
                return until(lambda: [line for line in server.text_of_log().splitlines() if "somebody" in line])

        [line] = asyncio.run(play())
        self.assertRegex(line, r" info faulty: page Break, live_method, session \w+, participant \w+ \(player 1\), round 1, send 1: ")
        self.assertTrue(line.endswith(r": somebody says a\x1b[2J\n2026 \u202eb\x9bc"), line)

    def test_a_game_that_throws_or_refuses_changes_nothing_and_tells_the_sender_alone(self):
        async def play():
            with Server() as server:
                sender, other = await tabs_of(server.create("faulty", 2))
                self.assertEqual((await sender.ask({"type": "throws"}))["code"], "app_error")
                error = await sender.ask({"type": "refuses"})
                self.assertEqual((error["code"], error["message"]), ("bad_message", "not like this"))
                self.assertIsNone(await sender.ask({"type": "count"}))
                await other.until(lambda: other.heard)
                self.assertEqual([data for _, data in other.heard], [{"total": 1}])
                self.assertEqual(other.errors, [])

        asyncio.run(play())


if __name__ == "__main__":
    unittest.main()
