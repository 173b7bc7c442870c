from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = 'in_time'
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    number = models.IntegerField(min=1, max=10)
    amount = models.CurrencyField(min=0, max=10)
    agree = models.BooleanField()
    word = models.StringField()
    pick = models.StringField(choices=['a', 'b'])
    weight = models.FloatField(min=0)
    odd = models.IntegerField(min=0)
    low = models.IntegerField(min=0)
    high = models.IntegerField(min=0)
    late = models.IntegerField(min=0)
    times = models.StringField(initial='')  # of each page: 1 if its time was up


def odd_error_message(player, value):
    if value % 2 == 0:
        return 'Odd, please.'


class Noting(Page):
    form_model = 'player'

    @staticmethod
    def before_next_page(player, timeout_happened):
        player.times += '1' if timeout_happened else '0'


class Many(Noting):
    form_fields = ['number', 'amount', 'agree', 'word', 'pick', 'weight']
    timeout_seconds = 2


class Odd(Noting):
    form_fields = ['odd']
    timeout_seconds = 2


class Ordered(Noting):
    form_fields = ['low', 'high']
    timeout_seconds = 2

    @staticmethod
    def error_message(player, values):
        if values['low'] > values['high']:
            return 'Low is above high.'


class Guarded(Noting):
    timeout_seconds = 2

    @staticmethod
    def error_message(player, values):
        return 'Wait for the end.'


class Early(Noting):
    form_fields = ['late']
    timeout_seconds = 60


class Untimed(Noting):
    form_fields = ['late']


class Results(Page):
    pass


page_sequence = [Many, Odd, Ordered, Guarded, Early, Untimed, Results]
