"""What must go on though nobody comes: page timeouts across a kill, wait pages that have stumbled."""

import os
import pathlib
import signal
import tempfile
import time
import unittest

from browser_tab import Tab
from server import Server, run, until


def stuck(server, code):
    return [{"app": each["app"], "group": each["group"]}
            for each in server.asked("session", "show", code)["stuck"]]


def times_up(server, code):
    """The records of timeouts."""
    return [row for row in server.tables(code)["messages"]
            if (row["page"], row["code"]) == ("Think", "timeout")]


class WakeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.mended = pathlib.Path(folder.name, "mended")
        os.environ["STUMBLING_MENDED"] = str(self.mended)
        self.addCleanup(os.environ.pop, "STUMBLING_MENDED")

    def test_the_time_of_a_page_is_up_though_the_server_was_killed_and_nobody_comes_back(self):
        self.mended.touch()
        with Server() as server:
            session = server.create("stumbling", 2)
            for one in session["participants"]:
                self.assertIn("Think", Tab(one["link"]).page.path)
            server.kill()
            server.start()
            until(lambda: [row["too_late"] for row in
                           server.tables(session["code"])["players"]] == ["1", "1"],
                  what="both players' timeout")
            until(lambda: server.tables(session["code"])["groups"][0]["settled"] == "1",
                  what="the wait page's end")
            self.assertEqual(len(times_up(server, session["code"])), 2)

    def test_a_time_that_is_up_while_the_server_is_down_ends_the_page_once(self):
        self.mended.touch()
        with Server() as server:
            session = server.create("stumbling", 2)
            Tab(session["participants"][0]["link"])
            server.kill()
            time.sleep(4.5)  # the two seconds, and those to hand in: this is what it is about
            for _ in range(3):
                server.start()
                until(lambda: server.tables(session["code"])["players"][0]["too_late"] == "1",
                      what="the timeout")
                server.kill()
            server.start()
            self.assertEqual(len(times_up(server, session["code"])), 1)

    def in_time_after(self, outage):
        """Two seconds for a page, an outage of six: who answers right after it is in time."""
        self.mended.touch()
        with Server() as server:
            session = server.create("stumbling", 2)
            tab = Tab(session["participants"][0]["link"])
            outage(server)
            tab.page.submit(answer="7")
            answered = server.tables(session["code"])["players"][0]
            self.assertEqual((answered["answer"], answered["too_late"]), ("7", "0"))
            self.assertEqual(times_up(server, session["code"]), [])

    def test_time_stands_still_while_the_server_is_down(self):
        def down(server):
            time.sleep(0.6)  # a sign of life or two
            server.kill()
            time.sleep(6)
            server.start()
        self.in_time_after(down)

    def test_time_stands_still_while_the_process_is_stopped(self):
        def stopped(server):
            worker = server.worker()
            os.kill(worker, signal.SIGSTOP)
            time.sleep(6)
            os.kill(worker, signal.SIGCONT)
        self.in_time_after(stopped)

    def test_a_group_whose_hook_fails_is_shown_as_stuck_until_it_is_tried_again(self):
        with Server() as server:
            session = server.create("stumbling", 4)
            code = session["code"]
            for one in session["participants"][2:]:
                Tab(one["link"]).page.submit(answer="1")
            expected = [{"app": "stumbling", "group": 2}]
            until(lambda: stuck(server, code) == expected, what="a stuck group")
            self.assertIn("it stumbles", server.text_of_log())
            shown = run("session", "show", code, data=server.data).stdout
            self.assertIn("stuck: stumbling group 2, Wait, round 1", shown)
            self.assertIn("it stumbles", shown)
            server.kill()
            server.start()
            until(lambda: stuck(server, code) == expected, what="a stuck group after the restart")
            self.mended.touch()
            self.assertIn("tried again: stumbling group 2",
                          run("session", "retry", code, data=server.data).stdout)
            server.kill()  # what was said to be done is done
            server.start()
            until(lambda: not stuck(server, code), what="the group's going on")
            self.assertIn("The end.", Tab(session["participants"][3]["link"]).page.text)
            self.assertIn("no group is stuck", run("session", "retry", code,
                                                   data=server.data).stdout)
            self.assertEqual(server.tables(code)["groups"][1]["settled"], "1")


if __name__ == "__main__":
    unittest.main()
