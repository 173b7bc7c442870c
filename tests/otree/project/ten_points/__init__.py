from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = 'ten_points'
    PLAYERS_PER_GROUP = 2
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    points = models.IntegerField(initial=0)


class Player(BasePlayer):
    given = models.IntegerField(initial=0)


class Give(Page):
    @staticmethod
    def live_method(player, data):
        group = player.group
        me, other = player.id_in_group, 3 - player.id_in_group
        if data == {}:
            return {me: dict(points=group.points)}
        if data == 'alone':
            return {other: 'You are asked.'}
        if data == 'nothing':
            return
        if data == 'falsy':
            return {0: 0}
        group.points += data['points']
        player.given += data['points']
        player.payoff += data['points']
        return {me: dict(given=player.given), other: dict(points=group.points)}

    @staticmethod
    def error_message(player, values):
        if player.group.points < 10:
            return 'You have not got ten points yet.'


class Results(Page):
    pass


page_sequence = [Give, Results]
