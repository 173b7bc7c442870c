"""The language of a participant's pages is that of the experiment: of the session's config, or of the project."""

import json
import pathlib
import tempfile
import unittest
import urllib.request

from server import Server, run

PROJECT = """
language = "de-AT"
words = "words.toml"

[[session_configs]]
name = "here"
app_sequence = ["survey"]

[[session_configs]]
name = "french"
app_sequence = ["survey"]
language = "fr"
"""

WORDS = """
[de]
next = "Los geht's"
[de.line]
back = "Wieder da."
"""


class LanguageTest(unittest.TestCase):
    def page(self, link):
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        opener.addheaders = [("Accept-Language", "es,ja;q=0.5")]
        with opener.open(link, timeout=20) as answer:
            return answer.read().decode()

    def test_pages_are_in_the_language_of_the_experiment_with_the_projects_own_words(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "rialto.toml").write_text(PROJECT, encoding="utf-8")
            (pathlib.Path(folder) / "words.toml").write_text(WORDS, encoding="utf-8")
            with Server("--project", folder) as server:
                shown = {}
                for config in ("here", "french"):
                    made = json.loads(run("session", "create", config, "1", "--json", data=server.data).stdout)
                    link = made["participants"][0]["link"]
                    shown[config] = self.page(link)
                self.assertIn('<html lang="de-AT" dir="ltr">', shown["here"])
                self.assertIn(">Los geht&#39;s</button>", shown["here"])
                self.assertIn("Wieder da.", shown["here"])
                self.assertIn('<html lang="fr" dir="ltr">', shown["french"])
                self.assertIn(">Suivant</button>", shown["french"])

    def test_one_session_may_have_another_language_if_there_are_words_of_it(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "rialto.toml").write_text(PROJECT, encoding="utf-8")
            (pathlib.Path(folder) / "words.toml").write_text(WORDS, encoding="utf-8")
            with Server("--project", folder) as server:
                for config in ("here", "french"):
                    made = json.loads(run("session", "create", config, "1", "--set", "language=es", "--json",
                                          data=server.data).stdout)
                    self.assertIn('<html lang="es" dir="ltr">', self.page(made["participants"][0]["link"]))
                    refused = run("session", "create", config, "1", "--set", "language=xx", data=server.data,
                                  check=False)
                    self.assertEqual(refused.returncode, 1)
                    self.assertIn('there are no words of "xx", only of ', refused.stderr)


if __name__ == "__main__":
    unittest.main()
