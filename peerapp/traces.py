"""What does the database still remember of what was deleted, and how does it forget?

SQLite overwrites what is deleted (`secure_delete` in db.py), but its log of writes holds the old pages until it is
emptied. PostgreSQL keeps its log as long as its administrator says.
"""

from contextlib import closing

from peerapp import db as database
from peerapp.db import BUSY_TIMEOUT_MS, db

PATIENCE_MS = 200


def wipe() -> bool:
    """Empty SQLite's log; whether nothing is left of it. Nobody may be reading meanwhile, so it may be for the next caller."""
    if db.engine.dialect.name != "sqlite":
        return True
    database.pause()
    with closing(db.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
        busy, *_frames = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    return not busy
