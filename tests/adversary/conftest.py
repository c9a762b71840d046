"""A database of its own for each world: attacks look at all of it."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from peerapp.ballotbox.box import Box
from peerapp.ballotbox.store import Store
from tests.ballotbox.kit import Clock, OpenRound, a_round


@pytest.fixture(scope="module")
def postgresql_of_my_own(postgresql: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database that is gone afterwards."""
    name = f"adversary_{uuid4().hex[:8]}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]  # a name of our own
    base, _, rest = postgresql.partition("?")
    yield f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{rest}" if rest else "")
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]  # a name of our own


@pytest.fixture
def box_clock() -> Clock:
    return Clock()


@pytest.fixture
def box(tmp_path: Path, box_clock: Clock) -> Box:
    return Box(Store(tmp_path / "ballots.sqlite"), box_clock)


@pytest.fixture
def opened(box: Box) -> OpenRound:
    """A round of twelve people, open for a week, on paper: no registrar."""
    made = a_round()
    box.deposit(made.text)
    return made
