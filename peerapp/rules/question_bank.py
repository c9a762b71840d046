"""Which questions do we offer? All are our own words; none is a validated scale, and the pages say so.

The text that is asked is frozen in the round, in the language in which it was chosen; the key stays the same in every
language, so that trends can compare.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from peerapp.rules.areas import Area
from peerapp.rules.questions import Kind
from peerapp.rules.words import N_


class Purpose(StrEnum):
    """What a round is about."""

    PROGRAMME = "programme"  # our pair programme
    UNIT = "unit"  # my unit
    MYSELF = "myself"  # how I work with others


PURPOSE_NAMES: Mapping[Purpose, str] = {
    Purpose.PROGRAMME: N_("Our pair programme"),
    Purpose.UNIT: N_("My unit"),
    Purpose.MYSELF: N_("How I work with others"),
}
NOT_VALIDATED = N_("These questions are our own. They are not a validated scale.")


@dataclass(frozen=True, slots=True)
class BankQuestion:
    key: str
    kind: Kind
    text: str
    purposes: frozenset[Purpose]
    area: Area | None = None


_PULSE = frozenset({Purpose.UNIT, Purpose.PROGRAMME})
_PAIRS = frozenset({Purpose.PROGRAMME})
_SELF = frozenset({Purpose.MYSELF})
_EVERY = frozenset(Purpose)


def _agree(key: str, text: str, purposes: frozenset[Purpose]) -> BankQuestion:
    return BankQuestion(key, Kind.AGREEMENT, text, purposes)


def _often(area: Area, text: str) -> BankQuestion:
    return BankQuestion(f"coworker.{area.value}", Kind.FREQUENCY, text, _SELF, area)


BANK: tuple[BankQuestion, ...] = (
    _agree("pulse.energy", N_("This month my work gave me energy more often than it drained me."), _PULSE),
    _agree("pulse.learned", N_("I learned something this month that I have already used."), _PULSE),
    _agree("pulse.help", N_("I know a colleague I could ask for help today."), _PULSE),
    _agree("pulse.say", N_("I had a say in how I did my work."), _PULSE),
    _agree("pair.both", N_("We both get something out of our sessions."), _PAIRS),
    _agree("pair.safe", N_("I can say when something is not working between us."), _PAIRS),
    _agree("pair.goals", N_("Our goals still fit what I need."), _PAIRS),
    _agree("pair.keep", N_("We keep our appointments."), _PAIRS),
    _agree("pair.next", N_("After a session I know my next step."), _PAIRS),
    _often(Area.LEADERSHIP, N_("Takes the first step when something is unclear.")),
    _often(Area.INTERPERSONAL, N_("Lets others finish and asks back.")),
    _often(Area.TIME, N_("Delivers on the agreed day or warns early.")),
    _often(Area.COLLABORATION, N_("Offers what they know without being asked.")),
    _often(Area.COMMUNICATION, N_("Makes clear what they need and by when.")),
    _often(Area.FUNCTIONAL, N_("I would go to them with a question in their field.")),
    _agree("end.suggest", N_("I would suggest peer mentoring to a colleague."), _PAIRS),
    _agree("end.again", N_("I would start another pair."), _PAIRS),
    BankQuestion("open.keep", Kind.COMMENT, N_("One thing to keep."), _EVERY),
    BankQuestion("open.try", Kind.COMMENT, N_("One thing to try."), _EVERY),
)
BY_KEY: Mapping[str, BankQuestion] = {each.key: each for each in BANK}


def offered(purpose: Purpose) -> tuple[BankQuestion, ...]:
    """What we suggest for this purpose, in the order in which it reads best."""
    return tuple(each for each in BANK if purpose in each.purposes)
