from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = 'survey'
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    consent = models.BooleanField(label='I take part of my own will.', widget=widgets.CheckboxInput)
    sum = models.IntegerField(min=0, label='Two players give 5 each, it is doubled: how much is that?')
    age = models.IntegerField(min=18, max=99, label='How old are you?')
    studies = models.StringField(choices=['Economics', 'Law', 'Other'], label='What do you study?')
    trust = models.IntegerField(
        choices=[[1, 'Not at all'], [2, 'A little'], [3, 'Fully']],
        label='Do you trust others?',
        widget=widgets.RadioSelectHorizontal,
    )
    remarks = models.LongStringField(label='What did you think of it?', blank=True)


def sum_error_message(player, value):
    if value != 20:
        return 'That is not right: 5 and 5 are 10, doubled.'


class Consent(Page):
    form_model = 'player'
    form_fields = ['consent']


class Quiz(Page):
    form_model = 'player'
    form_fields = ['sum']


class Questions(Page):
    form_model = 'player'
    form_fields = ['age', 'studies', 'trust', 'remarks']


class Thanks(Page):
    pass


page_sequence = [Consent, Quiz, Questions, Thanks]
