"""A real `otree devserver_inner` (what `otree devserver` runs) and a real `rialto serve`, seen alike: sessions,
participants who open pages and submit them, live messages, exported tables."""

import asyncio
import csv
import io
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

import websockets

BUILD = pathlib.Path(os.environ["RIALTO_BUILD"])
os.environ["RIALTO_TEST_SERVER"] = os.environ.get("RIALTO_FLOW_SERVER", str(BUILD / "rialto_flow_server"))
TESTS = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS / "process"), str(TESTS / "wire")]
from client import Browser, Client, Page  # noqa: E402
from server import Server, run  # noqa: E402

from flow.page_view import PageView  # noqa: E402

THE_END = ("the end",)


def table(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def request(address, fields=None):
    body = json.dumps(fields).encode() if fields is not None else None
    with urllib.request.urlopen(urllib.request.Request(address, body), timeout=20) as answer:
        return answer.read().decode()


class OTree:
    """oTree's server, on a copy of the project in a folder of its own, with its data in memory."""

    def __init__(self, shared_pages, settings=""):
        """`settings` stands below those of the project."""
        self.folder = tempfile.TemporaryDirectory(prefix="rialto-otree-")
        project = pathlib.Path(self.folder.name) / "project"
        shutil.copytree(TESTS / "otree/project", project, ignore=shutil.ignore_patterns("__pycache__"))
        for file in shared_pages:
            (project / file.parent.name / file.name).write_text(self.in_blocks(file.read_text()))
        (project / "_static").mkdir()
        with open(project / "settings.py", "a", encoding="utf-8") as file:
            file.write(settings)
        self.log = open(project.parent / "log", "w+", encoding="utf-8")
        self.origin = f"http://127.0.0.1:{free_port()}"
        unset = {"DATABASE_URL", "OTREE_AUTH_LEVEL", "OTREE_REST_KEY"}
        self.process = subprocess.Popen(
            [BUILD / "otree_python/bin/otree", "devserver_inner", self.origin.rsplit("/", 1)[1]], cwd=project,
            stdout=self.log, stderr=self.log,
            env={**{k: v for k, v in os.environ.items() if k not in unset}, "OTREE_PRODUCTION": ""})
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise

    @staticmethod
    def in_blocks(text):
        """A page of ours without blocks is all content; oTree wants that said."""
        if "{{ block content }}" in text:
            return text
        return "{{ block title }}{{ endblock }}{{ block content }}" + text + "{{ endblock }}"

    def wait(self):
        give_up = time.monotonic() + 40
        while True:
            try:
                return request(self.origin + "/api/otree_version")
            except (urllib.error.URLError, ConnectionError):
                if self.process.poll() is not None or time.monotonic() > give_up:
                    raise AssertionError("oTree does not answer: " + self.text_of_log()) from None
                time.sleep(0.1)

    def text_of_log(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.folder.cleanup()

    def session(self, app, players, pages):
        return OTreeSession(self, app, players, pages)


class OTreeSession:
    def __init__(self, server, app, players, pages):
        self.server, self.app = server, app
        asked = {"session_config_name": app, "num_participants": players}
        self.code = json.loads(request(server.origin + "/api/sessions", asked))["code"]
        people = json.loads(request(f"{server.origin}/api/get_session/{self.code}", {}))["participants"]
        people.sort(key=lambda one: one["id_in_session"])
        self.people = [OTreePerson(server, one["code"], pages) for one in people]
        self.number_of = {one["code"]: one["id_in_session"] for one in people}

    def get(self, path, **query):
        query = urllib.parse.urlencode({"app": self.app, "session_code": self.code, **query})
        return table(request(f"{self.server.origin}{path}?{query}"))

    def values(self, of_player, of_group):
        """(participant, round) -> column -> value"""
        return {(int(row["participant.id_in_session"]), int(row["subsession.round_number"])):
                {**{name: row["player." + name] for name in of_player},
                 **{name: row["group." + name] for name in of_group}}
                for row in self.get("/api/export_app")}

    def pages_left(self):
        """participant -> (page, round), in the order they were left"""
        left = {}
        for row in self.get("/api/export_page_times"):
            if row["session_code"] == self.code and row["page_name"] != "InitializeParticipant":  # the link, no page
                number = self.number_of[row["participant_code"]]
                left.setdefault(number, []).append((row["page_name"], int(row["round_number"])))
        return left

    def chat_rows(self):
        """(participant, nickname, body)"""
        rows = self.get("/api/export_chat")
        return [(row["id_in_session"], row["nickname"], row["body"]) for row in rows if row["session_code"] == self.code]

    def log_rows(self, _, *columns):
        """What custom_export gives of it"""
        return [[row[column] for column in columns] for row in self.get("/api/export_app_custom")]


class OTreePerson:
    def __init__(self, server, code, pages):
        self.browser, self.code, self.pages, self.log = Browser(server.origin), code, pages, server.text_of_log
        self.start = f"/InitializeParticipant/{code}"
        self.path = self.text = None
        self.paths = {}  # page -> where it was seen last
        self.socket = None

    def look(self):
        return self.seen(self.browser.open(self.path or self.start))

    def submit(self, values):
        return self.seen(self.browser.open(self.path, "POST", values))

    def submit_again(self, page, values):
        return self.seen(self.browser.open(self.paths[page], "POST", values))

    def seen(self, answer):
        status, self.path, self.text = answer
        self.paths[self.place()[-1 if self.place() == THE_END else 1]] = self.path
        if status != 200:
            raise AssertionError(f"oTree answered {status} at {self.path}: {self.text}")
        return PageView.read(self.place(), self.text.replace(self.code, "CODE"))

    def place(self):
        if self.path.startswith("/OutOfRangeNotification"):
            return THE_END
        _, _, _, app, page, index = self.path.split("/")
        rounds_before, position = divmod(int(index) - 1, self.pages)
        return app, page, rounds_before + 1, position

    def js_vars(self):
        return json.loads(re.search(r"var js_vars = (.*?);</script>", self.text).group(1))

    async def connect(self):
        path = re.search(r'id="otree-live" data-socket-url="([^"]*)"', self.text).group(1).replace("&amp;", "&")
        self.socket = await websockets.connect("ws" + self.browser.origin[len("http"):] + path, ping_interval=None)
        self.heard = []

    async def send(self, data):
        await self.socket.send(json.dumps(data))

    async def hear(self, count):
        """What it has heard since it was last asked: at least `count` messages."""
        while len(self.heard) < count:
            answer = json.loads(await asyncio.wait_for(self.socket.recv(), 10))
            if not answer["otree_success"]:
                raise AssertionError("oTree's live_method failed")
            self.heard.append(answer["live_method_payload"])
        heard, self.heard = self.heard, []
        return heard

    async def overheard(self):
        """What has come beside what was waited for; all that was sent before is answered."""
        while True:
            try:
                self.heard.append(json.loads(await asyncio.wait_for(self.socket.recv(), 0.1)))
            except asyncio.TimeoutError:
                return self.heard

    async def disconnect(self):
        await self.socket.close()

    async def enter_chat(self):
        self.chat_vars = json.loads(re.search(r"var varsFromDjango = (.*?);\n", self.text).group(1))
        path = self.chat_vars["socket_path"]
        self.chat = await websockets.connect("ws" + self.browser.origin[len("http"):] + path, ping_interval=None)
        self.chat_lines = json.loads(await self.chat.recv())

    async def say(self, body):
        await self.chat.send(json.dumps({"body": body, "nickname_signed": self.chat_vars["nickname_signed"]}))

    async def read_chat(self, count):
        """All lines that the page shows, once there are so many: (nickname, is it the own one?, body)."""
        while len(self.chat_lines) < count:
            self.chat_lines += json.loads(await asyncio.wait_for(self.chat.recv(), 10))
        mine = self.chat_vars["participant_id"]
        return [(line["nickname"], line["participant_id"] == mine, line["body"]) for line in self.chat_lines]

    async def leave_chat(self):
        await self.chat.close()


class Rialto:
    """Our server."""

    def __init__(self, *options):
        self.server = Server(*options)
        self.origin = f"http://127.0.0.1:{self.server.port}"

    def stop(self):
        self.server.__exit__()

    def session(self, app, players, pages):
        return RialtoSession(self, app, players, pages)


class RialtoSession:
    def __init__(self, rialto, app, players, pages):
        self.server, self.app = rialto.server, app
        made = self.server.create(app, players)
        self.code = made["code"]
        self.people = [RialtoPerson(rialto.origin, one["link"], pages) for one in made["participants"]]
        self.number_of = {one["code"]: number for number, one in enumerate(made["participants"], 1)}

    def export(self, name):
        with tempfile.TemporaryDirectory(prefix="rialto-test-") as folder:
            run("export", self.code, "--out", folder, "--personal", data=self.server.data)
            return table((pathlib.Path(folder) / (name + ".csv")).read_bytes().decode())

    def values(self, of_player, of_group):
        groups = {(row["group"], row["round"]): row for row in self.export("groups")}
        return {(self.number_of[row["participant_code"]], int(row["round"])):
                {**{name: row[name] for name in of_player},
                 **{name: groups[row["group"], row["round"]][name] for name in of_group}}
                for row in self.export("players")}

    def pages_left(self):
        left = {}
        for row in self.export("pages"):
            if row["left"]:
                entry = (float(row["left_epoch"]), int(row["round"]), int(row["page_index"]), row["page"])
                left.setdefault(self.number_of[row["participant_code"]], []).append(entry)
        return {number: [(page, round_) for _, round_, _, page in sorted(entries)] for number, entries in left.items()}

    def chat_rows(self):
        return [(row["participant_id_in_session"], row["nickname"], row["body"]) for row in self.export("chat")]

    def log_rows(self, log, *columns):
        return [[row[column] for column in columns] for row in self.export(f"{self.app}_{log}")]


class RialtoPerson:
    def __init__(self, origin, link, pages):
        self.browser, self.link, self.pages = Browser(origin), origin + urllib.parse.urlsplit(link).path, pages
        self.code = self.link.split("/")[-2]
        self.page = self.client = None
        self.paths = {}  # page -> where it was seen last

    def look(self):
        self.page = Page(self.browser, self.page.path if self.page else self.link)
        return self.seen()

    def submit(self, values):
        self.page = self.page.submit(**values)
        return self.seen()

    def submit_again(self, page, values):
        self.page.path = self.paths[page]
        return self.submit(values)

    def seen(self):
        if self.page.status != 200:
            raise AssertionError(f"{self.page.status} at {self.page.path}: {self.page.text}")
        self.paths[self.place()[-1 if self.place() == THE_END else 1]] = self.page.path
        return PageView.read(self.place(), self.page.text.replace(self.code, "CODE"))

    def place(self):
        parts = self.page.path.strip("/").split("/")
        if len(parts) == 2:
            return THE_END
        _, _, app, page, instance = parts
        round_, position = instance.split("-")
        return app, page, int(round_), int(position)

    def js_vars(self):
        return json.loads(re.search(r"var js_vars = (.*?);</script>", self.page.text).group(1))

    async def connect(self):
        self.client = Client(self.page)
        await self.client.connect()
        self.heard = 0

    async def send(self, data):
        await self.client.send(data)
        await self.client.done()

    async def hear(self, count):
        """As oTree's; a refusal is what an oTree game says in an `error`."""
        def all_of_it():
            return [data for _, data in self.client.heard] + [{"error": one["message"]} for one in self.client.errors]
        await self.client.until(lambda: len(all_of_it()) >= count)
        heard = all_of_it()
        self.client.heard, self.client.errors = [], []
        return heard

    async def overheard(self):
        """As oTree's: a ping is answered after all that came before it."""
        await self.client.done()
        return self.client.heard + self.client.errors

    async def disconnect(self):
        await self.client.line.close()

    async def enter_chat(self):
        self.chat_vars = json.loads(re.search(r'rialto-chat">\s*<script type="application/json">(.*?)</script>', self.page.text).group(1))
        await self.connect()

    async def say(self, body):
        line = {**{name: self.chat_vars[name] for name in ("channel", "nickname", "key")}, "body": body}
        await self.send({"rialto_chat": line})

    async def read_chat(self, count):
        def lines():
            heard = [data["rialto_chat"] for record, data in self.client.heard if record > self.page.config["record"]]
            return self.chat_vars["lines"] + [line for line in heard if line["channel"] == self.chat_vars["hears"]]
        await self.client.until(lambda: len(lines()) >= count)
        return [(line["nickname"], line["from"] == self.chat_vars["seat"], line["body"]) for line in lines()]

    async def leave_chat(self):
        await self.disconnect()
