"""A database of its own for each world: attacks look at all of it."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest


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
