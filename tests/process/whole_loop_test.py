"""A whole experiment (forms, wait pages, live pages, times, several apps) whose server is ended at any moment
loses nothing and repeats nothing, and the money adds up. For long runs: build/release/whole_loop --cycles N."""

import unittest

from whole_loop import whole_loop


class WholeLoopTest(unittest.TestCase):
    def test_a_whole_experiment_survives_kill_9(self):
        self.assertEqual("\n".join(whole_loop("whole", cycles=20, seed=1)), "")

    def test_a_whole_experiment_survives_power_cuts(self):
        self.assertEqual("\n".join(whole_loop("whole", cycles=20, power_cut=True, seed=2)), "")

    def test_ten_rounds_of_a_market_survive_kill_9(self):
        self.assertEqual("\n".join(whole_loop("market_study", cycles=20, seed=3)), "")

    def test_without_fsync_the_same_loop_sees_the_loss(self):
        self.assertNotEqual(whole_loop("whole", cycles=4, power_cut=True, buffered=True, seed=4), [])


if __name__ == "__main__":
    unittest.main()
