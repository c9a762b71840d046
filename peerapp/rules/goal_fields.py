"""What can be said about a goal, and what was said at an earlier version?"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from peerapp.rules.words import N_

Value = TypeVar("Value")

FIELD_NAMES: Mapping[str, str] = {
    "title": N_("Goal"),
    "areas": N_("Skill areas"),
    "owner": N_("Whose goal"),
    "due_on": N_("By when"),
    "why": N_("Why"),
    "success_sign": N_("How we will see it"),
    "next_step": N_("Next step"),
    "need": N_("What I need"),
}
TEXTS = ("title", "why", "success_sign", "next_step", "need")
BOTH = "both"  # as an owner


def as_it_was(now: Mapping[str, Value], befores: Iterable[Mapping[str, Value]]) -> dict[str, Value]:
    """Walk back: `befores` holds what each later change found there, the newest first."""
    then = dict(now)
    for before in befores:
        then.update({name: value for name, value in before.items() if name in now})
    return then


def differing(old: Mapping[str, Value], new: Mapping[str, Value]) -> tuple[dict[str, Value], dict[str, Value]]:
    """The fields of `new` that are not as in `old`: before, after."""
    names = [name for name in new if new[name] != old.get(name)]
    return {name: old[name] for name in names}, {name: new[name] for name in names}
