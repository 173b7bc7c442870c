"""A machine with nothing on it: Debian's minbase and git. What the README says first must be what works
first there, so `deploy/demo` is the first thing that runs; a page is fetched from the demo. The compiler's
cache, the package manager's and npm's are this machine's, so that it takes a minute or two."""

import os
import pathlib
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
HERE = pathlib.Path(__file__).resolve().parent


def copy_source(folder):
    """What git knows of this tree, as it stands now."""
    folder.mkdir(parents=True)
    files = subprocess.run(["git", "-c", f"safe.directory={SOURCE}", "ls-files", "-z", "-co", "--exclude-standard"],
                           cwd=SOURCE, capture_output=True, check=True).stdout
    there = b"\0".join(file for file in files.split(b"\0") if file and (SOURCE / os.fsdecode(file)).exists())
    with subprocess.Popen(["tar", "-cf", "-", "--null", "-T", "-"], cwd=SOURCE, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as packed:
        with subprocess.Popen(["tar", "-C", folder, "-xf", "-"], stdin=packed.stdout):
            packed.stdin.write(there)
            packed.stdin.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class BareMachine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if why_not():
            raise unittest.SkipTest(why_not())
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="bare-machine-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.root = cls.folder / "root"
        fresh_debian(cls.root)
        copy_source(cls.root / SOURCE.relative_to("/"))

    def there(self, *command):
        """Starts `command` on the bare machine; its output goes to a file that `said` reads."""
        log = open(self.folder / "output", "w+b")
        self.addCleanup(log.close)
        process = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", HERE / "bare_machine.sh", self.root,
             SOURCE, CACHE, *command], stdout=log, stderr=subprocess.STDOUT)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()

    def said(self):
        return (self.folder / "output").read_text(errors="replace")[-6000:]

    def page(self, address, process, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.assertIsNone(process.poll(), self.said())
            try:
                with urllib.request.urlopen(address, timeout=5) as answer:
                    return answer.read().decode()
            except OSError:
                time.sleep(0.2)
        self.fail(f"no page within {seconds} s:\n" + self.said())

    def test_1_the_demo_is_the_first_thing_that_runs(self):
        port = free_port()
        demo = self.there("deploy/demo", "--listen", f"127.0.0.1:{port}")
        page = self.page(f"http://127.0.0.1:{port}/", demo, 1500)
        self.assertIn("auction", page)
        started = urllib.request.Request(f"http://127.0.0.1:{port}/demo/auction", data=b"")
        with urllib.request.urlopen(started, timeout=10) as answer:
            self.assertIn("/p/", answer.read().decode())

    def test_2_what_is_installed_runs_without_the_tree(self):
        process = self.there("bash", "-euc", "cmake --install build/release >/dev/null\n"
                             "mv build build-away; cd /; rialto --version; rialto bots public_goods 3")
        self.assertEqual(process.wait(timeout=120), 0, self.said())


if __name__ == "__main__":
    unittest.main()
