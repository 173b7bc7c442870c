"""A live page without a browser: the wire's client (tests/wire) by a participant's link, as one that
comes back when the server was away."""

import asyncio
import pathlib
import sys
import urllib.parse

import websockets

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "wire"))
from client import Browser, Client, Page  # noqa: E402  (found by the line above)


class Tab(Client):
    """One load of a live page by a participant."""

    def __init__(self, link):
        address = urllib.parse.urlsplit(link)
        super().__init__(Page(Browser(f"{address.scheme}://{address.netloc}"), link))
        self.refusals = []  # all error frames, also those that are sent again

    def take_error(self, frame):
        self.refusals.append(frame)
        super().take_error(frame)

    def error_of(self, number):
        """The error frame that ended this send; None if it was taken."""
        return next((error for error in self.errors if error.get("n") == number), None)

    async def ask(self, data, seconds=10):
        """Sends and waits for the answer: None, or the error frame."""
        number = await self.send(data)
        await self.until(lambda: number not in self.pending, seconds)
        return self.error_of(number)

    async def insist(self, data, seconds=15):
        """As `ask`, across lost connections."""
        number = await self.send(data)
        give_up = asyncio.get_running_loop().time() + seconds
        while number in self.pending:
            try:
                await self.until(lambda: number not in self.pending,
                                 give_up - asyncio.get_running_loop().time())
            except (OSError, websockets.WebSocketException):
                await self.reconnect(seconds)
        return self.error_of(number)

    async def reconnect(self, seconds=15):
        """Connects again, until it goes; what is unanswered is sent again."""
        give_up = asyncio.get_running_loop().time() + seconds
        while True:
            try:
                return await self.connect()
            except (OSError, websockets.WebSocketException, asyncio.TimeoutError):
                if asyncio.get_running_loop().time() > give_up:
                    raise
                await asyncio.sleep(0.05)

    async def close(self):
        """Closes the line in good order."""
        await self.line.close()
