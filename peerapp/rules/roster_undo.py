"""What does taking an import back restore, and what stays because somebody changed it since?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Columns = Mapping[str, Any]
LOGIN_KEYS = ("key", "email")  # no two people may share one


@dataclass(frozen=True, slots=True)
class Restored:
    """`columns` go back to what they were; `kept` were changed since and stay."""

    columns: Columns
    kept: tuple[str, ...]


def restored(before: Columns, after: Columns, current: Columns, taken: Mapping[str, Collection[Any]]) -> Restored:
    """For one person. `taken`: keys and addresses that somebody else has by now."""
    columns: dict[str, Any] = {}
    kept = []
    for name, old in before.items():
        if current[name] == old:
            continue
        if current[name] != after[name] or (name in LOGIN_KEYS and old in taken[name]):
            kept.append(name)
        else:
            columns[name] = old
    return Restored(columns, tuple(kept))


def removable(added: Mapping[UUID, UUID | None], needed: Collection[UUID]) -> set[UUID]:
    """Who of the people an import added can go altogether: nobody whom a row of somebody who stays names.

    `added`: each with their manager. `needed`: whom other rows name, and who has used the account.
    """
    gone = set(added) - set(needed)
    while blocked := {manager for person, manager in added.items() if person not in gone and manager in gone}:
        gone = {person for person in gone if person not in blocked}
    return gone
