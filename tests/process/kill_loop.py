"""Ends the server again and again at random moments while many play, then compares what every player
was told with what is stored: nothing is missing, nothing counts twice, one order for all (G2, G4-G6).

    kill_loop --cycles 1000              kill -9 of the server or of its worker
    kill_loop --cycles 100 --power-cut   and what was not fsynced is gone, or is not and goes the next time;
                                         and writes and syncs that fail
    kill_loop --cycles 20 --power-cut --buffered   must fail: it shows that the loop can see a loss
"""

import argparse
import collections
import contextlib
import csv
import errno
import json
import pathlib
import random
import signal
import subprocess
import sys
import time

from server import PROGRAM, Server, run, until

PLAYERS_PER_GROUP = 3


class Told:
    """What one participant saw and sent, from the log of `rialto load`."""

    def __init__(self):
        self.messages = []  # (record, data as JSON text)
        self.sends = {}     # (sender id, number) -> data
        self.acknowledged = set()
        self.highest = collections.Counter()  # acknowledged number of each sender


def read_log(path):
    """Participant -> Told."""
    told = collections.defaultdict(Told)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            player = told[entry["participant"]]
            sent, frame = entry.get("sent"), entry.get("received")
            if sent and sent["type"] == "send":
                player.sends[(sent.get("sender", entry["sender"]), sent["n"])] = sent["data"]
            elif frame and "type" not in frame:
                player.messages.append((frame["record"], frame["data"]))
            elif frame and frame["type"] == "ack":
                sender = frame.get("sender", entry["sender"])
                player.acknowledged |= {(sender, n) for n in range(player.highest[sender] + 1, frame["n"] + 1)}
                player.highest[sender] = max(player.highest[sender], frame["n"])
    return told


def read_stored(folder):
    """(group, player) -> ([(record, data)] said to the player, {number: [data]} taken from it)."""
    said = collections.defaultdict(list)
    taken = collections.defaultdict(lambda: collections.defaultdict(list))
    players = [str(player) for player in range(1, PLAYERS_PER_GROUP + 1)]
    with open(pathlib.Path(folder) / "messages.csv", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            data = json.loads(row["data"])
            if row["direction"] == "in":
                taken[row["group"], row["id_in_group"]][int(row["number"])].append(data)
                continue
            receivers = players if row["receivers"] == "all" else row["receivers"].split()
            for player in receivers:
                said[row["group"], player].append((int(row["record"]), data))
    return said, taken


def compare(session, told, said, taken):
    """Sentences about what is wrong; none if every promise was kept."""
    problems = []
    for participant in session["participants"]:
        code = participant["code"]
        seat = (str(participant["unit"] + 1), str(participant["player"]))
        player = told[code]
        if player.messages != said[seat][:len(player.messages)]:
            wrong = next((i for i, pair in enumerate(zip(player.messages, said[seat]))
                          if pair[0] != pair[1]), len(said[seat]))
            problems.append(f"{code} was told {player.messages[wrong:wrong + 2]} where "
                            f"{said[seat][wrong:wrong + 2]} is stored (message {wrong})")
        for number, inputs in taken[seat].items():
            if len(inputs) != 1:
                problems.append(f"send {number} of {code} took effect {len(inputs)} times")
        for sender, number in player.acknowledged:
            if taken[seat].get(number) != [player.sends.get((sender, number))]:
                problems.append(f"send {number} of {code} was acknowledged and is not stored as sent")
    return problems


def totals_are_right(folder):
    """The state that a group counted up is the number of messages it took."""
    counts = collections.Counter()
    with open(pathlib.Path(folder) / "messages.csv", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            counts[row["group"]] += row["direction"] == "in" and row["kind"] == "live"
    with open(pathlib.Path(folder) / "groups.csv", encoding="utf-8", newline="") as lines:
        return all(int(row["total"]) == counts[row["group"]] for row in csv.DictReader(lines))


def end_somehow(server, draw):
    """One of the ways in which a server ends badly: kill -9 of it or of its worker; where power is cut, with or
    without a cut, so that what was only written is there and then gone; or by a disk that fails once."""
    mixed = server.power is None or server.power.mixed
    if server.power is not None and mixed and draw.random() < 0.15:
        fail_disk(server, draw)
        return 0
    if mixed and draw.random() < 0.4:
        server.kill_worker()  # the supervisor starts another
        return 0
    lost = server.kill(cut=not mixed or draw.random() < 0.6)
    if draw.random() < 0.2:  # once more, while it is coming up
        server.spawn()
        time.sleep(draw.uniform(0, 0.1))
        lost += server.kill(cut=not mixed or draw.random() < 0.6)
    server.start_again()
    return lost


def only_cuts_if(buffered, server):
    """A server that syncs nothing must lose something each time: what a mere kill leaves there is synced when the
    store is opened."""
    if buffered and server.power is not None:
        server.power.mixed = False


def fail_disk(server, draw):
    """One write or sync fails, while the server writes or while it starts: it must end itself, start again and
    go on. Where the disk fails the start itself, it is started once more."""
    server.power.fail(draw.randint(1, 30), draw.choice([errno.EIO, errno.ENOSPC]))
    if draw.random() < 0.5:
        server.kill_worker()
    time.sleep(draw.uniform(0, 0.3))
    if server.process.poll() is not None or draw.random() < 0.5:
        server.kill(cut=draw.random() < 0.6)
        server.start_again()


@contextlib.contextmanager
def playing(server, session, rate, log):
    """`rialto load` on the session until it is told to end; not left behind when a test fails."""
    load = subprocess.Popen(
        [PROGRAM, "load", "counting", "--session", session["code"], "--seconds", "1000000",
         "--rate", str(rate), "--log", str(log), "--json", "--data", str(server.data)],
        stdout=subprocess.PIPE, text=True)
    try:
        until(lambda: log.exists() and log.stat().st_size > 0, seconds=60, what="the first frame")
        yield load
    finally:
        load.kill()
        load.wait()
        load.stdout.close()


def kill_loop(cycles, power_cut=False, buffered=False, seed=None, groups=5, rate=600, say=print):
    """Runs the loop; returns the list of problems."""
    seed = random.randrange(2**32) if seed is None else seed
    draw = random.Random(seed)
    say(f"seed {seed}")
    options = ["--limit", "sends_per_second=100000", "--limit", "sends_burst=100000"]
    with Server(*options, *(["--buffered"] if buffered else []), power_cut=power_cut,
                seed=seed) as server:
        only_cuts_if(buffered, server)
        session = server.create("counting", groups * PLAYERS_PER_GROUP)
        log = pathlib.Path(server.folder.name) / "frames"
        with playing(server, session, rate, log) as load:
            lost = 0
            for cycle in range(cycles):
                time.sleep(draw.uniform(0.05, 0.8))
                lost += end_somehow(server, draw)
                if cycle % 50 == 49:
                    say(f"{cycle + 1} cycles")
            time.sleep(1)
            load.send_signal(signal.SIGINT)
            report = json.loads(load.communicate(timeout=60)[0])
        out = pathlib.Path(server.folder.name) / "tables"
        exported = run("export", session["code"], "--out", out, data=server.data, check=False)
        if exported.returncode != 0:  # all of the session may be lost
            return [exported.stderr]
        told = read_log(log)
        problems = compare(session, told, *read_stored(out))
        if not totals_are_right(out):
            problems.append("a group's state is not what its messages make")
        # A player who never got through for long makes no more calls: that is no broken promise.
        not_made = report["errors"].pop("too many unanswered", 0)
        if report["errors"]:
            problems.append(f"players were told of errors: {report['errors']}")
        if report["unanswered"] > not_made:
            problems.append(f"{report['unanswered'] - not_made} sends were never answered")
        messages = sum(len(player.messages) for player in told.values())
        say(f"{cycles} cycles: {server.ends()}; {report['accepted']} sends taken, {messages} messages seen, "
            f"{report['reconnects']} reconnects, {lost} unsynced bytes lost, "
            f"{len(problems)} problems")
        return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cycles", type=int, default=20)
    parser.add_argument("--power-cut", action="store_true")
    parser.add_argument("--buffered", action="store_true", help="serve without fsync")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--groups", type=int, default=5)
    parser.add_argument("--rate", type=float, default=600, help="sends a second, all together")
    problems = kill_loop(**vars(parser.parse_args()))
    for problem in problems[:20]:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
