"""May this process use the database beside others? On a SQLite with the WAL-reset bug, no: only one at a time.

Whoever comes first holds a lock file in the instance folder until it ends. Newer SQLite and PostgreSQL need no lock.
"""

import fcntl
from pathlib import Path
from typing import TextIO

from peerapp.config import Config, ConfigError
from peerapp.db import DRIVER
from peerapp.rules.sqlite_versions import has_wal_reset_bug

NAME = "only_one_process.lock"
_held: dict[Path, TextIO] = {}


def is_needed(settings: Config) -> bool:
    """Whether two processes at once could damage this database."""
    return settings.sqlite_file is not None and has_wal_reset_bug(DRIVER.sqlite_version)


def hold(settings: Config) -> None:
    """Keep other processes out until this one ends, where that is needed. Raises ConfigError when another is there."""
    path = settings.instance / NAME
    if path in _held or not is_needed(settings):
        return
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise ConfigError(
            f"Another peerapp process uses this database, and SQLite {DRIVER.sqlite_version} can lose data when two do. "
            "Run: pip install pysqlite3 (it brings a newer one), or end the other process first."
        ) from None
    _held[path] = file  # open files keep their lock
