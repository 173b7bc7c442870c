from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = 'tictactoe'
    PLAYERS_PER_GROUP = 2
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    board = models.StringField(initial=' ' * 9)
    whose_turn = models.IntegerField(initial=1)


class Player(BasePlayer):
    pass


def result_of(board):
    for x, y, z in ['012', '345', '678', '036', '147', '258', '048', '246']:
        if board[int(x)] != ' ' and board[int(x)] == board[int(y)] == board[int(z)]:
            return board[int(x)]
    return '' if ' ' in board else 'draw'


def state(group):
    return dict(board=group.board, whose_turn=group.whose_turn, result=result_of(group.board))


class Play(Page):
    @staticmethod
    def live_method(player, data):
        group, me = player.group, player.id_in_group
        if 'square' not in data:
            return {me: state(group)}
        square = data['square']
        if group.whose_turn != me:
            return {me: dict(error='It is not your turn.')}
        if square > 8 or group.board[square] != ' ':
            return {me: dict(error='That square is not free.')}
        group.board = group.board[:square] + ' XO'[me] + group.board[square + 1:]
        group.whose_turn = 0 if result_of(group.board) else 3 - me
        return {0: dict(state(group), square=square, id_in_group=me)}

    @staticmethod
    def js_vars(player):
        return dict(state(player.group), id_in_group=player.id_in_group)


class Results(Page):
    js_vars = Play.js_vars


page_sequence = [Play, Results]
