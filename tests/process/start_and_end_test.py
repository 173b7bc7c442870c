"""How the server starts, refuses to start, and ends."""

import asyncio
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest

import websockets

from browser_tab import Tab
from server import PROGRAM, Server, children, gone, run, until


def serve(*arguments, **more):
    """Runs a server that is not expected to start."""
    return subprocess.run([PROGRAM, "serve", *map(str, arguments)], capture_output=True, text=True,
                          timeout=30, check=False, **more)


class StartTest(unittest.TestCase):
    def test_a_second_server_on_a_data_folder_is_refused_and_names_the_first(self):
        with Server() as first:
            second = serve("--data", first.data, "--listen", "127.0.0.1:0")
            self.assertEqual(second.returncode, 2)
            self.assertIn(f"in use by process {first.worker()}", second.stderr)

    def test_a_port_that_is_taken_ends_with_2_and_a_sentence(self):
        with socket.create_server(("127.0.0.1", 0)) as taken, tempfile.TemporaryDirectory() as data:
            port = taken.getsockname()[1]
            ended = serve("--data", data, "--listen", f"127.0.0.1:{port}")
            self.assertEqual(ended.returncode, 2)
            self.assertIn(str(port), ended.stderr)

    def test_a_read_only_folder_ends_with_2_and_a_sentence(self):
        with tempfile.TemporaryDirectory() as data:
            os.chmod(data, 0o555)
            nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
            if nobody:
                os.chown(data, 65534, 65534)
            try:
                ended = serve("--data", data, "--listen", "127.0.0.1:0", cwd="/", **nobody)
            except PermissionError:
                self.skipTest("the program lies where nobody else may run it")
            self.assertEqual(ended.returncode, 2)
            self.assertIn(data, ended.stderr)

    def test_a_folder_with_something_else_in_it_is_left_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            thesis = pathlib.Path(folder) / "thesis.tex"
            thesis.write_text("chapter one")
            ended = serve("--data", folder, "--listen", "127.0.0.1:0")
            self.assertEqual(ended.returncode, 2)
            self.assertEqual([path.name for path in pathlib.Path(folder).iterdir()], ["thesis.tex"])

    def test_wrong_use_ends_with_2(self):
        for words in (["--listen", "nonsense"], ["--limit", "no_such=1"], ["--limit", "frame=x"],
                      ["--limit", "nesting=300"],
                      ["--no-such-option"], ["--app", "no-such-file.so"],
                      ["--public-url", "nonsense"], ["--demo", "--listen", "0.0.0.0:0"]):
            with self.subTest(words), tempfile.TemporaryDirectory() as data:
                ended = serve("--data", data, "--listen", "127.0.0.1:0", *words)
                self.assertEqual(ended.returncode, 2, ended.stderr)
                self.assertTrue(ended.stderr.strip())

    def test_the_control_socket_is_for_its_owner_alone_however_long_the_path(self):
        with tempfile.TemporaryDirectory() as folder:
            deep = pathlib.Path(folder) / ("x" * 100) / ("y" * 100)
            with Server(data=deep) as server:
                self.assertEqual((deep / "control.sock").stat().st_mode & 0o777, 0o600)
                self.assertEqual(len(server.create("counting", 3)["participants"]), 3)


class EndTest(unittest.TestCase):
    def test_ctrl_c_finishes_what_was_taken_in_and_tells_browsers_to_come_back(self):
        async def play(server):
            session = server.create("counting", 3)
            tab = await Tab(session["participants"][0]["link"]).connect()
            for _ in range(50):
                await tab.send("one")
            server.process.send_signal(signal.SIGINT)
            with self.assertRaises(websockets.ConnectionClosed):
                await tab.until(lambda: False)
            self.assertEqual(tab.line.socket.close_code, 1001)
            return session, tab

        with Server() as server:
            session, tab = asyncio.run(play(server))
            self.assertEqual(server.process.wait(timeout=30), 0)
            told = max((data["total"] for _, data in tab.heard if "total" in data), default=0)
            server.start()
            tab_again = Tab(session["participants"][0]["link"])

            async def again():
                await tab_again.connect()
                await tab_again.close()
            asyncio.run(again())
            stored = max((data["total"] for _, data in tab_again.heard if "total" in data), default=0)
            self.assertGreaterEqual(stored, told)

    def test_the_worker_dies_with_its_supervisor(self):
        with Server() as server:
            worker = server.worker()
            server.kill()
            self.assertTrue(gone(worker))
            server.start()

    def test_a_killed_worker_is_started_again_on_the_same_port(self):
        with Server() as server:
            session = server.create("counting", 3)
            first = server.worker()
            server.kill_worker()
            until(lambda: [w for w in children(server.process.pid) if w != first], what="a new worker")
            until(lambda: run("session", "list", data=server.data, check=False).returncode == 0)
            listed = json.loads(run("session", "list", "--json", data=server.data).stdout)
            self.assertEqual([each["code"] for each in listed], [session["code"]])
            self.assertEqual(Tab(session["participants"][0]["link"]).page.config["page"], "counting/1-0")

    def test_a_worker_is_started_again_though_the_program_was_replaced_meanwhile(self):
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder, pathlib.Path(PROGRAM).name)
            shutil.copy(PROGRAM, program)
            (program.parent / "share").symlink_to(pathlib.Path(PROGRAM).parent / "share")
            with Server(program=program) as server:
                link = server.create("auction", 3)["participants"][0]["link"]
                program.unlink()
                shutil.copy(PROGRAM, program)
                first = server.worker()
                server.kill_worker()
                until(lambda: [w for w in children(server.process.pid) if w != first], what="a new worker")
                until(lambda: run("session", "list", data=server.data, check=False).returncode == 0)
                self.assertEqual(Tab(link).page.config["page"], "auction/1-0")

    def test_a_command_that_comes_while_the_server_is_starting_again_waits_for_it(self):
        with Server() as server:
            code = server.create("counting", 3)["code"]
            for words in (("session", "show", code), ("verify", code), ("session", "list")):
                worker = server.worker()
                server.kill_worker()
                until(lambda: gone(worker), what="the worker's end")
                run(*words, data=server.data)
                self.assertEqual(len(server.tables(code)["players"]), 3)


if __name__ == "__main__":
    unittest.main()
