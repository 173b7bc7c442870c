"""What pages say of others: rows of a group's log and fields of its players, over real HTTP."""

import asyncio
import re
import unittest

from browser_tab import Tab
from server import Server


async def send(link, *amounts):
    tab = Tab(link)
    await tab.connect()
    for amount in amounts:
        assert await tab.ask(amount) is None, amount
    await tab.close()


def shown(link):
    """The log's rows and the players' amounts on the participant's page."""
    text = Tab(link).page.text
    return (re.findall(r"<li>(.*?)</li>", text), re.search(r'<p id="own">(.*?)</p>', text).group(1))


class PageListsTest(unittest.TestCase):
    def test_a_page_shows_the_groups_log_and_players_as_they_are_now_also_after_kill_9(self):
        with Server() as server:
            first, second, third = (one["link"] for one in server.create("payments", 3)["participants"])
            self.assertEqual(shown(first), ([], "1: $0.50; 2: $0.50; 3: $0.50; "))
            asyncio.run(send(first, 3, 12.5))
            asyncio.run(send(second, None))
            expected = (["1: $3.00", "1: $12.50"], "1: $12.50; 2: None; 3: $0.50; ")
            self.assertEqual(shown(third), expected)
            server.kill()
            server.start()
            self.assertEqual(shown(third), expected)
            asyncio.run(send(third, 1))
            self.assertEqual(shown(second)[0], ["1: $3.00", "1: $12.50", "3: $1.00"])


if __name__ == "__main__":
    unittest.main()
