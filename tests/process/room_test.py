"""Rooms: people wait at an address that stays, and a session takes them in; labels, links and cookies
say who is who, also when the server is killed in between."""

import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

from server import PROGRAM, Server, run, until

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "wire"))
from client import Browser  # noqa: E402  (found by the line above)

PROJECT = """
[[rooms]]
name = "lab"
display_name = "The laboratory"
participant_label_file = "labels.txt"

[[rooms]]
name = "hall"

[[rooms]]
name = "vault"
participant_label_file = "labels.txt"
use_secure_urls = true

[[rooms]]
name = "front"
participant_label_file = "labels.txt"
welcome_page = "welcome.html"
"""
WELCOME = "<h1>Good morning</h1><p>This is {{ room.display_name }}.</p>"
LABELS = ["PC_01", "PC_02", "Éva & co", "PC_04"]


def code_in(path):
    """The participant whose page this is."""
    found = re.match(r"/p/(\w+)/counting/Count/1-0$", path)
    return found.group(1) if found else None


class Visitor(Browser):
    """Somebody with a browser of his own at the door of a room."""

    def __init__(self, server, room, label=None):
        super().__init__(f"http://127.0.0.1:{server.port}")
        query = "?" + urllib.parse.urlencode({"participant_label": label}) if label else ""
        self.name = f"v{random.getrandbits(40):x}"
        self.door, self.state = f"/room/{room}{query}", f"/room/{room}/state{query}"

    def waits(self):
        """Asks as the waiting page does; False once the room is open."""
        address = self.state + ("&" if "?" in self.state else "?") + "visitor=" + self.name
        status, _, text = self.request("GET", address)
        assert status == 200, (status, text)
        return not json.loads(text)["open"]

    def enter(self):
        """As the page does when the room is open: the participant one becomes."""
        status, path, text = self.open(self.door, "POST", {})
        assert status == 200, (status, path, text)
        return code_in(path)

    def look(self):
        """Opens the room's address: the participant one is, or the page's text."""
        _, path, text = self.open(self.door)
        return code_in(path) or text


class RoomTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        (folder / "rialto.toml").write_text(PROJECT, encoding="utf-8")
        (folder / "labels.txt").write_text("\n".join(LABELS) + "\n", encoding="utf-8")
        (folder / "welcome.html").write_text(WELCOME, encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def setUp(self):
        self.server = Server("--project", self.folder.name).__enter__()
        self.addCleanup(self.server.__exit__)

    def command(self, *words, check=True):
        done = run(*words, "--json", data=self.server.data, check=check)
        return json.loads(done.stdout) if check else done

    def create(self, room, participants=3, *more):
        return self.command("session", "create", "counting", participants, "--room", room, *more)

    def room(self, name):
        return self.command("room", "show", name)

    def test_who_waits_is_counted_and_is_let_in_when_a_session_comes(self):
        visitors = [Visitor(self.server, "hall") for _ in range(3)]
        for visitor in visitors:
            self.assertIn("Please wait", visitor.look())
            self.assertTrue(visitor.waits())
            self.assertTrue(visitor.waits())
        self.assertEqual(self.room("hall")["present"], 3)
        self.assertNotIn("session", self.room("hall"))
        session = self.create("hall")
        self.assertEqual(session["room"], "hall")
        self.assertTrue(session["room_link"].endswith("/room/hall"))
        self.assertEqual(self.room("hall")["session"], session["code"])
        self.assertFalse(any(visitor.waits() for visitor in visitors))
        codes = [visitor.enter() for visitor in visitors]
        self.assertEqual(sorted(codes), sorted(one["code"] for one in session["participants"]))
        late = Visitor(self.server, "hall")
        status, _, text = late.open(late.door, "POST", {})
        self.assertEqual(status, 409)
        self.assertIn("All places in this session are taken", text)

    def test_a_page_of_welcome_asks_for_the_label_and_leads_into_the_room(self):
        session = self.create("front")
        browser = Browser(f"http://127.0.0.1:{self.server.port}")
        status, _, text = browser.request("GET", "/room/front")
        self.assertEqual(status, 200)
        self.assertIn("<p>This is front.</p>", text)
        form = re.search(r'<form class="rialto-room-label" method="get" action="(.*?)">(.*?)</form>', text, re.DOTALL)
        inputs = dict(re.findall(r'name="(\w+)" value="(.*?)"', form.group(2)))
        self.assertEqual(inputs, {"welcome_page_ok": "1", "participant_label": ""})
        query = urllib.parse.urlencode({**inputs, "participant_label": "PC_02"})
        visitor = Visitor(self.server, "front")
        visitor.door = form.group(1) + "?" + query
        code = visitor.enter()
        shown = self.command("session", "show", session["code"])
        self.assertEqual([one["code"] for one in shown["participants"] if one.get("label") == "PC_02"], [code])

    def test_a_personal_link_may_bring_a_label(self):
        session = self.command("session", "create", "counting", 3)
        link = session["participants"][1]["link"]
        browser = Browser(f"http://127.0.0.1:{self.server.port}")
        path = urllib.parse.urlsplit(link).path
        status, at, _ = browser.open(path + "?participant_label=ID%20%C3%89")
        self.assertEqual((status, code_in(at)), (200, session["participants"][1]["code"]))
        self.server.kill()
        self.server.start()
        shown = self.command("session", "show", session["code"])
        self.assertEqual([one.get("label") for one in shown["participants"]], [None, "ID \u00c9", None])

    def test_looking_at_a_room_takes_no_seat(self):
        session = self.create("hall")
        for _ in range(5):
            self.assertIn("rialto-room", Visitor(self.server, "hall").look())
        shown = self.command("session", "show", session["code"])
        self.assertFalse(any(one["claimed"] for one in shown["participants"]))

    def test_without_labels_a_browser_keeps_its_seat_on_reload_in_a_second_tab_after_kill_9(self):
        self.create("hall")
        one, other = Visitor(self.server, "hall"), Visitor(self.server, "hall")
        code = one.enter()
        self.assertEqual(one.look(), code)
        self.assertEqual(one.enter(), code)
        self.assertNotEqual(other.enter(), code)
        self.server.kill()
        self.server.start()
        self.assertEqual(one.look(), code)
        self.assertEqual(one.enter(), code)

    def test_the_same_label_is_the_same_participant_after_kill_9(self):
        self.assertTrue(Visitor(self.server, "lab", "PC_02").waits())
        present = {one["label"]: one["present"] for one in self.room("lab")["labels"]}
        self.assertEqual(present, {label: label == "PC_02" for label in LABELS})
        session = self.create("lab")
        self.server.kill()
        self.server.start()
        self.assertEqual(self.room("lab")["session"], session["code"])
        codes = {label: Visitor(self.server, "lab", label).enter() for label in LABELS[:3]}
        self.assertEqual(len(set(codes.values())), 3)
        self.server.kill()
        self.server.start()
        for label in reversed(LABELS[:3]):
            self.assertEqual(Visitor(self.server, "lab", label).enter(), codes[label])
            self.assertEqual(Visitor(self.server, "lab", label).look(), codes[label])
        last = Visitor(self.server, "lab", LABELS[3])
        self.assertEqual(last.request("POST", last.door, {})[0], 409)
        shown = self.command("session", "show", session["code"])
        self.assertEqual({one["label"]: one["code"] for one in shown["participants"]}, codes)

    def test_what_is_said_of_labels(self):
        self.assertIn("participant_label", Visitor(self.server, "lab").look())
        status, _, text = Visitor(self.server, "lab", "PC_99").request(
            "GET", "/room/lab?participant_label=PC_99")
        self.assertEqual(status, 403)
        self.assertIn("not on the list", text)

    def test_secure_links_are_one_a_label_and_cannot_be_made_up(self):
        links = {one["label"]: one["link"] for one in self.room("vault")["labels"]}
        self.assertEqual(list(links), LABELS)
        session = self.create("vault")
        visitor = Visitor(self.server, "vault")
        codes = [visitor.open(link, "POST", {})[1] for link in list(links.values())[:3]]
        self.assertEqual(sorted(map(code_in, codes)),
                         sorted(one["code"] for one in session["participants"]))
        for wrong in ("/room/vault", "/room/vault?participant_label=PC_01",
                      links["PC_01"].replace("PC_01", "PC_02"), links["PC_01"][:-1],
                      links["PC_01"].replace("/vault", "/lab")):
            status, _, text = visitor.request("POST", wrong, {})
            self.assertIn(status, (403, 303) if "/lab" in wrong else (403,), wrong)
            self.assertNotIn("/p/", text)

    def test_a_session_has_a_place_for_each_label_unless_it_is_told_otherwise(self):
        refused = run("session", "create", "counting", "--room", "lab", data=self.server.data,
                      check=False)
        self.assertEqual(refused.returncode, 1)  # four labels, groups of three
        self.assertIn("groups of 3", refused.stderr)

    def test_one_session_a_room_and_what_to_do_about_it(self):
        first = self.create("hall")
        refused = run("session", "create", "counting", 3, "--room", "hall", data=self.server.data,
                      check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn(first["code"], refused.stderr)
        self.assertIn("rialto room close hall", refused.stderr)
        player = Visitor(self.server, "hall")
        code = player.enter()
        self.assertEqual(self.command("room", "close", "hall")["code"], first["code"])
        self.assertTrue(player.waits())
        self.assertEqual(code_in(player.open(f"/p/{code}/")[1]), code)  # plays on
        second = self.create("hall")
        self.assertIn(player.enter(), [one["code"] for one in second["participants"]])
        self.command("session", "close", second["code"], "--yes")
        self.assertTrue(player.waits())
        again = run("room", "close", "hall", data=self.server.data, check=False)
        self.assertEqual((again.returncode, "has no session" in again.stderr), (1, True))

    def test_a_room_that_is_not_there_is_refused_with_those_that_are(self):
        for words in (("session", "create", "counting", 3, "--room", "attic"),
                      ("room", "show", "attic"), ("room", "close", "attic")):
            done = run(*words, data=self.server.data, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn('no room "attic"; there are: lab, hall, vault', done.stderr)
        self.assertEqual([room["name"] for room in self.command("room", "list")],
                         ["lab", "hall", "vault", "front"])
        self.assertEqual(Visitor(self.server, "attic").request("GET", "/room/attic")[0], 404)

    def test_people_read_the_rooms_in_the_terminal(self):
        self.create("hall")
        self.assertTrue(Visitor(self.server, "lab", "PC_01").waits())
        listed = run("room", "list", data=self.server.data).stdout
        self.assertRegex(listed, r"lab +4 labels +http\S+/room/lab  no session, 1 waiting")
        self.assertRegex(listed, r"hall +anybody +http\S+/room/hall  session \w+")
        shown = run("room", "show", "lab", data=self.server.data).stdout
        self.assertRegex(shown, r"PC_01  http\S+participant_label=PC_01  waiting\n")
        self.assertRegex(shown, r"Éva & co  http\S+participant_label=%C3%89va%20%26%20co\n")

    def test_a_server_killed_while_a_session_comes_to_a_room_has_one_there_or_none(self):
        words = [PROGRAM, "session", "create", "counting", "1200", "--room", "hall", "--json",
                 "--data", str(self.server.data)]
        began = time.monotonic()
        self.command("session", "close", json.loads(subprocess.check_output(words))["code"], "--yes")
        took = time.monotonic() - began
        there = []
        for part in (0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 1, None):
            with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                  text=True) as creating:
                if part is None:  # not in the making at all
                    said = creating.communicate()[0]
                    self.server.kill()
                else:
                    time.sleep(took * part)
                    self.server.kill()
                    said = creating.communicate()[0]
            self.server.start()
            code = self.room("hall").get("session")
            known = [one["code"] for one in self.command("session", "list") if "room" in one]
            self.assertEqual(known, [code] if code else [])
            if said:
                self.assertEqual(json.loads(said)["code"], code)
            there.append(bool(code))
            if code:
                self.assertTrue(Visitor(self.server, "hall").enter())
                self.command("session", "close", code, "--yes")
        self.assertTrue(there[-1], there)

    def test_a_label_that_came_with_its_owner_is_in_the_export_if_asked_for(self):
        session = self.create("lab")
        code = Visitor(self.server, "lab", "Éva & co").enter()
        with tempfile.TemporaryDirectory() as folder:
            run("export", session["code"], "--personal", "--out", folder + "/tables",
                data=self.server.data)
            wide = pathlib.Path(folder, "tables/all_apps_wide.csv").read_text(encoding="utf-8")
        self.assertRegex(wide, f"(?m)^[^\n]*{code}[^\n]*Éva & co")

    def test_hooks_see_a_label_once_its_owner_is_there_and_a_second_time_when_verified(self):
        session = self.command("session", "create", "labelled", 2, "--room", "lab")
        first, second = (Visitor(self.server, "lab", label) for label in ("PC_01", "PC_02"))
        _, path, text = first.open(first.door, "POST", {})
        self.assertIn("<p>PC_01</p>", text)
        second.request("POST", second.door, {})  # has a seat, and has not come to it yet
        first.open(path, "POST", {})
        _, path, _ = second.open(second.door, "POST", {})
        self.server.kill()
        self.server.start()
        second.open(path, "POST", {})
        self.assertEqual(self.server.tables(session["code"])["groups"][0]["all"], "PC_01;PC_02;")
        self.assertEqual([(row["at_first"], row["on_page"])
                          for row in self.server.tables(session["code"])["players"]],
                         [("", "PC_01"), ("", "PC_02")])
        verified = self.command("verify", session["code"])
        self.assertEqual((verified["differences"], verified["taken"]), ([], 0))

    def test_a_browser_that_waits_is_forgotten_after_some_seconds(self):
        self.assertTrue(Visitor(self.server, "hall").waits())
        self.assertEqual(self.room("hall")["present"], 1)
        until(lambda: self.room("hall")["present"] == 0, seconds=15, what="an empty room")


if __name__ == "__main__":
    unittest.main()
