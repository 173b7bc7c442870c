"""The real server for tests: starts `rialto serve`, knows where it listens, ends it as asked (also by
kill -9 and power cut), starts it again on the same data and port; and the command line beside it."""

import csv
import json
import os
import pathlib
import random
import signal
import struct
import subprocess
import tempfile
import time

PROGRAM = os.environ["RIALTO_TEST_SERVER"]
NOTE_SYNCS = os.environ["RIALTO_NOTE_SYNCS"]


def run(*arguments, data=None, check=True, program=PROGRAM, **more):
    """Runs a command of the program; returns the finished process."""
    words = [program, *map(str, arguments)] + (["--data", str(data)] if data else [])
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False, **more)
    if check and done.returncode != 0:
        raise AssertionError(f"{words} ended with {done.returncode}: {done.stderr}")
    return done


def children(pid):
    """The processes that `pid` has started."""
    try:
        return [int(child) for child in
                pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def state_of(pid):
    """The state letter of a process, "X" if it is gone."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "X"


def gone(pid):
    """Has the process ended, with its last thread? One that waits for its parent to notice has."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except FileNotFoundError:
        return True
    return state_of(pid) in "ZX" and threads == [str(pid)]


def until(condition, seconds=10, what="what was waited for"):
    """Waits for the condition and returns its value."""
    give_up = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > give_up:
            raise AssertionError(f"{what} did not happen within {seconds} s")
        time.sleep(0.01)


class PowerCut:
    """What fsync has made durable, noted by a preloaded library (tests/storage/power_cut), the cut that takes
    away the rest, and calls that fail."""

    ENTRY = struct.Struct("=QQQ")  # inode, synced bytes, has a sync failed? The first: countdown, errno, 0
    ENTRIES = 4096

    def __init__(self, folder, table, draw):
        self.folder, self.table, self.draw = pathlib.Path(folder), pathlib.Path(table), draw
        self.armed = False
        self.mixed = True  # with kills without a cut, and with faults
        self.cuts = self.faults = 0

    def files(self):
        return [path for path in self.folder.rglob("*") if path.is_file() and not path.is_symlink()]

    def arm(self):
        """Before each start. The first time, and after a cut, what is there is on the disk; after a mere kill
        as little is as before."""
        if not self.armed:
            entries = self.ENTRY.pack(0, 0, 0) + b"".join(
                self.ENTRY.pack(file.stat().st_ino, file.stat().st_size, 0) for file in self.files())
            self.table.write_bytes(entries.ljust((1 + self.ENTRIES) * self.ENTRY.size, b"\0"))
            self.armed = True
        return {"LD_PRELOAD": NOTE_SYNCS, "RIALTO_SYNCED_SIZES": str(self.table),
                "RIALTO_POWER_FOLDER": str(self.folder)}

    def fail(self, nth, error):
        """The nth write or sync from now on fails with that errno, once."""
        self.faults += 1
        with open(self.table, "r+b") as table:
            table.write(self.ENTRY.pack(nth, error, 0))

    def cut(self):
        """When all processes are dead. What was synced stays; of what was written after it any
        beginning may have reached the disk, and a file that was cut may be whole again."""
        self.armed = False
        self.cuts += 1
        synced = {inode: size for inode, size, _ in self.ENTRY.iter_unpack(self.table.read_bytes()[self.ENTRY.size:])}
        lost = 0
        for file in self.files():
            size, inode = file.stat().st_size, file.stat().st_ino
            kept = min(size, synced.get(inode, 0))
            taken_away = pathlib.Path(f"{self.table}.{inode}")
            if taken_away.exists() and self.draw.random() < 0.5:
                os.truncate(file, kept)
                with open(file, "ab") as whole_again:
                    whole_again.write(taken_away.read_bytes())
            else:
                if self.draw.random() < 0.5:
                    kept = self.draw.randint(kept, size)
                os.truncate(file, kept)
            taken_away.unlink(missing_ok=True)
            lost += max(0, size - kept)
        return lost


class Server:
    """A running `rialto serve`, in a data folder of its own unless one is given."""

    def __init__(self, *options, data=None, power_cut=False, seed=0, program=PROGRAM, **environment):
        self.program = program
        self.environment = environment  # beside ours
        self.folder = tempfile.TemporaryDirectory(prefix="rialto-test-")
        self.data = pathlib.Path(data or self.folder.name + "/data")
        self.options = list(map(str, options))
        self.power = PowerCut(self.data, self.folder.name + "/synced", random.Random(seed)) \
            if power_cut else None
        self.log = open(self.folder.name + "/log", "a+", encoding="utf-8")
        self.port = 0
        self.kills = 0
        self.process = None
        self.start()

    def spawn(self):
        """Starts it, or starts it again where it was, without waiting."""
        self.data.mkdir(parents=True, exist_ok=True)
        environment = dict(os.environ, **self.environment, **(self.power.arm() if self.power else {}))
        self.process = subprocess.Popen(
            [self.program, "serve", "--data", str(self.data), "--listen", f"127.0.0.1:{self.port}",
             *self.options],
            stdout=subprocess.PIPE, stderr=self.log, text=True, env=environment)

    def start(self):
        """As `spawn`, and waits until it listens."""
        self.spawn()
        for line in self.process.stdout:
            if "listening on https://" in line:  # a proxy's; `--listen` among the options says ours
                return self
            if "listening on http://" in line:
                self.port = int(line.rsplit(":", 1)[1].split("/")[0])
                return self
        self.process.stdout.close()
        raise AssertionError(f"the server ended with {self.process.wait()}: {self.text_of_log()}")

    def start_again(self):
        """As `start`; a start that the disk fails is tried once more."""
        try:
            return self.start()
        except AssertionError:
            return self.start()

    def text_of_log(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def worker(self):
        """The process id of the worker that runs now."""
        return until(lambda: children(self.process.pid), what="a worker")[0]

    def kill(self, cut=True):
        """kill -9 of the whole server; where the power is cut, what was not synced is gone."""
        self.kills += 1
        self.process.send_signal(signal.SIGSTOP)  # so that it starts no worker that is not known here
        until(lambda: state_of(self.process.pid) in "TZX", what="the supervisor's halt")
        workers = children(self.process.pid)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
        for worker in workers:  # they die with their supervisor
            until(lambda pid=worker: gone(pid), what="the worker's end")
        return self.power.cut() if self.power and cut else 0

    def ends(self):
        """In words, how often it was ended."""
        ends = f"{self.kills} kills"
        return ends if self.power is None else f"{ends}, {self.power.cuts} power cuts, {self.power.faults} faults"

    def kill_worker(self):
        self.kills += 1
        worker = self.worker()
        os.kill(worker, signal.SIGKILL)
        until(lambda: gone(worker), what="the worker's end")  # it would take a command and not answer

    def stop(self):
        """Asks it to end, and waits; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        return code

    def create(self, app, participants):
        """A new session, as `session create --json` describes it."""
        return self.asked("session", "create", app, participants)

    def asked(self, *words):
        """What a command says with --json."""
        return json.loads(run(*words, "--json", data=self.data).stdout)

    def tables(self, *what):
        """`rialto export` of this: the tables by name, each a list of rows."""
        with tempfile.TemporaryDirectory(prefix="rialto-test-") as folder:
            run("export", *what, "--out", folder, data=self.data)
            return {path.stem: list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(True)))
                    for path in pathlib.Path(folder).glob("*.csv")}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        self.log.close()
        self.folder.cleanup()
