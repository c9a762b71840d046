"""May somebody try to sign in now, and may this be their password?

Failures are counted by the caller per key and window; here is only the arithmetic. It is asked *before* any hashing.
Refusals never tell whether an account exists. A browser that has signed in to this account before (device cookie) is
held back only by its own failures, so that strangers cannot lock the owner out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from peerapp.rules import limits
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

WINDOW = timedelta(hours=1)  # for one account from one source, one account, one source
EVERYWHERE_WINDOW = timedelta(minutes=1)
LETTERS_WINDOW = timedelta(hours=1)
FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
ACCOUNT_MAX = 30  # failures for one account, from anywhere
SOURCE_MAX = 100  # failures from one source, a whole office behind one address included
EVERYWHERE_MAX = 120
LETTERS_MAX = 3  # letters with a link to one account; more requests are answered alike and send nothing
LETTERS_SOURCE_MAX = 20
MINUTE = timedelta(minutes=1)
GUESSABLE_BELOW = 3  # zxcvbn's score, 0 to 4
OWN_WORD_MIN = 3
OWN_REST_MIN = 8  # characters that have to be left beside one's own name


@dataclass(frozen=True, slots=True)
class Count:
    """Failed tries of one key in its running window: how many, how long ago the last was, and what is left of it."""

    failures: int = 0
    since_last: timedelta = WINDOW
    left: timedelta = timedelta(0)


NONE = Count()


@dataclass(frozen=True, slots=True)
class Failures:
    """`here` is this account from this source, or from this known browser."""

    here: Count = NONE
    account: Count = NONE
    source: Count = NONE
    everywhere: Count = NONE


def source_of(address: str | None) -> str:
    """What counts as one source: an IPv4 address, or the /64 that one household or office gets."""
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or f"{IPv6Address(int(found) >> 64 << 64)}/64")
    return str(found)


def wait_before_trying(failures: Failures, *, known_device: bool) -> timedelta:
    """How long still to wait; zero is "go ahead"."""
    waits = [_growing_wait(failures.here.failures) - failures.here.since_last]
    if not known_device:
        waits += [
            _rest_of_the_window(failures.account, ACCOUNT_MAX),
            _rest_of_the_window(failures.source, SOURCE_MAX),
            _rest_of_the_window(failures.everywhere, EVERYWHERE_MAX),
        ]
    return max(*waits, timedelta(0))


def refused_try(wait: timedelta) -> Refusal | None:
    """The same as a sentence, in whole minutes and the same for every account, known or not."""
    if not wait:
        return None
    minutes = -(-wait // MINUTE)
    if minutes == 1:
        return Refusal(N_("There were too many tries. Please wait a minute and try again."))
    return Refusal(
        N_("There were too many tries. Please wait %(minutes)s minutes and try again."), {"minutes": minutes}
    )


def refused_length(password: str) -> Refusal | None:
    """Asked first: zxcvbn is slow on long input (and takes 72 characters at most, so pass it the first 72)."""
    if len(password) < limits.PASSWORD_MIN:
        return Refusal(N_("Please use at least %(least)s characters. A few words in a row are fine."), _LENGTHS)
    if len(password) > limits.PASSWORD_MAX:
        return Refusal(N_("Please use at most %(most)s characters."), _LENGTHS)
    return None


def is_mostly(password: str, own_words: Iterable[str]) -> bool:
    """Whether little is left of the password without the person's name, address and company (zxcvbn forgives them)."""
    left = password.casefold()
    for word in sorted({word.casefold() for word in own_words}, key=len, reverse=True):
        if len(word) >= OWN_WORD_MIN:
            left = left.replace(word, " ")
    return len("".join(left.split())) < OWN_REST_MIN


def refused_password(password: str, score: int) -> Refusal | None:
    """The whole rule; `score` is zxcvbn's. No rules about digits or signs: length and surprise are what count."""
    if refusal := refused_length(password):
        return refusal
    if score < GUESSABLE_BELOW:
        return Refusal(
            N_("This password is easy to guess. Three or four words that do not belong together are better.")
        )
    return None


_LENGTHS = {"least": limits.PASSWORD_MIN, "most": limits.PASSWORD_MAX}


def _growing_wait(failures: int) -> timedelta:
    """Nothing for the first few, then 30 s, 1 min, 2 min ... up to a quarter of an hour."""
    if failures < FREE_TRIES:
        return timedelta(0)
    return min(FIRST_WAIT * (1 << min(failures - FREE_TRIES, 10)), LONGEST_WAIT)


def _rest_of_the_window(count: Count, most: int) -> timedelta:
    return count.left if count.failures >= most else timedelta(0)
