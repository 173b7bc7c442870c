from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = 'paid'
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    amount = models.CurrencyField(min=None)


class Earn(Page):
    form_model = 'player'
    form_fields = ['amount']

    @staticmethod
    def before_next_page(player, timeout_happened):
        player.payoff = player.amount


class Paid(Page):
    @staticmethod
    def vars_for_template(player):
        return dict(own=player.payoff.to_real_world_currency(player.session))

    @staticmethod
    def js_vars(player):
        return dict(paid=player.participant.payoff_plus_participation_fee())


page_sequence = [Earn, Paid]
