"""Descriptors of files, and the command line of a server that has none left."""

import os
import pathlib
import resource
import socket
import subprocess
import time
import unittest
import urllib.request

from server import PROGRAM, Server, children, until


def open_files(pid):
    return {int(number) for number in os.listdir(f"/proc/{pid}/fd")}


def lowest_free(pid):
    taken = open_files(pid)
    return next(number for number in range(len(taken) + 1) if number not in taken)


def limits_of(pid):
    """Soft and hard limit of open files."""
    for line in pathlib.Path(f"/proc/{pid}/limits").read_text().splitlines():
        if line.startswith("Max open files"):
            return line.split()[3:5]
    raise AssertionError("no limit of open files")


def seconds_of(pid):
    """Processor time a process has taken."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class DescriptorsTest(unittest.TestCase):
    def test_serve_takes_as_many_descriptors_as_the_system_lets_it_have(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
        try:
            server = Server()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        with server:
            worker = server.worker()
            self.assertEqual(*limits_of(worker))
            self.assertNotEqual(limits_of(worker)[0], "256")
            lines = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(300)]
            until(lambda: len(open_files(worker)) > 300, what="300 lines")
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/health") as answer:
                self.assertEqual(answer.status, 200)
            for line in lines:
                line.close()

    def test_the_command_line_of_a_server_without_descriptors_waits_and_takes_no_time_of_it(self):
        with Server() as server:
            server.create("counting", 3)
            worker = server.worker()
            before = resource.prlimit(worker, resource.RLIMIT_NOFILE)
            resource.prlimit(worker, resource.RLIMIT_NOFILE, (lowest_free(worker), before[1]))
            asking = subprocess.Popen([PROGRAM, "session", "list", "--data", str(server.data)],
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            until(lambda: "the command line has to wait" in server.text_of_log(), what="the warning")
            used, begin = seconds_of(worker), time.monotonic()
            time.sleep(2)
            used = (seconds_of(worker) - used) / (time.monotonic() - begin)
            self.assertLess(used, 0.2)
            self.assertIsNone(asking.poll())  # it waits
            resource.prlimit(worker, resource.RLIMIT_NOFILE, before)
            self.assertIn("counting", asking.communicate(timeout=10)[0])
            self.assertEqual(children(server.process.pid), [worker])


if __name__ == "__main__":
    unittest.main()
