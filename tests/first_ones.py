"""Which tests does a worker begin with? Those of the files that take long, dealt out like cards; then its share of the rest.

pytest-xdist (`--dist worksteal`) gives each worker one stretch of the list and lets whoever is done take from the ends of
others; so the long ones have to stand at the beginning of each stretch.
"""

from itertools import chain, islice

import pytest

LONG = (
    "house/test_fuzz.py", "house/test_table.py", "house/test_markers.py", "reliability/test_kill.py", "house/test_corpus.py",
    "browser/test_axe.py", "browser/test_journey_keyboard.py", "browser/test_journey_mouse.py", "browser/test_journey_phone.py",
    "browser/test_journey_plain.py", "adversary/test_linking.py", "browser/test_round.py", "house/test_html.py",
    "actions/test_two_people.py", "reliability/test_soak.py", "browser/test_nothing_lost.py", "house/test_budgets.py",
)  # fmt: skip
NO_PLACE = len(LONG)
TOGETHER = ("adversary/test_linking.py",)  # what they all look at takes long to be made, once a worker


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The list for so many workers: every item once, the stretches equally long."""
    if workers < 2:
        return items
    cards = cards_of(sorted((item for item in items if place(item) < NO_PLACE), key=place))
    rest = iter([item for item in items if place(item) == NO_PLACE])
    found: list[pytest.Item] = []
    for worker in range(workers):
        ends = len(items) * (worker + 1) // workers
        found += sorted(chain.from_iterable(cards[worker::workers]), key=on_postgresql)
        found += islice(rest, max(0, ends - len(found)))
    return [*found, *rest]


def cards_of(items: list[pytest.Item]) -> list[list[pytest.Item]]:
    """What is dealt: an item, or all those of a file and a database that belong together."""
    found: dict[object, list[pytest.Item]] = {}
    for item in items:
        path = item.path.as_posix()
        card = (path, on_postgresql(item)) if path.endswith(TOGETHER) else item
        found.setdefault(card, []).append(item)
    return list(found.values())


def place(item: pytest.Item) -> int:
    """Where its file stands among the long ones."""
    path = item.path.as_posix()
    return next((number for number, name in enumerate(LONG) if path.endswith(name)), NO_PLACE)


def on_postgresql(item: pytest.Item) -> bool:
    """A worker changes from one database to the other as seldom as can be."""
    return "postgresql" in item.name
