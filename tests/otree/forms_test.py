"""Our forms take and refuse what oTree's own form classes take and refuse, with the same values.

The cases stand in forms/cases.py. Where ours differ on purpose, the reason stands there, too; a
difference without one fails, and so does a reason that makes no difference.
"""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest
from decimal import Decimal

from forms import cases

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ["RIALTO_BUILD"])
SETTINGS = """
SESSION_CONFIGS = []
LANGUAGE_CODE = 'en'
USE_POINTS = False
REAL_WORLD_CURRENCY_CODE = 'EUR'
REAL_WORLD_CURRENCY_DECIMAL_PLACES = 2
SECRET_KEY = 'forms'
"""


def oTree_answers():
    with tempfile.TemporaryDirectory() as folder:
        project = pathlib.Path(folder)
        (project / "settings.py").write_text(SETTINGS)
        (project / "_static").mkdir()
        result = subprocess.run([BUILD / "otree_python/bin/python", HERE / "forms/ask_otree.py"], cwd=project,
                                input=json.dumps(cases.CASES), capture_output=True, text=True, timeout=300, check=True)
    return json.loads(result.stdout.splitlines()[-1])


def our_answers():
    lines = "".join(json.dumps(case) + "\n" for case in cases.CASES)
    result = subprocess.run([BUILD / "answer_forms"], input=lines, capture_output=True, text=True, timeout=300, check=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


def same(kind, theirs, ours):
    if kind in ("String", "LongString") and theirs.get("value"):
        theirs = {**theirs, "value": theirs["value"].replace("\r\n", "\n")}  # one line break, as in the browser
    if "crashed" in theirs or theirs["accepted"] != ours["accepted"]:
        return False
    if not ours["accepted"] or theirs["value"] is None or ours["value"] is None:
        return theirs["value"] == ours["value"]
    if kind in ("Currency", "Decimal"):
        return Decimal(theirs["value"]) == Decimal(str(ours["value"]))
    return theirs["value"] == ours["value"]


class Forms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.answers = list(zip(cases.CASES, oTree_answers(), our_answers(), strict=True))

    def test_there_are_cases_of_each_type(self):
        self.assertGreaterEqual(len(cases.CASES), 150)
        self.assertEqual({case["type"] for case in cases.CASES},
                         {"Integer", "Float", "Currency", "Decimal", "String", "LongString", "Boolean"})

    def test_each_case_is_answered_as_oTree_answers_it(self):
        for case, theirs, ours in self.answers:
            if cases.reason_to_differ(case):
                continue
            with self.subTest(type=case["type"], options=case["options"], raw=str(case["raw"])[:60]):
                self.assertTrue(same(case["type"], theirs, ours), f"oTree: {theirs}, ours: {ours}")

    def test_what_differs_on_purpose_is_refused_or_empty(self):
        for case, _, ours in self.answers:
            reason = cases.reason_to_differ(case)
            if reason == cases.COUNTED:  # taken or refused otherwise than by oTree, which counts otherwise
                self.assertEqual(ours["accepted"], "\r\n" in case["raw"][0], case)
            elif reason:
                with self.subTest(type=case["type"], options=case["options"], raw=str(case["raw"])[:60]):
                    self.assertIn(ours["value"], (None, ""), ours)

    def test_each_reason_to_differ_is_needed(self):
        needed = {cases.reason_to_differ(case) for case, theirs, ours in self.answers if not same(case["type"], theirs, ours)}
        listed = {cases.reason_to_differ(case) for case in cases.CASES} - {None}
        self.assertEqual(listed - needed, set())


if __name__ == "__main__":
    unittest.main()
