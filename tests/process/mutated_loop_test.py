"""Damaged input of every kind harms nobody but who sends it. For long runs: build/asan/mutated_loop --seconds N."""

import unittest

from mutated_loop import mutated_loop


class MutatedLoopTest(unittest.TestCase):
    def test_a_healthy_group_plays_beside_mutated_input_and_all_sessions_come_out_the_same_again(self):
        self.assertEqual(mutated_loop(seconds=10, seed=1), [])


if __name__ == "__main__":
    unittest.main()
