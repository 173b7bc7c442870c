from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = 'ten_pages'
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


def often():
    return models.IntegerField(min=0, max=100, label='How often in a year?')


def why():
    choices = ['It is useful', 'It is fun', 'Others do it', 'I do not know']
    return models.StringField(choices=choices, label='Why?', widget=widgets.RadioSelect)


class Player(BasePlayer):
    often_1 = often()
    why_1 = why()
    often_2 = often()
    why_2 = why()
    often_3 = often()
    why_3 = why()
    often_4 = often()
    why_4 = why()
    often_5 = often()
    why_5 = why()
    often_6 = often()
    why_6 = why()
    often_7 = often()
    why_7 = why()
    often_8 = often()
    why_8 = why()
    often_9 = often()
    why_9 = why()
    often_10 = often()
    why_10 = why()


class Page1(Page):
    form_model = 'player'
    form_fields = ['often_1', 'why_1']


class Page2(Page):
    form_model = 'player'
    form_fields = ['often_2', 'why_2']


class Page3(Page):
    form_model = 'player'
    form_fields = ['often_3', 'why_3']


class Page4(Page):
    form_model = 'player'
    form_fields = ['often_4', 'why_4']


class Page5(Page):
    form_model = 'player'
    form_fields = ['often_5', 'why_5']


class Page6(Page):
    form_model = 'player'
    form_fields = ['often_6', 'why_6']


class Page7(Page):
    form_model = 'player'
    form_fields = ['often_7', 'why_7']


class Page8(Page):
    form_model = 'player'
    form_fields = ['often_8', 'why_8']


class Page9(Page):
    form_model = 'player'
    form_fields = ['often_9', 'why_9']


class Page10(Page):
    form_model = 'player'
    form_fields = ['often_10', 'why_10']


class Thanks(Page):
    pass


page_sequence = [Page1, Page2, Page3, Page4, Page5, Page6, Page7, Page8, Page9, Page10, Thanks]
