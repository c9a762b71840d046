"""Which parts of a split may be shown? A part that is withheld could be worked out from the whole and the others.

So each shown part, *and* everything withheld together, has at least the minimum; else the next smallest is withheld
as well. A part in which nobody answered is withheld like any other: that nobody did would be told otherwise.
"""

from collections.abc import Sequence


def shown_parts(answers: Sequence[int], minimum: int) -> frozenset[int]:
    """The numbers of the parts to show, by how many answered in each."""
    by_size = sorted(range(len(answers)), key=lambda part: (answers[part], part))
    withheld = [part for part in by_size if answers[part] < minimum]
    rest = by_size[len(withheld) :]
    while withheld and rest and sum(answers[part] for part in withheld) < minimum:
        withheld.append(rest.pop(0))
    return frozenset(rest)
