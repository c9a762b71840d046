"""Two people changed the same card: what goes together by itself, and where do they have to choose?"""

from collections.abc import Mapping
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
    """One text with everything that stands in either, for a person to tidy: by line, or by word in a single line."""
    if "\n" in mine or "\n" in theirs:
        return "\n".join(_both(theirs.splitlines(), mine.splitlines()))
    return " ".join(_both(theirs.split(), mine.split()))


def _both(first: list[str], second: list[str]) -> list[str]:
    """What both have once, what only one has where it stood; the first's before the second's."""
    kept = []
    for _, i, j, k, m in SequenceMatcher(None, first, second).get_opcodes():
        kept += first[i:j] if first[i:j] == second[k:m] else first[i:j] + second[k:m]
    return kept
