"""A disk that is full: what was typed comes back, everybody can read on, and it goes on by itself when there is room.

For SQLite; a PostgreSQL that is full says so with an error of its own, which test_faults.py raises.
"""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from peerapp import migrate
from peerapp.db import db
from tests.clients import PeerClient
from tests.reliability.conftest import app_on
from tests.reliability.writers import BUSY, SAVED, Scene, is_whole, kept

SIZE = 6 * 1024 * 1024
WORDS = "Well done, Ben. " * 60


@dataclass(frozen=True)
class Disk:
    """An app on a disk that `fill` fills and `free` frees."""

    app: Flask
    fill: Callable[[], None]
    free: Callable[[], None]


@contextmanager
def mounted(folder: Path) -> Iterator[Disk | None]:
    """A small file system of its own; None where we may not make one."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    try:
        made = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        made = False
    if not made:
        yield None
        return
    try:
        with app_on(f"sqlite:///{folder}/peerapp.sqlite", folder) as app:
            ballast = folder / "ballast"
            yield Disk(app, lambda: fill(ballast), ballast.unlink)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4_096))
        except OSError:
            return


@contextmanager
def counted(folder: Path) -> Iterator[Disk]:
    """A database that may have no more pages than it has: SQLite then says the very same."""
    with app_on(f"sqlite:///{folder}/peerapp.sqlite", folder) as app:
        most = [2**31]

        @event.listens_for(db.engine, "checkout")
        def limit(connection: object, *_: object) -> None:
            connection.execute(f"PRAGMA max_page_count={most[0]}").close()  # type: ignore[attr-defined]  # SQLite's

        yield Disk(app, lambda: most.__setitem__(0, 1), lambda: most.__setitem__(0, 2**31))


@pytest.fixture(params=["a full file system", "a full database"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if request.param == "a full file system":
        with mounted(folder) as found:
            if found is None:
                pytest.skip("only root may mount a small file system; the full database says the same")
            yield found
    else:
        with counted(folder) as found:
            yield found


def test_a_full_disk_keeps_what_was_typed_and_is_used_again_when_there_is_room(disk: Disk) -> None:
    migrate.to_newest()
    scene, ana = Scene(), disk.app.test_client()
    assert isinstance(ana, PeerClient)
    ana.sign_in(scene.ana)
    saved = [WORDS] * (ana.post(scene.comments, {"body": WORDS}).status_code == SAVED)
    db.session.remove()
    disk.fill()
    for _ in range(1_000):
        answer = ana.post(scene.comments, {"body": WORDS})
        if answer.status_code != SAVED:
            break
        saved.append(WORDS)
    assert (answer.status_code, answer.headers["Retry-After"], WORDS.strip() in answer.text) == (BUSY, "5", True)
    assert [ana.get(scene.board).status_code for _ in range(3)] == [200] * 3
    assert ana.post(scene.comments, {"body": WORDS}).status_code == BUSY
    disk.free()
    assert ana.post(scene.comments, {"body": WORDS}).status_code == SAVED
    assert len(kept()) == len(saved) + 1
    assert is_whole()
