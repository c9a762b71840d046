"""Whom is somebody shown first? An order of colleagues that is never shown as a number.

Somebody in their first 90 days sees peers who joined lately, or who know their unit's field, first. Two people who both
asked for "someone from another part of the company" meet a little sooner; nobody is told that this was why.
"""

from dataclasses import dataclass

from peerapp.rules.matching import Bars

SUGGESTED = 5
CHOSEN = 15  # some in reserve, for whoever is asked by somebody else first
JOINED_LATELY_DAYS = 180
BRIDGE = 15  # worth somewhat less than a skill


@dataclass(frozen=True, slots=True)
class Nearness:
    """What besides the bars speaks for showing somebody."""

    joined_lately: bool = False
    same_unit: bool = False
    both_bridge: bool = False


def speaks_for(seen: Bars, near: Nearness, *, new_recruit: bool) -> bool:
    """Whether somebody is worth suggesting at all: a skill to learn or to show, or beginning at the same time."""
    return bool(seen.knowledge or seen.returned or seen.experience) or (new_recruit and near.joined_lately)


def first(near: Nearness, seen: Bars) -> bool:
    """Whether a new recruit sees them first: they joined lately, or know the field of the recruit's own unit."""
    return near.joined_lately or (near.same_unit and bool(seen.knowledge))


def worth(seen: Bars, near: Nearness, *, new_recruit: bool) -> tuple[bool, int]:
    """What people are sorted by, the greatest first."""
    bridge = BRIDGE if near.both_bridge and not near.same_unit else 0
    return (new_recruit and first(near, seen), seen.score + bridge)
