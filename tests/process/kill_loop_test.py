"""Every reply that any player saw is in the store, once, in one order; what was sent again changed
nothing. For long runs: build/release/kill_loop --cycles N."""

import unittest

from kill_loop import kill_loop


class KillLoopTest(unittest.TestCase):
    def test_what_players_saw_survives_kill_9(self):
        self.assertEqual(kill_loop(cycles=12, seed=1), [])

    def test_what_players_saw_survives_a_power_cut(self):
        self.assertEqual(kill_loop(cycles=16, power_cut=True, seed=1), [])

    def test_without_fsync_the_same_loop_sees_the_loss(self):
        self.assertNotEqual(kill_loop(cycles=4, power_cut=True, buffered=True, seed=3), [])


if __name__ == "__main__":
    unittest.main()
