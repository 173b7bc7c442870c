"""Counts test cases in ctest's JUnit files: the cases inside each ctest entry where its output tells
them (doctest, node's test runner, Python's unittest), the entry itself where it does not.
Prints "N passed, M failed[, K skipped]" and exits 1 if anything failed or nothing ran."""

import re
import sys
import xml.etree.ElementTree as ElementTree


def number(pattern, text):
    """The sum of the numbers that `pattern` finds, or None where it finds nothing."""
    found = re.findall(pattern, text, re.MULTILINE)
    return sum(map(int, found)) if found else None


def cases(output):
    """(passed, failed, skipped) as the output of one ctest entry tells them, or None."""
    doctest = re.findall(r"test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed", output)
    if doctest:
        return sum(int(p) for p, _ in doctest), sum(int(f) for _, f in doctest), 0
    node_passed = number(r"^(?:#|ℹ) pass (\d+)$", output)
    if node_passed is not None:
        failed = number(r"^(?:#|ℹ) (?:fail|cancelled) (\d+)$", output) or 0
        return node_passed, failed, number(r"^(?:#|ℹ) skipped (\d+)$", output) or 0
    ran = number(r"^Ran (\d+) tests? in ", output)
    if ran is not None:
        failed = number(r"(?:failures|errors)=(\d+)", output) or 0
        skipped = number(r"skipped=(\d+)", output) or 0
        return ran - failed - skipped, failed, skipped
    return None


def main(files):
    passed = failed = skipped = 0
    for file in files:
        for entry in ElementTree.parse(file).getroot().iter("testcase"):
            if entry.get("status") in ("disabled", "notrun"):
                skipped += 1
                continue
            ok = entry.get("status") == "run" and entry.find("failure") is None
            inside = cases(entry.findtext("system-out") or "") or (int(ok), 0, 0)
            passed += inside[0]
            failed += max(inside[1], 0 if ok else 1)
            skipped += inside[2]
            if not ok:
                print("failed:", entry.get("name"), f"({file.rsplit('/', 1)[-1][:-4]})")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
