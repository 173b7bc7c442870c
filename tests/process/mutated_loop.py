"""Mutated HTTP and WebSocket input against the real server: real requests of real participants, damaged,
cut into pieces, several on a line, half closed, beside a healthy group whose messages are counted. At the
end the server is stopped and every session is played again. For long runs, mostly of a build with sanitizers:

    build/asan/mutated_loop --seconds 3600 --seed 1"""

import argparse
import asyncio
import collections
import os
import pathlib
import random
import re
import select
import socket
import sys
import threading
import time
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "wire"))
from client import Browser, Client, Page  # noqa: E402
from mutated_requests import Seeds, Victim, mutate  # noqa: E402
from server import Server, run  # noqa: E402

APPS = {"talk": 4, "counting": 3, "entry": 2, "sharing": 2, "auction": 3, "tictactoe": 2, "survey": 2, "chatty": 2,
        "quick_counter": 1, "market": 8, "ultimatum": 2, "order_book": 4}
ATTACKERS = 3
LINES = 8  # of each, at once
REPORT = re.compile(r"ERROR: AddressSanitizer|runtime error:|ERROR: LeakSanitizer|WARNING: ThreadSanitizer|Assertion")


def victims_of(server, sessions):
    host = f"127.0.0.1:{server.port}"
    for session in sessions:
        join = urllib.parse.urlsplit(session["link"]).path
        for one in session["participants"]:
            yield Victim(Page(Browser(f"http://{host}"), one["link"]), host, join)


class Attacker(threading.Thread):
    def __init__(self, seed, port, victims, until):
        super().__init__()
        self.draw, self.port, self.victims, self.until = random.Random(seed), port, victims, until
        self.sent = self.answered = 0
        self.statuses = {}

    def run(self):
        lines = []
        while time.monotonic() < self.until:
            try:
                lines.append(self.one_line())
            except OSError:
                pass
            if len(lines) >= LINES:
                self.end(lines.pop(self.draw.randrange(len(lines))))
        for line in lines:
            self.end(line)

    def one_line(self):
        """A connection, and what is sent on it."""
        line = socket.create_connection(("127.0.0.1", self.port), timeout=1)
        victim = self.draw.choice(self.victims)
        if self.draw.random() < 0.1:  # as a browser that goes on
            victim.page = Page(victim.page.browser, f"/p/{victim.code}/")
        seeds = Seeds(self.draw, victim)
        if self.draw.random() < 0.5:
            self.web_socket(line, seeds)
        else:
            for _ in range(self.draw.choice((1, 1, 2, 5))):
                self.say(line, mutate(self.draw, seeds.whole()))
                if self.draw.random() < 0.5:
                    self.hear(line, 0.03)
        if self.draw.random() < 0.3:
            line.shutdown(socket.SHUT_WR)
        self.hear(line, 0.02)
        return line

    def web_socket(self, line, seeds):
        head, frames = seeds.upgrade()
        self.say(line, mutate(self.draw, head) if self.draw.random() < 0.2 else head)
        if self.draw.random() < 0.95:
            self.hear(line, 0.3)
        if self.draw.random() < 0.3:
            self.draw.shuffle(frames)
        for number, each in enumerate(frames):
            damaged = self.draw.random() < (0.1 if number == 0 else 0.4)
            self.say(line, mutate(self.draw, each, 2) if damaged else each)
            if self.draw.random() < 0.3:
                self.hear(line, 0.01)

    def say(self, line, data):
        self.sent += 1
        while data:
            size = len(data) if self.draw.random() < 0.7 else self.draw.randint(1, len(data))
            line.sendall(data[:size])
            data = data[size:]

    def hear(self, line, seconds):
        if select.select([line], [], [], seconds)[0]:
            answer = line.recv(65536)
            self.answered += 1 if answer else 0
            if answer.startswith(b"HTTP/1.1 "):
                status = answer[9:12].decode()
                self.statuses[status] = self.statuses.get(status, 0) + 1

    def end(self, line):
        if self.draw.random() < 0.3:  # with a reset
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        line.close()


async def play(links, until):
    """The healthy group: each message reaches all four, once, in one order. Problems, in words."""
    clients = [Client(Page(Browser(link.rsplit("/p/", 1)[0]), link)) for link in links]
    for client in clients:
        await client.connect()
    said = []

    async def one(number, client):
        while time.monotonic() < until:
            token = f"{number}-{client.number}"
            said.append(token)
            await client.send(token)
            await client.done(60)
            await asyncio.sleep(0.05)
    await asyncio.gather(*(one(number, client) for number, client in enumerate(clients)))
    problems = []
    for client in clients:
        await client.until(lambda client=client: len(client.heard) >= len(said), 60)
        problems += [f"an error: {error}" for error in client.errors]
        await client.drop()
    heard = [[str(data) for _, data in client.heard] for client in clients]
    if any(each != heard[0] for each in heard):
        problems.append("not all have heard the same")
    counts = collections.Counter(token for text in heard[0] for token in re.findall(r"\b\d+-\d+\b", text))
    problems += [f"{token} was heard {counts[token]} times" for token in said if counts[token] != 1]
    return problems, len(said)


def health_of(server):
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/health", timeout=30) as answer:
        return answer.status


def mutated_loop(seconds, seed):
    """Problems, in words; none if all is well."""
    os.environ.setdefault("UBSAN_OPTIONS", "print_stacktrace=1")
    os.environ.setdefault("ASAN_OPTIONS", "use_sigaltstack=0")  # ours is another (running_slot.h)
    with Server() as server:
        healthy = server.create("talk", 4)
        sessions = [server.create(app, size * 3) for app, size in APPS.items()]
        victims = list(victims_of(server, sessions))
        worker = server.worker()
        until = time.monotonic() + seconds
        attackers = [Attacker(seed * 100 + number, server.port, victims, until) for number in range(ATTACKERS)]
        for attacker in attackers:
            attacker.start()
        try:
            problems, said = asyncio.run(play([each["link"] for each in healthy["participants"]], until))
        except Exception as problem:  # the log says why
            problems, said = [f"the healthy group: {problem!r}; the log ends: {server.text_of_log()[-3000:]}"], 0
        for attacker in attackers:
            attacker.join()
        if health_of(server) != 200:
            problems.append("the server is not healthy")
        if server.worker() != worker:
            problems.append("the worker has ended and was started again")
        if server.stop() != 0:
            problems.append("the server did not end well")
        log = server.text_of_log()
        found = REPORT.search(log)
        if found:
            problems.append("a report: " + log[max(0, found.start() - 200):found.start() + 6000])
        for session in [healthy, *sessions]:
            verified = run("verify", session["code"], data=server.data, check=False)
            if verified.returncode != 0:
                problems.append(f"verify {session['config']}: {verified.stdout[-500:]} {verified.stderr[-500:]}")
        sent = sum(attacker.sent for attacker in attackers)
        answered = sum(attacker.answered for attacker in attackers)
        statuses = {}
        for attacker in attackers:
            for status, count in attacker.statuses.items():
                statuses[status] = statuses.get(status, 0) + count
        print(f"{seconds} s, seed {seed}: {sent} requests and frames, {answered} answers {dict(sorted(statuses.items()))}; "
              f"{said} messages of the healthy group; {len(problems)} problems", flush=True)
        return problems


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seconds", type=float, default=60)
    words.add_argument("--seed", type=int, default=1)
    options = words.parse_args()
    problems = mutated_loop(options.seconds, options.seed)
    for problem in problems[:20]:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
