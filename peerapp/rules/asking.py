"""May one colleague ask another, and may the other say yes? What stands in the way is a sentence for the page."""

from dataclasses import dataclass
from datetime import date, timedelta

from peerapp.rules import limits
from peerapp.rules.areas import Area
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

ONESELF = N_("This is your own profile. Pick a colleague to ask.")
LEFT = N_("%(name)s has left the company.")
PAIRED = N_("You and %(name)s are a pair already.")
I_AM_FULL = N_("You have no room for another pair just now. You can change that in your profile.")
THEY_ARE_FULL = N_("%(name)s has no room for another pair just now.")
KIND_NO = N_(
    "Thank you for asking me. I cannot take on another pair just now, and I hope you find somebody who has the time."
)

NOT_A_LATER_DAY = N_("Pick a day from tomorrow on, at most %(days)s days ahead.")


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing somebody wants to get better at: it becomes a goal on the board."""

    area: Area
    words: str


@dataclass(frozen=True, slots=True)
class Between:
    """How two colleagues stand to each other, seen by one of them. `name` is the other's first name."""

    name: str
    same_person: bool
    has_left: bool
    paired: bool
    i_have_room: bool
    they_have_room: bool


def may_pair(between: Between) -> Refusal | None:
    """None when nothing stands in the way; the same for asking and for saying yes."""
    named = {"name": between.name}
    if between.same_person:
        return Refusal(ONESELF)
    if between.has_left:
        return Refusal(LEFT, named)
    if between.paired:
        return Refusal(PAIRED, named)
    if not between.i_have_room:
        return Refusal(I_AM_FULL)
    return None if between.they_have_room else Refusal(THEY_ARE_FULL, named)


def is_about_my_room(refusal: Refusal | None) -> bool:
    """Whether the one who asks can do something about it: make room."""
    return refusal is not None and refusal.sentence == I_AM_FULL


def may_wait_until(day: date, today: date) -> Refusal | None:
    """Whether an answer can be put off until this day."""
    if today < day <= today + timedelta(days=limits.LATER_DAYS_MAX):
        return None
    return Refusal(NOT_A_LATER_DAY, {"days": limits.LATER_DAYS_MAX})
