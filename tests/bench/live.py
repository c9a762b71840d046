"""`python -m tests.bench.live [changes]`: how soon is a change on the partner's screen when 200 people are live?

One process of the app with 100 pairs in a session, each of the 200 people with a stream. Somebody writes a note; it is
there when the other has heard of it and holds the new part of the page. Asked from another process, over HTTP.
"""

import http.client
import json
import os
import random
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#together"}
CHANGES, IDLE, PATIENCE = 200, 30.0, 30.0
PER_SECOND = 5
HELD = (("median, ms", 50.0), ("p99, ms", 150.0), ("a core while idle, %", 3.0))


@dataclass
class Open:
    """One person's open page: its stream, and a connection for what it fetches."""

    port: int
    cookie: str
    session: str
    stream: socket.socket
    version: int = 0
    heard: str = ""
    pages: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.pages = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def ask(self, method: str, path: str, body: str | None = None) -> int:
        headers = {"Cookie": self.cookie} | PART
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "HX-Target": "section#notes"}
        self.pages.request(method, path, body, headers)
        answer = self.pages.getresponse()
        answer.read()
        return answer.status


def main(changes: int = CHANGES) -> None:
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
        heard, there = zip(*(one_change(everybody, readers, told) for _ in range(changes)), strict=True)
        bare = tuple(one_check(everybody, readers[0]) for _ in range(changes))
        print(f"{len(readers)} people live in one process, {changes} changes, {PER_SECOND} a second")
        print(f"heard of it: median {ms(heard, 50):.0f} ms, p99 {ms(heard, 99):.0f} ms")
        print(
            f"for comparison, a check that finds nothing new: median {ms(bare, 50):.0f} ms, p99 {ms(bare, 99):.0f} ms"
        )
        figures = (ms(there, 50), ms(there, 99), idle)
        for (name, most), figure in zip(HELD, figures, strict=True):
            print(f"{name}: {figure:.1f} (at most {most:g}){'' if figure <= most else '  MISSED'}")
        print(
            f"memory: {alone:.0f} MB at first, {before:.0f} MB with all streams open, {resident(process.pid):.0f} MB at the end"
        )
        refused = opened_status(told["port"], told["people"][0])
        print(f"the next one is answered {refused}" + ("" if refused == 503 else "  MISSED"))


def opened(port: int, person: dict[str, str]) -> Open:
    stream = asked(port, person)
    return Open(port, person["cookie"], person["session"], stream)


def asked(port: int, person: dict[str, str]) -> socket.socket:
    stream = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    pair = person["session"].rpartition("/sessions/")[0]
    stream.sendall(f"GET {pair}/live HTTP/1.1\r\nHost: localhost\r\nCookie: {person['cookie']}\r\n\r\n".encode())
    return stream


def opened_status(port: int, person: dict[str, str]) -> int:
    with asked(port, person) as stream:
        return int(stream.recv(100).split()[1])


def take(everybody: selectors.BaseSelector, wait: float) -> list[Open]:
    """Read what the streams say for so long at most; who heard a new version."""
    fresh = []
    for key, _mask in everybody.select(wait):
        reader: Open = key.data
        reader.heard += reader.stream.recv(65536).decode()
        *lines, reader.heard = reader.heard.split("\n")
        versions = [int(line[4:]) for line in lines if line.startswith("id: ")]
        if versions and versions[-1] > reader.version:
            reader.version = versions[-1]
            fresh.append(reader)
    return fresh


def settle(everybody: selectors.BaseSelector) -> None:
    """Until everybody has heard where they stand."""
    until, waiting = time.monotonic() + PATIENCE, {id(key.data) for key in everybody.get_map().values()}
    while waiting and time.monotonic() < until:
        waiting -= {id(reader) for reader in take(everybody, 0.5)}
    assert not waiting, f"{len(waiting)} heard nothing"
    quiet(everybody, 5.0)


def quiet(everybody: selectors.BaseSelector, seconds: float) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        take(everybody, left)


def one_change(everybody: selectors.BaseSelector, readers: list[Open], told: dict[str, Any]) -> tuple[float, float]:
    """Seconds until the other has heard of a note, and until they hold the page with it."""
    quiet(everybody, random.expovariate(PER_SECOND))
    number = random.randrange(len(readers))
    writer, reader = readers[number], readers[number ^ 1]
    pid = os.fork()
    began = time.monotonic()
    if pid == 0:  # the writer is another computer
        fields = {"body": "Three keywords", "csrf_token": told["token"], "once": f"{random.random()}"}
        writer.pages = http.client.HTTPConnection("127.0.0.1", writer.port, timeout=PATIENCE)
        os._exit(writer.ask("POST", f"{writer.session}/notes", urlencode(fields)) // 100)
    while reader not in take(everybody, PATIENCE):
        assert time.monotonic() - began < PATIENCE
    heard = time.monotonic() - began
    assert reader.ask("GET", reader.session) == 200
    there = time.monotonic() - began
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) in {2, 3}
    return heard, there


def one_check(everybody: selectors.BaseSelector, reader: Open) -> float:
    """Seconds of the smallest request there is: what the machine itself makes of it just now."""
    quiet(everybody, random.expovariate(PER_SECOND * 4))
    began = time.monotonic()
    assert reader.ask("GET", reader.session.rpartition("/sessions/")[0] + "/version") == 200
    return time.monotonic() - began


@contextmanager
def running(folder: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    command = [sys.executable, "-m", "tests.bench.live_house", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())
        finally:
            process.terminate()


def cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    said = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").split("VmRSS:")[1]
    return int(said.split()[0]) / 1024


def ms(seconds: tuple[float, ...], percent: int) -> float:
    return statistics.quantiles(seconds, n=100)[percent - 1] * 1000


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
