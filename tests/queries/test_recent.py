"""What is kept for a while: does it stay of now, and does it stay small?"""

from collections.abc import Iterator

import pytest

from peerapp import recent
from peerapp.db import only_reading
from peerapp.recent import KEY, Recent

pytestmark = pytest.mark.one_database


@pytest.fixture
def kept() -> Iterator[tuple[Recent[str], Recent[str]]]:
    """Two shelves, and nothing else that was kept in this process."""
    others, before = Recent._all[:], Recent.weight  # noqa: SLF001 - what other tests have kept stays as it is
    Recent._all.clear()  # noqa: SLF001 - as above
    Recent.weight = 0
    with only_reading():
        yield Recent(100), Recent(100)
    Recent._all[:], Recent.weight = others, before  # noqa: SLF001 - as above


def ask(shelf: Recent[str], key: str, length: int = 10) -> bool:
    """Whether the result had to be worked out."""
    asked = []
    shelf.get(key, lambda: asked.append(key) or "x" * length)  # type: ignore[func-returns-value]  # it is None, which is the point
    return bool(asked)


def test_a_result_is_worked_out_once(kept) -> None:
    assert [ask(kept[0], key) for key in ("one", "two", "one")] == [True, True, False]


def test_one_kind_keeps_the_newest_of_its_own(kept) -> None:
    for number in range(101):
        ask(kept[0], str(number))
    assert [ask(kept[0], key) for key in ("100", "1", "0")] == [False, False, True]


def test_all_kinds_share_one_room_and_what_nobody_asked_for_longest_goes_first(kept, monkeypatch) -> None:
    monkeypatch.setattr(recent, "ROOM", 3 * (KEY + 1_000))
    one, other = kept
    for shelf, key in ((one, "old"), (other, "first"), (one, "old"), (other, "second")):
        ask(shelf, key, 1_000)
    assert Recent.weight == 3 * (KEY + 1_000)
    ask(one, "new", 1_000)
    assert (len(one), len(other), Recent.weight) == (2, 1, 3 * (KEY + 1_000))
    assert [ask(one, "old", 1_000), ask(other, "second", 1_000)] == [False, False]


def test_what_is_too_heavy_is_not_kept(kept) -> None:
    assert [ask(kept[0], "page", recent.TOO_HEAVY + 1) for _ in range(2)] == [True, True]
    assert Recent.weight == 0


def test_what_fell_out_weighs_nothing_any_more(kept) -> None:
    for number in range(250):
        ask(kept[0], str(number))
    assert Recent.weight == 100 * (KEY + 10)
