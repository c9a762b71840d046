"""People with an open page, as the benches of the live part play them: over HTTP, from a process of their own."""

import http.client
import json
import os
import random
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#together"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "HX-Target": "section#notes"}
PATIENCE = 30.0
GROUP = Path("/proc/self/autogroup")  # of this terminal: Linux shares the cores out among these first
late: list[
    float
] = []  # seconds after the moment it wanted that the bench itself went on: that is the machine's, not peerapp's


def first_in_line() -> None:
    """Before most of what else this machine does, with all processes that begin here. Without the right to: like anybody.

    On a busy machine `chrt -r 1 python -m tests.bench.live` says more, and the same for `live_front`. Not `live_beyond`:
    where all cores are taken that way, the kernel has no time left to carry what is sent.
    """
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, -10)
        GROUP.write_text("-10", encoding="ascii")


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
            headers |= FORM
        self.pages.request(method, path, body, headers)
        answer = self.pages.getresponse()
        answer.read()
        return answer.status

    @property
    def pair(self) -> str:
        return self.session.rpartition("/sessions/")[0]


def opened(port: int, person: dict[str, str]) -> Open:
    stream = asked(port, person)
    return Open(port, person["cookie"], person["session"], stream)


def asked(port: int, person: dict[str, str]) -> socket.socket:
    stream = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    pair, host = person["session"].rpartition("/sessions/")[0], f"127.0.0.1:{port}"
    stream.sendall(f"GET {pair}/live HTTP/1.1\r\nHost: {host}\r\nCookie: {person['cookie']}\r\n\r\n".encode())
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
        versions = [
            int(line[4:]) for line in lines if line.startswith("id: ")
        ]  # nginx and the server cut it into chunks between
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
    late.append(-left)


def write_note(writer: Open, token: str) -> int:
    """Somebody at another computer adds a note. The process that does it."""
    pid = os.fork()
    if pid == 0:
        status = 900  # whatever goes wrong, this process ends here
        fields = {"body": "Three keywords", "csrf_token": token, "once": f"{random.random()}"}
        writer.pages = http.client.HTTPConnection("127.0.0.1", writer.port, timeout=PATIENCE)
        try:
            status = writer.ask("POST", f"{writer.session}/notes", urlencode(fields))
        finally:
            os._exit(status // 100)
    return pid


def is_written(pid: int) -> bool:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) in {2, 3}


def one_change(everybody: selectors.BaseSelector, readers: list[Open], token: str, pause: float) -> tuple[float, float]:
    """Seconds until the other has heard of a note, and until they hold the page with it."""
    quiet(everybody, pause)
    number = random.randrange(len(readers))
    reader, began = readers[number ^ 1], time.monotonic()
    pid = write_note(readers[number], token)
    while reader not in take(everybody, PATIENCE):
        assert time.monotonic() - began < PATIENCE
    heard = time.monotonic() - began
    assert reader.ask("GET", reader.session) == 200
    there = time.monotonic() - began
    assert is_written(pid)
    return heard, there


@contextmanager
def running(folder: Path, pairs: int = 100) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    command = [sys.executable, "-m", "tests.bench.live_house", str(folder), str(pairs)]
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


def said(what: str, seconds: Sequence[float]) -> str:
    shares = ", ".join(f"{percent} % {ms(seconds, percent):.0f}" for percent in (50, 75, 90, 95, 99))
    return f"{what}, ms: {shares}, all {max(seconds) * 1000:.0f}"


def ms(seconds: Sequence[float], percent: int) -> float:
    return statistics.quantiles(seconds, n=100)[percent - 1] * 1000
