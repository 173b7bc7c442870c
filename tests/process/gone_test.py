"""People who are not there, and sessions that are closed, with the real server: the others reach the end."""

import contextlib
import http.client
import unittest
import urllib.parse

from browser_tab import Tab
from server import Server, run, until


def status_of(link, method="GET"):
    """The HTTP status of a link."""
    address = urllib.parse.urlsplit(link)
    with contextlib.closing(http.client.HTTPConnection(address.netloc, timeout=10)) as line:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        line.request(method, address.path, headers=headers)
        return line.getresponse().status


class GoneTest(unittest.TestCase):
    def show(self, server, code):
        return server.asked("session", "show", code)["participants"]

    def test_all_reach_the_end_though_nobody_of_them_comes_back_after_the_first_page(self):
        with Server() as server:
            session = server.create("vanishing", 3)
            for one in session["participants"]:
                self.assertIn("Give", Tab(one["link"]).page.path)
            server.kill()
            server.start()
            until(lambda: all(each.get("finished") for each in self.show(server, session["code"])), 120,
                  "the end of the session")
            players = server.tables(session["code"])["players"]
            self.assertEqual([row["away"] for row in players if row["round"] != "1"], ["1"] * 6)
            run("verify", session["code"], data=server.data)

    def test_a_session_in_which_not_all_come_goes_on_when_who_is_missing_is_dropped(self):
        with Server() as server:
            session = server.create("public_goods", 3)
            code = session["code"]
            tabs = [Tab(one["link"]) for one in session["participants"][:2]]
            missing = session["participants"][2]["code"]
            for _ in tabs:
                server.asked("session", "advance", code, "--slowest")
            shown = self.show(server, code)
            self.assertEqual({each["page"] for each in shown}, {"Contribute", "WaitForOthers"})
            dropped = server.asked("participant", "drop", code, missing, "--yes")
            self.assertEqual(dropped["did"], "dropped")
            again = server.asked("participant", "drop", code, missing, "--yes")
            self.assertEqual(again["did"], "nothing")
            for _ in range(60):
                shown = self.show(server, code)
                if all(each.get("finished") or each.get("dropped") for each in shown):
                    break
                server.asked("session", "advance", code, "--slowest")
            self.assertEqual([each.get("finished", False) for each in shown], [True, True, False])
            payments = server.tables(code)["payments"]
            self.assertEqual([row["finished"] for row in payments], ["1", "1", "0"])
            self.assertEqual(status_of(session["participants"][2]["link"]), 303)
            run("verify", code, data=server.data)

    def test_who_is_missing_is_not_asked_for_without_yes(self):
        with Server() as server:
            session = server.create("public_goods", 3)
            for words in (("session", "close", session["code"]),
                          ("participant", "drop", session["code"], session["participants"][0]["code"])):
                done = run(*words, data=server.data, check=False)
                self.assertEqual(done.returncode, 1)
                self.assertIn("--yes", done.stderr)

    def test_a_closed_session_says_so_to_all_who_come_and_goes_on_after_a_restart(self):
        with Server() as server:
            session = server.create("public_goods", 3)
            code = session["code"]
            tab = Tab(session["participants"][0]["link"])
            self.assertTrue(server.asked("session", "close", code, "--yes")["closed"])
            self.assertEqual(tab.page.browser.request("GET", tab.page.path)[0], 410)
            status, _, text = tab.page.browser.request("POST", tab.page.path, {"contribution": "3"})
            self.assertEqual(status, 410)
            self.assertIn("closed", text)
            self.assertEqual(status_of(session["link"], "POST"), 410)
            refused = run("session", "advance", code, "--slowest", data=server.data, check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("closed", refused.stderr)
            server.kill()
            server.start()
            self.assertEqual(tab.page.browser.request("GET", tab.page.path)[0], 410)
            self.assertFalse(server.asked("session", "reopen", code)["closed"])
            self.assertEqual(tab.page.browser.request("GET", tab.page.path)[0], 200)
            run("verify", code, data=server.data)


if __name__ == "__main__":
    unittest.main()
