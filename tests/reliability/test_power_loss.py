"""Whatever a browser was told is saved is there when the power comes back, wherever in a write it went.

The probe is seen to fail: the same writer on a SQLite that syncs less loses what it acknowledged.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from peerapp import create_app
from peerapp.db import DRIVER, db
from tests.conftest import missing, settings
from tests.reliability.committing import BEGIN, DATABASE, LEDGER, words_of
from tests.reliability.house import ROOT
from tests.reliability.power import CALLS, WAYS, Disk, Event, Images, events

COMMENTS, COMMENTS_LONG = 40, 400
IMAGES, IMAGES_LONG = 100, 1_000
IMAGES_OF_A_FAULT = 25
FULL = 2  # as SQLite counts


def traced(folder: Path, comments: int, synchronous: str) -> Path:
    """The trace of a writer of so many comments, who is gone at once after the last."""
    trace, strace = folder / "trace", shutil.which("strace")
    if not strace or subprocess.run([strace, "-o", "/dev/null", "true"], check=False, capture_output=True).returncode:
        missing("strace")
    watch = [strace or "", "-o", str(trace), "-xx", "-y", "-s", "100000", "-e", f"trace={CALLS}"]
    module = [sys.executable, "-m", "tests.reliability.committing", str(folder), str(comments), synchronous]
    subprocess.run([*watch, *module], cwd=ROOT, check=True)
    return trace


def images(trace: Path, number: int) -> Iterator[tuple[set[str], Images]]:
    """What was acknowledged before the power went, and what is on the disk; at so many points, spread over the trace."""
    happened = list(events(trace, DATABASE, LEDGER))
    begin, random = happened.index(BEGIN), Random(7)
    assert not any(isinstance(each, Event) and each.removed for each in happened[begin:])  # nobody closed the database
    points = sorted(random.randint(begin + 1, len(happened)) for _ in range(number))
    disk, said, at = Disk(), set[str](), 0
    for image, point in enumerate(points):
        for each in happened[at:point]:
            if isinstance(each, Event):
                disk.see(each)
            elif each != BEGIN:
                said.add(words_of(int(each)).strip())
        at = point
        yield set(said), disk.without_power(random, WAYS[image % len(WAYS)])


def found(folder: Path, files: Images) -> set[str]:
    """The comments in a database that is opened after the power went; a broken one has none."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, body in files.items():
        (folder / name).write_bytes(body)
    connection = DRIVER.connect(str(folder / DATABASE))
    try:
        if [row[0] for row in connection.execute("PRAGMA integrity_check")] != ["ok"]:
            return set()
        return {row[0] for row in connection.execute("SELECT body FROM comment")}
    except DRIVER.DatabaseError:
        return set()
    finally:
        connection.close()


def losses(folder: Path, trace: Path, number: int) -> list[int]:
    """How many acknowledged comments each image lacks."""
    return [len(said - found(folder / "image", files)) for said, files in images(trace, number)]


def test_nothing_that_was_acknowledged_is_lost_when_the_power_goes(tmp_path: Path, long: bool) -> None:
    trace = traced(tmp_path, COMMENTS_LONG if long else COMMENTS, "FULL")
    lost = losses(tmp_path, trace, IMAGES_LONG if long else IMAGES)
    assert lost == [0] * (IMAGES_LONG if long else IMAGES)


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_a_database_that_syncs_less_is_seen_to_lose_something(tmp_path: Path, synchronous: str) -> None:
    trace = traced(tmp_path, COMMENTS, synchronous)
    assert sum(map(bool, losses(tmp_path, trace, IMAGES_OF_A_FAULT))) > IMAGES_OF_A_FAULT // 3


def test_the_product_syncs_at_every_commit(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path, f"sqlite:///{tmp_path / DATABASE}"))
    with app.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == FULL
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    with app.app_context():
        db.engine.dispose()
