"""`python -m tests.bench.live_beyond [seconds]`: how long does anybody wait when 1,000 people are live in one process?

200 of them have a stream; the others check every 2 seconds, 20 % more or less, as the page does (static/js/live/line.js),
and try for a stream once a minute. Notes are written all over; each is there when the other holds the page with it.
"""

import heapq
import random
import selectors
import socket
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.live_people import (
    PART,
    Open,
    cpu_of,
    first_in_line,
    is_written,
    late,
    ms,
    opened,
    resident,
    running,
    said,
    settle,
    take,
    write_note,
)

PAIRS, STREAMS = 500, 200
SECONDS, PER_SECOND = 60, 5
CHECK, STREAM_AGAIN = 2.0, 60.0
HELD = 2500.0


def vary(seconds: float) -> float:
    return seconds * random.uniform(0.8, 1.2)


@dataclass(eq=False)
class Checking:
    """One page without a stream: what it knows, and the answer it waits for."""

    port: int
    cookie: str
    session: str
    stream_at: float
    version: str = "1"  # of the page that was loaded
    waits_for: str = ""
    answer: bytes = b""
    line: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self.line = socket.create_connection(("127.0.0.1", self.port))

    def ask(self, what: str) -> None:
        pair = self.session.rpartition("/sessions/")[0]
        path = {"version": f"{pair}/version", "live": f"{pair}/live", "page": self.session}[what]
        headers = {"Host": f"127.0.0.1:{self.port}", "Cookie": self.cookie, "HX-PTag": self.version} | PART
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.waits_for, self.answer = what, b""
        self.line.sendall(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode())

    def hear(self) -> tuple[int, bytes] | None:
        """Status and body, once all of it is there."""
        self.answer += self.line.recv(262_144)
        head, is_whole, body = self.answer.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        status = int(head[9:12]) if is_whole else 0
        return (status, body) if is_whole and (status == 304 or len(body) >= length) else None


class Crowd:
    """Everybody beyond the cap."""

    def __init__(self, people: list[Checking], everybody: selectors.BaseSelector) -> None:
        self.everybody = everybody
        self.due = [(time.monotonic() + random.uniform(0, CHECK), number, each) for number, each in enumerate(people)]
        heapq.heapify(self.due)
        self.number, self.line = len(people), people[0].line
        self.checks = 0
        for each in people:
            everybody.register(each.line, selectors.EVENT_READ, each)

    def again(self, one: Checking) -> None:
        self.number += 1
        heapq.heappush(self.due, (time.monotonic() + vary(CHECK), self.number, one))

    def send_due(self) -> None:
        while self.due and self.due[0][0] <= (now := time.monotonic()):
            self.checks += 1
            due, _number, one = heapq.heappop(self.due)
            late.append(now - due)
            one.ask("version")

    def heard(self, one: Checking) -> bool:
        """Read what came; whether the newest page is there now."""
        if (answered := one.hear()) is None:
            return False
        status, body = answered
        if one.waits_for == "version" and status == 200:
            one.version = body.decode()
            one.ask("page")
        elif one.waits_for == "version" and time.monotonic() > one.stream_at:
            one.stream_at = time.monotonic() + vary(STREAM_AGAIN)
            one.ask("live")
        else:
            self.again(one)
            return one.waits_for == "page"
        return False


def main(seconds: int = SECONDS) -> None:
    first_in_line()
    with running(Path(tempfile.mkdtemp(prefix="peerapp-live-")), PAIRS) as (process, told):
        port, people = told["port"], told["people"]
        readers, everybody = [opened(port, each) for each in people[:STREAMS]], selectors.DefaultSelector()
        for reader in readers:
            everybody.register(reader.stream, selectors.EVENT_READ, reader)
        settle(everybody)
        now = time.monotonic()
        checking = [Checking(port, **each, stream_at=now + random.uniform(0, 60)) for each in people[STREAMS:]]
        crowd = Crowd(checking, everybody)
        play(crowd, [], {}, told, 6.0)
        busy, checks = cpu_of(process.pid), crowd.checks
        waited: dict[str, list[float]] = {"stream": [], "checks": []}
        play(crowd, [*readers, *checking], waited, told, seconds)
        report(waited, crowd.checks - checks, seconds, (cpu_of(process.pid) - busy) / seconds, resident(process.pid))


def play(crowd: Crowd, people: list[Any], waited: dict[str, list[float]], told: dict[str, Any], seconds: float) -> None:
    """Let everybody do what they do for so long; with `people`, some of them write notes."""
    until, write_at, written = time.monotonic() + seconds, time.monotonic(), dict[int, tuple[float, int]]()
    while time.monotonic() < until or (written and time.monotonic() < until + 10):
        crowd.send_due()
        if people and write_at < time.monotonic() < until:
            write_at += random.expovariate(PER_SECOND)
            number = random.randrange(len(people))
            if number ^ 1 not in written:
                writer = people[number]
                there = Open(told["port"], writer.cookie, writer.session, crowd.line)
                written[number ^ 1] = time.monotonic(), write_note(there, told["token"])
        for one in look(crowd):
            number = people.index(one) if one in people else -1
            if number in written:
                began, pid = written.pop(number)
                waited["stream" if isinstance(one, Open) else "checks"].append(time.monotonic() - began)
                assert is_written(pid)
    assert not written, f"{len(written)} never came"


def look(crowd: Crowd) -> list[Any]:
    """Whoever holds a new page now."""
    ready = crowd.everybody.select(0.002)
    there: list[Any] = [key.data for key, _ in ready if isinstance(key.data, Checking) and crowd.heard(key.data)]
    streams = selectors.DefaultSelector()
    for key, _ in ready:
        if isinstance(key.data, Open):
            streams.register(key.fileobj, selectors.EVENT_READ, key.data)
    fresh = take(streams, 0) if streams.get_map() else []
    streams.close()
    for one in fresh:
        assert one.ask("GET", one.session) == 200
    return there + fresh


def report(waited: dict[str, list[float]], checks: int, seconds: float, cores: float, memory: float) -> None:
    everyone = [each for many in waited.values() for each in many]
    print(
        f"{2 * PAIRS} people live in one process, {STREAMS} of them with a stream; {len(everyone)} changes in {seconds:.0f} s"
    )
    for name, many in waited.items():
        print(f"by {name}: {len(many)} changes, median {ms(many, 50):.0f} ms, p99 {ms(many, 99):.0f} ms")
    print(said("the bench itself was late by", late))
    figure = ms(everyone, 99)
    print(f"everybody, p99, ms: {figure:.0f} (at most {HELD:g}){'' if figure <= HELD else '  MISSED'}")
    print(f"{checks / seconds:.0f} checks a second, {cores * 100:.0f} % of a core, {memory:.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
