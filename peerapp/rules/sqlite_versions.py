"""Is this version of SQLite safe for write-ahead logging with several processes?

Versions 3.7.0 to 3.51.2 can corrupt a database when a checkpoint resets the log while another process writes
(sqlite.org/wal.html, "the WAL-reset bug").
"""

FIRST_AFFECTED = (3, 7, 0)
FIRST_MENDED = (3, 51, 3)


def has_wal_reset_bug(version: str) -> bool:
    """`version` as SQLite tells it: "3.40.1"."""
    numbers = tuple(int(part) for part in version.split(".")[:3])
    return FIRST_AFFECTED <= numbers < FIRST_MENDED
