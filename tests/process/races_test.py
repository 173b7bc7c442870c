"""What comes twice, too late or at the same moment, over real HTTP: it counts once, and leads to the page where
the participant is."""

import asyncio
import re
import threading
import time
import unittest
import urllib.parse

from browser_tab import Browser, Page, Tab
from server import Server


def open_link(link):
    address = urllib.parse.urlsplit(link)
    return Page(Browser(f"{address.scheme}://{address.netloc}"), link)


def name_of(address):
    return "/".join(urllib.parse.urlsplit(address).path.split("/")[-3:-1])


def post(page, fields):
    """Submits the page: (status, where it leads to). Each call has a connection of its own."""
    status, headers, _ = page.browser.request("POST", page.path, fields)
    return status, name_of(headers.get("Location", ""))


def at_once(*calls):
    """Runs them at the same moment, each on a thread; returns what they gave."""
    barrier = threading.Barrier(len(calls))
    results = [None] * len(calls)

    def run_one(index):
        barrier.wait()
        results[index] = calls[index]()
    threads = [threading.Thread(target=run_one, args=(index,)) for index in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


CONSENT = {"consent": "1", "number": "7"}


class RacesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.__exit__)

    def begin(self, app, participants):
        self.session = self.server.create(app, participants)
        return [open_link(one["link"]) for one in self.session["participants"]]

    def exported(self, table):
        return self.server.tables(self.session["code"])[table]

    def left_once(self, page, by=("submitted",)):
        """Every participant left that page once."""
        rows = [row for row in self.exported("pages") if row["page"] == page and row["round"] == "1"]
        self.assertEqual(len({row["participant_code"] for row in rows}), len(rows))
        self.assertTrue(all(row["left_by"] in by for row in rows), rows)
        return {row["participant_code"]: row["left_by"] for row in rows}

    def test_a_form_that_is_sent_twice_at_the_same_moment_counts_once(self):
        pages = self.begin("entry", 30)
        for page in pages:
            answers = at_once(*[lambda page=page: post(page, CONSENT)] * 2)
            self.assertEqual(answers, [(303, "entry/Quiz")] * 2)
        self.assertEqual([row["left"] for row in self.exported("players")], ["1"] * 30)
        self.assertEqual(len(self.left_once("Consent")), 30)

    def test_of_two_tabs_that_send_different_forms_at_the_same_moment_one_counts(self):
        pages = self.begin("entry", 30)
        for page in pages:
            answers = at_once(*[lambda page=page, n=n: post(page, dict(CONSENT, number=n)) for n in (1, 2, 3)])
            self.assertEqual(answers, [(303, "entry/Quiz")] * 3)
        rows = self.exported("players")
        self.assertEqual([row["left"] for row in rows], ["1"] * 30)
        self.assertTrue(all(row["number"] in ("1", "2", "3") for row in rows))
        submits = [row for row in self.exported("messages") if row["kind"] == "submitted"]
        self.assertEqual(len(submits), 30)

    def test_the_back_button_and_a_form_of_an_old_page_lead_to_the_current_one(self):
        page = self.begin("entry", 1)[0]
        quiz = page.submit(**CONSENT)
        self.assertEqual(post(page, dict(CONSENT, number=99)), (303, "entry/Quiz"))
        think = quiz.submit(sum="4")
        for old, fields in ((page, dict(CONSENT, number=98)), (quiz, {"sum": "4"}), (quiz, {"sum": "5"})):
            self.assertEqual(post(old, fields), (303, "entry/Think"))
            self.assertEqual(name_of(Page(old.browser, old.path).path), "entry/Think")
        self.assertEqual(name_of(think.path), "entry/Think")
        row = self.exported("players")[0]
        self.assertEqual((row["number"], row["sum"], row["left"]), ("7", "4", "2"))

    def test_a_form_that_comes_when_the_time_is_up_counts_or_the_timeout_does(self):
        pages = [page.submit(**CONSENT) for page in self.begin("entry", 24)]
        thinking = []
        for page in pages:
            thinking.append((page.submit(sum="4"), time.monotonic()))

        def submit_at(number):
            page, begun = thinking[number]
            due = begun + 2.7 + (number - 12) * 0.002  # 0.7 s, and 2 s in which a page may hand in its form
            time.sleep(max(0, due - time.monotonic()))
            return page.browser.request("POST", page.path, {"thought": str(100 + number)})[0]
        self.assertEqual(at_once(*[lambda number=number: submit_at(number) for number in range(24)]), [303] * 24)
        left_by = self.left_once("Think", ("submitted", "timeout"))
        rows = self.exported("players")
        self.assertEqual([row["left"] for row in rows], ["3"] * 24)
        for number, row in enumerate(rows):
            counted = left_by[row["participant_code"]] == "submitted"
            self.assertEqual(row["thought"], str(100 + number) if counted else "0")

    def test_the_button_of_the_session_wide_link_pressed_twice_takes_one_seat(self):
        def action(page):
            return re.search(r'action="([^"]+)"', page.text).group(1)

        def press(page):
            status, headers, _ = page.browser.request("POST", action(page), {})
            self.assertEqual(status, 303)
            return headers["Location"]
        self.session = self.server.create("entry", 40)
        for _ in range(20):
            page = open_link(self.session["link"])
            page.browser.cookies.clear()  # that of the page is not kept: its form knows it, too
            seats = at_once(*[lambda page=page: press(page)] * 3)
            self.assertEqual(len(set(seats)), 1, seats)
        # Two windows of one browser, opened before it had a cookie.
        for _ in range(20):
            windows = [open_link(self.session["link"]) for _ in range(2)]
            windows[0].browser.cookies = windows[1].browser.cookies
            self.assertNotEqual(action(windows[0]), action(windows[1]))
            self.assertEqual(len(set(at_once(*[lambda page=page: press(page) for page in windows]))), 1)
        shown = self.server.asked("session", "show", self.session["code"])
        self.assertEqual([one["claimed"] for one in shown["participants"]], [True] * 40)

    def test_two_who_come_to_a_wait_page_at_the_same_moment_a_hundred_times(self):
        pages = self.begin("sharing", 200)
        for pair in range(100):
            both = pages[2 * pair:2 * pair + 2]
            answers = at_once(*[lambda page=page: post(page, {"given": "4", "token": "1"}) for page in both])
            self.assertEqual({status for status, _ in answers}, {303})
            self.assertEqual({name_of(Page(page.browser, page.path).path) for page in both}, {"sharing/Talk"})
        groups = [row for row in self.exported("groups") if row["round"] == "1"]
        self.assertEqual([row["settled"] for row in groups], ["1"] * 100)
        payoffs = [row["payoff"] for row in self.exported("players") if row["round"] == "1"]
        self.assertEqual(payoffs, ["10.00"] * 200)
        self.left_once("Wait", ("waited",))

    def test_a_form_that_comes_while_a_message_moves_the_group_on_leaves_the_page_once(self):
        async def one_group():
            session = self.session = self.server.create("gathering", 3)
            tabs = [Tab(one["link"]) for one in session["participants"]]
            for tab in tabs:  # in the room, until the third has come
                await tab.connect()
            await tabs[0].until(lambda: tabs[0].ended)
            for tab in tabs:
                await tab.drop()
            tabs = [await Tab(one["link"]).connect() for one in session["participants"]]
            for token in range(4):
                self.assertIsNone(await tabs[0].ask({"to": 2, "amount": 1, "token": token}))
            page = tabs[1].page
            gift, answer = await asyncio.gather(
                tabs[2].ask({"to": 1, "amount": 1, "token": 9}),
                asyncio.to_thread(page.browser.request, "POST", page.path, {}))
            for tab in tabs:
                await tab.drop()
            self.assertIsNone(gift)
            self.assertEqual(answer[0], 303)
            self.assertNotEqual(name_of(answer[1]["Location"]), "gathering/Trade")
        for _ in range(10):
            asyncio.run(one_group())
            self.left_once("Trade", ("submitted", "moved"))
            group = [row for row in self.exported("groups") if row["round"] == "1"]
            self.assertEqual([row["settled"] for row in group], ["1"])
            payoffs = [float(row["payoff"]) for row in self.exported("players") if row["round"] == "1"]
            self.assertEqual(sum(payoffs), 30)


if __name__ == "__main__":
    unittest.main()
