"""Many who write at once, in two processes, and a PostgreSQL that goes away under them."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from flask import Flask

from peerapp import migrate
from tests.reliability.house import House, a_port, house, url_of
from tests.reliability.postgres import Server
from tests.reliability.writers import BUSY, SAVED, Scene, Writers, is_whole, kept, leave_alone

WRITERS, EACH, EACH_LONG = 40, 5, 250
RESTARTS, RESTARTS_LONG = ("fast", "immediate", "fast"), ("fast", "immediate") * 15
BACK_WITHIN = 10.0


@pytest.fixture
def scene(new_app: Flask) -> Scene:
    migrate.to_newest()
    return Scene()


@pytest.fixture
def served(new_app: Flask, tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, url_of(new_app)) as own:
        yield own


def test_forty_who_write_to_two_processes_are_all_served(scene: Scene, served: House, long: bool) -> None:
    ports, each = (a_port(), a_port()), EACH_LONG if long else EACH
    for port in ports:
        served.start(port)
    browsers = [scene.browser(ports[number % 2]) for number in range(WRITERS)]
    leave_alone()
    writers = Writers(browsers, scene.comments, each=each)
    writers.wait()
    assert writers.answers == {SAVED: WRITERS * each}
    assert sorted(kept()) == sorted(writers.saved)
    assert writers.slowest < BACK_WITHIN
    assert "locked" not in served.said
    assert is_whole()


def test_a_postgresql_that_restarts_or_crashes_loses_nothing_and_is_used_again_at_once(
    app_there: Flask, server: Server, tmp_path: Path, long: bool
) -> None:
    scene, port = Scene(), a_port()
    browsers = [scene.browser(port) for _ in range(8)]
    leave_alone()
    with house(tmp_path, url_of(app_there)) as served:
        served.start(port)
        writers, longest = Writers(browsers, scene.comments), 0.0
        try:
            for mode in RESTARTS_LONG if long else RESTARTS:
                writers.wait_for(20)
                server.restart(mode)
                begun = monotonic()
                writers.wait_for(1)
                longest = max(longest, monotonic() - begun)
        finally:
            writers.stop()
        assert "Traceback" not in served.said
    assert set(writers.saved) - set(kept()) == set()
    assert set(writers.answers) <= {SAVED, BUSY}
    assert writers.answers[BUSY] > 0
    assert max(longest, writers.slowest) < BACK_WITHIN
