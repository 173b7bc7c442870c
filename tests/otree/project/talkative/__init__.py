from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = 'talkative'
    PLAYERS_PER_GROUP = 2
    NUM_ROUNDS = 2


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    pass


class Talk(Page):
    pass


class Masked(Page):
    @staticmethod
    def vars_for_template(player):
        return dict(mask='<Mask> & %d' % player.id_in_group)


page_sequence = [Talk, Masked]
