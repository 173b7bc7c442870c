from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = 'auction'
    PLAYERS_PER_GROUP = 3
    NUM_ROUNDS = 1
    PRIZE = 100
    LARGEST_RAISE = 1000


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    highest_bid = models.CurrencyField(initial=0)
    highest_bidder = models.IntegerField()


class Player(BasePlayer):
    pass


class BidMade(ExtraModel):
    group = models.Link(Group)
    player = models.Link(Player)
    bid = models.CurrencyField()


def custom_export(players):
    yield ['id_in_group', 'bid']
    for group in dict.fromkeys(player.group for player in players):
        for row in BidMade.filter(group=group):
            yield [row.player.id_in_group, row.bid]


class Bid(Page):
    @staticmethod
    def live_method(player, data):
        group, me = player.group, player.id_in_group
        amount = cu(data)
        if amount <= group.highest_bid:
            return {me: dict(error='Your bid is too low.')}
        if amount > group.highest_bid + C.LARGEST_RAISE:
            return {me: dict(error='Your bid is too high.')}
        group.highest_bid = amount
        group.highest_bidder = me
        BidMade.create(group=group, player=player, bid=amount)
        return {0: dict(id_in_group=me, bid=amount)}

    @staticmethod
    def js_vars(player):
        group = player.group
        return dict(
            id_in_group=player.id_in_group,
            prize=C.PRIZE,
            winner=group.field_maybe_none('highest_bidder'),
            highest_bid=group.highest_bid,
            payoff=player.payoff,
        )


class Results(Page):
    js_vars = Bid.js_vars


page_sequence = [Bid, Results]
