"""More sessions than go into one answer, and sessions that do not go into one write."""

import json
import os
import pathlib
import random
import socket
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request

from server import PROGRAM, Server, run


def asked(data, request):
    """The lines that the control socket answers."""
    with socket.socket(socket.AF_UNIX) as line:
        here = os.getcwd()
        os.chdir(data)  # the socket's name may be too long from elsewhere
        try:
            line.connect("control.sock")
        finally:
            os.chdir(here)
        line.sendall(json.dumps(request).encode() + b"\n")
        with line.makefile("rb") as answer:
            return [json.loads(text) for text in answer]


class ManySessionsTest(unittest.TestCase):
    def test_a_list_of_sessions_comes_one_by_one_newest_first_however_long_it_is(self):
        with Server() as server, tempfile.TemporaryDirectory() as folder:
            labels = pathlib.Path(folder, "labels.txt")
            labels.write_text("".join(f"{number:06}{'x' * 90}\n" for number in range(80_000)))
            made = json.loads(run("session", "create", "talk", "--labels", labels, "--json", data=server.data).stdout)
            codes = [made["code"]]
            for _ in range(600):
                last = asked(server.data, {"command": "session create", "config": "talk", "participants": 4})[-1]
                codes.append(last["result"]["code"])
            lines = asked(server.data, {"command": "session list"})
            self.assertEqual([line["item"]["code"] for line in lines[:-1]], codes[::-1])
            self.assertTrue(lines[-1]["done"])
            listed = run("session", "list", "--json", data=server.data).stdout
            self.assertGreater(len(listed), 16 << 20)
            self.assertEqual([each["code"] for each in json.loads(listed)], codes[::-1])
            self.assertEqual(len(json.loads(listed)[-1]["participants"]), 80_000)
            self.assertEqual(len(run("session", "list", data=server.data).stdout.splitlines()), 601)

    def test_the_directory_answers_in_between_while_a_large_session_is_made_and_listed(self):
        with Server() as server:
            longest, stop = [0.0], threading.Event()

            def ask():
                while not stop.is_set():
                    begin = time.monotonic()
                    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/health") as answer:
                        self.assertEqual(answer.status, 200)
                    longest[0] = max(longest[0], time.monotonic() - begin)
            asking = threading.Thread(target=ask)
            asking.start()
            try:
                begin = time.monotonic()
                server.create("talk", 100_000)
                making = time.monotonic() - begin
            finally:
                stop.set()
                asking.join()
            # At one go it took as long as all of it takes.
            self.assertLess(longest[0], making / 3)

    def test_a_session_whose_making_was_killed_is_not_there_and_leaves_nothing(self):
        draw = random.Random(7)
        with Server() as server, tempfile.TemporaryDirectory() as folder:
            labels = pathlib.Path(folder, "labels.txt")
            labels.write_text("".join(f"secretlabel{number:06}\n" for number in range(40_000)))
            begin = time.monotonic()
            first = server.create("talk", 40_000)
            making = time.monotonic() - begin
            for _ in range(4):
                asking = subprocess.Popen(
                    [PROGRAM, "session", "create", "talk", "--labels", labels, "--data", str(server.data)],
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(making * draw.uniform(0.2, 0.9))
                asking.kill()
                asking.wait()
                server.kill()
                server.start()
            after = server.create("talk", 4)
            codes = [each["code"] for each in server.asked("session", "list")]
            self.assertEqual((codes[0], codes[-1]), (after["code"], first["code"]))
            for code in codes:  # whole ones, if a kill came too late
                self.assertIn(len(server.asked("session", "show", code)["participants"]), (4, 40_000))
                server.asked("session", "close", code, "--yes")
            whole = len(codes) - 2
            server.stop()
            for code in codes:
                run("session", "delete", code, "--yes", data=server.data)
            found = sum(path.read_bytes().count(b"secretlabel")
                        for path in server.data.rglob("*") if path.is_file())
            self.assertEqual(found, 0, f"{whole} were whole")


if __name__ == "__main__":
    unittest.main()
