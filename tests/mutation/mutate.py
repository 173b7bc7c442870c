#!/usr/bin/env python3
"""Breaks one line of the program at a time, builds the ring's tests and runs them: what no test
notices is a survivor. By hand, for an hour or two; see README.md beside this file."""

import argparse
import hashlib
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Whose tests are to notice it, in the order in which they are asked; the longest folder that fits.
RINGS = {"actors": ["actor", "game"], "gateway": ["gateway"], "gateway/templates": ["templates", "gateway"],
         "storage": ["storage"]}

FLIPPED = {"==": "!=", "!=": "==", "<=": ">", ">=": "<", "<": ">=", ">": "<=", "&&": "||", "||": "&&",
           "+": "-", "-": "+"}
OPERATOR = re.compile(r"(?<= )(==|!=|<=|>=|&&|\|\||<|>|\+|-)(?= )")
NUMBER = re.compile(r"(?<![\w.'])(\d+)(?![\w.'])")
TRUTH = re.compile(r"\b(true|false)\b")
CONDITION = re.compile(r"^(\s*(?:\} else )?if \()([^;]*)(\)( \{| return\b.*;| continue;| break;))$")
# A call or an assignment that stands alone on its line.
STATEMENT = re.compile(r"^\s*(?!return\b|using\b|case\b|throw\b|break\b|continue\b|delete\b|goto\b|const\b|auto\b|static\b)"
                       r"(?:\+\+|--)?[\w:]+(?:(?:\.|->|\[|\(|::)[^;]*|(?:\s*[-+|]?=(?!=)[^;]*))?;$")
LOGGED = re.compile(r"spdlog::|static_assert|#|^\s*//|TEST_CASE")


def without_texts(line):
    """The same line with texts and comments blanked, so that nothing in them is found."""
    line = re.sub(r'"(?:\\.|[^"\\])*"', lambda m: '"' + "." * (len(m.group()) - 2) + '"', line)
    line = re.sub(r"'(?:\\.|[^'\\])'", lambda m: "'" + "." * (len(m.group()) - 2) + "'", line)
    return re.sub(r"//.*", lambda m: "." * len(m.group()), line)


def changes(line):
    """All (what, changed line) of one line."""
    plain = without_texts(line)
    if LOGGED.search(plain):
        return
    for found in OPERATOR.finditer(plain):
        turned = FLIPPED[found.group()]
        yield f"{found.group()} -> {turned}", line[:found.start()] + turned + line[found.end():]
    for found in NUMBER.finditer(plain):
        turned = str(int(found.group()) + 1)
        yield f"{found.group()} -> {turned}", line[:found.start()] + turned + line[found.end():]
    for found in TRUTH.finditer(plain):
        turned = "false" if found.group() == "true" else "true"
        yield f"{found.group()} -> {turned}", line[:found.start()] + turned + line[found.end():]
    condition = CONDITION.match(line)
    # One comparison alone was turned round already.
    if condition and not re.fullmatch(r"[^&|]* (==|!=|<=|>=|<|>) [^&|]*", condition[2]):
        yield "negated", f"{condition[1]}!({condition[2]}){condition[3]}"
    if STATEMENT.match(plain) and plain.count("(") == plain.count(")"):
        yield "dropped", re.match(r"\s*", line).group() + ";"


def mutants(path):
    lines = (ROOT / path).read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        for what, changed in changes(line):
            key = hashlib.sha256(f"{path}\0{number}\0{line}\0{changed}".encode()).hexdigest()[:16]
            yield {"key": key, "file": path, "line": number + 1, "what": what, "was": line.strip(),
                   "is": changed.strip(), "changed": changed}


def rings_of(file):
    folders = [str(folder) for folder in pathlib.PurePath(file).parents]
    return next((RINGS[folder] for folder in folders if folder in RINGS), [])


def run(command, seconds):
    """What it ended with, None if it took too long; what it said."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          start_new_session=True) as process:
        try:
            said, _ = process.communicate(timeout=seconds)
            return process.returncode, said.decode(errors="replace")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return None, process.communicate()[0].decode(errors="replace")


def noticed_by(ring, ended, said):
    case = re.findall(r"^TEST CASE: +(.*)$", said, re.M)
    return f"noticed by {ring}: " + (case[0] if case else "it took too long" if ended is None else f"ended with {ended}")


def outcome(rings, arguments):
    """One ring after the other, so that nothing is linked that need not run any more."""
    for ring in rings:
        target = f"rialto_test_{ring}"
        build = ["cmake", "--build", arguments.build, "--target", target, "--", f"-j{arguments.jobs}"]
        if run(build, 1800)[0] != 0:
            return "does not build"
        ended, said = run([f"{arguments.build}/{target}", "--abort-after=1"], arguments.seconds)
        if ended != 0:
            return noticed_by(ring, ended, said)
    return "SURVIVED"


def attempt(mutant, arguments):
    path = ROOT / mutant["file"]
    original = path.read_bytes()
    lines = original.decode().split("\n")
    lines[mutant["line"] - 1] = mutant["changed"]
    try:
        path.write_text("\n".join(lines), encoding="utf-8")
        return outcome(rings_of(mutant["file"]), arguments)
    finally:
        path.write_bytes(original)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", help="actors/senders.cpp, …")
    parser.add_argument("--build", default="build/release", help="a build folder with RIALTO_TESTS on")
    parser.add_argument("--state", default="build/mutants.jsonl", help="what was tried, and how it ended; goes on from there")
    parser.add_argument("--sample", type=int, default=0, help="so many of each file, drawn; 0: all")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--minutes", type=float, default=120, help="no new one is begun after that")
    parser.add_argument("--seconds", type=float, default=120, help="a test binary that takes longer has noticed")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="only say what would be tried")
    return parser.parse_args()


def chosen(arguments):
    for file in arguments.files:
        path = pathlib.Path(file).as_posix()
        if not rings_of(path) or not (ROOT / path).is_file():
            sys.exit(f"{file} is no file of {', '.join(RINGS)}")
        all_of_it = list(mutants(path))
        if arguments.sample and len(all_of_it) > arguments.sample:
            drawn = random.Random(f"{arguments.seed} {path}").sample(range(len(all_of_it)), arguments.sample)
            all_of_it = [all_of_it[index] for index in sorted(drawn)]
        yield from all_of_it


def report(tried):
    counts = {}
    for each in tried:
        ended = "noticed" if each["outcome"].startswith("noticed") else each["outcome"]
        counts[ended] = counts.get(ended, 0) + 1
    for each in tried:
        if each["outcome"] == "SURVIVED":
            print(f"{each['file']}:{each['line']}: {each['what']}\n    was {each['was']}\n    is  {each['is']}")
    print(", ".join(f"{count} {ended}" for ended, count in sorted(counts.items())) or "nothing was tried")


def main():
    arguments = read_arguments()
    wanted = list(chosen(arguments))
    if arguments.list:
        for each in wanted:
            print(f"{each['file']}:{each['line']}: {each['what']}: {each['is']}")
        return
    rings = sorted({ring for each in wanted for ring in rings_of(each["file"])})
    state = ROOT / arguments.state
    known = {}
    if state.exists():
        known = {each["key"]: each for each in map(json.loads, state.read_text().splitlines())}
    # What fails as it is would seem to notice everything.
    if (as_it_is := outcome(rings, arguments)) != "SURVIVED":
        sys.exit(f"the tests must pass before anything is broken: {as_it_is}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # the file is put back on the way out
    until = time.monotonic() + 60 * arguments.minutes
    tried = []
    for each in wanted:
        if each["key"] in known:
            tried.append(known[each["key"]])
            continue
        if time.monotonic() > until:
            break
        each["outcome"] = attempt(each, arguments)
        tried.append(each)
        with state.open("a", encoding="utf-8") as file:
            file.write(json.dumps({k: v for k, v in each.items() if k != "changed"}) + "\n")
    report(tried)
    if len(tried) < len(wanted):
        print(f"{len(wanted) - len(tried)} are left: run it again to go on")


if __name__ == "__main__":
    main()
