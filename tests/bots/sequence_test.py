"""Bots play sessions of several apps, as rialto.toml has them."""

import json
import os
import subprocess
import unittest

PROGRAM = os.environ["RIALTO_PROGRAM"]
PROJECT = os.path.join(os.environ["RIALTO_SOURCE"], "apps")


class Sequence(unittest.TestCase):
    def test_every_config_of_the_project_is_played_to_its_end(self):
        listed = subprocess.run([PROGRAM, "apps", "--json", "--project", PROJECT], capture_output=True, text=True,
                                timeout=60, check=True)
        configs = [one["name"] for one in json.loads(listed.stdout) if "app_sequence" in one]
        self.assertIn("market_free", configs)
        for config in configs:
            with self.subTest(config):
                done = subprocess.run([PROGRAM, "bots", config, "--project", PROJECT, "--json"], capture_output=True,
                                      text=True, timeout=60, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIsNone(json.loads(done.stdout)["failure"])


if __name__ == "__main__":
    unittest.main()
