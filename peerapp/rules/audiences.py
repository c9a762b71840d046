"""Who is meant by "my unit" or "the programme", and how does an audience fall into parts?"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from peerapp.rules.release_rules import AUDIENCE_MIN
from peerapp.rules.words import N_


class AudienceKind(StrEnum):
    UNITS = "units"  # everybody in these units
    PROGRAMME = "programme"  # everybody who has a pair
    PEOPLE = "people"  # picked by hand


class SplitBy(StrEnum):
    NONE = "none"
    UNIT = "unit"
    SITE = "site"


OTHERS = N_("Others")
Someone = TypeVar("Someone")


def parts_of(
    people: Mapping[Someone, str], others: str = "", least: int = AUDIENCE_MIN
) -> dict[str, frozenset[Someone]]:
    """The parts by name, from each one's unit or site, in alphabetical order.

    With a name for `others`, parts with fewer than `least` people are joined under it, and the smallest of the rest too
    while that is still too few. An unnamed unit counts as one of the others; without `others` it keeps the name "–".
    """
    groups: dict[str, set[Someone]] = {}
    for person, group in people.items():
        groups.setdefault(group or "–", set()).add(person)
    if others:
        _join_small(groups, others, least)
    return {name: frozenset(groups[name]) for name in sorted(groups)}


def _join_small(groups: dict[str, set[Someone]], others: str, least: int) -> None:
    by_size = sorted((name for name in groups if name != "–"), key=lambda name: (len(groups[name]), name))
    joined = groups.pop("–", set())
    while by_size and (len(groups[by_size[0]]) < least or 0 < len(joined) < least):
        joined |= groups.pop(by_size.pop(0))
    if joined:
        groups[others] = groups.get(others, set()) | joined
