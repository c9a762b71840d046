"""A letter could not be sent: when is the next try, and when is it given up?"""

from datetime import timedelta

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
TRIES_MAX = 20  # three days: a mail server may be away over a weekend
REFUSED_TRIES_MAX = 12  # a day: it may be the server's settings that are wrong, and somebody mends them


def wait_after(tries: int) -> timedelta:
    """How long until the next try after so many: 1 min, 2, 4 ... up to 6 hours."""
    return min(FIRST_WAIT * (1 << min(max(tries - 1, 0), 20)), LONGEST_WAIT)


def is_over(tries: int, *, refused: bool) -> bool:
    """Whether so many tries are enough. `refused`: the server was reached and said never."""
    return tries >= (REFUSED_TRIES_MAX if refused else TRIES_MAX)
