"""A day in the life of a process: it does not grow, and neither do its files."""

from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import psutil
import pytest
from flask import Flask

from peerapp import jobs, migrate
from peerapp.models import Pair
from tests.factories import make_session
from tests.reliability.conftest import Clock
from tests.reliability.house import Browser, House, a_port, house, url_of
from tests.reliability.writers import Scene, leave_alone

MB = 1_000_000
REQUESTS, REQUESTS_LONG, AT_A_TIME = 1_000, 100_000, 200
TICKS, TICKS_LONG = 120, 24 * 60
PER_10_000 = 1 * MB
AT_FIRST = 6 * MB  # what a short run may still be settling down by
LARGEST_LOG = 8 * MB


@pytest.fixture
def scene(new_app: Flask) -> Scene:
    migrate.to_newest()
    return Scene()


@pytest.fixture
def served(new_app: Flask, tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, url_of(new_app)) as own:
        yield own


def acts(ana: Browser, scene: Scene) -> Iterator[Callable[[], int]]:
    """What Ana does all day: she reads, and at every tenth step she moves her goal."""
    goal, version = scene.comments.removesuffix("/comments"), iter(range(1, REQUESTS_LONG))
    columns = cycle(("next", "doing", "ideas"))
    while True:
        for page in ("/", scene.board, goal, scene.board.replace("board", "journal"), "/people", "/notices") * 2:
            yield lambda page=page: ana.get(page).status
        yield lambda: ana.post(f"{goal}/move", {"column": next(columns), "version": str(next(version))}).status


@pytest.mark.one_database
def test_a_process_that_answers_all_day_does_not_grow(scene: Scene, served: House, new_app: Flask, long: bool) -> None:
    port, requests = a_port(), REQUESTS_LONG if long else REQUESTS
    served.remember_little()
    served.start(port)
    day = acts(scene.browser(port), scene)
    leave_alone()
    (process,) = psutil.Process(served.keeper).children()
    assert {act() for act in islice(day, requests // 4)} == {200, 303}
    before = process.memory_info().rss
    for _ in range(requests // AT_A_TIME):
        assert {act() for act in islice(day, AT_A_TIME)} == {200, 303}
    grown = process.memory_info().rss - before
    assert grown <= PER_10_000 * requests / 10_000 + (0 if long else AT_FIRST)
    log = Path(f"{new_app.config['PEERAPP'].sqlite_file}-wal")
    assert not log.exists() or log.stat().st_size < LARGEST_LOG


@pytest.mark.one_database
def test_a_day_of_ticks_leaves_nothing_behind(time: Clock, ana_and_ben: Pair, long: bool) -> None:
    make_session(ana_and_ben, planned_for=time.now())
    process, ticks = psutil.Process(), TICKS_LONG if long else TICKS
    for _ in range(ticks // 4):
        jobs.tick()
    before = process.memory_info().rss
    for _ in range(ticks):
        time.pass_(minutes=1)
        assert jobs.tick() is not None
    assert process.memory_info().rss - before < MB
