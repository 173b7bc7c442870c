"""A game whose hooks throw, and forms that should not be there: the participant sees a plain page or his page again,
the log says where it happened, nothing changed."""

import os
import pathlib
import re
import tempfile
import unittest
import urllib.parse

from browser_tab import Browser, Page, Tab
from server import Server, run, until

REPORTED = "It has been reported"


def page_of(link):
    """A browser's first page by a participant's link."""
    address = urllib.parse.urlsplit(link)
    return Page(Browser(f"{address.scheme}://{address.netloc}"), link)


def name_of(page):
    return page.path.split("/")[-2]


class ThrowingHooks(unittest.IsolatedAsyncioTestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.__exit__)

    def begin(self, hook):
        """A session of one, whose first page has named the hook; returns what came then."""
        self.session = self.server.create("throwing", 1)
        self.first = page_of(self.session["participants"][0]["link"])
        return self.first.submit(fails=hook)

    def check_log(self, page, hook):
        """The log names app, page, player, hook and what was thrown."""
        text = until(lambda: re.search(rf".*throwing: .*\b{page}\b.*player .*(?<!\w){re.escape(hook)}: the game gave up.*",
                                       self.server.text_of_log()), what=f"a line of {hook} in the log")
        return text.group()

    def exported(self, table):
        return self.server.tables(self.session["code"])[table]

    def check_nothing_changed(self):
        self.assertEqual([row["changed"] for table in ("groups", "players") for row in self.exported(table)], ["0", "0"])

    def test_a_hook_that_shows_the_page(self):
        for hook in ("js_vars", "vars_for_template", "form_fields", ".min of number", ".max of number", ".choices of colour"):
            with self.subTest(hook=hook):
                page = self.begin(hook)
                self.assertEqual(page.status, 500)
                self.assertIn(REPORTED, page.text)
                again = Page(page.browser, "/".join(page.path.split("/")[:3]) + "/")
                self.assertEqual(again.status, 500)
                self.assertIn(REPORTED, again.text)
                self.assertNotIn("gave up", page.text + again.text)
                self.check_log("Break", hook)
                self.check_nothing_changed()

    def test_a_hook_that_takes_the_form(self):
        for hook in ("error_message of number", "error_message", "before_next_page", "app_after_this_page"):
            with self.subTest(hook=hook):
                page = self.begin(hook)
                self.assertEqual((page.status, name_of(page)), (200, "Break"))
                failed = page.submit(number="3")
                self.assertEqual(failed.status, 500)
                self.assertIn(REPORTED, failed.text)
                self.assertNotIn("gave up", failed.text)
                self.check_log("Break", hook)
                again = Page(page.browser, page.path)
                self.assertEqual((again.status, name_of(again)), (200, "Break"))
                self.check_nothing_changed()
                self.assertEqual(self.exported("players")[0]["number"], "")

    def test_is_displayed_of_the_next_page(self):
        failed = self.begin("is_displayed")
        self.assertEqual(failed.status, 500)
        self.assertIn(REPORTED, failed.text)
        self.check_log("Choose", "is_displayed")
        again = Page(self.first.browser, self.first.path)
        self.assertEqual((again.status, name_of(again)), (200, "Choose"))
        self.assertEqual(name_of(again.submit(fails="")), "Break")

    def test_the_time_of_a_page(self):
        page = self.begin("timeout_now")
        self.assertEqual((page.status, name_of(page)), (200, "Break"))
        self.check_log("Break", "timeout_now")
        self.assertEqual(name_of(page.submit(number="3")), "End")

    async def test_the_live_method(self):
        self.begin("live_method")
        tab = Tab(self.session["participants"][0]["link"])
        await tab.connect()
        error = await tab.ask("anything")
        self.assertEqual(error["code"], "app_error")
        self.assertNotIn("gave up", error["message"])
        await tab.close()
        self.check_log("Break", "live_method")
        self.check_nothing_changed()

    def test_the_end_of_a_groups_time(self):
        page = self.begin("on_timeout").submit(number="3")
        self.assertEqual(name_of(page), "Timed")
        self.check_log("Timed", "on_timeout")
        self.assertEqual(name_of(Page(page.browser, page.path)), "Timed")
        self.assertEqual([row["changed"] for row in self.exported("groups")], ["0"])
        self.assertEqual(name_of(page.submit()), "End")

    def test_the_end_of_a_wait(self):
        page = self.begin("after_all_players_arrive").submit(number="3")
        self.assertEqual((page.status, name_of(page)), (200, "Wait"))
        self.check_log("Wait", "after_all_players_arrive")
        self.assertEqual([row["changed"] for row in self.exported("groups")], ["0"])
        stuck = [{"app": "throwing", "group": 1}]
        self.assertEqual(until(self.stuck, what="a stuck group"), stuck)
        self.assertEqual(self.retry()["retried"], 1)  # fails again
        self.server.kill()
        self.server.start()
        self.assertEqual(until(self.stuck, what="a stuck group after the restart"), stuck)
        self.assertEqual(name_of(Page(page.browser, page.path)), "Wait")
        self.assertEqual([row["changed"] for row in self.exported("groups")], ["0"])

    def stuck(self):
        return [{"app": each["app"], "group": each["group"]}
                for each in self.server.asked("session", "show", self.session["code"])["stuck"]]

    def retry(self):
        return self.server.asked("session", "retry", self.session["code"])

    def test_the_making_of_a_session(self):
        refused = run("session", "create", "throwing", 3, data=self.server.data, check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("creating_session: the game gave up", refused.stderr)
        self.assertEqual(len(self.server.create("throwing", 1)["participants"]), 1)

    def test_the_log_says_which_record_has_the_input_and_not_what_was_written(self):
        self.begin("before_next_page").submit(number="7654321")
        self.begin("error_message").submit(number="9")
        line = self.check_log("Break", "error_message")
        self.assertRegex(line, r"record \d+")
        self.assertNotIn("7654321", self.server.text_of_log())


class ThrowingHooksOfTheSession(unittest.IsolatedAsyncioTestCase):
    """Hooks that take a Subsession: what they hold up is shown and can be tried again."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.failing = pathlib.Path(folder.name, "failing")
        self.failing.touch()
        os.environ["THROWING_NOW"] = str(self.failing)
        self.addCleanup(os.environ.pop, "THROWING_NOW")
        self.server = Server()
        self.addCleanup(self.server.__exit__)

    def asked(self, *words):
        return self.server.asked("session", *words, self.session["code"])

    async def come(self, hook):
        """Two come, and stay, while the hook fails; their tabs."""
        self.failing.write_text(hook)
        self.session = self.server.create("throwing_session", 2)
        tabs = [Tab(one["link"]) for one in self.session["participants"]]
        for tab in tabs:
            await tab.connect()
            self.addAsyncCleanup(tab.close)
        until(lambda: re.search(rf"throwing_session: .*{hook}: the game gave up", self.server.text_of_log()),
              what=f"a line of {hook} in the log")
        return tabs

    def changed(self):
        return {row["subsession.changed"] for row in self.server.tables(self.session["code"])["throwing_session"]}

    async def check_held_up_until_retried(self, tabs, name):
        def names():
            return {name_of(Page(tab.page.browser, tab.page.path)) for tab in tabs}

        self.assertEqual(names(), {name})
        self.assertTrue(until(lambda: self.asked("show")["stuck"], what="something stuck"))
        self.assertEqual(self.changed(), {"1"})
        self.server.kill()
        self.server.start()
        for tab in tabs:
            await tab.reconnect()
        self.assertEqual(names(), {name})
        self.assertTrue(self.asked("show")["stuck"])
        self.failing.write_text("")
        self.assertEqual(self.asked("retry")["retried"], 1)
        until(lambda: names() == {"End"}, what="the last page")
        self.assertEqual((self.asked("show")["stuck"], self.changed()), ([], {"2"}))

    def test_that_makes_the_session_refuses_it(self):
        self.failing.write_text("creating_session")
        refused = run("session", "create", "throwing_session", 2, data=self.server.data, check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("creating_session: the game gave up", refused.stderr)

    async def test_that_makes_groups_holds_up_the_room_until_it_is_tried_again(self):
        await self.check_held_up_until_retried(await self.come("group_by_arrival_time_method"), "Room")

    async def test_at_the_end_of_a_wait_for_all_holds_them_up_until_it_is_tried_again(self):
        await self.check_held_up_until_retried(await self.come("after_all_players_arrive"), "Close")


class StrangeForms(unittest.TestCase):
    """POSTs that no page of ours sends."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.__exit__)

    def setUp(self):
        one, two = self.server.create("ultimatum", 2)["participants"]
        self.one, self.two = page_of(one["link"]), page_of(two["link"])
        self.assertEqual(name_of(self.one), "Propose")

    def post(self, path, fields, **headers):
        return self.one.browser.request("POST", path, fields, headers)[0]

    def still_there(self):
        self.assertEqual(name_of(Page(self.one.browser, self.one.path)), "Propose")
        self.assertEqual(name_of(self.one.submit(offer="30")), "WaitForResponder")

    def test_of_another_participant(self):
        self.assertEqual(self.post(self.two.path, {"offer": "30"}), 403)
        cookie = self.one.browser.cookie_header(self.one.path)
        self.assertEqual(self.post(self.two.path, {"offer": "30"}, Cookie=cookie), 403)
        self.still_there()

    def test_without_a_cookie_and_from_another_origin(self):
        self.assertEqual(Browser(self.one.browser.origin).request("POST", self.one.path, {"offer": "30"})[0], 403)
        for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
            self.assertEqual(self.post(self.one.path, {"offer": "30"}, Origin=origin), 403)
        self.assertEqual(self.post(self.one.path, {"offer": "101"}, Origin=self.one.browser.origin), 200)
        self.still_there()

    def test_of_a_page_that_was_left_or_is_not_there_yet(self):
        self.assertEqual(name_of(self.one.submit(offer="30")), "WaitForResponder")
        self.assertEqual(name_of(self.one.submit(offer="90")), "WaitForResponder")
        ahead = self.one.path.replace("Propose/1-0", "Results/1-4")
        self.assertEqual(self.post(ahead, {}), 303)
        respond = Page(self.two.browser, self.two.path)
        self.assertIn("<b>$30.00</b>", respond.text)

    def test_with_too_much_in_it(self):
        self.assertEqual(self.post(self.one.path, {"offer": "3" * 5_000_000}), 413)
        self.assertEqual(self.post(self.one.path, {"offer": "3" * 100_000}), 200)
        self.assertEqual(self.post(self.one.path, {f"field{number}": "x" for number in range(20_000)}), 200)
        self.still_there()

    def test_with_nothing_or_another_type_in_it(self):
        half_a_character = "\ud83c".encode("utf-8", "surrogatepass")
        for offer in (None, "", "abc", "1e999", "NaN", "-1", "101", "3\0", half_a_character):
            with self.subTest(offer=offer):
                fields = {} if offer is None else {"offer": offer}
                status, _, text = self.one.browser.request("POST", self.one.path, fields)
                self.assertIn(status, (200, 400))
                if status == 200:
                    self.assertRegex(text, r'class="[^"]*error')
        self.still_there()

    def test_with_one_name_twice_and_with_names_that_nobody_asks_for(self):
        fields = [("offer", "20"), ("offer", "90"), ("accepted", "True"), ("payoff", "1000"), ("__class__", "x")]
        self.assertEqual(self.post(self.one.path, fields), 303)
        respond = Page(self.two.browser, self.two.path)
        self.assertEqual(name_of(respond), "Respond")
        self.assertIn("<b>$20.00</b>", respond.text)


if __name__ == "__main__":
    unittest.main()
