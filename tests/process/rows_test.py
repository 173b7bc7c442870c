"""Rows that change, through the real server: killed at any moment, exported, verified."""

import asyncio
import random
import unittest

from browser_tab import Tab
from server import Server


class RowsTest(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.__exit__)

    async def play(self, links, draw, kills):
        """Orders at random while the server is killed; what the first player saw last."""
        tabs = [Tab(link) for link in links]
        for tab in tabs:
            await tab.connect()
        for turn in range(60):
            if turn in kills:
                self.server.kill()
                self.server.start()
                for tab in tabs:
                    await tab.reconnect()
            who = draw.randrange(3)
            orders = tabs[who].heard[-1][1]["orders"] if tabs[who].heard else []
            own = [order["id"] for order in orders if order["owner"] == who + 1]
            kind = draw.choice(["place", "place", "change", "withdraw"]) if own else "place"
            message = {"type": kind, "price": draw.randint(10, 20)}
            if kind == "place":
                message["is_bid"] = draw.random() < 0.5
            else:
                message["order"] = draw.choice(own)
            error = await tabs[who].insist(message)
            self.assertIn(error and error["code"], (None, "bad_message", "rejected"), error)
        await tabs[0].insist({"type": "place", "price": 1, "is_bid": True})
        book = tabs[0].heard[-1][1]
        for tab in tabs:
            await tab.close()
        return book

    def test_what_players_saw_of_rows_survives_kill_9_and_is_what_is_exported(self):
        session = self.server.create("order_book", 3)
        links = [each["link"] for each in session["participants"]]
        book = asyncio.run(self.play(links, random.Random(4), {7, 8, 31, 59}))
        tables = self.server.tables(session["code"])
        rows, changes = tables["order_book_orders"], tables["order_book_orders_changes"]
        left = [{"id": int(row["id"]), "owner": int(row["owner"]), "is_bid": row["is_bid"] == "1",
                 "price": float(row["price"]), "since": int(row["since"])} for row in rows if not row["erased"]]
        self.assertEqual(left, [dict(order, price=float(order["price"])) for order in book["orders"]])
        # Ids count on, and each row's life is told from its beginning to its end.
        self.assertEqual([int(row["id"]) for row in rows], list(range(1, len(rows) + 1)))
        for row in rows:
            life = [change["change"] for change in changes if change["id"] == row["id"]]
            self.assertEqual(life[0], "added")
            self.assertEqual("erased" in life, life[-1] == "erased")
            self.assertEqual(life[-1] == "erased", row["erased"] != "")
            self.assertEqual("changed" in life, row["changed"] != "")
        self.assertGreater(len([row for row in rows if row["changed"]]), 0)
        self.assertGreater(len(book["trades"]), 0)
        self.assertEqual({row["table"] for row in tables["codebook"]} &
                         {"order_book_orders", "order_book_orders_changes"},
                         {"order_book_orders", "order_book_orders_changes"})
        verified = self.server.asked("verify", session["code"])
        self.assertEqual(verified["differences"], [])
        self.assertGreater(verified["same"], 60)


if __name__ == "__main__":
    unittest.main()
