"""A client of Rialto's live pages in another language, written from gateway/README.md alone: opens a
participant's link, keeps the cookie, reads what the page tells its script, speaks the wire, sends until
it is acknowledged, resumes after a drop. Standard library and `websockets`."""

import asyncio
import http.client
import inspect
import json
import re
import secrets
import urllib.parse

import websockets

HEADERS = ("extra_headers" if "extra_headers" in inspect.signature(websockets.connect).parameters
           or websockets.__version__ < "14" else "additional_headers")
AGAIN = {"too_fast", "storage_full", "busy"}


class Browser:
    """Fetches pages of one server and keeps the cookies, each for its path."""

    def __init__(self, origin):
        self.origin = origin.rstrip("/")
        self.cookies = {}  # (path, name) -> value

    def cookie_header(self, path):
        return "; ".join(f"{name}={value}" for (prefix, name), value in self.cookies.items()
                         if path == prefix or path.startswith(prefix.rstrip("/") + "/"))

    def request(self, method, address, fields=None, headers=None):
        """One request, no redirects followed: (status, headers, text)."""
        _, _, path, query, _ = urllib.parse.urlsplit(address)
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.origin).netloc, timeout=20)
        body = urllib.parse.urlencode(fields).encode() if fields is not None else None
        sent = {"Cookie": self.cookie_header(path), **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path + ("?" + query if query else ""), body,
                               {k: v for k, v in sent.items() if v})
            answer = connection.getresponse()
            text = answer.read().decode()
            for value in answer.headers.get_all("Set-Cookie", []):
                self.keep(value)
            return answer.status, answer.headers, text
        finally:
            connection.close()

    def keep(self, set_cookie):
        pair, *attributes = (part.strip() for part in set_cookie.split(";"))
        name, value = pair.split("=", 1)
        paths = [a.split("=", 1)[1] for a in attributes if a.lower().startswith("path=")]
        self.cookies[(paths[0] if paths else "/", name)] = value

    def open(self, address, method="GET", fields=None):
        """As a person sees it, after redirects: (status, path, text)."""
        for _ in range(10):
            status, headers, text = self.request(method, address, fields)
            if status not in (301, 302, 303, 307):
                return status, urllib.parse.urlsplit(address).path, text
            address, method, fields = urllib.parse.urljoin(address, headers["Location"]), "GET", None
        raise RuntimeError("too many redirects")


class Page:
    """One load of a participant's current page."""

    def __init__(self, browser, address):
        self.browser = browser
        self.status, self.path, self.text = browser.open(address)
        self.read()

    def read(self):
        found = re.search(r'<script id="rialto-page" type="application/json">(.*?)</script>',
                          self.text, re.DOTALL)
        self.config = json.loads(found.group(1)) if found else None

    def submit(self, pending="", **fields):
        """Submits the page's form; returns what comes then."""
        page = object.__new__(Page)
        page.browser = self.browser
        page.status, page.path, page.text = self.browser.open(
            self.path, "POST", {"rialto_pending": pending, **fields})
        page.read()
        return page


class Line:
    """One WebSocket, frame by frame."""

    opened = []  # all of them, so that a test can end what it leaves behind

    def __init__(self, socket):
        self.socket = socket
        Line.opened.append(self)

    @classmethod
    async def open(cls, page, **headers):
        browser, path = page.browser, page.config["socket"]
        sent = {"Cookie": browser.cookie_header(path), "Origin": browser.origin, **headers}
        address = "ws" + browser.origin[len("http"):] + path
        return cls(await websockets.connect(address, max_size=None, ping_interval=None,
                                            **{HEADERS: {k: v for k, v in sent.items() if v}}))

    async def say(self, frame):
        await self.socket.send(frame if isinstance(frame, (str, bytes)) else json.dumps(frame))

    async def hear(self, seconds=10):
        return json.loads(await asyncio.wait_for(self.socket.recv(), seconds))

    async def close_code(self, seconds=10):
        """Reads until the server closes."""
        try:
            while True:
                await asyncio.wait_for(self.socket.recv(), seconds)
        except websockets.ConnectionClosed:
            return self.socket.close_code

    async def close(self):
        await self.socket.close()

    async def drop(self):
        """Ends without a word."""
        self.socket.transport.abort()
        await self.socket.wait_closed()


class Client:
    """A page load that plays: what it sends is sent until it is done, what it hears is heard once."""

    def __init__(self, page):
        self.page = page
        self.sender = secrets.token_urlsafe(9)  # 12 characters of [A-Za-z0-9_-]
        self.seen = page.config["after"]
        self.newest = []   # frames of the record `seen`, which may have more
        self.known = []
        self.number = 0
        self.pending = {}  # n -> data
        self.heard = []    # (record, data)
        self.errors = []
        self.line = None
        self.live = False
        self.ended = None  # moved, reload, history_lost
        self.patience = None

    async def connect(self):
        config = self.page.config
        self.line = await Line.open(self.page)
        self.live = False
        self.known = list(self.newest)
        await self.line.say({
            "type": "hello", "version": 1, "page": config["page"], "sender": self.sender,
            "lineage": config["lineage"], "rendered": config["record"],
            "after": self.seen - 1 if self.newest else self.seen})
        await self.until(lambda: self.live or self.ended)
        for number, data in sorted(self.pending.items()):
            await self.line.say({"type": "send", "n": number, "data": data})
        return self

    async def drop(self):
        """The line ends without a word."""
        await self.line.drop()

    async def send(self, data):
        self.number += 1
        self.pending[self.number] = data
        if self.line and self.line.socket.open:
            try:
                await self.line.say({"type": "send", "n": self.number, "data": data})
            except websockets.ConnectionClosed:
                pass  # it stays in `pending`
        return self.number

    async def until(self, condition, seconds=10):
        """Hears until the condition holds."""
        async def listen():
            while not condition():
                text = await self.line.socket.recv()
                self.take(json.loads(text), text)
        await asyncio.wait_for(listen(), seconds)

    async def done(self, seconds=10):
        """Hears until everything sent is done."""
        await self.until(lambda: not self.pending, seconds)

    def take(self, frame, text):
        kind = frame.get("type")
        if kind is None:
            self.take_message(frame, text)
        elif kind == "live":
            self.live = True
            self.seen = max(self.seen, frame["record"])
            self.newest, self.known = [], []
        elif kind == "ack":
            self.settle(frame)
        elif kind == "error":
            self.take_error(frame)
        elif kind in ("moved", "reload", "history_lost"):
            self.ended = kind

    def take_message(self, frame, text):
        if text in self.known:
            self.known.remove(text)
        elif frame["record"] >= self.seen:
            if frame["record"] > self.seen:
                self.newest = []
            self.seen = frame["record"]
            self.newest.append(text)
            self.heard.append((frame["record"], frame["data"]))

    def take_error(self, frame):
        if frame["code"] in AGAIN and "n" in frame:
            if self.patience is None:
                self.patience = asyncio.create_task(self.send_again(frame["n"]))
            return
        self.errors.append(frame)
        if "n" in frame:
            self.settle(frame)

    async def send_again(self, first):
        """After a pause, in which the refusals of what is above `first` come in."""
        await asyncio.sleep(0.2)
        self.patience = None
        for number, data in sorted(self.pending.items()):
            if number >= first:
                await self.line.say({"type": "send", "n": number, "data": data})

    def settle(self, frame):
        if frame.get("sender", self.sender) == self.sender:
            self.pending = {n: data for n, data in self.pending.items() if n > frame["n"]}
