"""How a healthy group fares beside one attacker: p50 and p99 from send to receive, alone and beside each
flood. Prints a table. Run by hand, a minute or two:

    RIALTO_TEST_SERVER=build/release/rialto_test_server RIALTO_NOTE_SYNCS= \\
        PYTHONPATH=tests/process:tests/wire /usr/bin/python3 tests/bench/floods.py [SECONDS [FLOOD…]]

The server has one core, the attacker and the group the others. The attacker is a participant of another
session, with as many lines as a flood says; it reads nothing but where it must. Where this may set
priorities (as root), the group goes before the server and both before the attacker, so that it is the
server that is measured and not who is on the group's core; beside each flood stands how much of its core the
server took."""

import asyncio
import json
import multiprocessing
import os
import pathlib
import secrets
import socket
import sys
import tempfile
import time
import urllib.parse

from client import Browser, Client, Page
from server import Server, run

PLAYERS = 4
FORM = "application/x-www-form-urlencoded"


class Attacker:
    """One participant's link, cookie and page, and lines of its own on plain sockets."""

    def __init__(self, link, data):
        self.data = data
        parts = urllib.parse.urlsplit(link)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.address = (parts.hostname, parts.port)
        self.page = Page(Browser(self.origin), link)
        self.cookie = self.page.browser.cookie_header(self.page.path)

    def line(self):
        line = socket.create_connection(self.address)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        return line

    def window(self):
        """A WebSocket that has said hello."""
        line = self.line()
        config = self.page.config
        line.sendall((f"GET {config['socket']} HTTP/1.1\r\nHost: {self.address[0]}:{self.address[1]}\r\n"
                      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                      f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: {self.cookie}\r\n\r\n").encode())
        answer = line.recv(4096)
        assert answer.startswith(b"HTTP/1.1 101 "), answer
        line.sendall(frame(json.dumps({
            "type": "hello", "version": 1, "page": config["page"], "sender": secrets.token_urlsafe(9),
            "lineage": config["lineage"], "rendered": config["record"], "after": config["after"]})))
        line.setblocking(False)
        return line

    def post(self, line, body, cookie=None):
        head = (f"POST {self.page.path} HTTP/1.1\r\nHost: {self.address[0]}:{self.address[1]}\r\n"
                f"Cookie: {cookie or self.cookie}\r\nContent-Type: {FORM}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n")
        line.sendall(head.encode() + body)
        return line.recv(1 << 20)


def frame(text, opcode=0x81):
    data = text.encode()
    size = bytes([0x80 | len(data)]) if len(data) < 126 else (
        b"\xfe" + len(data).to_bytes(2, "big") if len(data) < 65536 else b"\xff" + len(data).to_bytes(8, "big"))
    return bytes([opcode]) + size + b"\0\0\0\0" + data  # a mask of zeros


def send(number, data):
    return frame(f'{{"type":"send","n":{number},"data":{data}}}')


def pour(lines, pieces):
    """Each line gets its piece again and again, as fast as it is taken."""
    left = {line: b"" for line in lines}
    while True:
        idle = True
        for line in list(left):
            left[line] = left[line] or pieces(line)
            try:
                taken = line.send(left[line])
                left[line] = left[line][taken:]
                idle = False
                line.recv(1 << 16)
            except BlockingIOError:
                pass
            except OSError:
                del left[line]
        if idle:
            time.sleep(0.001)


def flood_sends(attacker):
    numbers = {}

    def piece(line):
        first = numbers.get(line, 1)
        numbers[line] = first + 50
        return b"".join(send(n, '"x"') for n in range(first, first + 50))
    pour([attacker.window() for _ in range(20)], piece)


def flood_json(attacker):
    large = json.dumps([[i, "x" * 8, {"a": i}] for i in range(1800)])
    pour([attacker.window() for _ in range(10)], lambda line: send(1, large))


def flood_refused(attacker):
    """Frames that are too large, on lines that are closed for it and opened again."""
    piece = frame("x" * 70_000)
    while True:
        lines = [attacker.window() for _ in range(10)]
        end = time.monotonic() + 5
        while time.monotonic() < end:
            for line in list(lines):
                try:
                    line.send(piece)
                except BlockingIOError:
                    pass
                except OSError:
                    lines.remove(line)
            if not lines:
                break
            time.sleep(0.0005)


def flood_garbage(attacker):
    pour([attacker.window() for _ in range(10)], lambda line: frame("no json") * 50)


def flood_pings(attacker):
    pour([attacker.window() for _ in range(4)], lambda line: frame("x" * 120, 0x89) * 50)


def post_again(attacker, body, cookie=None):
    line = attacker.line()
    while True:
        try:
            if not attacker.post(line, body, cookie):
                line = attacker.line()
        except OSError:
            line = attacker.line()


def flood_field(attacker):
    post_again(attacker, b"note=" + b"x" * 4_000_000)


def flood_fields(attacker):
    post_again(attacker, b"&".join(b"x%d=1" % i for i in range(80_000)))


def flood_pending(attacker):
    sends = ",".join(f'{{"type":"send","n":{n},"data":1,"sender":"abcdefgh0001","page":"{attacker.page.config["page"]}"}}'
                     for n in range(1, 50_001))
    post_again(attacker, ("rialto_pending=[" + sends + "]").encode())


def flood_cookies(attacker):
    lines = [attacker.line() for _ in range(100)]
    many = "; ".join("rialto=x" for _ in range(1600))
    head = f"GET {attacker.page.path} HTTP/1.1\r\nHost: a\r\nCookie: {many}\r\n\r\n".encode()
    for line in lines:
        line.setblocking(False)
    pour(lines, lambda line: head)


def flood_bodies(attacker):
    """4 MB that nobody asked for, without a cookie."""
    while True:
        try:
            attacker.post(attacker.line(), b"x" * 4_000_000, "rialto=x")
        except OSError:
            pass


def flood_sessions(attacker):
    """Sessions of 100,000, one after the other: the experimenter's own."""
    while True:
        run("session", "create", "talk", 100_000, data=attacker.data)


def flood_lines(attacker):
    """Lines that ask once and are closed before there is an answer."""
    while True:
        with attacker.line() as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")


FLOODS = {"alone": None, "lines that come and go": flood_lines, "sends, 20 lines": flood_sends, "60 KB of JSON, 10 lines": flood_json,
          "frames too large, 10 lines": flood_refused, "no JSON, 10 lines": flood_garbage, "pings, 4 lines": flood_pings, "4 MB in a field": flood_field,
          "80,000 fields": flood_fields, "50,000 pending": flood_pending, "1,600 cookies, 100 lines": flood_cookies,
          "4 MB of a stranger": flood_bodies, "sessions of 100,000": flood_sessions}


async def healthy(links, seconds):
    """Each player sends ten times a second and waits for its own acknowledgement; milliseconds, sorted."""
    clients = [await Client(Page(Browser(link.rsplit("/p/", 1)[0]), link)).connect() for link in links]
    times = []

    async def play(client):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            begin = time.monotonic()
            await client.send("something to say")
            await client.done(30)
            times.append((time.monotonic() - begin) * 1000)
            await asyncio.sleep(0.1)
    await asyncio.gather(*(play(client) for client in clients))
    for client in clients:
        await client.drop()
    return sorted(times)


def attack(flood, link, data):
    prefer(0)
    flood(Attacker(link, data))


def prefer(nice):
    try:
        os.setpriority(os.PRIO_PROCESS, 0, nice)
    except PermissionError:
        pass


def seconds_of(pid):
    """Processor time a process has taken."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 8
    chosen = sys.argv[2:] or list(FLOODS)
    cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(dir=".") as folder:
        os.sched_setaffinity(0, cores[:1])  # inherited
        prefer(-10)
        with Server(data=folder + "/data") as server:
            os.sched_setaffinity(0, cores[1:] or cores)
            prefer(-15)
            links = [each["link"] for each in server.create("talk", PLAYERS)["participants"]]
            print(f"{'':26} {'p50':>8} {'p99':>8} {'most':>8}  ms {'server':>8}", flush=True)
            for name in chosen:
                process = None
                if FLOODS[name]:
                    victim = server.create("talk", PLAYERS)["participants"][0]["link"]
                    process = multiprocessing.Process(target=attack, args=(FLOODS[name], victim, server.data), daemon=True)
                    process.start()
                    time.sleep(1)
                busy, begin = seconds_of(server.worker()), time.monotonic()
                times = asyncio.run(healthy(links, seconds))
                busy = (seconds_of(server.worker()) - busy) / (time.monotonic() - begin)
                if process:
                    process.kill()
                    process.join()
                print(f"{name:26} {times[len(times) // 2]:8.2f} {times[len(times) * 99 // 100]:8.2f} "
                      f"{times[-1]:8.2f}     {busy:7.0%}", flush=True)


if __name__ == "__main__":
    main()
