"""How the participants of tests/projects/whole play: what they fill in, what they say on live pages."""

import json
import re


def gift(draw):
    """Somebody gets some of what one has; refused where one has less."""
    return {"to": draw.randint(1, 3), "amount": draw.randint(1, 4)}


def addition(draw):
    return {"number": draw.randint(1, 9)}


class Whole:
    """The config `whole`: seat by seat, so that pairs of `sharing` leave together."""

    participants = 12

    def __init__(self, seat):
        self.seat = seat
        self.number = 0

    def token(self):
        """Never used before in this session."""
        self.number += 1
        return self.seat * 10_000 + self.number

    def answers(self, person, name, page):
        skips = (self.seat - 1) // 2 == 2
        if name == "entry/Consent":
            return {"consent": "1", "number": str(5 * self.token() + (0 if skips else 1))}
        if name == "entry/Quiz":
            return {"sum": person.draw.choice(["4", "4", "5"])}
        if name == "entry/Think":
            return {"thought": str(self.token())}
        if name == "sharing/Give":
            return {"given": str(person.draw.randint(0, 10)), "token": str(self.token())}
        waits = ("gathering/Room", "gathering/Settle", "gathering/Close", "sharing/Wait")
        return None if name in waits else {}

    async def talk(self, person, name, load):
        what = gift if name == "gathering/Trade" else addition
        await person.keep_line(load, lambda: True)
        for _ in range(person.draw.randint(1, 3)):
            if load.client.ended:
                return True
            await person.say(load, dict(what(person.draw), token=self.token()))
            if person.draw.random() < 0.6:
                await person.keep_line(load, lambda: not load.client.pending, 30)
        if name == "sharing/Talk":  # its form takes along what is not answered
            return bool(load.client.ended)
        await person.keep_line(load, lambda: False)
        return True


class Market:
    """The config `market_study`: a questionnaire, then ten rounds in which everyone offers his limit."""

    participants = 8

    def __init__(self, seat):
        self.seat = seat

    def answers(self, person, name, page):
        return {
            "survey/Consent": {"consent": "1"},
            "survey/Quiz": {"sum": person.draw.choice(["20", "20", "10"])},
            "survey/Questions": {"age": str(20 + self.seat), "studies": "Law", "trust": "2",
                                 "remarks": f"remark {self.seat}"},
            "market/Meet": None,
        }.get(name, {})

    async def talk(self, person, name, load):
        unit = json.loads(re.search(r"var js_vars = (\{.*?\});", load.client.page.text).group(1))["unit"]
        await person.keep_line(load, lambda: True)
        if not load.client.heard or person.draw.random() < 0.5:
            await person.say(load, unit)
        await person.keep_line(load, lambda: False, person.draw.uniform(1, 4))
        return True


PLAYS = {"whole": Whole, "market_study": Market}
