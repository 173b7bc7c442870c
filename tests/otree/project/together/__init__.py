from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = 'together'
    PLAYERS_PER_GROUP = 2
    NUM_ROUNDS = 2
    FIRST_ROLE = 'First'
    SECOND_ROLE = 'Second'


class Subsession(BaseSubsession):
    sum = models.IntegerField()


class Group(BaseGroup):
    total = models.IntegerField()


class Player(BasePlayer):
    number = models.IntegerField(choices=[[1, 'one'], [2, 'two'], [3, 'three']])
    note = models.StringField()


def creating_session(subsession):
    for player in subsession.get_players():
        player.participant.vars['color'] = 'red' if player.id_in_group == 1 else 'blue'


def add_up(subsession):
    for group in subsession.get_groups():
        group.total = sum(player.number for player in group.get_players())
        for player in group.get_players():
            player.payoff = group.total
    subsession.sum = sum(group.total for group in subsession.get_groups())


class Choose(Page):
    form_model = 'player'
    form_fields = ['number']


class Wait(WaitPage):
    wait_for_all_groups = True
    after_all_players_arrive = add_up


class Look(Page):
    pass


page_sequence = [Choose, Wait, Look]
