"""What is personal (labels, fields marked so, chats, and the messages that had to do with them) can be
erased for good, and the rest of the session is as it was: a real server, killed and started, and all
files of its data folder searched."""

import asyncio
import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest

from browser_tab import Browser, Page, Tab
from server import PROGRAM, Server, run

TABLE_TEXT = os.environ["RIALTO_TABLE_TEXT"]
MARKS = {"label": "Zyxlabel", "form": "Zyxform", "wrong": "Zyxwrong", "nick": "Zyxnick",
         "motto": "Zyxmotto", "chat": "Zyxchat", "unknown": "Zyxunknown"}


def bytes_in(folder):
    """What the files below the folder hold; the blocks of tables, which are compressed, as they were before."""
    for path in pathlib.Path(folder).rglob("*"):
        if path.suffix == ".sst":
            yield path, subprocess.run([TABLE_TEXT, path], capture_output=True, check=True).stdout
        elif path.is_file():
            yield path, path.read_bytes()


def marks_in(folder):
    """The marks that some file below the folder holds."""
    found = set()
    for _, held in bytes_in(folder):
        found |= set(re.findall(rb"Zyx[a-z]+[0-9]", held))
    return {mark.decode() for mark in found}


def mark(kind, who):
    return f"{MARKS[kind]}{who}"


def chat_of(page):
    """What the page tells its chat."""
    return json.loads(re.search(r'({"channel":.*?})</script>', page.text, re.DOTALL).group(1))


def fill_in(participant, who):
    """The form, at first wrongly; then the live page."""
    address = participant["link"]
    page = Page(Browser(address.split("/p/")[0]), address)
    page.submit(name=mark("wrong", who), age="3")
    return page.submit(name=mark("form", who), age="30")


async def talk(participant, who):
    tab = Tab(participant["link"])
    await tab.connect()
    chat = chat_of(tab.page)
    for data in ({"nick": mark("nick", who)}, "count", {"motto": mark("motto", who)}, "greet",
                 "label", "count"):
        assert await tab.ask(data) is None, data
    line = {"channel": chat["channel"], "nickname": chat["nickname"], "key": chat["key"]}
    assert await tab.ask({"rialto_chat": {**line, "body": mark("chat", who)}}) is None
    assert (await tab.ask({"unknown": mark("unknown", who)}))["code"] == "bad_message"
    assert await tab.ask("count") is None
    await tab.close()


async def heard(participant):
    """What a page load is told of the past: (record, data)."""
    tab = Tab(participant["link"])
    await tab.connect()
    await tab.close()
    return tab.heard, chat_of(tab.page)["lines"], tab


class Folder:
    """A data folder with a session in which everything personal was done, its server killed."""

    def __init__(self, folder, closed=True, sessions=1):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        labels = self.folder / "labels.txt"
        labels.write_text(f"{mark('label', 1)}\n{mark('label', 2)}\n")
        self.sessions = []
        with Server(data=self.data) as server:
            for _ in range(sessions):
                session = json.loads(run("session", "create", "people", 2, "--labels", labels,
                                         "--json", data=self.data).stdout)
                self.play(session["participants"])
                self.sessions.append(session)
            if closed:
                run("session", "close", self.code, "--yes", data=self.data)
            server.kill()
        labels.unlink()

    def play(self, participants):
        for who, participant in enumerate(participants, 1):
            fill_in(participant, who)
        for who, participant in enumerate(participants, 1):
            asyncio.run(talk(participant, who))

    @property
    def code(self):
        return self.sessions[0]["code"]

    @property
    def people(self):
        return self.sessions[0]["participants"]

    def run(self, *words, **more):
        return run(*words, data=self.data, **more)

    def verified(self, code=None):
        return json.loads(self.run("verify", code or self.code, "--json").stdout)

    def table(self, name, *options):
        with tempfile.TemporaryDirectory() as folder:
            self.run("export", self.code, "--out", folder, *options)
            path = pathlib.Path(folder, name + ".csv")
            if not path.exists():
                return None
            with open(path, encoding="utf-8", newline="") as lines:
                return list(csv.DictReader(lines))

    def text_of_export(self, *options):
        with tempfile.TemporaryDirectory() as folder:
            self.run("export", self.code, "--out", folder, *options)
            return marks_in(folder)


ALL = {mark(kind, who) for kind in MARKS for who in (1, 2)}
OF_FIRST = {mark(kind, 1) for kind in MARKS}


class PersonalTest(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="rialto-test-")
        self.addCleanup(self.temporary.cleanup)

    def folder(self, **how):
        return Folder(self.temporary.name, **how)

    def test_a_session_comes_back_whole_after_a_kill_and_is_verified(self):
        lab = self.folder()
        self.assertEqual(marks_in(lab.data), ALL)
        verified = lab.verified()
        self.assertEqual((verified["differences"], verified["taken"], verified["redacted"]), ([], 0, 0))
        self.assertEqual(lab.text_of_export("--personal"), ALL)
        self.assertEqual(lab.text_of_export(), set())

    def test_after_a_redaction_no_file_holds_what_was_personal_and_the_rest_is_as_it_was(self):
        lab = self.folder()
        before = lab.table("players"), lab.table("people_counts"), lab.table("pages")
        told = lab.run("session", "redact", lab.code, "--yes").stdout
        self.assertRegex(told, r"^\d+ values and 2 labels of session")
        self.assertEqual(marks_in(lab.data), set())
        self.assertEqual((lab.table("players"), lab.table("people_counts"), lab.table("pages")), before)
        self.assertEqual([row["name"] for row in lab.table("players", "--personal")], ["", ""])
        self.assertEqual([row["label"] for row in lab.table("payments", "--personal")], ["", ""])
        self.assertEqual(lab.table("chat", "--personal"), [])
        verified = lab.verified()
        self.assertEqual(verified["differences"], [])
        self.assertGreater(verified["same"], 6)
        self.assertEqual(int(told.split()[0]) + 2, verified["redacted"])
        self.assertIn(f"{verified['redacted']} values redacted", lab.run("verify", lab.code).stdout)
        with Server(data=lab.data):
            shown = json.loads(lab.run("session", "show", lab.code, "--json").stdout)
            self.assertTrue(shown["closed"])
            self.assertEqual(lab.verified()["redacted"], verified["redacted"])
        self.assertEqual(marks_in(lab.data), set())

    def test_an_open_session_is_played_on_with_the_numbers_it_had(self):
        lab = self.folder(closed=False)
        with Server(data=lab.data) as server:
            for each in lab.people:
                each["link"] = re.sub(r":\d+/", f":{server.port}/", each["link"])
            before, lines, _ = asyncio.run(heard(lab.people[1]))
            self.assertEqual(len(lines), 2)
            refused = lab.run("session", "redact", lab.code, "--yes", check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("a server runs on", refused.stderr)
            server.stop()
            refused = lab.run("session", "redact", lab.code, "--yes", check=False)
            self.assertIn("still open", refused.stderr)
            lab.run("session", "redact", lab.code, "--yes", "--force")
            self.assertEqual(marks_in(lab.data), set())
            server.start()
            after, lines, tab = asyncio.run(heard(lab.people[1]))
            self.assertEqual(lines, [])
            counts = [said for said in before if "count" in said[1]]
            self.assertEqual(len(counts), 6)
            self.assertEqual(after, counts)
            self.assertIsNone(tab.ended)
            asyncio.run(self.count_once(lab.people[0], 7))
            server.kill()
            server.start()
            asyncio.run(self.count_once(lab.people[1], 8))
            self.assertEqual(lab.verified()["differences"], [])
            self.assertNotIn("[error]", server.text_of_log())

    async def count_once(self, participant, expected):
        tab = Tab(participant["link"])
        await tab.connect()
        await tab.send("count")
        await tab.until(lambda: tab.heard and tab.heard[-1][1] == {"count": expected})
        await tab.close()

    def test_of_a_participant_all_goes_and_of_the_others_what_is_theirs_alone_stays(self):
        lab = self.folder()
        told = json.loads(lab.run("participant", "redact", lab.people[0]["code"], "--yes", "--json").stdout)
        self.assertEqual((told["session"], told["labels"]), (lab.code, 1))
        # The motto is the group's, so it went with him, whoever wrote it.
        gone = OF_FIRST | {mark("motto", 2)}
        self.assertEqual(marks_in(lab.data) & gone, set())
        self.assertEqual(lab.text_of_export("--personal"), ALL - gone)
        self.assertEqual([row["name"] for row in lab.table("players", "--personal")],
                         ["", mark("form", 2)])
        self.assertEqual([row["body"] for row in lab.table("chat", "--personal")], [mark("chat", 2)])
        self.assertEqual(lab.verified()["differences"], [])
        lab.run("participant", "redact", lab.people[1]["code"], "--yes")
        self.assertEqual(marks_in(lab.data), set())
        self.assertEqual(lab.verified()["differences"], [])

    def test_a_session_that_was_deleted_is_in_no_file_and_the_others_are_as_they_were(self):
        lab = self.folder(sessions=2)
        other = lab.sessions[1]["code"]
        before = lab.verified(other)
        lab.run("session", "delete", lab.code, "--yes")
        gone = [lab.code.encode()] + [each["code"].encode() for each in lab.people]
        for path, held in bytes_in(lab.data / "store"):
            self.assertFalse([code for code in gone if code in held], path)
        self.assertEqual(lab.verified(other), before)
        self.assertIn(lab.code, lab.run("verify", lab.code, check=False).stderr)
        with Server(data=lab.data) as server:
            listed = json.loads(lab.run("session", "list", "--json").stdout)
            self.assertEqual([each["code"] for each in listed], [other])
            run("session", "close", other, "--yes", data=lab.data)
            server.stop()
        lab.run("session", "delete", other, "--yes")
        self.assertEqual(marks_in(lab.data), set())
        with Server(data=lab.data) as server:
            self.assertEqual(server.create("people", 2)["number"], 3)

    def test_killed_in_the_middle_nothing_was_erased_or_the_next_time_completes_it(self):
        lab = self.folder()
        words = [PROGRAM, "session", "redact", lab.code, "--yes", "--data"]
        untouched = self.temporary.name + "/untouched"
        no_socket = shutil.ignore_patterns("control.sock")
        shutil.copytree(lab.data, untouched, ignore=no_socket)
        began = time.monotonic()
        subprocess.run([*words, str(lab.data)], check=True, capture_output=True)
        took = time.monotonic() - began
        for step in range(12):
            for path in lab.data.rglob("*"):
                if not path.is_dir():  # the folder stays: in another one it would be a copy, and refused
                    path.unlink()
            shutil.copytree(untouched, lab.data, dirs_exist_ok=True)
            with subprocess.Popen([*words, str(lab.data)], stdout=subprocess.DEVNULL) as redacting:
                time.sleep(took * step / 12)
                redacting.kill()
            with self.subTest(step=step):
                verified = lab.verified()
                self.assertEqual(verified["differences"], [])
                if verified["redacted"] == 0:
                    self.assertEqual(marks_in(lab.data), ALL)
                    lab.run("session", "redact", lab.code, "--yes")
                elif step % 2:  # the server that starts next completes it, too
                    with Server(data=lab.data):
                        pass
                else:
                    lab.run("session", "redact", lab.code, "--yes")
                self.assertEqual(marks_in(lab.data), set())

    def test_the_log_has_a_message_the_game_failed_on_only_if_asked_and_never_a_personal_one(self):
        for options, expected in (((), False), (("--limit", "log_message=12"), True)):
            with self.subTest(options), Server(*options) as server:
                self.fail_on(server, "faulty", {"type": "throws", "text": "Zyxlong1"})
                self.fail_on(server, "people", {"fail": "Zyxfail1"})
                log = server.text_of_log()
                self.assertEqual(len(re.findall(r"what came in is in record \d+", log)), 2)
                self.assertEqual('{"type":"thr… (' in log, expected)
                self.assertEqual(log.count(": personal"), 1 if expected else 0)
                self.assertNotIn("Zyx", log)

    def fail_on(self, server, app, data):
        participant = server.create(app, 2)["participants"][0]
        if app == "people":
            fill_in(participant, 1)

        async def send():
            tab = Tab(participant["link"])
            await tab.connect()
            self.assertEqual((await tab.ask(data))["code"], "app_error")
            await tab.close()
        asyncio.run(send())

    def test_nothing_is_erased_by_mistake(self):
        lab = self.folder()
        for words, sentence in ((("session", "redact", lab.code), "--yes"),
                                (("session", "delete", lab.code), "--yes"),
                                (("participant", "redact", lab.people[0]["code"]), "--yes"),
                                (("session", "redact", "nosuch", "--yes"), "no session nosuch"),
                                (("session", "delete", "nosuch", "--yes"), "no session nosuch"),
                                (("participant", "redact", "nosuch", "--yes"), "no participant nosuch")):
            with self.subTest(words):
                done = lab.run(*words, check=False, stdin=subprocess.DEVNULL)
                self.assertEqual(done.returncode, 1)
                self.assertIn(sentence, done.stderr)
        self.assertEqual(marks_in(lab.data), ALL)
        self.assertEqual(lab.text_of_export("--personal"), ALL)
        nowhere = run("session", "redact", "x", "--yes", data=self.temporary.name + "/none", check=False)
        self.assertIn("there is no data folder", nowhere.stderr)
        for words in (["session", "redact"], ["session", "delete"], ["participant", "redact"]):
            self.assertRegex(run(*words, "--help").stdout, "Examples?:\\n  rialto " + " ".join(words))


if __name__ == "__main__":
    unittest.main()
