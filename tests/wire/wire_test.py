"""What gateway/README.md says of the wire, against the real server: the worked exchange letter by
letter, each code of an error frame and each close code that a client can bring about from outside."""

import asyncio
import json
import os
import pathlib
import re
import sys
import unittest
import urllib.parse

import websockets

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "process"))
from client import Browser, Client, Line, Page  # noqa: E402
from server import Server, run  # noqa: E402

README = pathlib.Path(os.environ["RIALTO_SOURCE"]) / "gateway" / "README.md"


def origin_of(server):
    return f"http://127.0.0.1:{server.port}"


def links(server, app, players):
    """A new session's participant links, on the address the server listens on."""
    session = server.create(app, players)
    return session, [origin_of(server) + urllib.parse.urlsplit(one["link"]).path
                     for one in session["participants"]]


def page(server, link):
    return Page(Browser(origin_of(server)), link)


def hello(a_page, sender="sender-0001", **changed):
    config = a_page.config
    return {"type": "hello", "version": 1, "page": config["page"], "sender": sender,
            "lineage": config["lineage"], "rendered": config["record"], "after": config["after"],
            **changed}


async def greeted(a_page, sender="sender-0001", **changed):
    """A line that has said hello and is live."""
    line = await Line.open(a_page)
    await line.say(hello(a_page, sender, **changed))
    while (await line.hear()).get("type") != "live":
        pass
    return line


async def answer(line, frame):
    """Says a frame and gives the first ack, error or pong that comes, for a send that of its number."""
    await line.say(frame)
    number = frame.get("n") if isinstance(frame, dict) else None
    while True:
        heard = await line.hear()
        if heard.get("type") in ("ack", "error", "pong") and \
                (number is None or heard.get("n", number) == number):
            return heard


class WithServer(unittest.IsolatedAsyncioTestCase):
    options = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.options)

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    async def asyncTearDown(self):
        for line in Line.opened:
            await line.drop()
        Line.opened.clear()

    def pages(self, app="auction", players=3):
        self.session, addresses = links(self.server, app, players)
        return [page(self.server, address) for address in addresses]


class WorkedExchange(WithServer):
    """The exchange in gateway/README.md. `>` the browser says, `<` the server says, `--` something
    happens. TIME and LINEAGE stand for what differs each time."""

    def exchange(self):
        section = README.read_text().split("### A worked exchange")[1].split("\n#")[0]
        return re.findall(r"^    (>|<|--) (.*)$", section, re.MULTILINE)

    def same(self, expected, heard):
        self.assertEqual(list(expected), list(heard), f"{expected} and {heard}")
        for key, value in expected.items():
            if value not in ("TIME", "LINEAGE"):
                self.assertEqual(value, heard[key], f"{expected} and {heard}")

    async def test_the_exchange_is_what_the_server_says(self):
        first, second, _ = self.pages()
        other = await Client(second).connect()
        line = None
        steps = self.exchange()
        self.assertGreater(len(steps), 10)
        for mark, text in steps:
            if mark == ">":
                await line.say(text.replace("LINEAGE", first.config["lineage"]))
            elif mark == "<":
                self.same(json.loads(text), await line.hear())
            elif "connects" in text:
                line = await Line.open(first)
            elif "is cut" in text:
                heard = len(other.heard)
                await other.until(lambda: len(other.heard) > heard)
                await line.close()
            elif text.startswith("player 2 sends"):
                await other.send(json.loads(re.search(r"sends (\S+)", text).group(1)))
                await other.done()
        await line.close()
        await other.line.close()


class Playing(WithServer):
    async def test_history_comes_at_the_start_and_what_was_missed_after_a_drop_once_and_in_order(self):
        first, second, _ = self.pages()
        one, two = await Client(first).connect(), await Client(second).connect()
        for bid in (10, 11, 12):
            await one.send(bid)
        await one.done()
        await two.until(lambda: len(two.heard) == 3)
        await one.drop()
        await two.send(13)
        await two.done()
        await one.send(14)
        await one.connect()
        await one.done()
        await one.until(lambda: len(one.heard) == 5)
        await two.until(lambda: len(two.heard) == 5)
        self.assertEqual([data["bid"] for _, data in one.heard], [10, 11, 12, 13, 14])
        self.assertEqual(one.heard, two.heard)
        late = await Client(page(self.server, self.link(2))).connect()
        self.assertEqual(late.heard, one.heard)

    def link(self, number):
        return (origin_of(self.server) +
                urllib.parse.urlsplit(self.session["participants"][number]["link"]).path)

    async def test_a_repeat_is_acknowledged_and_changes_nothing(self):
        first, *_ = self.pages()
        line = await greeted(first)
        frame = {"type": "send", "n": 1, "data": 10}
        self.assertEqual(await answer(line, frame), {"type": "ack", "n": 1})
        await line.close()
        again = await Client(first).connect()
        heard = len(again.heard)
        await again.line.say({**frame, "sender": "sender-0001", "page": first.config["page"]})
        self.assertEqual(await again.line.hear(),
                         {"type": "ack", "n": 1, "sender": "sender-0001"})
        await again.send(11)
        await again.until(lambda: len(again.heard) == heard + 1)

    async def test_a_server_killed_and_started_again_knows_everything_that_was_said(self):
        first, second, _ = self.pages("counting")
        one, two = await Client(first).connect(), await Client(second).connect()
        for i in range(20):
            await one.send(i)
        await one.done()
        await two.until(lambda: len(two.heard) == 20)
        one.pending = {7: 6, 20: 19}  # as if these had not been answered
        self.server.kill()
        self.server.start()
        await one.connect()
        await one.done()
        await two.connect()
        await one.send("last")
        await one.done()
        await two.until(lambda: two.heard[-1][1].get("total") == 21)
        self.assertEqual([data["total"] for _, data in two.heard], list(range(1, 22)))

    async def test_pending_sends_in_the_form_are_done_before_the_submit_and_once(self):
        first, second, _ = self.pages("auction_load_request")
        two = await Client(second).connect()
        line = await greeted(first, sender="left-behind")
        self.assertEqual(await answer(line, {"type": "send", "n": 1, "data": 10}),
                         {"type": "ack", "n": 1})
        pending = [{"type": "send", "n": n, "data": 9 + n, "sender": "left-behind",
                    "page": first.config["page"]} for n in (1, 2)]
        after = first.submit(json.dumps(pending))
        self.assertNotEqual(after.path, first.path)
        await two.until(lambda: len(two.heard) == 2)
        self.assertEqual([data["bid"] for _, data in two.heard], [10, 11])


class ErrorFrames(WithServer):
    async def error(self, line, frame, code, number=None):
        heard = await answer(line, frame)
        self.assertEqual(heard["type"], "error", heard)
        self.assertEqual(heard["code"], code, heard)
        self.assertIn("message", heard)
        self.assertEqual(heard.get("n"), number)
        return heard

    async def still_works(self, line, n, data=99):
        self.assertEqual(await answer(line, {"type": "send", "n": n, "data": data}),
                         {"type": "ack", "n": n})

    async def test_frames_that_make_no_sense_are_answered_and_the_connection_stays(self):
        first, *_ = self.pages()
        line = await greeted(first)
        await self.error(line, "hello?", "not_json")
        await self.error(line, "", "not_json")
        await self.error(line, "[1, 2]", "bad_frame")
        await self.error(line, {"type": "send", "data": 1}, "bad_frame")
        await self.error(line, {"type": "send", "n": 0, "data": 1}, "bad_frame")
        await self.error(line, {"type": "send", "n": 1}, "bad_frame")
        await self.error(line, hello(first), "bad_frame")
        await self.error(line, {"type": "weather"}, "unknown_type")
        deep = "[" * 70 + "]" * 70
        await self.error(line, '{"type":"send","n":1,"data":' + deep + "}", "too_deep")
        self.assertEqual(await answer(line, {"type": "ping"}), {"type": "pong"})
        await self.still_works(line, 1)

    async def test_a_refusal_by_the_game_is_final_and_acknowledges(self):
        first, *_ = self.pages()
        line = await greeted(first)
        heard = await self.error(line, {"type": "send", "n": 1, "data": "ten"}, "bad_message", 1)
        self.assertIn("expected a number", heard["message"])
        await self.error(line, {"type": "send", "n": 1, "data": "ten"}, "bad_message", 1)
        await self.still_works(line, 2)

    async def test_a_number_that_was_skipped_is_lost_history(self):
        first, *_ = self.pages()
        line = await greeted(first)
        await self.error(line, {"type": "send", "n": 2, "data": 10}, "number_gap", 2)
        self.assertEqual(await line.hear(), {"type": "history_lost"})

    async def test_an_unknown_sender_that_starts_above_1_is_refused(self):
        first, *_ = self.pages()
        line = await greeted(first)
        frame = {"type": "send", "n": 3, "data": 10, "sender": "nobody-knows", "page":
                 first.config["page"]}
        heard = await self.error(line, frame, "number_gap", 3)
        self.assertEqual(heard["sender"], "nobody-knows")

    async def test_the_wrong_page_is_refused(self):
        first, *_ = self.pages()
        line = await greeted(first)
        frame = {"type": "send", "n": 1, "data": 10, "sender": "left-behind", "page": "auction/1-1"}
        await self.error(line, frame, "wrong_page", 1)

    async def test_a_send_from_a_page_that_was_left_is_stale_and_the_tab_is_told(self):
        first, second, _ = self.pages()
        line = await greeted(first)
        left = first.submit()
        self.assertNotEqual(left.path, first.path)
        self.assertEqual(await line.hear(), {"type": "moved"})
        await self.error(line, {"type": "send", "n": 1, "data": 10}, "stale_page", 1)
        await line.close()
        line = await Line.open(first)
        await line.say(hello(first, "sender-0002"))
        self.assertEqual((await line.hear())["type"], "hello")
        self.assertEqual(await line.hear(), {"type": "moved"})

    async def test_a_game_that_fails_on_a_message_is_an_app_error_and_goes_on(self):
        first, *_ = self.pages("faulty", 2)
        line = await greeted(first)
        await self.error(line, {"type": "send", "n": 1, "data": {"type": "throws"}}, "app_error", 1)
        await self.still_works(line, 2, {"type": "count"})

    async def test_a_cursor_ahead_of_the_head_or_of_another_lineage_is_lost_history(self):
        first, *_ = self.pages()
        for changed in ({"after": 10**6}, {"lineage": "0" * len(first.config["lineage"])}):
            with self.subTest(changed=changed):
                line = await Line.open(first)
                await line.say(hello(first, **changed))
                self.assertEqual((await line.hear())["type"], "hello")
                self.assertEqual(await line.hear(), {"type": "history_lost"})

    async def test_another_version_is_told_to_reload(self):
        first, *_ = self.pages()
        line = await Line.open(first)
        await line.say({"type": "hello", "version": 0})
        heard = await line.hear()
        self.assertEqual((heard["type"], bool(heard["reason"])), ("reload", True))

    async def test_a_closed_session_ends_the_line(self):
        first, *_ = self.pages()
        run("session", "close", self.session["code"], "--yes", data=self.server.data)
        line = await Line.open(first)
        await line.say(hello(first))
        self.assertEqual(await line.close_code(), 4404)


class TooFast(WithServer):
    options = ("--limit", "sends_per_second=20", "--limit", "sends_burst=5")

    async def test_too_fast_refuses_this_and_all_above_until_it_is_sent_again(self):
        first, *_ = self.pages("counting")
        line = await greeted(first)
        for n in range(1, 15):
            await line.say({"type": "send", "n": n, "data": n})
        refused = []
        while not refused or refused[-1] != 14:
            heard = await line.hear()
            if heard.get("type") == "error":
                self.assertEqual(heard["code"], "too_fast")
                refused.append(heard["n"])
        self.assertEqual(refused, list(range(refused[0], 15)))
        await asyncio.sleep(0.3)
        heard = await answer(line, {"type": "send", "n": 14, "data": 14})
        self.assertEqual((heard.get("code"), heard["n"]), ("too_fast", 14))
        await asyncio.sleep(0.3)
        heard = await answer(line, {"type": "send", "n": refused[0], "data": refused[0]})
        self.assertEqual(heard, {"type": "ack", "n": refused[0]})

    async def test_a_client_that_waits_and_repeats_loses_nothing(self):
        first, *_ = self.pages("counting")
        client = await Client(first).connect()
        for n in range(40):
            await client.send(n)
        await client.done(30)
        await client.until(lambda: client.heard and client.heard[-1][1].get("own") == 40)
        totals = [data["total"] for _, data in client.heard if "total" in data]
        self.assertEqual(totals, list(range(1, 41)))


class CloseCodes(WithServer):
    async def closed_with(self, code, *frames, a_page=None, **headers):
        line = await Line.open(a_page or self.pages()[0], **headers)
        for frame in frames:
            await line.say(frame)
        self.assertEqual(await line.close_code(), code)

    async def test_a_binary_frame_is_1003(self):
        first, *_ = self.pages()
        await self.closed_with(1003, hello(first), b"\x00\x01", a_page=first)

    async def test_a_frame_above_64_kib_is_1009(self):
        first, *_ = self.pages()
        large = {"type": "send", "n": 1, "data": "x" * 65536}
        await self.closed_with(1009, hello(first), large, a_page=first)

    async def test_a_first_frame_that_is_no_hello_is_4400(self):
        await self.closed_with(4400, {"type": "ping"})

    async def test_no_cookie_or_a_forged_one_is_4403(self):
        first, second, _ = self.pages()
        await self.closed_with(4403, a_page=first, Cookie="")
        await self.closed_with(4403, a_page=first, Cookie="rialto=" + "A" * 22)
        other = second.browser.cookie_header(second.config["socket"])
        await self.closed_with(4403, a_page=first, Cookie=other)

    async def test_another_origin_is_refused(self):
        first, *_ = self.pages()
        with self.assertRaises(websockets.InvalidStatusCode) as refused:
            await Line.open(first, Origin="http://evil.example")
        self.assertEqual(refused.exception.status_code, 403)

    async def test_a_forged_link_opens_nothing(self):
        first, *_ = self.pages()
        link = urllib.parse.urlsplit(self.session["participants"][0]["link"]).path
        forged = link[:-2] + ("AA" if link[-2:] != "AA" else "BB")
        status, _, text = Browser(origin_of(self.server)).open(forged)
        self.assertEqual(status, 403)
        self.assertNotIn("rialto-page", text)

    async def test_a_server_that_ends_says_going_away(self):
        with Server() as server:
            _, addresses = links(server, "auction", 3)
            line = await greeted(page(server, addresses[0]))
            stopping = asyncio.get_running_loop().run_in_executor(None, server.stop)
            self.assertEqual(await line.close_code(20), 1001)
            self.assertEqual(await stopping, 0)


if __name__ == "__main__":
    unittest.main()
