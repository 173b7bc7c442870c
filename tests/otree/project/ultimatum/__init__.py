from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = 'ultimatum'
    PLAYERS_PER_GROUP = 2
    NUM_ROUNDS = 1
    PROPOSER_ROLE = 'Proposer'
    RESPONDER_ROLE = 'Responder'
    PIE = 100


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    offer = models.CurrencyField(min=0, max=C.PIE, label='How much do you offer to the other?')
    accepted = models.BooleanField(label='Do you accept the offer?')


class Player(BasePlayer):
    pass


def set_payoffs(group: Group):
    if not group.accepted:
        return
    group.get_player_by_id(1).payoff = C.PIE - group.offer
    group.get_player_by_id(2).payoff = group.offer


class Propose(Page):
    form_model = 'group'
    form_fields = ['offer']

    @staticmethod
    def is_displayed(player):
        return player.role == C.PROPOSER_ROLE


class WaitForProposer(WaitPage):
    pass


class Respond(Page):
    form_model = 'group'
    form_fields = ['accepted']

    @staticmethod
    def is_displayed(player):
        return player.role == C.RESPONDER_ROLE


class WaitForResponder(WaitPage):
    after_all_players_arrive = set_payoffs


class Results(Page):
    @staticmethod
    def vars_for_template(player):
        return {"was_played": player.group.field_maybe_none("accepted") is not None}


page_sequence = [Propose, WaitForProposer, Respond, WaitForResponder, Results]
