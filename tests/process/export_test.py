"""What an export makes of a session that was really played."""

import asyncio
import csv
import pathlib
import tempfile
import unittest

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

    def export(self, code):
        """The exported tables by name, each a list of rows."""
        with tempfile.TemporaryDirectory() as folder:
            run("export", code, "--out", folder, data=self.server.data)
            tables = {}
            for path in pathlib.Path(folder).glob("*.csv"):
                with open(path, encoding="utf-8", newline="") as lines:
                    tables[path.stem] = list(csv.DictReader(lines))
            return tables

    def test_money_has_the_sessions_decimals_in_fields_logs_and_payoffs(self):
        session = self.server.create("payments", 3)
        first, second, third = session["participants"]
        asyncio.run(send(first, 3, 12.5, 0.05, 13.05, 100))
        asyncio.run(send(second, 60, -1))
        tables = self.export(session["code"])
        self.assertEqual([row["amount"] for row in tables["payments_amounts"]],
                         ["3.00", "12.50", "0.05", "13.05", "100.00", "60.00", "-1.00"])
        self.assertEqual([(row["own"], row["payoff"]) for row in tables["players"]],
                         [("100.00", "100.00"), ("-1.00", "-1.00"), ("0.50", "0.00")])
        self.assertEqual(tables["groups"][0]["newest"], "-1.00")
        asyncio.run(send(third, None))
        tables = self.export(session["code"])
        self.assertEqual(tables["groups"][0]["newest"], "")
        self.assertEqual(tables["players"][2]["own"], "")

    def test_pages_tell_when_players_came_and_how_they_left(self):
        session = self.server.create("auction", 3)
        asyncio.run(send(session["participants"][1], 3))
        Tab(session["participants"][1]["link"]).page.submit()
        rows = self.export(session["code"])["pages"]
        self.assertEqual([(row["participant"], row["participant_id_in_session"], row["page"],
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
                    for row in self.export(session["code"])["codebook"]}
        self.assertEqual(codebook["players", "payoff"]["type"], "decimal")
        self.assertEqual(codebook["payments_amounts", "amount"]["unit"], "money")
        self.assertEqual(codebook["pages", "left_epoch"]["unit"], "seconds since 1970")


if __name__ == "__main__":
    unittest.main()
