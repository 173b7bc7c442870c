"""A disk that is nearly full: sends are told so, pages stay readable, and it resumes by itself."""

import asyncio
import os
import pathlib
import unittest

from browser_tab import Tab
from server import Server

GIB = 1 << 30


class StorageFullTest(unittest.TestCase):
    def test_sends_wait_until_there_is_room_and_pages_stay_readable(self):
        async def play(server, ballast):
            session = server.create("counting", 3)
            tab = await Tab(session["participants"][0]["link"]).connect()
            self.assertIsNone(await tab.ask("before"))

            with open(ballast, "wb") as file:
                os.posix_fallocate(file.fileno(), 0, 4 * GIB)
            await asyncio.sleep(0.6)  # the server looks four times a second
            number = await tab.send("full")
            await tab.until(lambda: tab.refusals)
            refusal = tab.refusals[0]
            self.assertEqual((refusal["code"], refusal["n"]), ("storage_full", number))
            self.assertEqual(Tab(session["participants"][1]["link"]).page.config["page"], "counting/1-0")

            os.remove(ballast)  # the client sends again from time to time, as a browser does
            await tab.until(lambda: number not in tab.pending)
            await tab.until(lambda: any(data.get("total") == 2 for _, data in tab.heard))
            await tab.close()

        with Server() as probe:
            folder = pathlib.Path(probe.folder.name)
            space = os.statvfs(folder)
            free = space.f_bavail * space.f_frsize
            if free < 6 * GIB:
                self.skipTest("needs 6 GiB of free disk")
            # Two GiB on either side of the reserve are more than others take or free meanwhile.
            with Server("--reserve", (free - 2 * GIB) >> 20) as server:
                asyncio.run(play(server, folder / "ballast"))


if __name__ == "__main__":
    unittest.main()
