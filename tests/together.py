"""A model of a board that two change, and a screen of each: what a test of two people compares the app with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

COLUMN = re.compile(r'data-column="(\w+)" data-name(.*?)</section>', re.DOTALL)
CARD = re.compile(r'id="goal_([0-9a-f-]{36})".*?data-version="(\d+)".*?<h3[^>]*><a[^>]*>([^<]*)</a>', re.DOTALL)
TEXTS = ("title", "why", "need")
Order = dict[str, list[str]]
_moments = count()


@dataclass(frozen=True)
class Screen:
    """What stands on a board: the cards of each column from top to bottom, their versions and titles."""

    order: Order
    versions: dict[str, int]
    titles: dict[str, str]

    @classmethod
    def of(cls, html: str) -> "Screen":
        order: Order = {}
        versions, titles = {}, {}
        for column, inside in COLUMN.findall(html):
            cards = CARD.findall(inside)
            order[column] = [card for card, _, _ in cards]
            versions |= {card: int(version) for card, version, _ in cards}
            titles |= {card: title for card, _, title in cards}
        return cls(order, versions, titles)

    def cards(self) -> list[str]:
        return [card for cards in self.order.values() for card in cards]

    def column_of(self, card: str) -> str:
        return next(column for column, cards in self.order.items() if card in cards)


@dataclass
class Change:
    """What somebody did to a card, as they were told that it was done."""

    who: str
    kind: str
    before: dict[str, str]
    after: dict[str, str]
    version: int
    undone: bool = False
    order: int = field(default_factory=lambda: next(_moments))

    @property
    def is_place(self) -> bool:
        return bool(self.before.keys() & {"column", "archived"})


@dataclass
class Card:
    """A goal as it has to be: its texts, its column, whether it is put away; and all that was done to it."""

    state: dict[str, str]
    version: int = 1
    changes: list[Change] = field(default_factory=list)

    def change(self, who: str, kind: str, after: dict[str, str]) -> Change:
        self.version += 1
        before = {name: self.state[name] for name in after}
        self.state |= after
        self.changes.append(Change(who, kind, before, after, self.version))
        return self.changes[-1]

    def since(self, version: int) -> Iterator[Change]:
        return (change for change in self.changes if change.version > version)

    def is_newer_than(self, change: Change) -> bool:
        """Whether something that stands came after this change."""
        return any(not each.undone and each.kind != "undone" for each in self.since(change.version))

    @property
    def is_away(self) -> bool:
        return self.state["archived"] == "yes"
