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

from browser_tab import Browser, Page, Tab
from server import Server, PROGRAM, gone, run, until

HOOKS = ["is_displayed", "vars_for_template", "js_vars", "timeout_now", "before_next_page",
         "after_all_players_arrive", "on_timeout", "live_method", "creating_session"]


def project(folder, hooks=HOOKS, ways=("crash", "hang", "exit", "divide")):
    """A project with a config for each hook and way to fail, and one of the game that plays through."""
    text = ('[[session_configs]]\nname = "sound"\napp_sequence = ["crashing"]\nfault = ""\n'
            '[[session_configs]]\nname = "printing"\napp_sequence = ["faulty"]\nprints = true\n')
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
    """Another session that is played all the while; how long it had to do without the server: while its line
    was lost, or for more than a second."""

    def __init__(self, server):
        self.link = server.create("counting", 3)["participants"][0]["link"]

    async def play(self, until_done):
        tab = Tab(self.link)
        await tab.connect()
        begin, without, longest = time.monotonic(), 0.0, 0.0
        while not until_done():
            asked, line = time.monotonic(), tab.line
            assert await tab.insist({"one": 1}, seconds=30) is None
            waited = time.monotonic() - asked
            longest = max(longest, waited)
            without += waited if waited > 1 or tab.line is not line else 0
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


    def test_one_who_crashes_a_live_method_again_and_again_closes_it_and_others_are_served(self):
        """For a minute: what he can do he has done in the first seconds."""
        minute = 60

        async def crash(link, kinds, until_end):
            tab, sent, last = Tab(link), 0, None
            await tab.reconnect()
            while not until_end():
                last = await tab.insist({"type": kinds[sent % len(kinds)], "at": 3}, seconds=60)
                sent += 1
                await asyncio.sleep(0.02)
            return sent, last

        async def play(server, session, kinds):
            begin = time.monotonic()
            over = lambda: time.monotonic() > begin + minute
            bad = asyncio.ensure_future(crash(session["participants"][0]["link"], kinds, over))
            without, longest, played = await Beside(server).play(bad.done)
            return without, longest, played, await bad

        # What hangs takes two seconds from all each time.
        for kinds, most in (["null_pointer", "out_of_bounds"], 0.1), (["endless_loop"], 0.25):
            with self.subTest(kinds=kinds), Server("--project", project(self.folder)) as server:
                session = server.create("faulty", 2)
                without, longest, played, (sent, last) = asyncio.run(play(server, session, kinds))
                print(f"one participant for {played:.0f} s, {sent} times {kinds[0]}: {self.crashes(server)} "
                      f"restarts, others without service {without:.2f} s, at most {longest:.2f} s at once")
                self.assertLess(without / played, most)
                self.assertGreater(sent, 20)
                self.assertLessEqual(self.crashes(server), 3)
                self.assertEqual(last["code"], "handler_crashed")
                self.assertIn("closed", last["message"])

    def test_a_busy_partner_makes_no_timed_hook_run_again_that_crashed_or_hung(self):
        async def busy(link, seconds):
            """Sends on his page all the while, and comes back whenever the line is lost."""
            tab, refused = Tab(link), 0
            await tab.reconnect()
            end = time.monotonic() + seconds
            while time.monotonic() < end and tab.ended is None:
                refused += await tab.insist({"offer": 1}) is not None
                await asyncio.sleep(0.005)
            return len(tab.heard), refused

        def is_trading(link):
            return "Trade" in Page(Browser(link.split("/p/")[0]), link).path

        for way in ("crash", "hang"):
            with self.subTest(way=way), Server("--project", project(self.folder, hooks=["on_timeout"])) as server:
                session = server.create(way + "_on_timeout", 2)
                links = [one["link"] for one in session["participants"]]
                list(map(look, links))
                until(lambda links=links: all(map(is_trading, links)), what="the page whose time runs")
                heard, refused = asyncio.run(busy(links[1], 8))
                self.assertEqual(self.crashes(server), 1)
                self.assertGreater(heard, 20)
                self.assertEqual(refused, 0)
                self.assertEqual(look(links[0])[0], 200)

    def test_one_who_comes_and_goes_makes_no_room_crash_more_often_than_it_is_closed(self):
        async def come_and_go(links, seconds):
            tabs = [Tab(link) for link in links]
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                for tab in tabs:  # those who wait are there again at once; one leaves again and again
                    try:
                        if tab is tabs[2] or tab.line is None or not tab.line.socket.open:
                            await tab.reconnect()
                        await tab.until(lambda: False, 0.05)
                    except asyncio.TimeoutError:
                        pass
                    except (OSError, websockets.WebSocketException):
                        tab.line = None
                if tabs[2].line is not None:
                    await tabs[2].drop()
                    tabs[2].line = None

        with Server() as server:
            session = server.create("crashing_room", 4)
            asyncio.run(come_and_go([one["link"] for one in session["participants"][:3]], 10))
            self.assertGreaterEqual(self.crashes(server), 1)
            self.assertLessEqual(self.crashes(server), 3)
            self.assertEqual(look(server.create("counting", 3)["participants"][0]["link"])[0], 200)

    def test_when_the_directory_ends_the_process_does_and_is_started_again(self):
        with tempfile.TemporaryDirectory() as folder:
            no_chance = pathlib.Path(folder, "no_chance")
            with Server(LD_PRELOAD=os.environ["RIALTO_BUILD"] + "/librialto_no_chance.so",
                        RIALTO_NO_CHANCE=str(no_chance)) as server:
                session = server.create("counting", 3)
                worker = server.worker()
                no_chance.touch()  # the codes of participants are drawn by the directory
                refused = run("session", "create", "counting", "3", data=server.data, check=False)
                self.assertEqual(refused.returncode, 1)
                until(lambda: gone(worker), what="the worker's end")
                no_chance.unlink()
                self.assertEqual(look(session["participants"][0]["link"])[0], 200)
                self.assertNotEqual(server.worker(), worker)
                self.assertEqual(len(server.create("counting", 3)["participants"]), 3)
                self.assertIn("the directory has ended", server.text_of_log())


BRITTLE = """
#include <cstdlib>
#include <fstream>

#include "actors/app.h"

namespace brittle {
using namespace rialto;

int first_value() {
  std::string now;
  std::ifstream(std::getenv("BRITTLE_NOW")) >> now;
  volatile bool going = true;
  if (now == "throw") throw 42;
  if (now == "crash") *static_cast<volatile int*>(nullptr) = 1;
  while (now == "hang" && going) {
  }
  return 0;
}

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> value{this, "value", first_value()};
};

AnyApp app() {
  return App<Group, Player>{.name = "brittle", .players_per_group = 1, .pages = {{.name = "Look", .timeout = 1s}}};
}
}  // namespace brittle
"""


class ConstructorTest(unittest.TestCase):
    """The constructors of a game's structs and the first values of their fields are its code, too."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.game = pathlib.Path(cls.folder.name, "brittle")
        cls.game.mkdir()
        (cls.game / "brittle.cpp").write_text(BRITTLE, encoding="utf-8")
        (cls.game / "Look.html").write_text("<p>A look</p>", encoding="utf-8")
        run("build", cls.game, env=dict(os.environ, BRITTLE_NOW=cls.folder.name + "/none"))

    def test_a_constructor_that_fails_is_not_run_again_and_all_others_play(self):
        for way in ("throw", "crash", "hang"):
            now = pathlib.Path(self.folder.name, "now_" + way)
            with self.subTest(way=way), Server("--app", self.game / "brittle.so", BRITTLE_NOW=str(now)) as server:
                sound = server.create("counting", 3)["participants"][0]["link"]
                resting = server.create("brittle", 1)["participants"][0]["link"]
                self.assertEqual(look(resting)[0], 200)  # its time runs: it is woken at each start
                now.write_text(way)
                made = run("session", "create", "brittle", "1", data=server.data, check=False)
                self.assertEqual(made.returncode, 1)
                self.assertRegex(made.stderr, "brittle.*(constructor of Player|crashed|hung|left out|closed)")
                self.assertEqual(look(sound)[0], 200)
                self.assertIn("constructor of Player", server.text_of_log() + made.stderr)
                ends = len(re.findall("it is started again", server.text_of_log()))
                self.assertEqual(ends, 0 if way == "throw" else 1)
                self.assertIn(look(resting)[0], (200, 500))
                now.unlink()
                # Once it is mended, a server that is started by hand plays it on.
                server.stop()
                server.start()
                self.assertEqual(look(resting)[0], 200)

    def test_units_whose_constructor_fails_are_brought_back_no_more_and_the_server_stays(self):
        for way in ("throw", "crash"):
            now = pathlib.Path(self.folder.name, "now_at_wake_" + way)
            with self.subTest(way=way), Server("--app", self.game / "brittle.so", BRITTLE_NOW=str(now)) as server:
                links = [server.create("brittle", 1)["participants"][0]["link"] for _ in range(8)]
                sound = server.create("counting", 3)["participants"][0]["link"]
                now.write_text(way)
                for link in links:
                    self.assertEqual(look(link)[0], 500)
                self.assertEqual(look(sound)[0], 200)
                ends = len(re.findall("it is started again", server.text_of_log()))
                self.assertLessEqual(ends, 0 if way == "throw" else 1)


class LogTest(unittest.TestCase):
    """Who reads the log, or does not, decides nothing."""

    def serve(self, folder, stderr, *more):
        process = subprocess.Popen([PROGRAM, "serve", "--data", folder + "/data", "--listen",
                                    "127.0.0.1:0", *more], stdout=subprocess.PIPE, stderr=stderr, text=True)
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

    def test_what_a_game_prints_says_where_and_keeps_nobody_waiting_who_does_not_read_it(self):
        hooks = ["creating_session", "vars_for_template", "on_timeout"]
        with tempfile.TemporaryDirectory() as folder:
            with Server("--project", project(folder, hooks=hooks, ways=["print"])) as server:
                made = {hook: server.create("print_" + hook, 2) for hook in hooks}
                for one in made["vars_for_template"]["participants"] + made["on_timeout"]["participants"]:
                    self.assertEqual(look(one["link"])[0], 200)
                timed = [one["link"] for one in made["on_timeout"]["participants"]]
                until(lambda: list(map(look, timed)) and "this is on_timeout" in server.text_of_log(),
                      seconds=30, what="the end of the time")
                said = {hook: [line.split(" info ", 1)[1] for line in server.text_of_log().splitlines()
                               if "this is " + hook in line] for hook in hooks}
            viewed, timed = made["vars_for_template"], made["on_timeout"]
            one, two = (each["code"] for each in viewed["participants"])
            self.assertIn(f"crashing: page Start, vars_for_template, session {viewed['code']}, participant {one} "
                          "(player 1), round 1, at view: this is vars_for_template", said["vars_for_template"])
            self.assertEqual(said["creating_session"],
                             ["crashing: creating_session, round 1, at creating_session: this is creating_session"])
            self.assertEqual(said["on_timeout"],
                             [f"crashing: page Trade, on_timeout, session {timed['code']}, the group of "
                              f"{timed['participants'][0]['code']}, round 1, at timeout: this is on_timeout"])

            read, write = os.pipe()
            self.addCleanup(os.close, read)
            self.serve(folder, write, "--project", folder)
            os.close(write)
            made = run("session", "create", "printing", 2, "--json", data=folder + "/data")
            link = json.loads(made.stdout)["participants"][0]["link"]
            for _ in range(800):  # lines of more than a pipe holds
                self.assertEqual(look(link)[0], 200)

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
