"""How do answers to one question become shares that tell of no few people?

Outer bands that are too small merge towards the middle, a middle that is too small into the band below it (the one
above where there is none below). The direction is fixed, so that it tells nothing. Where one band alone reaches 90 %
it is published alone: what is left would say how close to "everybody" it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peerapp.rules.outcomes import Share
from peerapp.rules.release_rules import BAND_MIN, SHARE_BOTTOM, SHARE_TOP, half_up

BANDS = ((1, 2), (3,), (4, 5))
SINGLE_LEVELS = ((1,), (2,), (3,), (4,), (5,))


@dataclass(frozen=True, slots=True)
class _Group:
    levels: tuple[int, ...]
    people: int

    def __add__(self, other: "_Group") -> "_Group":
        return _Group(tuple(sorted(self.levels + other.levels)), self.people + other.people)


def shares(counts: Mapping[int, int], bands: Sequence[tuple[int, ...]], grain: int) -> tuple[Share, ...]:
    """The shares to publish, lowest level first, rounded half up to `grain` per cent. An odd number of bands."""
    groups = [_Group(levels, sum(counts.get(level, 0) for level in levels)) for levels in bands]
    total = sum(group.people for group in groups)
    for group in groups:
        if half_up(100 * group.people, total, grain) >= SHARE_TOP:
            return (Share(group.levels, SHARE_TOP),)
    return tuple(Share(group.levels, _percent(group.people, total, grain)) for group in _merged(groups))


def _percent(people: int, total: int, grain: int) -> int:
    return min(SHARE_TOP, max(SHARE_BOTTOM, half_up(100 * people, total, grain)))


def _merged(groups: list[_Group]) -> list[_Group]:
    half = len(groups) // 2
    below, rest = _inwards(groups[:half])
    above, rest_above = _inwards(groups[:half:-1])
    middle = rest + groups[half] + rest_above
    if middle.people >= BAND_MIN:
        return [*below, middle, *reversed(above)]
    if below:
        return [*below[:-1], below[-1] + middle, *reversed(above)]
    return [middle + above[-1], *reversed(above[:-1])]


def _inwards(outer: list[_Group]) -> tuple[list[_Group], _Group]:
    """The groups that are large enough, and what is left over for the middle; the outermost comes first."""
    kept: list[_Group] = []
    rest = _Group((), 0)
    for group in outer:
        rest += group
        if rest.people >= BAND_MIN:
            kept.append(rest)
            rest = _Group((), 0)
    return kept, rest
