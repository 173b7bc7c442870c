"""A live page without a browser: follows a participant's link, reads what the page tells its script and
speaks the wire of gateway/README.md over `websockets`."""

import asyncio
import json
import re
import secrets
import urllib.request

import websockets


class Refused(Exception):
    """The server closed the line or answered what no page could go on with."""


class Tab:
    """One load of a live page by a participant."""

    def __init__(self, link):
        self.link = link
        self.key = link.rsplit("/", 1)[1]
        self.messages = []   # (record, data), in the order they came
        self.errors = []     # error frames
        self.acknowledged = 0
        self.sends = 0
        self.socket = None
        self.live = False
        self.read_page()

    def read_page(self):
        """Asks for the current page; what it tells its script is in `page`, None if it is not live."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(self.link, timeout=20) as answer:
            self.html = answer.read().decode()
            self.address = answer.geturl()
        found = re.search(r'<script id="rialto-page"[^>]*>(.*?)</script>', self.html, re.DOTALL)
        self.page = json.loads(found.group(1)) if found else None
        self.sender = secrets.token_urlsafe(9)
        self.sends = 0
        self.cursor = self.page["after"] if self.page else 0

    async def connect(self):
        """Opens the WebSocket and says hello; returns when history is there."""
        host = re.match(r"http://([^/]+)", self.link).group(1)
        self.live = False
        self.socket = await websockets.connect(
            f"ws://{host}{self.page['socket']}", max_size=None, origin=f"http://{host}",
            extra_headers={"Cookie": f"rialto={self.key}"})
        await self.socket.send(json.dumps({
            "type": "hello", "version": 1, "page": self.page["page"], "sender": self.sender,
            "lineage": self.page["lineage"], "after": self.cursor}))
        await self.read_until(lambda: self.live)
        return self

    async def close(self):
        await self.socket.close()

    def take(self, text):
        frame = json.loads(text)
        if "record" in frame and "type" not in frame:
            self.messages.append((frame["record"], frame["data"]))
            self.cursor = max(self.cursor, frame["record"])
        elif frame["type"] == "live":
            self.live = True
            self.cursor = max(self.cursor, frame["record"])
        elif frame["type"] == "ack" and "sender" not in frame:
            self.acknowledged = max(self.acknowledged, frame["n"])
        elif frame["type"] == "error":
            self.errors.append(frame)
        elif frame["type"] in ("moved", "reload", "history_lost"):
            raise Refused(frame["type"])

    async def read_until(self, condition, seconds=10):
        """Reads frames until the condition holds."""
        async def read():
            while not condition():
                self.take(await self.socket.recv())
        await asyncio.wait_for(read(), seconds)

    async def send(self, data, number=None):
        """Sends without waiting; returns the number of the send."""
        if number is None:
            self.sends += 1
            number = self.sends
        await self.socket.send(json.dumps({"type": "send", "n": number, "data": data}))
        return number

    def answered(self, number):
        """Has this send been acknowledged, or refused?"""
        return self.acknowledged >= number or any(e.get("n") == number for e in self.errors)

    async def ask(self, data, seconds=10):
        """Sends and waits for the answer: None, or the error frame."""
        number = await self.send(data)
        await self.read_until(lambda: self.answered(number), seconds)
        return next((e for e in self.errors if e.get("n") == number), None)

    async def insist(self, data, seconds=15):
        """As `ask`, across lost connections: connects anew and sends the same again, as rialto.js does."""
        self.sends += 1
        number = self.sends
        give_up = asyncio.get_event_loop().time() + seconds
        while True:
            try:
                await self.send(data, number)
                await self.read_until(lambda: self.answered(number),
                                      give_up - asyncio.get_event_loop().time())
                return next((e for e in self.errors if e.get("n") == number), None)
            except (OSError, websockets.WebSocketException, asyncio.TimeoutError):
                if asyncio.get_event_loop().time() > give_up:
                    raise
                await self.reconnect(give_up)

    async def reconnect(self, give_up=None):
        """Connects again, until it goes."""
        give_up = give_up or asyncio.get_event_loop().time() + 15
        while True:
            try:
                return await self.connect()
            except (OSError, websockets.WebSocketException, asyncio.TimeoutError):
                if asyncio.get_event_loop().time() > give_up:
                    raise
                await asyncio.sleep(0.05)
