"""`rialto load` plays whole sequences on a real server: pages, wait pages, live pages."""

import json
import socket
import unittest

from server import Server, run


class Load(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def load(self, app, groups, *more):
        done = run("load", app, "--groups", groups, "--seconds", 60, "--json", *more, data=self.server.data)
        return json.loads(done.stdout)

    def test_forms_are_filled_in_by_chance_and_wait_pages_are_left_by_push(self):
        report = self.load("public_goods", 4)
        self.assertEqual(report["errors"], {})
        self.assertEqual(report["finished"], 12)
        self.assertEqual(report["pages"], 12 * 10 * 2)
        self.assertEqual(report["refused_pages"], 0)
        self.assertLess(report["seconds"], 60)
        self.assertLessEqual(report["page_p50_ms"], report["page_p99_ms"])

    def test_pages_are_played_as_a_play_round_without_the_player_says(self):
        report = self.load("survey", 5)
        self.assertEqual(report["errors"], {})
        self.assertEqual(report["finished"], 5)
        self.assertEqual(report["refused_pages"], 0)  # those that were meant to be refused do not count
        self.assertEqual(report["pages"], 5 * (4 + 4))

    def test_roles_with_pages_of_their_own_come_to_the_end(self):
        report = self.load("ultimatum", 3)
        self.assertEqual((report["errors"], report["finished"]), ({}, 6))

    def test_a_live_page_is_left_when_its_bots_are_silent(self):
        report = self.load("tictactoe", 2)
        self.assertEqual((report["errors"], report["finished"]), ({}, 4))
        self.assertGreater(report["accepted"], 2 * 5)

    def test_it_plays_behind_a_proxy_that_speaks_https(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with Server("--public-url", "https://lab.example.edu/exp", "--listen", f"127.0.0.1:{port}") as server:
            for more in ((), ("--url", f"http://127.0.0.1:{port}")):
                done = run("load", "public_goods", "--groups", 1, "--seconds", 60, "--json", *more, data=server.data)
                report = json.loads(done.stdout)
                self.assertEqual((report["errors"], report["finished"]), ({}, 3))

    def test_where_nobody_answers_it_says_so_and_leaves_no_session_behind(self):
        before = run("session", "list", "--json", data=self.server.data).stdout
        for url, word in (("https://lab.example.edu", "plain HTTP"), ("http://127.0.0.1:9", "nobody answers")):
            with self.subTest(url):
                done = run("load", "public_goods", "--url", url, data=self.server.data, check=False)
                self.assertEqual(done.returncode, 1)
                self.assertIn(word, done.stderr)
        self.assertEqual(run("session", "list", "--json", data=self.server.data).stdout, before)

    def test_it_ends_after_its_time_where_bots_never_do(self):
        done = run("load", "chat", "--groups", 1, "--seconds", 0.5, "--json", data=self.server.data)
        self.assertGreater(json.loads(done.stdout)["accepted"], 0)


if __name__ == "__main__":
    unittest.main()
