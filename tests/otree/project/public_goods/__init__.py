from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = 'public_goods'
    PLAYERS_PER_GROUP = 3
    NUM_ROUNDS = 10
    ENDOWMENT = 20
    MULTIPLIER = 1.6


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    total = models.CurrencyField()
    share = models.CurrencyField()


class Player(BasePlayer):
    contribution = models.CurrencyField(min=0, max=C.ENDOWMENT, label='How much do you give to the project?')


def set_payoffs(group: Group):
    group.total = sum(player.contribution for player in group.get_players())
    group.share = group.total * C.MULTIPLIER / C.PLAYERS_PER_GROUP
    for player in group.get_players():
        player.payoff = C.ENDOWMENT - player.contribution + group.share


class Contribute(Page):
    form_model = 'player'
    form_fields = ['contribution']
    timeout_seconds = 90


class WaitForOthers(WaitPage):
    after_all_players_arrive = set_payoffs


class Results(Page):
    timeout_seconds = 30


page_sequence = [Contribute, WaitForOthers, Results]
