from otree.api import *


class Tenth(DecimalUnit):
    storage_places = 1
    input_places = 1
    output_min_places = 0
    output_max_places = 1


class C(BaseConstants):
    NAME_IN_URL = 'every_field'
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    price = models.CurrencyField(min=0, max=100, label='Which price do you ask?')


class Player(BasePlayer):
    yes = models.BooleanField(label='Yes or no?')
    tick = models.BooleanField(blank=True, widget=widgets.CheckboxInput, label='You may tick this.')
    word = models.StringField(max_length=8, label='A word', help_text='At most eight letters.')
    pick = models.StringField(choices=[['a', 'The first'], ['b', 'The second']], widget=widgets.RadioSelect, label='Which one?')
    text = models.LongStringField(blank=True, label='Anything else?')
    whole = models.IntegerField(initial=3, min=1, max=10, label='A whole number')
    stars = models.IntegerField(choices=[1, 2, 3], widget=widgets.RadioSelectHorizontal, label='How many stars?')
    part = models.FloatField(min=-1, max=1, label='From -1 to 1')
    tenth = models.DecimalField(unit=Tenth, label='To the tenth')
    coin = models.CurrencyField(choices=[cu(0), cu(5), cu(7.5)], label='Which coin?')
    maybe = models.IntegerField(blank=True, label='If you like')
    low = models.IntegerField()
    high = models.IntegerField()
    fruit = models.StringField(label='Which fruit?')
    even = models.IntegerField(label='An even number')


def low_max(player):
    return player.whole


def high_min(player):
    return player.whole


def high_max(player):
    return player.whole + 2


def fruit_choices(player):
    return [['apple', 'An apple'], ['pear', 'A pear']] if player.yes else ['plum']


def even_error_message(player, value):
    if value % 2:
        return 'That is odd.'


class Ask(Page):
    form_model = 'player'
    form_fields = ['yes', 'tick', 'word', 'pick', 'text', 'whole', 'stars', 'part', 'tenth', 'coin', 'maybe']


class Price(Page):
    form_model = 'group'
    form_fields = ['price']


class Depends(Page):
    form_model = 'player'

    @staticmethod
    def get_form_fields(player):
        return ['high', 'low', 'fruit', 'even'] if player.yes else ['fruit']

    @staticmethod
    def error_message(player, values):
        if 'even' in values and values['even'] == values['low']:
            return dict(low='Not the same as the even one.', even='Not the same as the low one.')
        if 'even' in values and values['even'] > 100:
            return 'Too much of it.'


class Results(Page):
    pass


page_sequence = [Ask, Price, Depends, Results]
