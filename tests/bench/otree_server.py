"""Starts oTree's own server as `otree prodserver` does, on a copy of the project beside this file, makes a session
and writes the codes of its participants into a file; prints its address, and ends when its input does.

    otree_server.py FOLDER_OF_OTREE_PYTHON APP PARTICIPANTS CODES_FILE SCRATCH_FOLDER
"""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

PROJECT = pathlib.Path(__file__).resolve().parent / "otree"
PAGES = PROJECT.parents[1] / "games"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def ask(address, fields=None):
    body = json.dumps(fields).encode() if fields is not None else None
    with urllib.request.urlopen(urllib.request.Request(address, body), timeout=60) as answer:
        return json.loads(answer.read())


def wait_for(process, address):
    for _ in range(400):
        try:
            return ask(address)
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise SystemExit("oTree does not start")


def main():
    python, app, participants, codes, scratch = sys.argv[1:]
    project = pathlib.Path(scratch) / "otree"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("__pycache__"))
    for page in (PAGES / app).glob("*.html"):
        shutil.copy(page, project / app)
    (project / "_static").mkdir()
    unset = {"DATABASE_URL", "OTREE_AUTH_LEVEL", "OTREE_REST_KEY"}
    environment = {**{k: v for k, v in os.environ.items() if k not in unset}, "OTREE_PRODUCTION": "1",
                   "PATH": f"{python}/bin:{os.environ['PATH']}"}  # it starts itself a second time
    otree = [pathlib.Path(python) / "bin/otree"]
    quiet = dict(cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run([*otree, "resetdb", "--noinput"], check=True, **quiet)
    port = free_port()
    server = subprocess.Popen([*otree, "prodserver1of2", str(port)], **quiet)
    try:
        origin = f"http://127.0.0.1:{port}"
        wait_for(server, origin + "/api/otree_version")
        session = ask(origin + "/api/sessions", {"session_config_name": app, "num_participants": int(participants)})
        people = ask(f"{origin}/api/get_session/{session['code']}", {})["participants"]
        pathlib.Path(codes).write_text(json.dumps([one["code"] for one in people]), encoding="utf-8")
        print(origin, flush=True)
        sys.stdin.read()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
