"""Ends the server again and again at random moments of whole experiments (forms, wait pages of all kinds,
live pages, times, hand-overs), until all participants are through; then compares what everyone did and was
told with what is stored: nothing is lost, nothing counts twice, nobody is stuck, the money adds up.

    whole_loop --cycles 1000              kill -9 of the server or of its worker
    whole_loop --cycles 100 --power-cut   and what was not fsynced is gone, or is not and goes the next time;
                                          and writes and syncs that fail
    whole_loop --cycles 20 --power-cut --buffered   must fail: it shows that the loop can see a loss
"""

import argparse
import asyncio
import concurrent.futures
import json
import os
import pathlib
import random
import sys
import tempfile

from kill_loop import end_somehow, only_cuts_if
from person import Person
from server import Server, run
from whole_checks import check
from whole_plays import PLAYS

PROJECT = pathlib.Path(os.environ["RIALTO_SOURCE"], "tests/projects/whole")
PATIENCE = 150  # seconds, in which everyone gets through once nothing is killed any more: ten rounds, a slow machine


async def end_again_and_again(server, draw, cycles, players):
    """Until so many cycles are done or all are through; returns how many, and the bytes lost."""
    done = lost = 0
    while done < cycles and not all(player.done() for player in players):
        await asyncio.sleep(draw.uniform(0.02, 0.7))
        lost += await asyncio.to_thread(end_somehow, server, draw)
        done += 1
    return done, lost


async def play(server, draw, cycles, people):
    """All play while the server is ended: (cycles, bytes lost, sentences about who is stuck)."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(concurrent.futures.ThreadPoolExecutor(2 * len(people) + 4))
    players = [asyncio.create_task(person.play()) for person in people]
    try:
        done, lost = await end_again_and_again(server, draw, cycles, players)
        _, stuck = await asyncio.wait(players, timeout=PATIENCE)
        for player in players:
            if player.done() and player.exception():
                raise player.exception()
        problems = [f"{person.trace.code} is stuck at {person.where()}"
                    for person, player in zip(people, players) if player in stuck]
        return done, lost, problems
    finally:
        for player in players:
            player.cancel()
        await asyncio.gather(*players, return_exceptions=True)


def replayed(server, code):
    """What comes out otherwise when the records' inputs are played again (G9)."""
    done = run("verify", code, "--json", data=server.data, check=False)
    return json.loads(done.stdout)["differences"] if done.stdout else [done.stderr]


def play_session(server, config, draw, cycles, say):
    """One whole session: (cycles done, problems)."""
    plays = PLAYS[config]
    session = server.create(config, plays.participants)
    people = [Person(participant, random.Random(draw.random()), plays(seat))
              for seat, participant in enumerate(session["participants"], 1)]
    done, lost, problems = asyncio.run(play(server, draw, cycles, people))
    traces = [person.trace for person in people]
    with tempfile.TemporaryDirectory(prefix="rialto-test-") as out:
        exported = run("export", session["code"], "--out", out, data=server.data, check=False)
        problems += check(config, out, traces) if exported.returncode == 0 else [exported.stderr]
    if not problems:
        problems += replayed(server, session["code"])
    say(f"{config}: {done} cycles, in all {server.ends()}; {sum(trace.posts for trace in traces)} submits, "
        f"{sum(trace.resent for trace in traces)} of them without an answer, "
        f"{sum(len(load.sends) for trace in traces for load in trace.loads)} sends, "
        f"{lost} unsynced bytes lost, {len(problems)} problems")
    return done, problems


def whole_loop(config, cycles, power_cut=False, buffered=False, seed=None, say=print):
    """Plays sessions until so many cycles are done; returns the list of problems."""
    seed = random.randrange(2**32) if seed is None else seed
    draw = random.Random(seed)
    say(f"seed {seed}")
    options = ["--project", PROJECT, *(["--buffered"] if buffered else [])]
    with Server(*options, power_cut=power_cut, seed=seed) as server:
        only_cuts_if(buffered, server)
        while True:
            done, problems = play_session(server, config, draw, cycles, say)
            cycles -= done
            if problems or cycles <= 0:
                return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", choices=sorted(PLAYS), default="whole")
    parser.add_argument("--cycles", type=int, default=20)
    parser.add_argument("--power-cut", action="store_true")
    parser.add_argument("--buffered", action="store_true", help="serve without fsync")
    parser.add_argument("--seed", type=int)
    problems = whole_loop(**vars(parser.parse_args()))
    for problem in problems[:20]:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
