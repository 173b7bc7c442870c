"""`rialto verify`: a session of the real server, played again from what is stored."""

import json
import unittest

from server import Server, run


class Verify(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def played(self, app, groups):
        done = run("load", app, "--groups", groups, "--seconds", 30, "--json", data=self.server.data)
        self.assertEqual(json.loads(done.stdout)["errors"], {})
        listed = json.loads(run("session", "list", "--json", data=self.server.data).stdout)
        return listed[0]["code"]

    def verify(self, code, *more):
        return json.loads(run("verify", code, "--json", *more, data=self.server.data).stdout)

    def test_pages_wait_pages_and_live_messages_come_out_the_same_also_while_the_server_runs(self):
        for app in ("public_goods", "tictactoe", "survey", "market"):
            with self.subTest(app=app):
                result = self.verify(self.played(app, 2))
                self.assertEqual(result["differences"], [])
                self.assertEqual(result["taken"], 0)
                self.assertGreater(result["same"], 20)

    def test_a_session_survives_kill_9_provably(self):
        code = self.played("public_goods", 2)
        self.server.kill()
        self.assertEqual(self.verify(code)["differences"], [])
        self.server.start()
        self.assertEqual(self.verify(code)["differences"], [])

    def test_an_unknown_session_is_refused_with_a_sentence(self):
        done = run("verify", "nosuch00", data=self.server.data, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("nosuch00", done.stderr)


if __name__ == "__main__":
    unittest.main()
