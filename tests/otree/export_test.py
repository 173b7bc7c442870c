"""Our all-apps-wide, per-app and page-times tables have oTree's columns in oTree's order, with oTree's values, of the same
experiment played on both: before anyone came, in the middle of it, and at its end.

What differs on purpose stands in NOT_OURS, NOT_THEIRS and DIFFERENT with its reason."""

import unittest

import flow_test
from flow.servers import OTree, Rialto

# Columns of oTree that we do not have, columns of ours that oTree does not have, and columns of both whose cells cannot be the same.
NOT_OURS = {"participant.mturk_worker_id": "none of MTurk", "participant.mturk_assignment_id": "none of MTurk",
            "session.mturk_HITId": "none of MTurk", "session.mturk_HITGroupId": "none of MTurk"}
NOT_THEIRS = {"participant.time_started_epoch": "each time is there for people and for programs"}
DIFFERENT = {"participant.code": "drawn", "session.code": "drawn", "participant_code": "drawn", "session_code": "drawn",
             "participant.time_started_utc": "another moment, and ISO 8601 with its zone",
             "epoch_time_completed": "another moment, and with its fraction"}
NO_PAGE = "InitializeParticipant"  # oTree counts the link as a page; we do not


class Played:
    """A session on both servers."""

    def __init__(self, otree, rialto, app, players):
        self.theirs, self.ours = (server.session(app, players, flow_test.PAGES[app]) for server in (otree, rialto))
        self.app = app

    def look(self, player):
        for session in (self.theirs, self.ours):
            session.people[player - 1].look()

    def submit(self, player, **values):
        for session in (self.theirs, self.ours):
            session.people[player - 1].look()
            session.people[player - 1].submit(values)

    def tables(self):
        """name -> (oTree's rows, ours), each row a dict."""
        # Of one session oTree's wide table has columns of all apps that any session has; they are empty.
        others = tuple(app + "." for app in flow_test.PAGES if app != self.app)
        wide = [{column: cell for column, cell in row.items() if not column.startswith(others)}
                for row in self.theirs.get("/api/export_wide")]
        times = [row for row in self.theirs.get("/api/export_page_times")
                 if row["session_code"] == self.theirs.code and row["page_name"] != NO_PAGE]
        return {"all_apps_wide": (wide, self.ours.export("all_apps_wide")),
                self.app: (self.theirs.get("/api/export_app"), self.ours.export(self.app)),
                "page_times": (times, self.ours.export("page_times"))}


class Export(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.rialto = Rialto()
        cls.addClassCleanup(cls.rialto.stop)
        cls.otree = OTree(flow_test.SHARED_PAGES)
        cls.addClassCleanup(cls.otree.stop)

    def play(self, app, players):
        return Played(self.otree, self.rialto, app, players)

    def same(self, played):
        for name, (theirs, ours) in played.tables().items():
            with self.subTest(table=name):
                self.assertEqual(len(theirs), len(ours))
                for their_row, our_row in zip(theirs, ours):
                    self.assertEqual([column for column in their_row if column not in NOT_OURS],
                                     [column for column in our_row if column not in NOT_THEIRS])
                    for column in their_row.keys() - NOT_OURS.keys():
                        self.same_cell(column, their_row[column], our_row[column])

    def same_cell(self, column, theirs, ours):
        if column in DIFFERENT:
            self.assertEqual(theirs == "", ours == "", column)
        else:
            self.assertEqual(flow_test.plain(theirs), flow_test.plain(ours), column)

    def test_public_goods_before_anyone_came_and_in_the_second_round(self):
        played = self.play("public_goods", 3)
        self.same(played)
        played.look(2)
        self.same(played)
        for player, amount in ((1, "20"), (2, "0.5"), (3, "3.33")):
            played.submit(player, contribution=amount)
        for player in (1, 2):
            played.submit(player)
        played.submit(1, contribution="7")
        self.same(played)
        self.assertEqual([row["timeout_happened"] for row in played.ours.export("page_times")], ["0"] * 9)

    def test_ultimatum_with_roles_to_its_end(self):
        played = self.play("ultimatum", 2)
        for player in (1, 2):
            played.look(player)
        played.submit(1, offer="30")
        played.submit(2, accepted="1")
        played.look(1)  # oTree moves those who wait when their browser asks; ours are moved at once
        self.same(played)
        for player in (1, 2):
            played.submit(player)
        self.same(played)
        self.assertEqual({row["participant._current_page_name"] for row in played.ours.export("all_apps_wide")}, {"Results"})

    def test_a_page_whose_time_was_up(self):
        played = self.play("in_time", 1)
        played.look(1)
        played.submit(1, number="11", amount="2.5", agree="True", word="half", pick="c", weight="x", timeout_happened="1")
        self.same(played)


if __name__ == "__main__":
    unittest.main()
