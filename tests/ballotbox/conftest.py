"""A box in a folder of the test's own, with a clock that stands still."""

from pathlib import Path

import pytest

from peerapp.ballotbox.box import Box
from peerapp.ballotbox.store import Store
from tests.ballotbox.kit import Clock, OpenRound, a_round


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ballots.sqlite"


@pytest.fixture
def store(file: Path) -> Store:
    return Store(file)


@pytest.fixture
def box(store: Store, clock: Clock) -> Box:
    return Box(store, clock)


@pytest.fixture
def opened(box: Box) -> OpenRound:
    """A round of twelve people, open for a week."""
    made = a_round()
    box.deposit(made.text)
    return made
