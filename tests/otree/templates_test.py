"""Our template engine beside oTree's own (6.0.15, from the Python registry): the same snippets come out
the same, and the same ones are refused. Where we differ on purpose, templates/snippets.py says why, in DIFFERENT."""

import html
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from templates import snippets

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ["RIALTO_BUILD"])
SETTINGS = """
SESSION_CONFIGS = []
SESSION_CONFIG_DEFAULTS = dict(real_world_currency_per_point=1.00, participation_fee=0.00)
LANGUAGE_CODE = 'en'
REAL_WORLD_CURRENCY_CODE = 'USD'
USE_POINTS = False
ADMIN_USERNAME = 'admin'
ADMIN_PASSWORD = ''
SECRET_KEY = 'x'
"""


def rendered(command, asked, folder):
    lines = "".join(json.dumps(each) + "\n" for each in asked)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, cwd=folder, timeout=120)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(answers) != len(asked):
        raise AssertionError(f"{command[0]} answered {len(answers)} of {len(asked)}:\n{done.stderr}")
    return answers


def both(templates):
    asked = [{"template": text, "files": files, "context": snippets.CONTEXT} for text, files in templates]
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "settings.py").write_text(SETTINGS)
        (pathlib.Path(folder) / "_static").mkdir()
        theirs = rendered([BUILD / "otree_python/bin/python", HERE / "templates/ask_otree.py"], asked, folder)
    return theirs, rendered([BUILD / "render_template"], asked, BUILD)


def plain(text):
    """White space does not count, nor how a quote is escaped."""
    return re.sub(r"\s+", " ", text.replace("&#x27;", "&#39;")).strip()


def same_text(theirs, ours):
    """Escaping values is ours alone."""
    return plain(theirs) in (plain(ours), plain(html.unescape(ours)))


def same_json(theirs, ours):
    return json.loads(theirs) == json.loads(ours)


class Templates(unittest.TestCase):
    maxDiff = None

    def compare(self, templates, same):
        self.assertGreater(len(templates), 0)
        for (text, _), theirs, ours in zip(templates, *both(templates)):
            with self.subTest(template=text, otree=theirs, ours=ours):
                self.assertEqual("error" in theirs, "error" in ours, "one of them refuses it")
                if "output" in theirs:
                    self.assertTrue(same(theirs["output"], ours["output"]))

    def test_snippets_come_out_as_otree_prints_them(self):
        self.compare([(text, {}) for text in snippets.PLAIN + snippets.LINES], same_text)

    def test_files_are_put_together_as_otree_does(self):
        self.compare(snippets.FILES, same_text)

    def test_json_is_the_same_json(self):
        self.compare([(text, {}) for text in snippets.JSON], same_json)

    def test_where_we_differ_we_do_so_as_written(self):
        templates = [(text, {"app/part.html": "part"}) for text, *_ in snippets.DIFFERENT]
        for (text, theirs_wanted, ours_wanted, why), theirs, ours in zip(snippets.DIFFERENT, *both(templates)):
            with self.subTest(template=text, why=why, otree=theirs, ours=ours):
                for wanted, got in ((theirs_wanted, theirs), (ours_wanted, ours)):
                    if wanted == "error":
                        self.assertIn("error", got)
                    elif wanted is not None:
                        self.assertEqual(plain(wanted), plain(html.unescape(got["output"]))[:len(plain(wanted))])


if __name__ == "__main__":
    unittest.main()
