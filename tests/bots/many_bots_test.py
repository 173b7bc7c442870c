"""Bots of an app whose groups form by arrival, which is one unit with everybody in it."""

import os
import resource
import subprocess
import unittest

PROGRAM = os.environ["RIALTO_TEST_SERVER"]


def seconds_of_processor(bots):
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = used()
    subprocess.run([PROGRAM, "bots", "market", str(bots)], check=True, capture_output=True, timeout=300)
    return used() - before


class ManyBots(unittest.TestCase):
    def test_four_times_the_bots_take_about_four_times_as_long(self):
        few, many = seconds_of_processor(100), seconds_of_processor(400)
        self.assertLess(many, few * 9, "sixteen times would be as the square of them")  # 5 to 6 was measured


if __name__ == "__main__":
    unittest.main()
