"""`rialto backup` of a server that runs and of one that does not, and `rialto restore`; a copy of the folder of a
running server is refused; a table that is damaged harms the group whose it is."""

import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

from server import PROGRAM, Server, run


def play(server, session, seconds):
    """Everybody of the session sends for a while."""
    done = run("load", "counting", "--session", session["code"], "--seconds", seconds, "--rate", 300, "--json",
               data=server.data)
    return json.loads(done.stdout)


def status_of(link):
    """What a browser gets that follows it."""
    try:
        with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(link, timeout=30) as page:
            return page.status
    except urllib.error.HTTPError as error:
        return error.code


class BackupTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="rialto-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def restored(self):
        run("restore", self.folder / "backup", data=self.folder / "again")
        return Server(data=self.folder / "again")

    def test_a_backup_of_a_running_server_holds_what_was_acknowledged_and_is_served_again(self):
        with Server() as server:
            session = server.create("counting", 3)
            before = play(server, session, 1)["accepted"]
            made = json.loads(run("backup", self.folder / "backup", "--json", data=server.data).stdout)
            self.assertGreater(made["files"], 2)
            play(server, session, 1)
            self.assertEqual(list(server.data.glob(".checkpoint*")), [])
            first = json.loads(run("verify", session["code"], "--json", data=server.data).stdout)
        with self.restored() as again:
            taken = [row for row in again.tables(session["code"])["messages"] if row["direction"] == "in"]
            self.assertEqual(len(taken), before)
            verified = json.loads(run("verify", session["code"], "--json", data=again.data).stdout)
            self.assertEqual(verified["differences"], [])
            self.assertEqual(first["differences"], [])
            play(again, session, 1)

    def test_a_backup_without_a_server_is_the_same_thing(self):
        with Server() as server:
            session = server.create("counting", 3)
            server.stop()
            run("backup", self.folder / "backup", data=server.data)
            self.assertIn("backup", [path.name for path in self.folder.iterdir()])
        with self.restored() as again:
            self.assertEqual(again.asked("session", "show", session["code"])["code"], session["code"])

    def test_a_backup_goes_into_no_folder_that_holds_something(self):
        with Server() as server:
            refused = run("backup", server.data, data=server.data, check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("is not empty", refused.stderr)

    def test_a_copy_of_a_running_server_is_refused_and_the_folder_itself_is_not(self):
        with Server() as server:
            session = server.create("counting", 3)
            shutil.copytree(server.data, self.folder / "copy",
                            ignore=shutil.ignore_patterns("*.sock"))
            refused = subprocess.run([PROGRAM, "serve", "--data", str(self.folder / "copy"), "--listen", "127.0.0.1:0"],
                                     capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual(refused.returncode, 2)
            self.assertIn("rialto backup", refused.stderr)
            server.kill()
            server.start()
            self.assertEqual(server.asked("session", "show", session["code"])["code"], session["code"])

    def test_a_damaged_table_harms_the_group_whose_it_is_and_nobody_else(self):
        with Server() as server:
            session = server.create("counting", 6)
            play(server, session, 3)
            for _ in range(2):  # what a log held is in a table once it was read
                server.stop()
                server.start()
            server.stop()
            table = max(server.data.glob("store/*.sst"), key=lambda path: path.stat().st_size)
            bytes_of_it = bytearray(table.read_bytes())
            bytes_of_it[len(bytes_of_it) // 3] ^= 0x10
            table.write_bytes(bytes_of_it)
            self.check_left_out(server, session)
            self.check_backed_up(server, table.name)
            server.start()
            self.check_backed_up(server, table.name)
            worker = server.worker()
            sound = 3 - self.check_left_out(server, session)
            links = {each["unit"] + 1: each["link"] for each in session["participants"]}
            self.assertEqual(status_of(links[sound]), 200)
            self.assertEqual(status_of(links[3 - sound]), 500)
            other = server.create("counting", 3)
            self.assertGreater(play(server, other, 1)["accepted"], 0)
            self.assertEqual(server.worker(), worker)

    def check_backed_up(self, server, table):
        """A backup, and what is restored of it, is made, and both commands say which file is damaged."""
        for words, data in ((("backup", self.folder / "backup"), server.data),
                            (("restore", self.folder / "backup"), self.folder / "again")):
            done = run(*words, "--json", data=data, check=False)
            self.assertEqual(done.returncode, 1, words)
            self.assertIn(f"the file store/{table} is damaged", done.stderr)
            self.assertIn(f"store/{table}", json.loads(done.stdout)["damaged"][0])
        for folder in ("backup", "again"):
            shutil.rmtree(self.folder / folder)

    def check_left_out(self, server, session):
        """An export and a `verify` name the damaged group and have the other; returns the group's number."""
        out = self.folder / "tables"
        shutil.rmtree(out, ignore_errors=True)
        done = run("export", session["code"], "--out", out, data=server.data)
        left_out = json.loads((out / "manifest.json").read_text())["left_out"]
        self.assertEqual(len(left_out), 1)
        self.assertIn(left_out[0], done.stderr)
        self.assertIn("cannot be read", left_out[0])
        group = int(left_out[0].split("group ")[1].split(" ")[0])
        rows = (out / "groups.csv").read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(rows), 2)
        verified = run("verify", session["code"], "--json", data=server.data, check=False)
        self.assertEqual(verified.returncode, 1)
        self.assertIn("cannot be read", json.loads(verified.stdout)["differences"][0])
        return group


if __name__ == "__main__":
    unittest.main()
