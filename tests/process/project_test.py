"""The project file: what it offers, and what is refused with file, line and what is allowed."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

from server import PROGRAM, Server, run

GOOD = """
[money]
currency = "EUR"

[session_config_defaults]
participation_fee = 2.50
treatment = "low"

[[session_configs]]
name = "study"
display_name = "A study of bids"
doc = "A questionnaire, then an auction."
app_sequence = ["survey", "counting"]
num_demo_participants = 6
rounds_paid = 2
ambiguous = false
rate_of_return = 1.5
stakes = [1, 2.5, "all"]

[[session_configs]]
name = "high"
app_sequence = ["counting"]
treatment = "high"

[[rooms]]
name = "econ_lab"
display_name = "Experimental lab"
participant_label_file = "labels/econ_lab.txt"
"""

CONFIG = '[[session_configs]]\nname = "a"\napp_sequence = ["counting"]\n'

# What stands in the file, the line of the fault, words of the sentence.
WRONG = {
    "an unknown key": ("[[session_config]]\nname = 'a'\n", 1, "session_configs"),
    "no TOML": ("[money\n", 1, ""),
    "one bracket for two": ("[session_configs]\nname = 'a'\n", 1, "in two brackets"),
    "two brackets for one": (CONFIG + "[[money]]\npoints = true\n", 4, "in single brackets"),
    "no name": ('[[session_configs]]\napp_sequence = ["counting"]\n', 1, "has no name"),
    "a name with a space": (CONFIG.replace('"a"', '"a b"'), 2, "letters, digits"),
    "a name of a number": (CONFIG.replace('"a"', "5"), 2, "a text"),
    "two of one name": (CONFIG + CONFIG, 5, "in line 1"),
    "no apps": ("[[session_configs]]\nname = 'a'\n", 1, "app_sequence"),
    "an empty sequence": (CONFIG.replace('"counting"', ""), 3, "names no app"),
    "an app that is not there": (CONFIG.replace("counting", "countin"), 3, "there are: .*counting"),
    "an app twice": (CONFIG.replace('"counting"', '"counting", "counting"'), 3, "stands twice"),
    "a sequence that is no list": (CONFIG.replace('["counting"]', '"counting"'), 3, "list of texts"),
    "a fee that is no number": (CONFIG + 'participation_fee = "5"\n', 4, "a number"),
    "a fee finer than money": (CONFIG + "participation_fee = 0.005\n", 4, "decimals"),
    "a fee below nothing": (CONFIG + "participation_fee = -4\n", 4, "0 or more"),
    "a rate of nothing": (CONFIG + "real_world_currency_per_point = 0\n", 4, "more than 0"),
    "a misspelt key of a config": (CONFIG + "participaton_fee = 4\n", 4, 'did you mean "participation_fee"'),
    "a misspelt key of the defaults": (
        "[session_config_defaults]\nreal_world_currency_per_points = 2\n", 2,
        'did you mean "real_world_currency_per_point"'),
    "a misspelt key of money": ("[money]\ncurency = 'EUR'\n", 2, 'did you mean "currency"'),
    "a misspelt table": ("[session_config_default]\n", 1, 'did you mean "session_config_defaults"'),
    "a misspelt key of a room": ("[[rooms]]\nname = 'a'\nuse_secure_url = true\n", 3, 'did you mean "use_secure_urls"'),
    "a language that is none": ("[money]\nlanguage = 'xx'\n", 2, "de, en"),
    "a language without words": ("language = 'nl'\n", 1, "no words of \"nl\", only of en, de"),
    "a config's language without words": (CONFIG + "language = 'nl'\n", 1, "config a: .*no words of"),
    "a file of words that is not there": ("words = 'none.toml'\n", 1, "none.toml"),
    "a language without its region": ("[money]\nlanguage = 'de-'\n", 2, "two letters"),
    "digits between digits": ("[money]\nthousands = '0'\n", 2, "between groups of digits"),
    "a group that looks like decimals": ("[money]\nlanguage = 'de'\nthousands = ','\n", 3, "other than"),
    "a rate that is no number": (CONFIG + "real_world_currency_per_point = true\n", 4, "a number"),
    "a fee of cents in yen": (
        CONFIG + "participation_fee = 2.5\n[money]\npoints = true\ndecimals = 2\ncurrency = 'JPY'\n", 4,
        "decimals of the currency, 0"),
    "a fee finer than its currency": (
        CONFIG + "participation_fee = 2.505\n[money]\npoints = true\ndecimals = 3\n", 4, "decimals of the currency, 2"),
    "decimals of a currency that is not beside points": (
        "[money]\ncurrency_decimals = 0\n", 2, "points = true"),
    "decimals of a currency beyond": (
        "[money]\npoints = true\ncurrency_decimals = 7\n", 3, "from 0 to 6"),
    "a demo of none": (CONFIG + "num_demo_participants = 0\n", 4, "from 1 to 100000"),
    "a demo the groups do not fit": (CONFIG + "num_demo_participants = 4\n", 4, "groups of 3"),
    "a date": (CONFIG + "day = 2026-01-31\n", 4, "no text, number"),
    "a name in the defaults": ("[session_config_defaults]\nname = 'a'\n", 2, "each config's own"),
    "an unknown key of money": ("[money]\ncurency = 'EUR'\n", 2, "it knows: currency"),
    "a currency that is none": ("[money]\ncurrency = 'Euro'\n", 2, "three letters"),
    "decimals beyond": ("[money]\ndecimals = 9\n", 2, "from 0 to 6"),
    "a name of points for money": ("[money]\npoints_name = 'tokens'\n", 2, "points = true"),
    "an unknown key of a room": ("[[rooms]]\nname = 'r'\nlabels = 'x'\n", 3, "participant_label_file"),
    "a page of welcome that is not there": (
        "[[rooms]]\nname = 'r'\nwelcome_page = 'none.html'\n", 3, "no file .*none.html"),
    "secure links of nobody": ("[[rooms]]\nname = 'r'\nuse_secure_urls = true\n", 3, "participant_label_file"),
    "secure links of another type": ("[[rooms]]\nname = 'r'\nuse_secure_urls = 1\n", 3, "true or false"),
    "two rooms of one name": ("[[rooms]]\nname = 'r'\n[[rooms]]\nname = 'r'\n", 4, "already"),
    "a room's file that is not there": (
        "[[rooms]]\nname = 'r'\nparticipant_label_file = 'none.txt'\n", 3, "none.txt"),
    "a room's file with a label twice": (
        "[[rooms]]\nname = 'r'\nparticipant_label_file = 'twice.txt'\n", 3, "twice.txt:4: .*line 1"),
}


def write_project(folder, text=GOOD):
    folder = pathlib.Path(folder)
    (folder / "labels").mkdir(exist_ok=True)
    (folder / "labels/econ_lab.txt").write_text("\ufeffalice\n\n  bob \r\nÉva\n", encoding="utf-8")
    (folder / "twice.txt").write_text("anna\nben\n\nanna\n", encoding="utf-8")
    (folder / "rialto.toml").write_text(text, encoding="utf-8")
    return folder / "rialto.toml"


def open_page(link):
    """The status of what a browser gets by a link."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    try:
        return opener.open(link, timeout=20).status
    except urllib.error.HTTPError as refused:
        return refused.code


class ProjectTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        write_project(cls.folder.name)
        cls.server = Server("--project", cls.folder.name, "--demo").__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()
        cls.folder.cleanup()

    def create(self, *words, check=True):
        done = run("session", "create", *words, "--json", data=self.server.data, check=check)
        return json.loads(done.stdout) if check else done

    def test_a_session_has_the_values_of_its_config_and_of_the_defaults(self):
        session = self.create("study")
        self.assertEqual(len(session["participants"]), 6)
        self.assertEqual([stage["app"] for stage in session["apps"]], ["survey", "counting"])
        self.assertEqual(session["values"], {
            "ambiguous": False, "rate_of_return": 1.5, "rounds_paid": 2, "stakes": [1, 2.5, "all"],
            "treatment": "low", "name": "study", "display_name": "A study of bids",
            "app_sequence": ["survey", "counting"], "participation_fee": 2.5,
            "real_world_currency_per_point": 1})
        self.assertEqual(self.create("high", "3")["values"]["treatment"], "high")
        self.assertEqual(self.create("counting", "3")["values"]["participation_fee"], 2.5)

    def test_values_are_replaced_when_a_session_is_made(self):
        session = self.create("study", "3", "--set", "treatment=high", "--set", "ambiguous=true",
                              "--set", "rounds_paid=3", "--set", "rate_of_return=2",
                              "--set", "participation_fee=7.25")
        values = session["values"]
        self.assertEqual((values["treatment"], values["ambiguous"], values["rounds_paid"],
                          values["rate_of_return"], values["participation_fee"]),
                         ("high", True, 3, 2, 7.25))
        shown = json.loads(run("session", "show", session["code"], "--json",
                               data=self.server.data).stdout)
        self.assertEqual(shown["values"], values)

    def test_a_value_that_the_config_has_not_is_refused_with_those_it_has(self):
        for wrong, words in (("tretment=high", "treatment"), ("ambiguous=yes", "true or false"),
                             ("rounds_paid=2.5", "whole number"), ("stakes=1", "in the config"),
                             ("participation_fee=0.001", "participation_fee"), ("x", "KEY=VALUE")):
            with self.subTest(wrong):
                done = self.create("study", "3", "--set", wrong, check=False)
                self.assertEqual(done.returncode, 1)
                self.assertIn(words, done.stderr)

    def test_participants_must_fit_every_app_of_the_config(self):
        done = self.create("study", "4", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("counting is played in groups of 3", done.stderr)
        self.assertIn("study takes any multiple of 3", done.stderr)

    def test_labels_go_to_the_first_participants(self):
        labels = pathlib.Path(self.folder.name, "labels/econ_lab.txt")
        session = self.create("study", "--labels", labels)
        self.assertEqual([one.get("label") for one in session["participants"]],
                         ["alice", "bob", "Éva"])
        session = self.create("study", "6", "--labels", labels)
        self.assertEqual([one.get("label") for one in session["participants"]],
                         ["alice", "bob", "Éva", None, None, None])
        self.assertRegex(run("session", "show", session["code"], data=self.server.data).stdout,
                         r"group 1 player 1  \S+  alice\n")
        done = self.create("counting", "3", "--labels", pathlib.Path(self.folder.name, "twice.txt"),
                           check=False)
        self.assertIn("twice.txt:4", done.stderr)

    def test_labels_and_values_survive_a_restart(self):
        with Server("--project", self.folder.name) as server:
            made = json.loads(run(
                "session", "create", "study", "3", "--json", "--set", "treatment=high", "--labels",
                pathlib.Path(self.folder.name, "labels/econ_lab.txt"), data=server.data).stdout)
            server.kill()
            server.start()
            shown = json.loads(run("session", "show", made["code"], "--json", data=server.data).stdout)
        people = [{key: one[key] for key in before}  # where everybody is comes beside it
                  for one, before in zip(shown["participants"], made["participants"], strict=True)]
        self.assertEqual({**{key: shown[key] for key in made}, "participants": people}, made)

    def test_the_demo_page_shows_the_configs(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.server.port}/") as answer:
            page = answer.read().decode()
        self.assertIn("A study of bids", page)
        self.assertIn("A questionnaire, then an auction.", page)
        self.assertIn("6 players", page)
        self.assertLess(page.index("/demo/study"), page.index("/demo/counting"))

    def test_the_configs_are_listed_before_the_apps(self):
        words = ["apps", "--project", self.folder.name]
        listed = json.loads(run(*words, "--json").stdout)
        self.assertEqual([each["name"] for each in listed[:2]], ["study", "high"])
        self.assertEqual(listed[0]["demo_participants"], 6)
        self.assertTrue(run(*words).stdout.startswith("study "))

    def test_a_project_here_is_found_without_being_named(self):
        with tempfile.TemporaryDirectory() as folder:
            write_project(folder)
            self.assertTrue(run("apps", cwd=folder).stdout.startswith("study "))

    def test_a_wrong_project_stops_the_server_with_file_line_and_what_is_allowed(self):
        for name, (text, line, words) in WRONG.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                file = write_project(folder, text)
                done = subprocess.run(
                    [PROGRAM, "serve", "--project", file, "--data", folder + "/data", "--listen",
                     "127.0.0.1:0"], capture_output=True, text=True, timeout=30, check=False)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertRegex(done.stderr, re.escape(f"{file}:{line}: ") + ".*" + words)
                self.assertFalse(os.path.exists(folder + "/data/store"))

    def test_a_game_that_begins_with_half_a_point_is_not_served_where_points_have_no_decimals(self):
        with tempfile.TemporaryDirectory() as folder:
            write_project(folder, "[money]\npoints = true\n")
            done = run("serve", "--project", folder, "--listen", "127.0.0.1:0", data=folder + "/data", check=False)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn('"0.5" is no amount of money with at most 0 decimals', done.stderr)

    def test_a_session_is_not_played_with_other_decimals_than_it_was_made_with(self):
        with tempfile.TemporaryDirectory() as folder:
            write_project(folder, "[money]\ndecimals = 2\n")
            with Server("--project", folder) as server:
                session = server.create("payments", 3)
                link = session["participants"][0]["link"]
                self.assertEqual(open_page(link), 200)
                server.stop()
                write_project(folder, "[money]\ndecimals = 1\n")
                server.start()
                self.assertEqual(open_page(link), 500)
                self.assertIn(session["code"] + " was made with 2 decimals of money", server.text_of_log())
                refused = run("verify", session["code"], "--project", folder, data=server.data, check=False)
                self.assertEqual(refused.returncode, 1)
                self.assertIn("was made with 2 decimals", refused.stderr)
                self.assertEqual(server.tables(session["code"])["players"][0]["payoff"], "0.00")
                server.stop()
                write_project(folder, "[money]\ndecimals = 2\n")
                server.start()
                self.assertEqual(open_page(link), 200)

    def test_all_faults_of_a_project_are_told_at_once(self):
        with tempfile.TemporaryDirectory() as folder:
            write_project(folder, CONFIG.replace("counting", "none") + "participation_fee = 'x'\n")
            done = run("apps", "--project", folder, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn(":3:", done.stderr)
            self.assertIn(":4:", done.stderr)

    def test_a_project_that_is_named_must_be_there(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([PROGRAM, "serve", "--project", folder, "--data", folder],
                                  capture_output=True, text=True, timeout=30, check=False)
            self.assertEqual(done.returncode, 2)
            self.assertIn("rialto.toml", done.stderr)


class OwnGames(unittest.TestCase):
    """A project with games of its own: named once, built, found and checked by every command."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="rialto-own-games-")
        cls.root = pathlib.Path(cls.folder.name)
        for name in ("dilemma", "lotteries/two", "lotteries/three"):
            run("new", cls.root / name)
        last = cls.root / "lotteries/two/Results.html"  # another app follows
        last.write_text(last.read_text().replace("</p>\n{{ endblock }}", "</p>\n{{ next_button }}\n{{ endblock }}"))
        (cls.root / "lotteries/notes").mkdir()
        project = pathlib.Path(os.environ["RIALTO_SOURCE"], "tests/projects/games/rialto.toml").read_text()
        odd = '\n[[session_configs]]\nname = "odd"\napp_sequence = ["dilemma", "three"]\n'
        (cls.root / "rialto.toml").write_text(project + odd)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def rialto(self, *words, **more):
        return run(*words, cwd=self.root, check=False, **more)

    def test_every_command_builds_and_finds_them(self):
        for library in self.root.rglob("*.so"):
            library.unlink()
        played = self.rialto("bots", "both", "2")
        self.assertEqual(played.returncode, 0, played.stderr)
        self.assertEqual(played.stderr.count("rialto: building "), 3)
        again = self.rialto("bots", "both", "2")
        self.assertEqual((again.returncode, again.stderr), (0, ""))
        checked = self.rialto("check")
        self.assertEqual((checked.returncode, checked.stderr), (0, ""))
        self.assertEqual(checked.stdout.count("nothing found"), 3)
        self.assertIn("two.so: nothing found", self.rialto("check", "two").stdout)
        apps = json.loads(self.rialto("apps", "--json", "--app", "dilemma/dilemma.so").stdout)
        self.assertEqual([app["name"] for app in apps][-3:], ["dilemma", "three", "two"])
        with Server("--project", self.root) as server:
            self.assertEqual(len(server.create("both", 2)["participants"]), 2)

    def test_a_source_that_was_changed_is_built_again_and_what_does_not_compile_is_told(self):
        self.rialto("apps")
        source = self.root / "lotteries/three/three.cpp"
        text = source.read_text()
        self.addCleanup(source.write_text, text)
        source.write_text(text.replace("AnyApp app()", "AnyApp app("))
        broken = self.rialto("apps")
        self.assertEqual(broken.returncode, 1)
        self.assertIn("three.cpp", broken.stderr)
        source.write_text(text.replace("Two players each say", "Both say"))
        self.assertIn("Both say", self.rialto("apps", "--json").stdout)

    def breaks(self, file, old, new):
        """One game of the three, until the end of the test."""
        self.rialto("apps")
        path = self.root / file
        text = path.read_text()
        self.addCleanup(path.write_text, text)
        self.assertIn(old, text)
        path.write_text(text.replace(old, new))

    def check_others_go_on(self, word):
        """The game three is broken: it is named with what is wrong, and all the others can be played."""
        checked = self.rialto("check", "--json")
        self.assertEqual(checked.returncode, 1)
        found = {pathlib.Path(each["game"]).stem: each for each in json.loads(checked.stdout)}
        self.assertEqual(set(found), {"dilemma", "two", "three"})
        self.assertIn(word, found["three"]["error"])
        self.assertEqual((found["dilemma"]["found"], found["two"]["found"]), ([], []))
        self.assertIn(word, self.rialto("check", "three").stderr)
        apps = self.rialto("apps", "--json")
        self.assertEqual(apps.returncode, 1)
        self.assertEqual({app["name"] for app in json.loads(apps.stdout)} & {"dilemma", "two", "three", "both", "odd"},
                         {"dilemma", "two", "both"})
        played = self.rialto("bots", "both", "2")
        self.assertEqual(played.returncode, 0, played.stderr)
        self.assertIn(word, played.stderr)
        for config in ("three", "odd"):
            refused = self.rialto("bots", config, "2")
            self.assertEqual(refused.returncode, 1)
            self.assertIn(word, refused.stderr)
        with Server("--project", self.root) as server:
            self.assertIn(word, server.text_of_log())
            self.assertRegex(server.text_of_log(), "no session of odd can be made: its three is left out")
            self.assertEqual(len(server.create("both", 2)["participants"]), 2)
            refused = run("session", "create", "odd", "2", data=server.data, check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn(word, refused.stderr)

    def test_one_game_that_does_not_compile_stops_no_other(self):
        self.breaks("lotteries/three/three.cpp", "AnyApp app()", "AnyApp app(")
        self.check_others_go_on("three.cpp")

    def test_one_game_that_does_not_load_stops_no_other(self):
        self.breaks("lotteries/three/three.cpp", "AnyApp app() {", "AnyApp app() {\n  throw 42;")
        self.check_others_go_on("an exception of unknown type")

    def test_one_game_whose_page_is_wrong_stops_no_other(self):
        self.breaks("lotteries/three/Results.html", "{{ endblock }}", "{{ nonsense }}{{ endblock }}")
        self.check_others_go_on("nonsense")

    def test_a_folder_without_a_game_and_two_games_of_one_name_are_refused_with_the_line(self):
        for games, word in (('"games/notes"', "there is no game in"), ('"nowhere"', "there is no game in"),
                            ('"one", "copies"', "two games have the name one"), ("5", "a list of texts")):
            with self.subTest(games), tempfile.TemporaryDirectory() as folder:
                root = pathlib.Path(folder)
                for name in ("one", "copies/one"):
                    run("new", root / name)
                (root / "games/notes").mkdir(parents=True)
                (root / "rialto.toml").write_text(f"# games\ngames = [{games}]\n".replace("[5]", "5"))
                refused = self.rialto("apps", "--project", root)
                self.assertEqual(refused.returncode, 1)
                self.assertRegex(refused.stderr, rf"rialto\.toml:2: .*{word}")


class TablesInOrder(unittest.TestCase):
    def test_keys_of_a_table_keep_the_order_of_the_file(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "rialto.toml").write_text(
                '[[session_configs]]\nname = "a"\napp_sequence = ["counting"]\nzeta = 1\nalpha = 2\n'
                "inline = {z = 1, a = 2, m = {y = 1, b = 2}}\n"
                "[session_configs.budgets]\nrich = 100\npoor = 10\nmiddle.most = 50\nmiddle.least = 20\n"
                "[session_configs.again]\nlist = [{z = 1, a = 2}]\n")
            with Server("--project", folder) as server:
                made = server.create("a", 3)
                values = json.loads(run("session", "show", made["code"], "--json",
                                        data=server.data).stdout)["values"]
        own = [key for key in values if key in ("zeta", "alpha", "inline", "budgets", "again")]
        self.assertEqual(own, ["zeta", "alpha", "inline", "budgets", "again"])
        self.assertEqual(list(values["inline"]), ["z", "a", "m"])
        self.assertEqual(list(values["inline"]["m"]), ["y", "b"])
        self.assertEqual(list(values["budgets"]), ["rich", "poor", "middle"])
        self.assertEqual(list(values["budgets"]["middle"]), ["most", "least"])
        self.assertEqual(list(values["again"]["list"][0]), ["z", "a"])


if __name__ == "__main__":
    unittest.main()
