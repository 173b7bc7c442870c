"""Files of a data folder that are missing, garbled or cannot be read, and a folder that is moved away, on a full
disk or a disk that may not be written: `rialto serve` says so in a sentence, and nothing is lost or made anew."""

import asyncio
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import unittest.mock

from browser_tab import Tab
from server import NOTE_SYNCS, PROGRAM, Server, gone, run, until


async def count(link):
    tab = Tab(link)
    await tab.connect()
    assert await tab.ask(1) is None
    await tab.close()


def refused(data, *options, env=None):
    """What `serve` says when it does not start."""
    done = subprocess.run([PROGRAM, "serve", "--data", str(data), "--listen", "127.0.0.1:0", *options],
                          capture_output=True, text=True, timeout=60, check=False, env=env)
    assert done.returncode == 2, (done.returncode, done.stderr)
    return done.stderr


class LostFilesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="rialto-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.data = self.folder / "data"

    def played(self, kill):
        """A folder whose server was killed, or has ended, after a send."""
        with Server("--reserve", 1, data=self.data) as server:
            self.session = server.create("counting", 3)
            asyncio.run(count(self.session["participants"][0]["link"]))
            server.kill() if kill else server.stop()
        self.store = self.data / "store"
        manifest = self.store / (self.store / "CURRENT").read_text().strip()
        log = max((path for path in self.store.glob("*.log")), key=lambda path: int(path.stem))
        return {"MARK": self.store / "MARK", "CURRENT": self.store / "CURRENT", "MANIFEST": manifest, "log": log}

    def check_whole(self, data=None):
        """All that was confirmed is there, and is played on."""
        with Server("--reserve", 1, data=data or self.data) as server:
            link = re.sub(r":\d+/", f":{server.port}/", self.session["participants"][0]["link"])
            before = int(server.tables(self.session["code"])["groups"][0]["total"])
            self.assertGreaterEqual(before, 1)
            asyncio.run(count(link))
            self.assertEqual(int(server.tables(self.session["code"])["groups"][0]["total"]), before + 1)

    def test_a_file_that_is_missing_empty_or_garbled_is_named_and_nothing_is_made_anew(self):
        for kill in (True, False):
            files = self.played(kill)
            for lost in (["MARK"], ["MARK", "log"], ["CURRENT"], ["MANIFEST"], ["log"]):
                for how in ("missing", "empty", "garbled"):
                    with self.subTest(kill=kill, lost=lost, how=how):
                        kept = {name: files[name].read_bytes() for name in lost}
                        for name in lost:
                            files[name].unlink()
                            if how != "missing":
                                files[name].write_bytes(b"" if how == "empty" else b"\0" * len(kept[name]))
                        sentence = refused(self.data)
                        self.assertTrue(any(str(files[name]) in sentence for name in lost), sentence)
                        self.assertIn("rialto store salvage", sentence)
                        run("store", "salvage", "--out", self.folder / "salvaged", data=self.data)
                        shutil.rmtree(self.folder / "salvaged")
                        for name in lost:
                            files[name].write_bytes(kept[name])
            shutil.move(self.store, self.folder / "aside")
            self.assertIn("nothing is left of the store", refused(self.data))
            shutil.rmtree(self.store, ignore_errors=True)
            shutil.move(self.folder / "aside", self.store)
            self.check_whole()
            shutil.rmtree(self.data)

    def test_a_file_that_the_disk_cannot_read_is_named_and_read_around_by_salvage(self):
        files = self.played(kill=True)
        sectors = self.folder / "sectors"
        bad = {"LD_PRELOAD": NOTE_SYNCS, "RIALTO_BAD_SECTORS": str(sectors)}
        for name, path in files.items():
            with self.subTest(name):
                sectors.write_text(f"{path} 0 1\n")
                sentence = refused(self.data, env={**os.environ, **bad})
                self.assertIn(str(path), sentence)
                self.assertIn("Input/output error", sentence)
                with unittest.mock.patch.dict(os.environ, bad):
                    done = run("store", "salvage", "--out", self.folder / name, data=self.data)
                if name == "log":
                    self.assertIn("cannot be read", done.stdout)
        self.check_whole(self.folder / "MANIFEST")
        self.check_whole()

    def test_a_folder_that_is_moved_away_ends_the_server_and_no_empty_one_takes_its_place(self):
        with Server() as server:
            session = server.create("counting", 3)
            link = session["participants"][0]["link"]
            asyncio.run(count(link))
            away = self.folder / "away"
            worker = server.worker()
            shutil.move(server.data, away)
            with contextlib.suppress(Exception):  # not confirmed: the line ends
                asyncio.run(asyncio.wait_for(count(link), 5))
            until(lambda: gone(worker), what="the worker's end")
            until(lambda: "is not there any more" in server.text_of_log(), what="a sentence")
            self.assertFalse(server.data.exists())
            shutil.move(away, server.data)
            until(lambda: run("session", "show", session["code"], data=server.data, check=False).returncode == 0,
                  seconds=30, what="the server's return")
            asyncio.run(count(link))
            self.assertGreaterEqual(int(server.tables(session["code"])["groups"][0]["total"]), 2)

    def test_by_whatever_name_a_folder_is_served_once(self):
        with Server() as server:
            link = self.folder / "link"
            link.symlink_to(server.data)
            self.assertIn("is in use by process", refused(link))
            (server.data / "rialto.lock").unlink()
            self.assertIn("is in use", refused(server.data))
            if os.geteuid() != 0:
                return
            bound = self.folder / "bound"
            bound.mkdir()
            subprocess.run(["mount", "--bind", server.data, bound], check=True)
            try:
                self.assertIn("is in use", refused(bound))
            finally:
                subprocess.run(["umount", bound], check=True)

    @unittest.skipIf(os.geteuid() != 0, "only root may mount a disk")
    def test_a_full_disk_and_one_that_may_not_be_written_are_refused_and_lose_nothing(self):
        disk = self.folder / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", disk], check=True)
        try:
            self.data = disk / "data"
            self.played(kill=True)
            (disk / "filler").write_bytes(b"x" * (int(os.statvfs(disk).f_bavail) * os.statvfs(disk).f_frsize))
            self.assertRegex(refused(self.data, "--reserve", "1"), "No space left on device|[Nn]o space")
            (disk / "filler").unlink()
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            self.assertIn("Read-only file system", refused(self.data))
            subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
            self.check_whole()
        finally:
            subprocess.run(["umount", "-l", disk], check=True)


if __name__ == "__main__":
    unittest.main()
