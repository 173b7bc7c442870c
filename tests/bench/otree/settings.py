# The survey of tests/games/ten_pages, written for oTree: `rialto-bench pages` plays both.
SESSION_CONFIGS = [dict(name='ten_pages', app_sequence=['ten_pages'], num_demo_participants=1)]
SESSION_CONFIG_DEFAULTS = dict(real_world_currency_per_point=1.00, participation_fee=0.00)
PARTICIPANT_FIELDS = []
SESSION_FIELDS = []
LANGUAGE_CODE = 'en'
REAL_WORLD_CURRENCY_CODE = 'USD'
USE_POINTS = True
ADMIN_USERNAME = 'admin'
ADMIN_PASSWORD = ''
SECRET_KEY = 'bench'
