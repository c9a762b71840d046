"""`python -m tests.bench.live [changes a round]`: how soon is a change on the partner's screen when 200 people are live?

One process of the app with 100 pairs in a session, each of the 200 people with a stream. Somebody writes a note; it is
there when the other has heard of it and holds the new part of the page. Asked from another process, over HTTP.
"""

import random
import selectors
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.live_people import (
    Open,
    cpu_of,
    first_in_line,
    late,
    ms,
    one_change,
    opened,
    opened_status,
    quiet,
    resident,
    running,
    said,
    settle,
)

CHANGES, ROUNDS, IDLE = 200, 3, 30.0
PER_SECOND = 5
HELD = (("median, ms", 50.0), ("p99, ms", 150.0), ("a core while idle, %", 3.0))


def main(changes: int = CHANGES) -> None:
    first_in_line()
    with running(Path(tempfile.mkdtemp(prefix="peerapp-live-"))) as (process, told):
        alone = resident(process.pid)
        readers = [opened(told["port"], each) for each in told["people"]]
        everybody = selectors.DefaultSelector()
        for reader in readers:
            everybody.register(reader.stream, selectors.EVENT_READ, reader)
        settle(everybody)
        before = resident(process.pid)
        busy = cpu_of(process.pid)
        quiet(everybody, IDLE)
        idle = (cpu_of(process.pid) - busy) / IDLE * 100
        print(f"{len(readers)} people live in one process, {ROUNDS} times {changes} changes, {PER_SECOND} a second")
        rounds = [one_round(everybody, readers, told["token"], changes) for _ in range(ROUNDS)]
        there = [each for one in rounds for each in one]
        bare = tuple(one_check(everybody, readers[0]) for _ in range(changes))
        print(said("for comparison, a check that finds nothing new", bare))
        print(said("the bench itself was late by", late))
        figures = (ms(there, 50), ms(there, 99), idle)
        for (name, most), figure in zip(HELD, figures, strict=True):
            print(f"{name}: {figure:.1f} (at most {most:g}){'' if figure <= most else '  MISSED'}")
        print(
            f"memory: {alone:.0f} MB at first, {before:.0f} MB with all streams open, {resident(process.pid):.0f} MB at the end"
        )
        refused = opened_status(told["port"], told["people"][0])
        print(f"the next one is answered {refused}" + ("" if refused == 503 else "  MISSED"))


def one_round(everybody: selectors.BaseSelector, readers: list[Open], token: str, changes: int) -> Sequence[float]:
    """How long it took until each change was there."""
    waits = (random.expovariate(PER_SECOND) for _ in range(changes))
    heard, there = zip(*(one_change(everybody, readers, token, wait) for wait in waits), strict=True)
    print(said("heard of it", heard))
    print(said("on the screen", there), flush=True)
    return there


def one_check(everybody: selectors.BaseSelector, reader: Open) -> float:
    """Seconds of the smallest request there is: what the machine itself makes of it just now."""
    quiet(everybody, random.expovariate(PER_SECOND * 4))
    began = time.monotonic()
    assert reader.ask("GET", reader.pair + "/version") == 200
    return time.monotonic() - began


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
