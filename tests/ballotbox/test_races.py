"""Two workers, or one that dies: is every paper counted once, and every round published once?"""

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from operator import methodcaller
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from peerapp.ballotbox.box import Box, Verdict
from peerapp.ballotbox.seam import UnreachableError
from peerapp.ballotbox.store import DRIVER, Store
from peerapp.rules import publication
from peerapp.rules.publication import serial_hash
from tests.ballotbox.kit import Clock, OpenRound, a_round

workers = multiprocessing.get_context("forkserver")
workers.set_forkserver_preload(["tests.ballotbox.test_races"])
DIED = 77  # how a process ends that dies on purpose


def collecting(opened: OpenRound) -> Callable[[Box], Any]:
    return methodcaller("collect", opened.id, opened.fingerprint.hex(), early=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each came to, in the order of the acts, each in a thread of its own."""
    start, came_to = Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        start.wait()
        came_to[number] = acts[number]()

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_to


def work(file: Path, clock: Clock, act: Callable[[Box], Any], start: Any, results: Any) -> None:
    """What a worker does: its own box on the same file, and one act when everybody is ready."""
    box = Box(Store(file), clock)
    start.wait()
    try:
        results.put(act(box))
    except Exception as error:  # noqa: BLE001 - whoever waits for the result must get one
        results.put(error)


def in_processes(file: Path, clock: Clock, *acts: Callable[[Box], Any]) -> list[Any]:
    """What each came to, each in a process of its own."""
    start, results = workers.Barrier(len(acts)), workers.SimpleQueue()
    started = [workers.Process(target=work, args=(file, clock, act, start, results)) for act in acts]
    for worker in started:
        worker.start()
    came_to = [results.get() for _ in started]
    for worker in started:
        worker.join()
    return came_to


def test_two_workers_that_close_make_one_release(box: Box, opened: OpenRound, file: Path, clock: Clock) -> None:
    for number in range(9):
        box.count(opened.id, opened.body({"q1": 4, "c1": f"Comment {number}"}))
    close = collecting(opened)
    made = in_processes(file, clock, close, close)
    assert made[0] == made[1]


def test_one_paper_sent_twice_at_once_counts_once(box: Box, opened: OpenRound, file: Path, clock: Clock) -> None:
    body = opened.body({"q1": 4})
    came_to = in_processes(file, clock, *[methodcaller("count", opened.id, body)] * 4)
    assert Counter(came_to) == {Verdict.COUNTED: 1, Verdict.SPENT: 3}


def test_in_the_race_at_the_closing_second_what_was_acknowledged_is_in_the_release(
    box: Box, opened: OpenRound, store: Store, clock: Clock
) -> None:
    papers = [opened.paper() for _ in range(24)]
    bodies = [opened.body({"q1": 4}, paper) for paper in papers]
    other = Box(store, clock)
    closing_time = [lambda: box.collect(opened.id, opened.fingerprint.hex(), early=True)] * 2
    sending = [lambda body=body: other.count(opened.id, body) for body in bodies]
    *verdicts, first, second = at_once(*sending, *closing_time)
    counted = {
        serial_hash(opened.fingerprint, paper.serial)
        for paper, verdict in zip(papers, verdicts, strict=True)
        if verdict is Verdict.COUNTED
    }
    assert first == second
    assert set(verdicts) <= {Verdict.COUNTED, Verdict.LATE}
    assert set(first.serials) == (counted if len(counted) >= 5 else set())


class Dying:
    """A connection whose process is gone at the given statement: no rollback, the journal stays as it is."""

    def __init__(self, connection: Any, statements: int) -> None:
        self._connection, self._left = connection, statements

    def execute(self, *statement: Any) -> Any:
        if self._left == 0:
            os._exit(DIED)
        self._left -= 1
        return self._connection.execute(*statement)

    def close(self) -> None:
        self._connection.close()


class DyingStore(Store):
    statements = -1

    def _connect(self) -> Any:
        return Dying(super()._connect(), self.statements)


def act_and_perhaps_die(file: Path, clock: Clock, statements: int, act: Callable[[Box], Any]) -> None:
    store = DyingStore(file)
    store.statements = statements
    act(Box(store, clock))


def dies_within(file: Path, clock: Clock, statements: int, act: Callable[[Box], Any]) -> bool:
    """Whether a process died in the act, at this statement of one of its transactions."""
    worker = workers.Process(target=act_and_perhaps_die, args=(file, clock, statements, act))
    worker.start()
    worker.join()
    assert worker.exitcode in {0, DIED}
    return worker.exitcode == DIED


def test_wherever_a_worker_dies_the_paper_is_counted_once(clock: Clock, file: Path) -> None:
    box, died = Box(Store(file), clock), 0
    for statements in range(1, 40):
        opened = a_round()
        box.deposit(opened.text)
        bodies = [opened.body({"q1": 4}) for _ in range(5)]
        has_died = dies_within(file, clock, statements, methodcaller("count", opened.id, bodies[0]))
        again = [box.count(opened.id, body) for body in bodies]
        assert again[0] is (Verdict.COUNTED if has_died else Verdict.SPENT)
        collected = box.collect(opened.id, opened.fingerprint.hex(), early=True)
        assert publication.parse(collected.release).papers == 5
        died += has_died
        if not has_died:
            break
    assert died > 10


@pytest.mark.parametrize("step", ["deposit", "collect", "discard"])
def test_wherever_a_worker_dies_the_step_can_be_repeated(clock: Clock, file: Path, step: str) -> None:
    died = 0
    for statements in range(1, 40):
        box, opened = Box(Store(file), clock), a_round()
        act = {
            "deposit": methodcaller("deposit", opened.text),
            "collect": collecting(opened),
            "discard": methodcaller("discard", opened.id),
        }[step]
        if step != "deposit":
            box.deposit(opened.text)
            for _ in range(5):
                box.count(opened.id, opened.body({"q1": 4}))
        has_died = dies_within(file, clock, statements, act)
        act(box)
        if step == "collect":
            assert publication.parse(act(box).release).papers == 5
        if step == "deposit":
            assert box.count(opened.id, opened.body({"q1": 4})) is Verdict.COUNTED
        died += has_died
        if not has_died:
            break
    assert died >= 3
    with closing(DRIVER.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_file_that_is_locked_is_an_error_to_try_again(
    opened: OpenRound, box: Box, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peerapp.ballotbox.store.BUSY_SECONDS", 0.05)
    body = opened.body({"q1": 4})
    with closing(DRIVER.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnreachableError):
            box.count(opened.id, body)
    assert box.count(opened.id, body) is Verdict.COUNTED
