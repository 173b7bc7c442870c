"""A participant as a browser plays one through a whole experiment: loads the page until the server is
there, waits on wait pages for the push or loads them again, plays live pages across lost lines, submits
forms; a submit whose answer was lost is sent again, or the page is loaded and filled in anew; now and
then a button is pressed twice. All of it is written down (Trace), to be compared with what is stored."""

import asyncio
import contextlib
import http.client
import json
import re
import urllib.parse

import websockets

from browser_tab import Browser, Client, Page

LOST = (OSError, http.client.HTTPException)
LINE_LOST = (OSError, websockets.WebSocketException, asyncio.TimeoutError)


class Visit:
    """One page instance: what was tried there and what came of it."""

    def __init__(self, path):
        self.app, self.page, self.instance = path.split("/")[-3:]
        self.posts = []        # the fields of each submit that may have counted
        self.accepted = False  # a submit was answered with the way to another page

    def place(self):
        return f"{self.app}/{self.page}/{self.instance}"


class Load:
    """One load of a live page: what it sent and heard."""

    def __init__(self, visit, client):
        self.visit = visit
        self.sends = {}            # number -> data
        self.acknowledged = set()  # numbers that were taken
        self.refused = {}          # number -> code
        self.client = client

    def note(self):
        done = set(self.sends) - set(self.client.pending)
        self.refused = {e["n"]: e["code"] for e in self.client.errors if "n" in e}
        self.acknowledged = done - set(self.refused)


class Trace:
    """What one participant did and was told."""

    def __init__(self, participant):
        self.code = participant["code"]
        self.visits = []    # in the order in which they were first shown
        self.loads = []
        self.problems = []
        self.posts = self.resent = self.gets = 0
        self.last_page = ""

    def visit(self, path):
        """The page that is shown now; never one that was left."""
        now = Visit(path)
        if self.visits and self.visits[-1].place() == now.place():
            now = self.visits[-1]
            if now.accepted:
                self.problems.append(f"{self.code} is on {now.place()} again, whose submit was accepted")
            now.posts = []  # what was sent before did not count
            return now
        if now.place() in [each.place() for each in self.visits]:
            self.problems.append(f"{self.code} came back to {now.place()}")
        self.visits.append(now)
        return now


class Person:
    """Plays until the end of the experiment. `plays.answers` gives for a page "app/Page" the form's
    fields, None for a wait page; `plays.talk` plays a live page and says whether it was moved on."""

    def __init__(self, participant, draw, plays):
        self.link, self.draw, self.plays = participant["link"], draw, plays
        address = urllib.parse.urlsplit(self.link)
        self.browser = Browser(f"{address.scheme}://{address.netloc}")
        self.home = f"/p/{participant['code']}/"
        self.trace = Trace(participant)
        self.leftovers = []  # frames that earlier loads of live pages have no answer to

    def where(self):
        return self.trace.visits[-1].place() if self.trace.visits else "the door"

    # -- requests

    async def request(self, method, address, fields=None):
        return await asyncio.get_running_loop().run_in_executor(
            None, self.browser.request, method, address, fields)

    async def get(self, address):
        """Loads it, after redirects, as often as it takes: a Page, or None past the last one, or when there
        is nothing but trouble."""
        while True:
            self.trace.gets += 1
            with contextlib.suppress(*LOST):
                status, headers, text = await self.request("GET", address)
                if status == 303:
                    address = urllib.parse.urljoin(address, headers["Location"])
                    continue
                if status == 200:
                    return self.page_of(urllib.parse.urlsplit(address).path, text)
                if status != 503:
                    self.trace.problems.append(f"{self.trace.code}: GET {address} gave {status}")
                    address = self.home
                if len(self.trace.problems) > 20:
                    return None
            await asyncio.sleep(self.draw.uniform(0.02, 0.1))

    def page_of(self, path, text):
        page = object.__new__(Page)
        page.browser, page.status, page.path, page.text = self.browser, 200, path, text
        page.read()
        return page if page.config else None

    async def post(self, page, fields):
        """Submits the page until that is answered: the page that is shown then."""
        pending = json.dumps(self.leftovers) if self.leftovers else ""
        visit = self.trace.visits[-1]
        visit.posts.append(fields)
        body = {"rialto_pending": pending, **fields}
        while True:
            self.trace.posts += 1
            answers = [self.request("POST", page.path, body)
                       for _ in range(2 if self.draw.random() < 0.15 else 1)]
            answers = await asyncio.gather(*answers, return_exceptions=True)
            for answer in answers:
                if isinstance(answer, Exception) and not isinstance(answer, LOST):
                    raise answer
            told = [answer for answer in answers if not isinstance(answer, Exception)]
            redirected = [answer for answer in told if answer[0] == 303]
            if redirected:
                visit.accepted = True
                self.leftovers = []
                return await self.get(urllib.parse.urljoin(page.path, redirected[-1][1]["Location"]))
            if told and told[0][0] == 200:
                self.leftovers = []
                return self.page_of(page.path, told[0][2])
            if told and told[0][0] != 503:
                self.trace.problems.append(f"{self.trace.code}: POST {page.path} gave {told[0][0]}")
            self.trace.resent += 1
            await asyncio.sleep(self.draw.uniform(0.02, 0.1))
            if self.draw.random() < 0.4:  # not sent again: the page is loaded anew
                return await self.get(self.home)

    # -- pages

    async def play(self):
        page = await self.get(self.link)
        while page is not None:
            self.trace.last_page = page.text
            page = await self.play_page(page, self.trace.visit(page.path))

    async def play_page(self, page, visit):
        name = f"{visit.app}/{visit.page}"
        fields = self.plays.answers(self, name, page)
        if page.config["live"]:
            async with self.line(page, visit) as load:
                moved = await self.plays.talk(self, name, load)
            if moved:
                return await self.get(self.home)
        elif fields is None:
            return await self.wait(page)
        if self.draw.random() < 0.1:  # too late: as the page's own clock does it
            await asyncio.sleep(self.draw.uniform(0.3, 1.2))
        await asyncio.sleep(self.draw.uniform(0, 0.1))
        return await self.post(page, fields or {})

    async def wait(self, page):
        """Until the page is told to move on; now and then it is loaded again before that."""
        client = Client(page)
        give_up = asyncio.get_running_loop().time() + self.draw.uniform(0.5, 6)
        while client.ended is None and asyncio.get_running_loop().time() < give_up:
            try:
                await client.connect()
                left = give_up - asyncio.get_running_loop().time()
                await client.until(lambda: client.ended, max(left, 0.01))
            except asyncio.TimeoutError:
                break
            except LINE_LOST:
                await asyncio.sleep(self.draw.uniform(0.02, 0.1))
        self.end(client, self.trace.visits[-1])
        return await self.get(self.home)

    def end(self, client, visit):
        if client.ended == "history_lost":
            self.trace.problems.append(f"{self.trace.code} was told at {visit.place()} that history was lost")
        if client.line:
            client.line.socket.transport.abort()

    @contextlib.asynccontextmanager
    async def line(self, page, visit):
        client = Client(page)
        load = Load(visit, client)
        self.trace.loads.append(load)
        try:
            yield load
        finally:
            load.note()
            self.leftovers += [
                {"type": "send", "n": n, "data": data, "sender": client.sender, "page": client.page.config["page"]}
                for n, data in sorted(client.pending.items())]
            self.end(client, visit)

    async def keep_line(self, load, condition, seconds=60):
        """Hears until the condition holds or the page is over, connecting again as often as it takes."""
        client = load.client
        give_up = asyncio.get_running_loop().time() + seconds
        while not (client.ended or (client.live and condition())):
            left = give_up - asyncio.get_running_loop().time()
            if left < 0:
                return
            try:
                if client.line is None or not client.line.socket.open:
                    await client.connect()
                await client.until(lambda: client.ended or (client.live and condition()), left)
            except websockets.InvalidHandshake:
                client.ended = "refused"  # as rialto.js does, the page is loaded again
            except LINE_LOST:
                await asyncio.sleep(self.draw.uniform(0.02, 0.1))

    async def say(self, load, data):
        number = await load.client.send(data)
        load.sends[number] = data


def earned(page_text):
    """What the last page of `leaving` says: (money, steps)."""
    found = re.search(r'id="earned">\D*([\d.,]+)\D*?</b>.*id="steps">(\d+)<', page_text)
    return found and (found.group(1), int(found.group(2)))
