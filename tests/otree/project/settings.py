# The same experiments as Rialto's, written for oTree: flow_test.py plays both. Pages that are the same
# file for both stand with Rialto's games and are copied in.
from os import environ

PLAYERS = dict(ultimatum=2, public_goods=3, survey=1, every_field=1, in_time=1, tictactoe=2, auction=3, ten_points=2, talkative=4, payment_info=1, paid=1, together=4)
SESSION_CONFIGS = [dict(name=app, app_sequence=[app], num_demo_participants=players) for app, players in PLAYERS.items()]
SESSION_CONFIG_DEFAULTS = dict(real_world_currency_per_point=1.00, participation_fee=0.00)
PARTICIPANT_FIELDS = []
SESSION_FIELDS = []
LANGUAGE_CODE = 'en'
REAL_WORLD_CURRENCY_CODE = 'USD'
USE_POINTS = False
ADMIN_USERNAME = 'admin'
ADMIN_PASSWORD = ''
SECRET_KEY = 'flow'
DEBUG = environ.get('OTREE_PRODUCTION') in {None, '', '0'}
