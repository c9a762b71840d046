"""How soon does a started process show a page, and how much memory does it hold after many requests?

The process is `peerapp demo`, as anybody starts it, asked over HTTP by one browser that is signed in.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from peerapp.commands.demo import PASSWORD
from peerapp.demo import DOMAIN

PATIENCE = 60
SIGN_IN = "/sign-in"


@dataclass(frozen=True)
class Held:
    """`cpu` are the seconds of it until then that the process itself worked. `mb` is the resident memory, `most` its peak."""

    seconds_to_first_page: float
    cpu: float
    requests: int
    mb: float
    most: float


def measure(folder: Path, requests: int) -> Held:
    """Start once to fill the folder, then again, as on any other day."""
    port = _free_port()
    with _running(folder, port):
        _first_page(port)
    with _running(folder, port) as process:
        seconds, cpu = _first_page(port), _cpu(process.pid)
        browser = _Browser(port)
        browser.sign_in()
        paths = browser.paths()
        for number in range(requests):
            status, _ = browser.get(paths[number % len(paths)])
            assert status == 200, (paths[number % len(paths)], status)
        said = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    mb, most = (int(re.search(rf"{name}:\s+(\d+) kB", said)[1]) / 1024 for name in ("VmRSS", "VmHWM"))  # type: ignore[index]  # Linux always says both
    return Held(seconds, cpu, requests, mb, most)


def _cpu(pid: int) -> float:
    """Seconds of CPU, in user and system mode."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _running(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"PEERAPP_INSTANCE": str(folder)}
    command = [sys.executable, "-c", "from peerapp.cli import main; main()", "demo", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _first_page(port: int) -> float:
    """Seconds until the process that was just started shows a page."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        connection = http.client.HTTPConnection("localhost", port, timeout=PATIENCE)
        try:
            connection.request("GET", SIGN_IN)
            if connection.getresponse().status == 200:
                return time.monotonic() - began
        except OSError:
            time.sleep(0.02)
        finally:
            connection.close()
    raise TimeoutError(f"no page within {PATIENCE} s")


class _Browser:
    """One connection with its cookies."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("localhost", port, timeout=PATIENCE)
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path)

    def sign_in(self) -> None:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(SIGN_IN)[1])
        assert token is not None
        fields = {"email": "ana.rivera@" + DOMAIN, "password": PASSWORD, "csrf_token": token[1]}
        status, _ = self._ask("POST", SIGN_IN, urlencode(fields))
        assert status == 303, status

    def paths(self) -> list[str]:
        """Pages of the member: what the start page and the journal lead to."""
        home = self.get("/")[1]
        pair = re.search(r'href="(/pairs/[0-9a-f-]{36})/board"', home)
        assert pair is not None
        found = ["/", f"{pair[1]}/board", f"{pair[1]}/journal", "/people", "/notices", "/profile"]
        for page in (self.get(found[1])[1], self.get(found[2])[1], self.get("/people")[1]):
            found += re.findall(r'href="(/(?:pairs/[0-9a-f-]{36}/(?:goals|sessions)|people)/[0-9a-f-]{36})"', page)
        return sorted(set(found))

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        for said in response.headers.get_all("Set-Cookie") or ():
            name, _, value = said.split(";", 1)[0].partition("=")
            self._cookies[name] = value
        return response.status, response.read().decode()
