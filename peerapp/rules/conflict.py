"""Two people changed the same card: what goes together by itself, and where do they have to choose?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Clash(Generic[Value]):
    """One field that both changed, and differently."""

    field: str
    base: Value
    mine: Value
    theirs: Value


@dataclass(frozen=True, slots=True)
class Merge(Generic[Value]):
    """`fields` holds every field; a clashing one stands there as theirs, which is what is stored by now."""

    fields: Mapping[str, Value]
    clashes: tuple[Clash[Value], ...]


def merge(base: Mapping[str, Value], mine: Mapping[str, Value], theirs: Mapping[str, Value]) -> Merge[Value]:
    """`base` is what I began from. A field only one of us changed is merged; fields that I did not send are theirs."""
    fields, clashes = dict(theirs), []
    for name, wanted in mine.items():
        if wanted in (base[name], theirs[name]):
            continue
        if theirs[name] == base[name]:
            fields[name] = wanted
        else:
            clashes.append(Clash(name, base[name], wanted, theirs[name]))
    return Merge(fields, tuple(clashes))


def suggest_merge(mine: str, theirs: str) -> str:
    """One text with everything that stands in either, for a person to tidy.

    A single line takes the words that only one of the two added; where words stand against words, nobody could read
    them in between each other, and the two stand one below the other, as lines do.
    """
    if "\n" not in mine + theirs:
        words = theirs.split(), mine.split()
        steps = SequenceMatcher(None, *words).get_opcodes()
        if all(step[0] != "replace" for step in steps):
            return " ".join(_both(*words, steps))
    lines = theirs.splitlines(), mine.splitlines()
    return "\n".join(_both(*lines, SequenceMatcher(None, *lines).get_opcodes()))


def _both(first: list[str], second: list[str], steps: Iterable[tuple[str, int, int, int, int]]) -> list[str]:
    """What both have once, what only one has where it stood; the first's before the second's."""
    kept = []
    for step, i, j, k, m in steps:
        kept += first[i:j] if step == "equal" else first[i:j] + second[k:m]
    return kept
