"""A store with a damaged table: bytes that are others, or that the disk cannot read, at the start or beneath a
running server. What stands there cannot be played, and says so; all others play, export and verify."""

import asyncio
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import unittest.mock
import urllib.error
import urllib.request

from browser_tab import Tab
from several_apps_test import STUDY, answer_survey
from server import NOTE_SYNCS, Server, run

DAMAGE_KEYS = os.environ["RIALTO_DAMAGE_KEYS"]
TRAVELLING, COUNTING, LABELLED = 1, 2, 3  # the sessions, by number


def prefix(kind, session, unit=None):
    """Of keys (storage/keys.h), in hex digits."""
    return kind.encode().hex() + f"{session:08x}" + ("" if unit is None else f"{unit:08x}")


def damage(data, what, where):
    """`flip` or `find` of damage_keys: lines "FILE FROM UPTO"."""
    return subprocess.run([DAMAGE_KEYS, what, data, where], check=True, capture_output=True, text=True).stdout


def get(link):
    """What a browser gets that follows it: status, page."""
    try:
        with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(link, timeout=30) as page:
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


async def count(link):
    tab = Tab(link)
    await tab.connect()
    assert await tab.ask(1) is None
    await tab.close()


class Scene:
    """A server on a copy of the folder, in which keys that begin with `where` are damaged."""

    def __init__(self, test, where, how="flipped", running=False):
        self.test, self.where, self.how, self.running = test, where, how, running
        self.sessions = test.sessions
        folder = tempfile.TemporaryDirectory(prefix="rialto-test-")
        test.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.data = self.folder / "data"
        shutil.copytree(test.data, self.data, ignore=shutil.ignore_patterns("*.sock"))
        self.sectors = self.folder / "sectors"

    def break_it(self):
        done = damage(self.data, "flip" if self.how == "flipped" else "find", self.where)
        self.test.assertTrue(done, "no such key")
        if self.how == "unreadable":
            self.sectors.write_text(done)

    @contextlib.contextmanager
    def serve(self):
        if not self.running:
            self.break_it()
        added = {"LD_PRELOAD": NOTE_SYNCS, "RIALTO_BAD_SECTORS": str(self.sectors)} \
            if self.how == "unreadable" else {}
        with unittest.mock.patch.dict(os.environ, added), Server("--project", STUDY, data=self.data) as server:
            self.server, self.process = server, server.worker()
            if self.running:
                self.break_it()
            yield self
            self.test.assertEqual(server.worker(), self.process, server.text_of_log())

    def link(self, session, participant):
        link = self.sessions[session]["participants"][participant - 1]["link"]
        return re.sub(r":\d+/", f":{self.server.port}/", link)

    def statuses(self, session):
        return [get(self.link(session, 1 + i))[0] for i in range(len(self.sessions[session]["participants"]))]

    def check_all_play_but(self, *sessions):
        """Sends that count, in the sessions that are whole; also in one that is made now, and after a restart."""
        for session in {TRAVELLING, COUNTING, LABELLED} - set(sessions):
            self.test.assertEqual(set(self.statuses(session)), {200}, session)
        if COUNTING not in sessions:
            asyncio.run(count(self.link(COUNTING, 1)))
        new = self.server.create("counting", 3)
        asyncio.run(count(new["participants"][0]["link"]))
        self.server.stop()
        self.server.start()
        asyncio.run(count(new["participants"][0]["link"]))
        self.process = self.server.worker()

    def left_out(self):
        """What `export --all` says that is not in it."""
        out = self.folder / "tables"
        shutil.rmtree(out, ignore_errors=True)
        run("export", "--all", "--out", out, data=self.data)
        return json.loads((out / "manifest.json").read_text())["left_out"]

    def verified(self):
        """The sessions that come out as they are stored."""
        return {number for number, session in self.sessions.items()
                if run("verify", session["code"], data=self.data, check=False).returncode == 0}


class DamageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="rialto-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.data = pathlib.Path(folder.name, "data")
        labels = pathlib.Path(folder.name, "labels.txt")
        labels.write_text("anna\nbert\n")
        with Server("--project", STUDY, data=cls.data) as server:
            cls.sessions = {TRAVELLING: server.asked("session", "create", "study", 6),
                            COUNTING: server.asked("session", "create", "counting", 6),
                            LABELLED: server.asked("session", "create", "people", 2, "--labels", labels)}
            for participant in cls.sessions[TRAVELLING]["participants"][:3]:
                answer_survey(Tab(participant["link"]).page)
            for session in cls.sessions.values():
                for participant in session["participants"]:
                    get(participant["link"])
            for participant in cls.sessions[COUNTING]["participants"]:
                asyncio.run(count(participant["link"]))
            server.stop()
        subprocess.run([DAMAGE_KEYS, "prepare", cls.data], check=True)

    def test_old_history_of_a_group_that_cannot_be_read_takes_that_group_alone(self):
        for how, running in (("flipped", False), ("flipped", True), ("unreadable", False), ("unreadable", True)):
            with self.subTest(how=how, running=running), \
                    Scene(self, prefix("r", COUNTING, 0), how, running).serve() as scene:
                self.assertEqual(scene.statuses(COUNTING), [500] * 3 + [200] * 3)
                self.assertIn("tell the person in charge", get(scene.link(COUNTING, 1))[1])
                asyncio.run(count(scene.link(COUNTING, 4)))
                left_out = scene.left_out()
                self.assertEqual(len(left_out), 1, left_out)
                self.assertIn("app counting, group 1 is left out, for it cannot be read", left_out[0])
                self.assertIn(".sst", left_out[0])
                self.assertEqual(scene.verified(), {TRAVELLING, LABELLED})
                scene.check_all_play_but(COUNTING)
                self.assertEqual(scene.statuses(COUNTING), [500] * 3 + [200] * 3)
                self.assertIn("cannot be played", scene.server.text_of_log())

    def test_what_can_be_done_without_takes_nothing_away(self):
        for kind, running in (("d", False), ("d", True)):
            with self.subTest(kind=kind, running=running), \
                    Scene(self, kind.encode().hex(), running=running).serve() as scene:
                scene.check_all_play_but()
                self.assertEqual(scene.left_out(), [])
                self.assertEqual(scene.verified(), set(self.sessions))

    def test_what_a_session_has_beside_its_groups_takes_that_session_alone(self):
        for kind, session, exported in (("t", TRAVELLING, False), ("c", COUNTING, True), ("l", LABELLED, True)):
            with self.subTest(kind=kind), Scene(self, prefix(kind, session)).serve() as scene:
                self.assertEqual(set(scene.statuses(session)), {500})
                scene.check_all_play_but(session)
                self.assertEqual(set(scene.statuses(session)), {500})
                self.assertEqual(len(scene.left_out()), 0 if exported else 1)
                self.assertIn(f"session {self.sessions[session]['code']} cannot be played",
                              scene.server.text_of_log())

    def test_a_session_whose_description_cannot_be_read_is_not_there_and_all_others_are(self):
        with Scene(self, prefix("s", COUNTING)).serve() as scene:
            self.assertEqual(set(scene.statuses(COUNTING)) & {200}, set())
            scene.check_all_play_but(COUNTING)
            self.assertIn("cannot be read", scene.left_out()[0])
            self.assertEqual(scene.verified(), {TRAVELLING, LABELLED})

    def test_what_the_forms_asked_takes_that_session_from_exports_alone(self):
        with Scene(self, prefix("q", TRAVELLING)).serve() as scene:
            scene.check_all_play_but()
            self.assertEqual(len(scene.left_out()), 1)
            self.assertEqual(scene.verified(), {COUNTING, LABELLED})

    def test_what_all_need_is_refused_with_the_file_and_a_way_on(self):
        for name in ("format", "lineage", "link_secret"):
            with self.subTest(name):
                scene = Scene(self, b"m".hex() + name.encode().hex())
                with self.assertRaises(AssertionError) as refused, scene.serve():
                    pass
                self.assertRegex(str(refused.exception), r"ended with 2.*\.sst")
                self.assertIn("rialto store salvage", str(refused.exception))
                salvaged = run("store", "salvage", "--out", scene.folder / "new", data=scene.data,
                               check=False)
                self.assertIn(salvaged.returncode, (0, 1))
                with Server("--project", STUDY, data=scene.folder / "new") as server:
                    self.assertEqual(len(server.asked("session", "list")), 3)


if __name__ == "__main__":
    unittest.main()
