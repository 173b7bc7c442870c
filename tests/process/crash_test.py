"""A game that crashes or hangs hurts itself alone, wherever its code runs and though nobody sends:
each crash happens once, others play on, who plays it and who made the session are told."""

import asyncio
import json
import os
import pathlib
import re
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import websockets

from browser_tab import Tab
from server import Server, PROGRAM, run, until

HOOKS = ["is_displayed", "vars_for_template", "js_vars", "timeout_now", "before_next_page",
         "after_all_players_arrive", "on_timeout", "live_method", "creating_session"]


def project(folder, hooks=HOOKS, ways=("crash", "hang", "exit", "divide")):
    """A project with a config for each hook and way to fail, and one of the game that plays through."""
    text = '[[session_configs]]\nname = "sound"\napp_sequence = ["crashing"]\nfault = ""\n'
    for hook in hooks:
        for way in ways:
            text += (f'[[session_configs]]\nname = "{way}_{hook}"\napp_sequence = ["crashing"]\n'
                     f'fault = "{hook}"\nhow = "{way}"\n')
    pathlib.Path(folder, "rialto.toml").write_text(text, encoding="utf-8")
    return folder


def look(link):
    """The status of the participant's current page, asked until the server is there."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    for _ in range(400):
        try:
            with opener.open(link, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            time.sleep(0.02)
    raise AssertionError("the server does not come back")


class Beside:
    """Another session that is played all the while; how long it had to do without the server."""

    def __init__(self, server):
        self.link = server.create("counting", 3)["participants"][0]["link"]

    async def play(self, until_done):
        tab = Tab(self.link)
        await tab.connect()
        begin, without, longest = time.monotonic(), 0.0, 0.0
        while not until_done():
            asked = time.monotonic()
            assert await tab.insist({"one": 1}, seconds=30) is None
            waited = time.monotonic() - asked
            longest = max(longest, waited)
            without += waited if waited > 0.1 else 0
            await asyncio.sleep(0.005)
        return without, longest, time.monotonic() - begin


class CrashTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def crashes(self, server):
        """How often the worker has ended."""
        return len(re.findall("it is started again", server.text_of_log()))

    def test_a_hook_that_crashes_while_nobody_looks_does_so_once_and_the_log_says_where(self):
        for hook in HOOKS:
            if hook in ("creating_session", "is_displayed", "live_method"):
                continue
            with self.subTest(hook=hook), \
                    Server("--project", project(self.folder, ways=["crash"])) as server:
                session = server.create("crash_" + hook, 2)
                for one in session["participants"]:
                    look(one["link"])
                links = [one["link"] for one in session["participants"]]
                until(lambda server=server, links=links:
                      list(map(look, links)) and self.crashes(server) > 0,
                      seconds=30, what="the crash")
                time.sleep(3)  # its own times go on; nothing of it comes again
                for one in session["participants"]:
                    look(one["link"])
                each = 2 if hook in ("vars_for_template", "js_vars", "timeout_now",
                                     "before_next_page") else 1
                self.assertLessEqual(self.crashes(server), each)
                self.assertRegex(server.text_of_log(),
                                 f"crashing: page .*, {hook}, session {session['code']}")
                sound = server.create("sound", 2)
                self.assertEqual(look(sound["participants"][0]["link"])[0], 200)

    def test_who_is_a_group_is_not_asked_again_where_it_crashed(self):
        async def wait_together(links):
            """Browsers that stay in the room and come back to it whenever the line is lost."""
            tabs = [Tab(link) for link in links]
            for tab in tabs:
                await tab.reconnect()
            begin = time.monotonic()
            while time.monotonic() < begin + 6:
                for tab in tabs:
                    try:
                        await tab.until(lambda: False, 0.1)
                    except asyncio.TimeoutError:
                        pass
                    except (OSError, websockets.WebSocketException):
                        await tab.reconnect()

        with Server() as server:
            session = server.create("crashing_room", 2)
            asyncio.run(wait_together([one["link"] for one in session["participants"]]))
            self.assertEqual(self.crashes(server), 1)
            self.assertIn("group_by_arrival_time_method", server.text_of_log())

    def test_who_makes_a_session_that_crashes_or_hangs_is_told_and_all_others_play_on(self):
        with Server("--project", project(self.folder, hooks=["creating_session"])) as server:
            sound = server.create("sound", 2)
            for way in ("crash", "hang", "exit"):
                with self.subTest(way=way):
                    before = self.crashes(server)
                    made = run("session", "create", way + "_creating_session", data=server.data,
                               check=False)
                    self.assertEqual(made.returncode, 1)
                    self.assertRegex(made.stderr, "creating_session.*(crashed|closed)")
                    self.assertEqual(look(sound["participants"][0]["link"])[0], 200)
                    # exit() leaves no sign of who called it: it takes two ends to know.
                    self.assertLessEqual(self.crashes(server) - before, 2 if way == "exit" else 1)

    def test_a_hook_may_throw_anything(self):
        hooks = [hook for hook in HOOKS if hook != "live_method"]
        with Server("--project", project(self.folder, hooks=hooks, ways=["throw"])) as server:
            for hook in hooks:
                with self.subTest(hook=hook):
                    made = run("session", "create", "throw_" + hook, "2", "--json", data=server.data, check=False)
                    if hook in ("creating_session", "is_displayed"):
                        self.assertEqual(made.returncode, 1)
                        self.assertRegex(made.stderr, f"crashing cannot begin .*: {hook}: an exception of unknown type")
                        continue
                    for one in json.loads(made.stdout)["participants"]:
                        look(one["link"])  # the rest is done by time limits
                    until(lambda hook=hook: f"{hook}: an exception of unknown type" in server.text_of_log(), 40)
            self.assertEqual(look(server.create("sound", 2)["participants"][0]["link"])[0], 200)
            self.assertEqual(self.crashes(server), 0)

    def test_twenty_players_who_crash_a_hook_close_it_and_all_others_play_on(self):
        async def crash(link):
            tab = Tab(link)
            await tab.reconnect()
            return (await tab.insist({"type": "null_pointer"}, seconds=60))["code"]

        async def play(server, session):
            done = asyncio.gather(*[crash(one["link"]) for one in session["participants"]])
            without, longest, _ = await Beside(server).play(done.done)
            return without, longest, await done

        with Server("--project", project(self.folder)) as server:
            beside_app = server.create("sound", 2)
            session = server.create("faulty", 20)
            without, longest, codes = asyncio.run(play(server, session))
            print(f"20 players, one crash each: {self.crashes(server)} restarts, {without:.2f} s "
                  f"without service, at most {longest:.2f} s at once")
            self.assertEqual(set(codes), {"handler_crashed"})
            self.assertLessEqual(self.crashes(server), 4)
            self.assertEqual(look(beside_app["participants"][0]["link"])[0], 200)


class LogTest(unittest.TestCase):
    """Who reads the log, or does not, decides nothing."""

    def serve(self, folder, stderr):
        process = subprocess.Popen([PROGRAM, "serve", "--data", folder + "/data", "--listen",
                                    "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=stderr, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        line = process.stdout.readline()
        self.assertIn("listening on", line)
        return process, line.split()[-1]

    def create(self, folder):
        made = run("session", "create", "faulty", 2, "--json", data=folder + "/data")
        return json.loads(made.stdout)

    def test_a_log_that_nobody_reads_stops_no_group_and_health_stays_good(self):
        with tempfile.TemporaryDirectory() as folder:
            read, write = os.pipe()
            self.addCleanup(os.close, read)
            process, url = self.serve(folder, write)
            os.close(write)
            session = self.create(folder)

            async def fail_often():
                tab = Tab(session["participants"][0]["link"])
                await tab.connect()
                for _ in range(1500):  # a line of the log each, together more than a pipe holds
                    self.assertEqual((await tab.ask({"type": "throws"}))["code"], "app_error")
                self.assertIsNone(await tab.ask({"type": "count"}))

            asyncio.run(fail_often())
            with urllib.request.urlopen(url + "/health", timeout=5) as answer:
                self.assertEqual(answer.status, 200)
            self.assertIsNone(process.poll())

    def test_a_line_of_the_log_may_be_as_long_as_what_a_game_prints(self):
        with tempfile.TemporaryDirectory() as folder, open(folder + "/log", "w", encoding="utf-8") as log:
            self.serve(folder, log)
            session = self.create(folder)

            async def print_much():
                tab = Tab(session["participants"][0]["link"])
                await tab.connect()
                self.assertIsNone(await tab.ask({"type": "prints", "text": "this:", "more": 1_000_000}))

            asyncio.run(print_much())
            until(lambda: "x" * 1_000_000 in pathlib.Path(folder, "log").read_text(encoding="utf-8"))

    def test_a_log_whose_reader_has_gone_ends_neither_worker_nor_supervisor(self):
        with tempfile.TemporaryDirectory() as folder:
            read, write = os.pipe()
            process, _ = self.serve(folder, write)
            os.close(write)
            os.close(read)
            session = self.create(folder)

            async def crash():
                tab = Tab(session["participants"][0]["link"])
                await tab.connect()
                error = await tab.insist({"type": "null_pointer"}, seconds=30)
                self.assertEqual(error["code"], "handler_crashed")
                self.assertIsNone(await tab.insist({"type": "count"}, seconds=30))

            asyncio.run(crash())
            self.assertIsNone(process.poll())

    def test_a_standard_error_that_was_closed_takes_no_line_into_the_store(self):
        with tempfile.TemporaryDirectory() as folder:
            process = subprocess.Popen(
                f"exec {PROGRAM} serve --data {folder}/data --listen 127.0.0.1:0 2>&-", shell=True,
                stdout=subprocess.PIPE, text=True)
            self.assertIn("listening on", process.stdout.readline())
            session = self.create(folder)

            async def fail():
                tab = Tab(session["participants"][0]["link"])
                await tab.connect()
                self.assertEqual((await tab.ask({"type": "throws"}))["code"], "app_error")

            asyncio.run(fail())
            process.terminate()
            process.wait()
            process.stdout.close()
            for file in pathlib.Path(folder).rglob("*"):
                if file.is_file():
                    self.assertNotIn(b"the game gave up", file.read_bytes(), file)


class BotsTest(unittest.TestCase):
    def test_bots_say_where_a_game_crashes_or_hangs(self):
        for way, what in (("divide", "division by zero"), ("crash", "null pointer"),
                          ("hang", "has been running for")):
            with self.subTest(way=way), tempfile.TemporaryDirectory() as folder:
                done = run("bots", way + "_before_next_page", "--project",
                           project(folder, hooks=["before_next_page"]), check=False)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(what, done.stderr)
                self.assertRegex(done.stderr, r"crashing: page Start, before_next_page, session "
                                              r"\w+, participant \w+ \(player \d\), round 1")


if __name__ == "__main__":
    unittest.main()
