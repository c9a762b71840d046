"""A running peerapp that tests may kill: what `peerapp serve` runs, in a process of its own, on a port of 127.0.0.1.

Run as a module it prepares the app once and then, told by lines on its standard input, starts and kills processes that
serve it: a start takes milliseconds, because nothing has to be imported again.
"""

import gc
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from random import randrange
from time import monotonic, sleep
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from peerapp import create_app, serving
from peerapp.db import db
from peerapp.models import Person
from peerapp.recent import Recent
from tests.clients import RAW, session_cookie
from tests.conftest import settings

ROOT = Path(__file__).parents[2]
NO_ANSWER = (OSError, http.client.HTTPException)


class House:
    """The processes that serve one database, each on its own port; `kill` is a kill -9."""

    def __init__(self, folder: Path, url: str, threads: int = 4) -> None:
        command = [sys.executable, "-W", "error", "-m", "tests.reliability.house", str(folder), url, str(threads)]
        self.log = (folder / "house.log").open("w+")
        self._keeper = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True
        )
        assert self._hear() == "ready"

    def start(self, *ports: int) -> None:
        """A process at each port."""
        for port in ports:
            self._say(f"start {port}")
        for port in ports:
            self._wait_for(port)

    def _wait_for(self, port: int) -> None:
        begun = monotonic()
        while monotonic() - begun < 20:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return
            sleep(0.002)
        raise AssertionError(f"nothing listens on {port}")

    def warm(self, browser: "Browser", path: str, fields: Mapping[str, str]) -> None:
        """Send a form before anything is started, so that no process works out again what the first one did."""
        self._say("warm " + json.dumps([path, browser.headers, browser.with_token(fields)]))

    def remember_little(self) -> None:
        """What is drawn once is kept for a short while only, so that a process that grows is one that leaks."""
        self._say("little")

    def kill(self, port: int) -> None:
        self._say(f"kill {port}")

    def end(self) -> None:
        with suppress(BrokenPipeError):
            self._say("end")
        self._keeper.wait(20)
        for pipe in (self._keeper.stdin, self._keeper.stdout, self.log):
            if pipe:
                pipe.close()

    @property
    def keeper(self) -> int:
        """The process whose children serve."""
        return self._keeper.pid

    @property
    def said(self) -> str:
        """What the processes wrote to their log."""
        return Path(self.log.name).read_text()

    def _say(self, words: str) -> None:
        assert self._keeper.stdin
        self._keeper.stdin.write(f"{words}\n")
        self._keeper.stdin.flush()
        assert self._hear() == "done"

    def _hear(self) -> str:
        assert self._keeper.stdout
        return self._keeper.stdout.readline().strip()


@contextmanager
def house(folder: Path, url: str, threads: int = 4) -> Iterator[House]:
    """A house whose processes are gone afterwards."""
    own = House(folder, url, threads)
    try:
        yield own
    finally:
        own.end()


def url_of(app: Flask) -> str:
    """The database that this app is on."""
    return str(app.config["PEERAPP"].database_url)


def a_port() -> int:
    """A free port that no outgoing connection is given meanwhile."""
    while True:
        port = randrange(20_000, 30_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Browser:
    """Somebody who is signed in and sends forms over real HTTP, one connection a form."""

    def __init__(self, app: Flask, person: Person, port: int, patience: float = 30) -> None:
        self.port, self.patience = port, patience
        self.headers = {
            "Cookie": f"peerapp={session_cookie(app, person, csrf_token=RAW)}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self._token = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(RAW)

    def post(self, path: str, fields: Mapping[str, str]) -> http.client.HTTPResponse:
        """The answer, read to its end; raises one of NO_ANSWER where there is none."""
        return self._ask("POST", path, self.with_token(fields))

    def with_token(self, fields: Mapping[str, str]) -> str:
        """The form as it travels."""
        return urlencode({"csrf_token": self._token, **fields})

    def get(self, path: str) -> http.client.HTTPResponse:
        return self._ask("GET", path, None)

    def _ask(self, method: str, path: str, body: str | None) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        try:
            connection.request(method, path, body, self.headers)
            answer = connection.getresponse()
            answer.text = answer.read().decode()  # type: ignore[attr-defined]  # kept where the test looks for it
            return answer
        finally:
            connection.close()


def _keep(folder: Path, url: str, threads: int) -> None:
    app = create_app(settings(folder, url, threads=threads))
    serving_at: dict[int, int] = {}
    _stay()
    print("ready", flush=True)  # noqa: T201 - the answer to whoever started this
    for line in sys.stdin:
        words = line.split()
        if words[0] == "start":
            serving_at[int(words[1])] = _fork(app, int(words[1]))
        elif words[0] == "warm":
            _warm(app, *json.loads(line.removeprefix("warm ")))
        elif words[0] == "little":
            for kept in (each for each in gc.get_objects() if isinstance(each, Recent)):
                kept._most = 16  # noqa: SLF001 - only a test wants less than a page needs
        elif words[0] == "kill":
            _end(serving_at.pop(int(words[1])))
        else:
            break
        print("done", flush=True)  # noqa: T201 - as above
    for process in serving_at.values():
        _end(process)
    print("done", flush=True)  # noqa: T201 - as above


def _warm(app: Flask, path: str, headers: dict[str, str], form: str) -> None:
    answer = app.test_client(use_cookies=False).post(path, data=form, headers=headers)
    assert answer.status_code == 303, answer.status
    with app.app_context():
        db.engine.dispose()  # no connection is shared by two processes
    _stay()


def _stay() -> None:
    """What is there now no process that begins here looks at again: a collection would copy all of it each time."""
    gc.collect()
    gc.freeze()


def _fork(app: Flask, port: int) -> int:
    child = os.fork()
    if not child:
        sys.stdin.close()
        os.dup2(
            sys.stderr.fileno(), sys.stdout.fileno()
        )  # letters on the console are no answers to whoever started this
        try:
            serving.run(app, serving.listen(app, "127.0.0.1", port))
        except BaseException:  # noqa: BLE001 - it is the last thing this process does
            traceback.print_exc()
        os._exit(1)
    return child


def _end(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


if __name__ == "__main__":
    _keep(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
