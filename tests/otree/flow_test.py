"""The same experiments, written once for oTree 6.0.15 (project/) and once for Rialto, driven by the same requests
against both servers: each participant sees the same pages in the same order with the same texts, the same inputs are
taken and refused, everyone hears the same live messages, and the exported data say the same.

Where we differ on purpose, DIFFERENT says why; a difference without an entry fails, and so does an entry without one."""

import os
import pathlib
import re
import unittest
from decimal import Decimal, InvalidOperation

from flow.servers import OTree, Rialto

SOURCE = pathlib.Path(os.environ["RIALTO_SOURCE"])
PAGES = {"apps": {"ultimatum": 5, "public_goods": 3, "survey": 4, "tictactoe": 2, "auction": 2, "payment_info": 1},
         "tests/otree/games": {"every_field": 4, "in_time": 7, "ten_points": 2, "talkative": 2, "paid": 2, "together": 3}}
SHARED_PAGES = [file for folder, apps in PAGES.items() for app in apps for file in sorted((SOURCE / folder / app).glob("*.html"))]
PAGES = {app: pages for apps in PAGES.values() for app, pages in apps.items()}

# What oTree shows (a pattern), what we show, why.
OUR_WORDS = "the same in our own words"
ONE_WORD = "what cannot be read is told once, without its limits"
KEPT = "what was written"
DIFFERENT = [
    (KEPT, None, "is in its input as it was written; oTree writes numbers anew, and forgets what is none"),
    (r"^Waiting for the other participant\.$", "Waiting for the other participants.", "we say it without counting"),
    (r"This field is required\.", "Please answer this question.", OUR_WORDS),
    (r"Not a valid choice", "Please choose one of the answers shown.", OUR_WORDS),
    (r"Not a valid integer value( Number must be at least 0\.)?", "Please enter a whole number.", ONE_WORD),
    (r"(Not a valid decimal value|Please enter a number\.)( Number must be (between [\d.-]+ and|at least) [\d.-]+\.)?", "Please enter a number.", ONE_WORD),
    (r"Number must be between ([\d.-]+) and ([\d.-]+)\.", r"Please enter a number from \1 to \2.", OUR_WORDS),
    (r"Number must be at least 0\.", "Please enter 0 or more.", OUR_WORDS),
    (r"Field cannot be longer than 8 characters\.", "Please write at most 8 characters.", OUR_WORDS),
    (r" checkbox 'y'", " checkbox '1'", "what a ticked box sends; both take either"),
    (r"^(Fine|Two)  (<b>|lines)$", r"\1\n\2", "line breaks are exported"),
    (r"(Kept|Fine|Two)\\r\\n", r"\1\\n", "a line break is one character, as in the browser"),
    (r"^(0 0 x a 1 1 0\.0) 0 ", r"\1 0.0 ", "a double with .decimals is shown as other doubles are; oTree's unit says how it is written"),
    (r"^(coin option) '(-?\d+)(?:\.00|(\.\d)0)'", r"\1 '\2\3'", "an amount that can be chosen is a number like others"),
    (r"^(accepted radio 'False') chosen$", r"\1", "no answer is not a no"),
]
needed = set()


def as_ours(text):
    """What oTree shows, as we say it on purpose."""
    if isinstance(text, (list, tuple)):
        return type(text)(map(as_ours, text))
    if not isinstance(text, str):
        return text
    for pattern, ours, _ in DIFFERENT[1:]:
        changed = re.sub(pattern, ours, text)
        if changed != text:
            needed.add(pattern)
        text = changed
    return text


def as_kept(entry, values):
    """An input to write in, with what was submitted in it."""
    found = re.match(r"(\w+) (text|number) ", entry)
    if not found or found.group(1) not in values:
        return entry
    kept = found.group() + repr(str(values[found.group(1)]))
    if kept != entry:
        needed.add(KEPT)
    return kept


def plain(value):
    """A cell of a table: 12.50 is 12.5."""
    try:
        return Decimal(value).normalize()
    except InvalidOperation:
        return value


def plain_rows(rows):
    return [[plain(cell) for cell in row] for row in rows]


class Both:
    """A session on both servers, and what is done in it."""

    def __init__(self, test, app, players):
        self.test = test
        self.theirs, self.ours = (server.session(app, players, PAGES[app]) for server in (test.otree, test.rialto))
        self.steps = []

    def people(self, player):
        return self.theirs.people[player - 1], self.ours.people[player - 1]

    def same(self, theirs, ours, submitted=None):
        theirs.inputs = [as_kept(entry, submitted or {}) for entry in theirs.inputs]
        for part in ("place", "title", "alert", "text", "inputs", "timer"):
            said = as_ours(getattr(theirs, part))
            self.test.assertEqual(said, getattr(ours, part), f"{part}, oTree's and ours, after {self.steps}")
        return ours

    def look(self, player):
        """The player loads the page again."""
        self.steps.append(player)
        theirs, ours = self.people(player)
        return self.same(theirs.look(), ours.look())

    def submit(self, player, **values):
        """The player submits the page; returns what he sees then."""
        self.steps.append((player, values))
        theirs, ours = self.people(player)
        return self.same(theirs.submit(values), ours.submit(values), values)

    def refused(self, player, **values):
        place = self.people(player)[1].place()
        view = self.submit(player, **values)
        self.test.assertEqual((view.place, bool(view.alert)), (place, True), values)

    def goes_to(self, page, player, **values):
        view = self.submit(player, **values)
        self.test.assertEqual((view.page, view.alert), (page, ""))
        return view

    def js_vars(self, player):
        theirs, ours = (one.js_vars() for one in self.people(player))
        self.test.assertEqual(theirs, ours, f"js_vars after {self.steps}")
        return ours

    def submit_again(self, player, page, **values):
        """The player goes back to a page that was left, and submits it there: nothing changes."""
        self.steps.append((player, "again", page))
        before = self.look(player).place
        theirs, ours = self.people(player)
        view = self.same(theirs.submit_again(page, values), ours.submit_again(page, values))
        self.test.assertEqual(view.place, before)

    def export(self, of_player=(), of_group=()):
        columns = ["payoff", *of_player], list(of_group)
        theirs, ours = ({key: {name: plain(as_ours(cell) if session is self.theirs else cell) for name, cell in row.items()}
                         for key, row in session.values(*columns).items()} for session in (self.theirs, self.ours))
        self.test.assertEqual(theirs, ours, "the exported tables, oTree's and ours")
        left = self.theirs.pages_left()
        self.test.assertEqual(left, self.ours.pages_left(), "the pages that were left, in their order")
        return ours


class Servers:
    """Both servers, for the tests of a class."""
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.rialto = Rialto()
        cls.addClassCleanup(cls.rialto.stop)
        cls.otree = OTree(SHARED_PAGES)
        cls.addClassCleanup(cls.otree.stop)


class Flow(Servers, unittest.TestCase):
    def test_ultimatum_roles_wait_pages_and_refused_offers(self):
        for answer, payoffs in (("1", (70, 30)), ("0", (0, 0))):
            with self.subTest(accepted=answer):
                both = Both(self, "ultimatum", 2)
                self.assertEqual(both.look(1).page, "Propose")
                self.assertEqual(both.look(2).page, "WaitForProposer")
                for offer in ("", "-1", "100.01", "101", "many"):
                    both.refused(1, offer=offer)
                both.refused(1)
                both.goes_to("WaitForResponder", 1, offer="30")
                self.assertEqual(both.look(2).page, "Respond")
                for wrong in ("",):
                    both.refused(2, accepted=wrong)
                both.look(1)
                both.goes_to("Results", 2, accepted=answer)
                self.assertEqual(both.look(1).page, "Results")
                exported = both.export(of_group=["offer", "accepted"])
                self.assertEqual(tuple(exported[player, 1]["payoff"] for player in (1, 2)), payoffs)
                for player in (1, 2):
                    both.goes_to("the end", player)
                    both.look(player)
                both.export(of_group=["offer", "accepted"])


    def test_survey_quiz_and_kept_answers(self):
        both = Both(self, "survey", 1)
        self.assertEqual(both.look(1).page, "Consent")
        both.refused(1)
        both.goes_to("Quiz", 1, consent="1")
        for wrong in ("", "19", "twenty", "20.5"):
            both.refused(1, sum=wrong)
        both.goes_to("Questions", 1, sum="20")
        both.refused(1, age="17", studies="Law", trust="2", remarks="")
        both.refused(1, age="100", studies="Cooking", trust="4", remarks="Kept\r\n<b>")
        both.refused(1, age="30", studies="Law", remarks="")
        both.refused(1)
        both.submit_again(1, "Consent", consent="")
        both.goes_to("Thanks", 1, age="30", studies="Law", trust="3", remarks="Fine\r\n<b>", unknown="1")
        both.submit_again(1, "Questions", age="40", studies="Other", trust="1", remarks="Changed")
        self.assertEqual(both.look(1).page, "Thanks")
        both.export(of_player=["consent", "sum", "age", "studies", "trust", "remarks"])

    def test_every_field_is_asked_taken_and_shown(self):
        taken = dict(yes="True", tick="1", word="äöü", pick="b", text="Two\r\nlines", whole="7", stars="2", part="-0,5",
                     tenth="1.25", coin="7.5", maybe="")
        both = Both(self, "every_field", 1)
        self.assertEqual(both.look(1).page, "Ask")
        both.refused(1, whole="")
        wrong = dict(word="much too long", pick="c", whole="11", stars="0", part="-1.1", tenth="x", coin="3", maybe="-1")
        for name, value in wrong.items():
            with self.subTest(field=name):
                both.refused(1, **{**taken, name: value})
        both.goes_to("Price", 1, **taken)
        both.refused(1, price="100.01")
        both.goes_to("Depends", 1, price="99,995")
        both.refused(1, low="8", high="6", fruit="plum", even="3")
        both.refused(1, low="7", high="10", fruit="apple", even="2")
        both.refused(1, low="4", high="8", fruit="apple", even="4")
        both.refused(1, low="4", high="8", fruit="apple", even="102")
        both.goes_to("Results", 1, low="4", high="8", fruit="pear", even="2")
        both.export(of_player=[*taken, "low", "high", "fruit", "even"], of_group=["price"])

    def test_fields_that_are_not_asked_stay_empty(self):
        both = Both(self, "every_field", 1)
        both.look(1)
        both.goes_to("Price", 1, yes="False", word="x", pick="a", text="", whole="1", stars="1", part="0", tenth="0", coin="0",
                     maybe="5")
        both.goes_to("Depends", 1, price="0")
        both.refused(1, fruit="apple")
        both.goes_to("Results", 1, fruit="plum", even="2", low="1", high="1")
        both.export(of_player=["yes", "tick", "text", "maybe", "low", "high", "fruit", "even"], of_group=["price"])

    def test_public_goods_ten_rounds(self):
        both = Both(self, "public_goods", 3)
        for round_ in range(1, 11):
            given = [20, round_, f"0.{round_:02}"]
            order = [1 + (round_ + turn) % 3 for turn in range(3)]
            for player in order:
                self.assertEqual(both.look(player).place, ("public_goods", "Contribute", round_, 0))
            for player in order:
                if round_ == 1:
                    both.refused(player, contribution="20.01")
                if round_ == 3 and player == 2:  # says so long before it is
                    both.refused(player, contribution="", timeout_happened="1")
                last = player == order[-1]
                both.goes_to("Results" if last else "WaitForOthers", player, contribution=given[player - 1])
            both.submit_again(order[0], "Contribute", contribution="5")
            for player in order:
                self.assertEqual(both.look(player).page, "Results")
            if round_ % 2:
                both.export(["contribution"], ["total", "share"])
            for player in reversed(order):
                both.goes_to("Contribute" if round_ < 10 else "the end", player)
        both.export(["contribution"], ["total", "share"])

    def test_payment_info(self):
        both = Both(self, "payment_info", 1)
        self.assertIn("Your code CODE You have earned $0.00", both.look(1).text)

    def test_what_a_page_says_of_the_others(self):
        """Lists of players, groups and rounds, by every name that oTree has for them."""
        both = Both(self, "together", 4)
        for numbers in ((1, 3, 2, 2), (3, 1, 1, 1)):
            for player, number in enumerate(numbers, 1):
                both.look(player)
                both.submit(player, number=str(number))
            for player in (1, 2, 3, 4):
                self.assertEqual(both.look(player).page, "Look")
            for player in (1, 2, 3, 4):
                both.submit(player)
        both.export(["number"], ["total"])

    def test_time_is_up(self):
        """What a page hands in when its time is up: what is right is kept, the rest is empty."""
        both = Both(self, "in_time", 1)
        self.assertEqual(both.look(1).page, "Many")
        both.refused(1, number="11")
        both.goes_to("Odd", 1, number="11", amount="2.5", agree="True", word="half a sen", pick="c", weight="x", timeout_happened="1")
        both.goes_to("Ordered", 1, odd="2", timeout_happened="1")
        both.goes_to("Guarded", 1, low="5", high="3", timeout_happened="1")
        both.refused(1)
        both.goes_to("Early", 1, timeout_happened="1")
        both.refused(1, late="", timeout_happened="1")
        both.goes_to("Untimed", 1, late="4")
        both.refused(1, late="", timeout_happened="1")
        both.goes_to("Results", 1, late="6", timeout_happened="1")
        both.export(["number", "amount", "agree", "word", "pick", "weight", "odd", "low", "high", "late", "times"])

    def test_time_is_up_with_nothing_written(self):
        both = Both(self, "in_time", 1)
        both.look(1)
        both.goes_to("Odd", 1, timeout_happened="1")
        both.goes_to("Ordered", 1, odd="3", timeout_happened="1")
        both.goes_to("Guarded", 1, low="3", high="5", timeout_happened="1")
        both.export(["number", "amount", "agree", "word", "pick", "weight", "odd", "low", "high", "late", "times"])


class Live(Both):
    """Two sessions whose players are on the first page, connected."""

    async def connect(self, *players):
        for player in players:
            self.look(player)
            for one in self.people(player):
                await one.connect()

    async def send(self, player, data, **heard):
        """The player sends; who hears how many messages: p1=1. Returns player -> what it heard."""
        self.steps.append((player, data))
        for one in self.people(player):
            await one.send(data)
        return {player: await self.hear(player, count) for player, count in ((int(who[1:]), n) for who, n in heard.items())}

    async def hear(self, player, count):
        theirs, ours = [await one.hear(count) for one in self.people(player)]
        self.test.assertEqual(theirs, ours, f"what player {player} hears after {self.steps}")
        return ours

    async def silence(self, *players):
        """Nobody of these has heard more."""
        for player in players:
            for one in self.people(player):
                self.test.assertEqual(await one.overheard(), [], f"player {player} after {self.steps}")

    async def end(self, *players):
        for player in players:
            for one in self.people(player):
                await one.disconnect()


class LivePages(Servers, unittest.IsolatedAsyncioTestCase):
    async def test_auction(self):
        both = Live(self, "auction", 3)
        await both.connect(1, 2, 3)
        self.assertEqual(both.js_vars(2)["id_in_group"], 2)
        for player, bid in ((1, 5), (3, 6), (1, 7.25), (2, 7.5)):
            await both.send(player, bid, p1=1, p2=1, p3=1)
        for player, bid in ((3, 7.5), (1, 0), (2, -1), (2, 1500)):
            await both.send(player, bid, **{f"p{player}": 1})
        await both.silence(1, 2, 3)
        both.look(1)
        self.assertEqual(both.js_vars(1)["highest_bid"], 7.5)
        for player in (1, 2, 3):
            both.goes_to("Results", player)
            self.assertEqual(both.js_vars(player)["winner"], 2)
        await both.end(1, 2, 3)
        both.export(of_group=["highest_bid", "highest_bidder"])
        self.assertEqual(*(plain_rows(one.log_rows("bids", "id_in_group", "bid")) for one in (both.theirs, both.ours)))

    async def test_tictactoe_turns_and_the_state_for_who_loads_the_page(self):
        both = Live(self, "tictactoe", 2)
        await both.connect(1, 2)
        await both.send(1, {}, p1=1)
        await both.send(2, {}, p2=1)
        await both.send(2, {"square": 4}, p2=1)  # out of turn
        for turn, square in enumerate((4, 0, 8, 2)):
            await both.send(1 + turn % 2, {"square": square}, p1=1, p2=1)
        for square in (9, 4):
            await both.send(1, {"square": square}, p1=1)
        await both.send(2, {}, p2=1)
        await both.send(1, {"square": 1}, p1=1, p2=1)
        heard = await both.send(2, {"square": 7}, p1=1, p2=1)
        self.assertEqual(heard[1][0]["board"], "OXO X  OX")
        for turn, square in enumerate((6, 3, 5)):
            heard = await both.send(1 + turn % 2, {"square": square}, p1=1, p2=1)
        self.assertEqual((heard[2][0]["result"], heard[2][0]["whose_turn"]), ("draw", 0))
        await both.send(1, {"square": 0}, p1=1)
        await both.silence(1, 2)
        for player in (1, 2):
            both.goes_to("Results", player)
            self.assertEqual(both.js_vars(player)["result"], "draw")
        await both.end(1, 2)
        both.export(of_group=["board", "whose_turn"])

    async def test_nobody_leaves_before_the_guard_lets_him(self):
        both = Live(self, "ten_points", 2)
        await both.connect(1, 2)
        both.refused(1)
        await both.send(1, {"points": 4}, p1=1, p2=1)
        both.refused(2)
        await both.send(2, {"points": 6}, p1=1, p2=1)
        await both.send(1, "alone", p2=1)
        await both.send(1, "nothing")
        await both.send(2, "falsy", p1=1, p2=1)
        await both.send(1, {}, p1=1)
        await both.silence(1, 2)
        both.goes_to("Results", 1)
        await both.end(1)
        await both.send(2, {"points": 1}, p2=1)
        both.look(1)
        both.goes_to("Results", 2)
        await both.end(2)
        both.export(of_player=["given"], of_group=["points"])


class Chat(Both):
    """A session whose players talk."""

    async def enter(self, *players):
        for player in players:
            for one in self.people(player):
                await one.enter_chat()

    async def leave(self, *players):
        for player in players:
            for one in self.people(player):
                await one.leave_chat()

    async def say(self, player, body):
        self.steps.append((player, "says", body))
        for one in self.people(player):
            await one.say(body)

    async def reads(self, player, *bodies):
        """The player's page shows these lines, by the same people."""
        theirs, ours = [await one.read_chat(len(bodies)) for one in self.people(player)]
        self.test.assertEqual(theirs, ours, f"the chat of player {player} after {self.steps}")
        self.test.assertEqual([body for _, _, body in ours], list(bodies))
        return ours


class Chats(Servers, unittest.IsolatedAsyncioTestCase):
    async def test_a_groups_chat_its_history_and_nicknames(self):
        both = Chat(self, "talkative", 4)
        for player in (1, 2, 3):
            both.look(player)
        await both.enter(1, 2, 3)
        await both.say(1, "Hello")
        await both.reads(2, "Hello")
        await both.say(2, "<b>Hello</b> & \"you\"\n\u4f60\u597d")
        await both.say(3, "Another group")
        said = ["Hello", "<b>Hello</b> & \"you\"\n\u4f60\u597d"]
        self.assertEqual((await both.reads(1, *said))[0][:2], ("Participant 1", True))
        await both.reads(3, "Another group")
        await both.leave(1)
        both.look(1)  # loads the page again
        await both.enter(1)
        await both.reads(1, *said)
        await both.leave(1)
        both.goes_to("Masked", 1)  # the same round: the same chat
        await both.enter(1)
        await both.reads(1, *said)
        await both.say(1, "Masked")
        self.assertEqual((await both.reads(2, *said, "Masked"))[2][0], "<Mask> & 1")
        await both.leave(1)
        both.goes_to("Talk", 1)  # the next round: another
        await both.enter(1)
        await both.reads(1)
        await both.say(1, "Round 2")
        await both.reads(1, "Round 2")
        await both.leave(1, 2, 3)
        theirs, ours = both.theirs.chat_rows(), both.ours.chat_rows()
        # Ours stand group by group, oTree's in the order of time.
        expected = sorted(map(as_ours, theirs), key=lambda row: (int(row[0]) - 1) // 2)
        self.assertEqual(expected, ours, "the exported chats, oTree's and ours")


class WhatDiffers(unittest.TestCase):
    def test_each_listed_difference_is_there(self):
        self.assertEqual([pattern for pattern, _, _ in DIFFERENT if pattern not in needed], [])


if __name__ == "__main__":
    unittest.main()
