"""Whatever a browser was told is saved is there after a kill -9, and the database is whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from peerapp import migrate
from tests.reliability.house import House, a_port, house, url_of
from tests.reliability.writers import SAVED, Scene, Writers, is_whole, kept, leave_alone

CYCLES = {"sqlite": 200, "postgresql": 40}
CYCLES_LONG = 10_000
WRITERS = 4


@pytest.fixture
def scene(new_app: Flask) -> Scene:
    migrate.to_newest()
    return Scene()


@pytest.fixture
def served(new_app: Flask, tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, url_of(new_app)) as own:
        yield own


@pytest.fixture
def cycles(database_kind: str, long: bool) -> int:
    return CYCLES_LONG if long else CYCLES[database_kind]


def test_nothing_that_was_acknowledged_is_lost_by_a_kill(scene: Scene, served: House, cycles: int) -> None:
    port = a_port()
    browsers = [scene.browser(port) for _ in range(WRITERS)]
    leave_alone()
    served.warm(browsers[0], scene.comments, {"body": "the first one"})
    writers = Writers(browsers, scene.comments)
    try:
        for cycle in range(cycles):
            served.start(port)
            writers.wait_for(1 + cycle % 5)
            served.kill(port)
    finally:
        writers.stop()
    there = kept()
    assert set(writers.saved) - set(there) == set()
    assert len(there) == len(set(there))
    assert set(writers.answers) == {SAVED}
    assert len(writers.saved) >= cycles
    assert is_whole()
