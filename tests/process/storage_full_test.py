"""A disk that is nearly full: sends are told so, pages stay readable, and it resumes by itself."""

import asyncio
import os
import pathlib
import unittest

from browser_tab import Tab
from server import Server

MIB = 1 << 20


class StorageFullTest(unittest.TestCase):
    def test_sends_wait_until_there_is_room_and_pages_stay_readable(self):
        async def play(server, ballast, margin):
            session = server.create("counting", 3)
            tab = await Tab(session["participants"][0]["link"]).connect()
            self.assertIsNone(await tab.ask("before"))

            with open(ballast, "wb") as file:
                os.posix_fallocate(file.fileno(), 0, 2 * margin)
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
            # On either side of the reserve more than others take or free meanwhile.
            margin = min(2048 * MIB, free // 3)
            self.assertGreaterEqual(margin, 200 * MIB, f"this test needs 600 MiB in {folder}")
            with Server("--reserve", (free - margin) >> 20) as server:
                asyncio.run(play(server, folder / "ballast", margin))


if __name__ == "__main__":
    unittest.main()
