"""Sends one comment after the other and writes down each that was acknowledged. Run under strace, by test_power_loss.py.

A file that names what was acknowledged stands in the same trace as what SQLite wrote, so the two have an order.
"""

import os
import sys
from pathlib import Path

from sqlalchemy import event

from peerapp import create_app, migrate
from peerapp.db import db
from tests.clients import PeerClient
from tests.conftest import settings
from tests.reliability.writers import SAVED, Scene

DATABASE, LEDGER, BEGIN = "peerapp.sqlite", "acknowledged", "begin"
PAGES_TO_A_CHECKPOINT = 60  # instead of a thousand: what a checkpoint does is in every trace many times


def words_of(number: int) -> str:
    """Short ones and long ones, so that transactions have several sizes."""
    return f"comment {number} " + "well done " * (number * 37 % 150)


def commit(folder: Path, number: int, synchronous: str) -> None:
    app = create_app(settings(folder, f"sqlite:///{folder / DATABASE}"))
    app.test_client_class = PeerClient
    with app.app_context():

        @event.listens_for(db.engine, "connect")
        def on_connect(connection: object, _record: object) -> None:
            for pragma in (f"wal_autocheckpoint={PAGES_TO_A_CHECKPOINT}", f"synchronous={synchronous}"):
                connection.execute(f"PRAGMA {pragma}").close()  # type: ignore[attr-defined]  # SQLite's

        db.engine.dispose()
        migrate.to_newest()
        scene, ana = Scene(), app.test_client()
        assert isinstance(ana, PeerClient)
        ana.sign_in(scene.ana)
        ledger = os.open(folder / LEDGER, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(ledger, BEGIN.encode())
        for each in range(number):
            assert ana.post(scene.comments, {"body": words_of(each)}).status_code == SAVED
            os.write(ledger, str(each).encode())


if __name__ == "__main__":
    commit(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
    os._exit(0)  # nothing is closed: the power is gone
