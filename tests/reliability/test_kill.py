"""Whatever a browser was told is saved is there after a kill -9, and the database is whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from peerapp import migrate
from tests.reliability.house import House, a_port, house, url_of
from tests.reliability.writers import SAVED, Scene, Writers, is_whole, kept, leave_alone

KILLS = {"sqlite": 200, "postgresql": 40}
KILLS_LONG = 10_000
PROCESSES = 4  # on one database, each with somebody who writes; they are killed one after the other, then begin again


@pytest.fixture
def scene(new_app: Flask) -> Scene:
    migrate.to_newest()
    return Scene()


@pytest.fixture
def served(new_app: Flask, tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, url_of(new_app)) as own:
        yield own


@pytest.fixture
def kills(database_kind: str, long: bool) -> int:
    return KILLS_LONG if long else KILLS[database_kind]


def test_nothing_that_was_acknowledged_is_lost_by_a_kill(scene: Scene, served: House, kills: int) -> None:
    ports = [a_port() for _ in range(PROCESSES)]
    browsers = [scene.browser(port) for port in ports]
    leave_alone()
    served.warm(browsers[0], scene.comments, {"body": "the first one"})
    writers = Writers(browsers, scene.comments)
    try:
        for cycle in range(kills // PROCESSES):
            served.start(*ports)
            writers.wait_for(PROCESSES + cycle % 9)
            for port in ports:
                served.kill(port)
    finally:
        writers.stop()
    there = kept()
    assert set(writers.saved) - set(there) == set()
    assert len(there) == len(set(there))
    assert set(writers.answers) == {SAVED}
    assert len(writers.saved) >= kills
    assert is_whole()
