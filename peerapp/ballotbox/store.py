"""Where are the counts of open rounds kept? In one SQLite file of the box's own, whatever the main database is.

A rollback journal that is truncated at each commit, deleted content overwritten with zeros, nothing spilled to
temporary files: a write-ahead log, replayed commit by commit, would relink answers. The file is never backed up.
One connection for each operation; writers of one process queue at a lock, those of several at SQLite's own.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

from peerapp.ballotbox.schema import SCHEMA
from peerapp.ballotbox.seam import UnreachableError

# pysqlite3 has no wheel for some platforms; two copies of SQLite in one process would be one too many.
DRIVER: ModuleType = import_module("pysqlite3.dbapi2" if find_spec("pysqlite3") else "sqlite3.dbapi2")
BUSY_SECONDS = 10
PRAGMAS = (
    "journal_mode=TRUNCATE",
    "secure_delete=ON",
    "synchronous=FULL",
    "temp_store=MEMORY",
    "cache_spill=OFF",
    "cache_size=-16000",  # kibibytes: a round is written from memory at once
)
Connection = Any  # of whichever driver


class StoreError(UnreachableError):
    """The file cannot be read or written just now. It names no content."""


class Store:
    """The box's file, made where it is missing, readable by its owner only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = Lock()
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with self.writing() as connection:
            for statement in _statements(SCHEMA):
                connection.execute(statement)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the file."""
        with _errors_named(), closing(self._connect()) as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that is the only one to write; commits at the end, rolls back on any error."""
        with self._turn, _errors_named(), closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(DRIVER.Error):
                    connection.execute("ROLLBACK")
                raise

    def _connect(self) -> Connection:
        connection = DRIVER.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection


@contextmanager
def _errors_named() -> Iterator[None]:
    try:
        yield
    except DRIVER.Error as error:
        raise StoreError(type(error).__name__) from None


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if DRIVER.complete_statement(statement):
            yield statement
            statement = ""
