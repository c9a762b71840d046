"""How long may a text be, how many of a thing may there be? Lengths in characters, after trimming."""

from fractions import Fraction

# A person
NAME = 120
EMAIL = 254
PERSONNEL_NUMBER = 40
UNIT = 120
SITE = 120
TIME_ZONE = 64
SKILL_WORDS = 80
STORY = 300
PASSWORD_MIN = 12
PASSWORD_MAX = 128
SKILLS_MAX = 40  # wanted and offered together
STORIES_MAX = 20
ROOM_DEFAULT = 1
ROOM_MAX = 5  # pairs at the same time

# Asking
MESSAGE = 1_000
REASON = 600
SEARCH = 100
LATER_DAYS_MAX = 90  # how far off "later" may be
CHARTER_LINE = 240

# The board
TITLE = 120
OVERALL_GOAL = 300
GOAL_FIELD = 600  # why, success sign, next step, what I need
STEP = 200
COMMENT = 2_000
STEPS_MAX = 30
GOALS_MAX = 200
DOING_SOFT_LIMIT = 2  # goals "Doing" per person: said kindly, never enforced

# The journal
NOTE_BLOCK = 8_000
ACTION = 300
DECISION = 600
PLACE = 300  # a room or a call link
BLOCKS_MAX = 300
PRIVATE_NOTE = 8_000
WORDINGS_MAX = 20  # earlier wordings of a private note
DECISIONS_MAX = 60
GUESS = 200  # an answer of the quiz, or a guess
TAKEAWAY = 300  # what somebody takes along
AGENDA_MAX = 20
AGENDA_MINUTES_MAX = 240
ACTIONS_OPEN_MAX = 60  # more than anybody carries from one session to the next
ACTIONS_SESSION_MAX = 60
PLANNED_MAX = 12  # sessions planned ahead
PLANNED_AHEAD_DAYS = 366
SESSION_MINUTES_MIN = 10
SESSION_MINUTES_MAX = 240
EVERY_DAYS_MAX = 90

# A round of feedback
ROUND_WHY = 300
ROUND_NEXT = 2_000  # what happens next
READERS_MAX = 50
PICKED_MAX = 500  # people picked by hand
DRAFTS_MAX = 20

# The people file
IMPORT_MAX_BYTES = 10 * 1024 * 1024
IMPORT_MAX_ROWS = 20_000
IMPORT_CELL = 300
LEAVER_ASK_TWICE_SHARE = Fraction(1, 10)
