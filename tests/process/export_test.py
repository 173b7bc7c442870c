"""What an export makes of a session that was really played."""

import asyncio
import csv
import hashlib
import json
import os
import pathlib
import re
import sqlite3
import tempfile
import unittest
import xml.etree.ElementTree
import zipfile

from browser_tab import Tab
from server import Server, run


async def send(participant, *amounts):
    """Opens the participant's page and sends these, one after the other."""
    tab = Tab(participant["link"])
    await tab.connect()
    for amount in amounts:
        assert await tab.ask(amount) is None, amount
    await tab.close()


class ExportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def test_money_has_the_sessions_decimals_in_fields_logs_and_payoffs(self):
        session = self.server.create("payments", 3)
        first, second, third = session["participants"]
        asyncio.run(send(first, 3, 12.5, 0.05, 13.05, 100))
        asyncio.run(send(second, 60, -1))
        tables = self.server.tables(session["code"])
        self.assertEqual([row["amount"] for row in tables["payments_amounts"]],
                         ["3.00", "12.50", "0.05", "13.05", "100.00", "60.00", "-1.00"])
        self.assertEqual([(row["own"], row["payoff"]) for row in tables["players"]],
                         [("100.00", "100.00"), ("-1.00", "-1.00"), ("0.50", "0.00")])
        self.assertEqual(tables["groups"][0]["newest"], "-1.00")
        asyncio.run(send(third, None))
        tables = self.server.tables(session["code"])
        self.assertEqual(tables["groups"][0]["newest"], "")
        self.assertEqual(tables["players"][2]["own"], "")

    def test_pages_tell_when_players_came_and_how_they_left(self):
        session = self.server.create("auction", 3)
        asyncio.run(send(session["participants"][1], 3))
        Tab(session["participants"][1]["link"]).page.submit()
        rows = self.server.tables(session["code"])["pages"]
        self.assertEqual([(row["participant_code"], row["participant_id_in_session"], row["page"],
                           row["page_index"], row["left_by"]) for row in rows],
                         [(session["participants"][1]["code"], "2", "Bid", "1", "submitted"),
                          (session["participants"][1]["code"], "2", "Results", "2", "")])
        bid, results = rows
        self.assertLessEqual(float(bid["arrived_epoch"]), float(bid["left_epoch"]))
        self.assertLessEqual(float(bid["left_epoch"]), float(results["arrived_epoch"]))
        self.assertEqual(results["left"], "")

    def test_the_codebook_names_the_columns_of_the_game(self):
        session = self.server.create("payments", 3)
        codebook = {(row["table"], row["column"]): row
                    for row in self.server.tables(session["code"])["codebook"]}
        self.assertEqual(codebook["players", "payoff"]["type"], "decimal")
        self.assertEqual(codebook["payments_amounts", "amount"]["unit"], "money")
        self.assertEqual(codebook["pages", "left_epoch"]["unit"], "seconds since 1970")

    def test_the_wide_table_and_each_apps_table_are_as_oTrees(self):
        session = self.server.create("payments", 3)
        asyncio.run(send(session["participants"][1], 12.5))
        tables = self.server.tables(session["code"])
        codes = [one["code"] for one in session["participants"]]
        wide = tables["all_apps_wide"]
        self.assertEqual([row["participant.code"] for row in wide], codes)
        self.assertEqual([row["participant.visited"] for row in wide], ["0", "1", "0"])
        self.assertEqual([row["participant.payoff"] for row in wide], ["0.00", "12.50", "0.00"])
        self.assertEqual([row["payments.1.player.own"] for row in wide], ["0.50", "12.50", "0.50"])
        self.assertEqual([row["payments.1.group.newest"] for row in wide], ["12.50"] * 3)
        self.assertEqual(wide[1]["participant._current_page_name"], "Pay")
        self.assertRegex(wide[1]["participant.time_started_utc"], r"^20..-..-..T..:..:..\.\d{6}Z$")
        app = tables["payments_"]  # `payments` is what everyone is paid
        self.assertEqual([row["player.id_in_group"] for row in app], ["1", "2", "3"])
        self.assertEqual([row["session.code"] for row in app], [session["code"]] * 3)
        self.assertEqual([(row["participant_code"], row["total"]) for row in tables["payments"]],
                         list(zip(codes, ["0.00", "12.50", "0.00"])))

    def test_page_times_are_as_oTrees(self):
        session = self.server.create("auction", 3)
        Tab(session["participants"][2]["link"]).page.submit()
        [row] = self.server.tables(session["code"])["page_times"]
        self.assertEqual((row["session_code"], row["participant_id_in_session"],
                          row["participant_code"], row["page_index"], row["app_name"],
                          row["page_name"], row["round_number"], row["timeout_happened"],
                          row["is_wait_page"]),
                         (session["code"], "3", session["participants"][2]["code"], "1", "auction",
                          "Bid", "1", "0", "0"))

    def test_the_manifest_has_the_rows_and_checksums_of_what_was_written(self):
        session = self.server.create("counting", 3)
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder, "out")
            printed = run("export", session["code"], "--out", out, "--json", data=self.server.data)
            manifest = json.loads((out / "manifest.json").read_text())
            self.assertEqual(json.loads(printed.stdout), manifest)
            self.assertEqual({file["name"] for file in manifest["files"]} | {"manifest.json"},
                             {path.name for path in out.iterdir()})
            for file in manifest["files"]:
                data = (out / file["name"]).read_bytes()
                self.assertEqual((len(data), hashlib.sha256(data).hexdigest()),
                                 (file["bytes"], file["sha256"]))
            for table in manifest["tables"]:
                with open(out / table["file"], encoding="utf-8", newline="") as lines:
                    self.assertEqual(len(list(csv.DictReader(lines))), table["rows"], table)
            [about] = manifest["sessions"]
            self.assertEqual((about["code"], about["participants"], about["is_demo"]),
                             (session["code"], 3, False))

    def test_a_database_and_a_workbook_hold_what_the_csv_files_hold(self):
        session = self.server.create("payments", 3)
        asyncio.run(send(session["participants"][0], 3, 12.5))
        code = session["code"]
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder)
            for kind in ("sqlite", "xlsx"):
                run("export", code, "--out", folder, "--format", kind, data=self.server.data)
            self.assertEqual({path.name for path in out.iterdir()},
                             {code + ".sqlite", code + ".xlsx", "manifest.json"})
            database = sqlite3.connect(out / (code + ".sqlite"))
            rows = database.execute("SELECT own, typeof(own), done FROM players").fetchall()
            self.assertEqual(rows, [(12.5, "real", 0), (0.5, "real", 0), (0.5, "real", 0)])
            names = {name for name, in database.execute("SELECT name FROM sqlite_master")}
            database.close()
            self.assertEqual(names, set(self.server.tables(code)))
            with zipfile.ZipFile(out / (code + ".xlsx")) as book:
                self.assertIsNone(book.testzip())
                sheets = xml.etree.ElementTree.fromstring(book.read("xl/workbook.xml")).iter()
                self.assertEqual({sheet.get("name") for sheet in sheets if sheet.tag.endswith("}sheet")},
                                 names)
                self.assertIn(b"<v>12.5</v>", book.read("xl/worksheets/sheet6.xml"))

    def test_a_query_of_ones_own_makes_one_more_table(self):
        session = self.server.create("payments", 3)
        asyncio.run(send(session["participants"][0], 3, 12.5))
        with tempfile.TemporaryDirectory() as folder:
            query = pathlib.Path(folder, "combined.sql")
            query.write_text("SELECT p.code, count(*) AS bids, sum(a.amount) AS total\n"
                             "FROM participants_of AS p JOIN payments_amounts AS a\n")
            words = ["export", session["code"], "--out", folder + "/out", "--query", query]
            refused = run(*words, data=self.server.data, check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("combined: no such table: participants_of", refused.stderr)
            query.write_text("SELECT id_in_group, count(*) AS bids, sum(amount) AS total\n"
                             "FROM payments_amounts GROUP BY id_in_group\n")
            done = run(*words, data=self.server.data)
            self.assertIn("combined.csv  1 rows", done.stdout)
            rows = pathlib.Path(folder, "out", "combined.csv").read_text().splitlines()
            self.assertEqual(rows[0], "id_in_group,bids,total")
            self.assertEqual(rows[1], "1,2,15.5")
            self.assertTrue(pathlib.Path(folder, "out", "payments.csv").exists())

    def test_csv_for_excel_has_a_mark_and_what_excel_of_the_region_reads_as_numbers(self):
        session = self.server.create("payments", 3)
        asyncio.run(send(session["participants"][0], 12.5))
        for option, separator, amount in (("--excel", b",", b"12.50"), ("--excel=en", b",", b"12.50"),
                                          ("--excel=de", b";", b"12,50"), ("--excel=ch", b";", b"12.50")):
            with self.subTest(option), tempfile.TemporaryDirectory() as folder:
                run("export", session["code"], "--out", folder, option, data=self.server.data)
                data = pathlib.Path(folder, "players.csv").read_bytes()
                head = separator.join([b"session_code", b"participant_code", b"app", b"group", b""])
                self.assertTrue(data.startswith(b"\xef\xbb\xbf" + head), data[:60])
                self.assertIn(separator + amount, data)
        ended = run("export", session["code"], "--out", "x", "--excel=fr", data=self.server.data, check=False)
        self.assertEqual(ended.returncode, 2)
        self.assertIn("en,de,ch", ended.stderr)

    def test_with_personal_data_files_are_for_their_owner_alone(self):
        code = self.server.create("counting", 3)["code"]
        for kind in ("csv", "sqlite", "xlsx"):
            with self.subTest(kind), tempfile.TemporaryDirectory() as folder:
                alone, all_may = pathlib.Path(folder, "alone"), pathlib.Path(folder, "all")
                run("export", code, "--personal", "--format", kind, "--out", alone, data=self.server.data, umask=0o022)
                run("export", code, "--format", kind, "--out", all_may, data=self.server.data, umask=0o022)
                modes = {path: oct(path.stat().st_mode & 0o777) for path in [alone, *alone.iterdir()]}
                self.assertEqual(set(modes.values()), {"0o600", "0o700"}, modes)
                self.assertEqual({oct(path.stat().st_mode & 0o777) for path in all_may.iterdir()}, {"0o644"})

    def test_what_a_form_asks_is_in_the_codebook_and_line_breaks_are_one_character(self):
        session = self.server.create("survey", 1)
        codebook = {(row["table"], row["column"]): row for row in self.server.tables(session["code"])["codebook"]}
        asked = [row for row in codebook.values() if row["question"]]
        self.assertGreater(len(asked), 3)
        self.assertTrue(any(" = " in row["values"] for row in codebook.values()))
        [about] = self.server.tables(session["code"])["sessions"]
        self.assertEqual((about["session_code"], about["app_sequence"], about["participants"]),
                         (session["code"], "survey", "1"))

    def test_all_sessions_are_exported_together_and_demos_only_when_asked_for(self):
        with Server("--demo") as demo:
            code = demo.create("counting", 3)["code"]
            refused = run("export", "--all", "--out", "/dev/null/x", data=demo.data, check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("--with-demo", refused.stderr)
            with tempfile.TemporaryDirectory() as folder:
                told = run("export", "--all", "--with-demo", "--out", folder, data=demo.data)
                self.assertEqual(told.stderr, "")
                wide = pathlib.Path(folder, "all_apps_wide.csv").read_text(encoding="utf-8")
                rows = list(csv.DictReader(wide.splitlines()))
        self.assertEqual([row["session.is_demo"] for row in rows if row["session.code"] == code],
                         ["1"] * 3)
        run("load", "counting", "--seconds", "0.1", data=self.server.data)
        codes = {self.server.create("counting", 3)["code"] for _ in range(2)}
        with tempfile.TemporaryDirectory() as folder:
            told = run("export", "--all", "--out", folder, data=self.server.data)
            manifest = json.loads(pathlib.Path(folder, "manifest.json").read_text())
        self.assertRegex(told.stderr, r"1 session of bots \(--with-bots\) is left out")
        self.assertIn("bots", manifest["left_out"][-1])
        self.assertLessEqual(codes, {row["session.code"]
                                     for row in self.server.tables("--all")["all_apps_wide"]})

    def test_an_export_that_cannot_be_written_leaves_nothing(self):
        session = self.server.create("counting", 3)
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "messages.csv.part").mkdir()
            pathlib.Path(folder, "messages.csv.part", "in the way").touch()
            pathlib.Path(folder, "groups.csv").write_text("of an earlier export")
            failed = run("export", session["code"], "--out", folder, data=self.server.data,
                         check=False)
            self.assertEqual(failed.returncode, 1)
            self.assertIn("messages.csv", failed.stderr)
            self.assertEqual({path.name for path in pathlib.Path(folder).iterdir()},
                             {"groups.csv", "messages.csv.part"})
            self.assertEqual(pathlib.Path(folder, "groups.csv").read_text(), "of an earlier export")

    def test_every_export_in_the_guide_does_what_it_says(self):
        guide = (pathlib.Path(os.environ["RIALTO_SOURCE"]) / "apps/README.md").read_text()
        commands = re.findall(r"^rialto (export .*?) *#", guide, re.MULTILINE)
        self.assertGreaterEqual(len(commands), 5)
        code = self.server.create("counting", 3)["code"]
        for command in commands:
            with self.subTest(command), tempfile.TemporaryDirectory() as folder:
                query = pathlib.Path(folder, "combined.sql")
                query.write_text("SELECT count(*) AS people FROM payments")
                words = command.replace("CODE", code).replace("tables", folder).replace(
                    " --data lab", "").replace("combined.sql", str(query)).split()
                run(*words, data=self.server.data)
                manifest = json.loads(pathlib.Path(folder, "manifest.json").read_text())
                self.assertIn(code, [session["code"] for session in manifest["sessions"]])

    def test_what_cannot_be_asked_for_is_wrong_use(self):
        for words in ([], ["a", "--all"], ["a", "--with-demo"], ["a", "--format", "doc"],
                      ["a", "--excel", "--format", "xlsx"]):
            ended = run("export", *words, "--out", "x", data=self.server.data, check=False)
            self.assertEqual(ended.returncode, 2, words)
            self.assertNotEqual(ended.stderr, "")


if __name__ == "__main__":
    unittest.main()
