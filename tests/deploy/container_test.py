"""The container that deploy/Containerfile describes, without a container engine: what its last stage says is
done in a fresh Debian, with what `cmake --install` puts there, and then it runs as it is started."""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request

from fresh_debian import CACHE, fresh_debian, why_not

SOURCE = pathlib.Path(os.environ["RIALTO_SOURCE"])
BUILD = pathlib.Path(os.environ["RIALTO_BUILD"])
HERE = pathlib.Path(__file__).resolve().parent


def last_stage():
    """Its instructions in order: [("RUN", "…"), …]."""
    text = (SOURCE / "deploy/Containerfile").read_text().replace("\\\n", " ")
    lines = re.findall(r"^([A-Z]+) (.*)$", text, re.MULTILINE)
    begin = max(number for number, (word, _) in enumerate(lines) if word == "FROM")
    return lines[begin:]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Container(unittest.TestCase):
    def setUp(self):
        if why_not():
            self.skipTest(why_not())
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="rialto-container-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.root = self.folder / "root"
        fresh_debian(self.root)
        subprocess.run(["cmake", "--install", BUILD, "--prefix", self.root / "usr/local"], check=True,
                       stdout=subprocess.DEVNULL)

    def there(self, *command):
        log = open(self.folder / "output", "a+b")
        self.addCleanup(log.close)
        process = subprocess.Popen(["unshare", "--mount", "--pid", "--fork", "--kill-child", "bash",
                                    HERE / "bare_machine.sh", self.root, "/", CACHE / "container", *command],
                                   stdout=log, stderr=subprocess.STDOUT)
        self.addCleanup(self.end, process)
        return process

    # The first process there has changed its user, which takes --kill-child from it.
    def end(self, process):
        children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if process.poll() is None:
            for child in children.read_text().split():
                os.kill(int(child), signal.SIGKILL)
        process.wait(timeout=30)

    def said(self):
        return (self.folder / "output").read_text(errors="replace")[-4000:]

    def test_it_is_made_in_a_fresh_debian_and_serves_as_a_user_of_its_own(self):
        user, command = "root", []
        for word, rest in last_stage():
            if word == "RUN":
                self.assertEqual(self.there("sh", "-euc", rest).wait(timeout=900), 0, self.said())
            if word == "USER":
                user = rest
            if word in ("ENTRYPOINT", "CMD"):
                command += json.loads(rest)
        self.assertEqual(user, "rialto")
        port = free_port()
        command = [f"127.0.0.1:{port}" if word == "0.0.0.0:8000" else word for word in command]
        server = self.there("setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *command)
        until = time.monotonic() + 30
        while True:
            self.assertIsNone(server.poll(), self.said())
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
                    self.assertEqual(answer.status, 200)
                break
            except OSError:
                self.assertLess(time.monotonic(), until, self.said())
                time.sleep(0.1)
        # As `podman exec` does: with the user's rights.
        made = self.there("setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "/usr/local/bin/rialto",
                          "session", "create", "auction", "3", "--data", "/data")
        self.assertEqual(made.wait(timeout=30), 0, self.said())
        self.assertIn("link for all", self.said())


if __name__ == "__main__":
    unittest.main()
