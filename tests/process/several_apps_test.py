"""A session of several apps: a questionnaire, then an auction. Who goes on is in the next app at once, once,
and keeps what is his, whatever is killed when."""

import asyncio
import os
import pathlib
import random
import threading
import time
import unittest
import urllib.error

from browser_tab import Tab
from server import Server

STUDY = pathlib.Path(os.environ["RIALTO_SOURCE"], "tests/projects/study")

ANSWERS = {
    "Consent": {"consent": "1"},
    "Quiz": {"sum": "20"},
    "Questions": {"age": "30", "studies": "Law", "trust": "3", "remarks": ""},
    "Thanks": {},
}


def create(server, participants, *words):
    return server.asked("session", "create", "study", participants, *words)


def show(server, code):
    return server.asked("session", "show", code)


def page_name(page):
    """The app and page of an address: "survey/Quiz"."""
    return "/".join(page.path.split("/")[-3:-1])


def answer_survey(page, upto="auction"):
    """Submits page after page until the address holds `upto`."""
    while upto not in page.path:
        page = page.submit(**ANSWERS[page_name(page).split("/")[1]])
    return page


class SeveralAppsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--project", STUDY).__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def test_the_redirect_of_the_last_submit_lands_in_the_next_app(self):
        session = create(self.server, 3)
        thanks = answer_survey(Tab(session["participants"][1]["link"]).page, "Thanks")
        self.assertEqual(thanks.config["page"], "survey/1-3")
        visited = []
        opener = thanks.browser.open
        thanks.browser.open = lambda address, *more: (visited.append(address),
                                                      opener(address, *more))[1]
        page = thanks.submit()
        self.assertEqual(page.config["page"], "auction/1-0")
        self.assertEqual(page_name(page), "auction/Bid")
        self.assertEqual(len(visited), 1)
        shown = show(self.server, session["code"])["participants"]
        self.assertEqual([one["app"] for one in shown], ["survey", "auction", "survey"])
        self.assertEqual((shown[1]["unit"], shown[1]["player"]), (3, 2))

    def test_a_tab_left_open_in_the_first_app_is_moved_on_and_disturbs_nothing(self):
        session = create(self.server, 3)
        link = session["participants"][0]["link"]

        async def play():
            stale = Tab(link).page
            watching = await Tab(link).connect()
            answer_survey(Tab(link).page)
            await watching.until(lambda: watching.ended == "moved")
            self.assertEqual(page_name(Tab(link).page), "auction/Bid")
            again = stale.submit(consent="1")  # page 1-0 of the survey; the auction has one, too
            self.assertEqual(page_name(again), "auction/Bid")
            tab = Tab(link)
            tab.page.config = dict(tab.page.config, page="survey/1-0")
            await tab.connect()
            self.assertEqual(tab.ended, "moved")
            await watching.close()
            await tab.close()
        asyncio.run(play())
        self.assertEqual(page_name(Tab(link).page), "auction/Bid")

    def test_the_group_of_the_second_app_plays_together(self):
        session = create(self.server, 3)
        links = [one["link"] for one in session["participants"]]
        for link in links:
            answer_survey(Tab(link).page)

        async def play():
            tabs = [await Tab(link).connect() for link in links]
            self.assertIsNone(await tabs[1].ask(7))
            await tabs[2].until(lambda: tabs[2].heard)
            self.assertEqual(tabs[2].heard[-1][1]["bid"], 7)
            for tab in tabs:
                await tab.close()
        asyncio.run(play())
        wide = self.server.tables(session["code"])["all_apps_wide"]
        self.assertEqual([row["survey.1.player.trust"] for row in wide], ["3"] * 3)
        self.assertEqual([row["auction.1.group.highest_bid"] for row in wide], ["7.00"] * 3)
        self.assertEqual([row["participant._current_app_name"] for row in wide], ["auction"] * 3)

    def test_whatever_is_killed_when_everybody_arrives_in_the_next_app(self):
        draw = random.Random(7)
        with Server("--project", STUDY, power_cut=True, seed=7) as server:
            for _ in range(6):
                session = create(server, 6)
                code = session["code"]
                thanks = [answer_survey(Tab(one["link"]).page, "Thanks")
                          for one in session["participants"]]

                def leave(page):
                    try:
                        page.submit()
                    except (urllib.error.URLError, OSError, ValueError):
                        pass  # it was killed
                threads = [threading.Thread(target=leave, args=(page,)) for page in thanks]
                for thread in threads:
                    thread.start()
                time.sleep(draw.uniform(0, 0.02))
                server.kill()
                for thread in threads:
                    thread.join()
                server.start()
                pages = [answer_survey(Tab(one["link"]).page) for one in session["participants"]]
                self.assertEqual({page_name(page) for page in pages}, {"auction/Bid"})
                apps = [one["app"] for one in show(server, code)["participants"]]
                self.assertEqual(apps, ["auction"] * 6)
                rows = server.tables(code)["pages"]
                for one in session["participants"]:
                    mine = [row["page"] for row in rows if row["participant_code"] == one["code"]]
                    self.assertEqual(mine.count("Thanks"), 1)
                    self.assertEqual(mine.count("Bid"), 1)

    def test_who_has_gone_on_is_in_the_next_app_after_a_restart_though_he_never_came_back(self):
        with Server("--project", STUDY) as server:
            session = create(server, 3)
            for one in session["participants"]:
                answer_survey(Tab(one["link"]).page)
            server.kill()
            server.start()
            shown = show(server, session["code"])["participants"]
            self.assertEqual([one["app"] for one in shown], ["auction"] * 3)
            self.assertEqual(page_name(Tab(session["participants"][2]["link"]).page), "auction/Bid")


if __name__ == "__main__":
    unittest.main()
