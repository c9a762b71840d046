"""How is a backup written while people work? Read from one snapshot, beside its final name, and only then put there."""

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, is_zipfile

from sqlalchemy import Connection, Inspector, Text, cast, column, inspect, select, table, text

from peerapp import clock, db as database, migrate
from peerapp.backup.manifest import (
    FLEETING,
    NAME,
    OUT,
    TYPES,
    VERSION_TABLE,
    BackupError,
    Kind,
    Manifest,
    Table,
    file_of,
    kind_of,
)
from peerapp.db import db

ROWS_AT_ONCE = 1_000


def write(path: Path, *, force: bool = False) -> Manifest:
    """Write everything into one file that only its owner may read. Raises BackupError; then there is no new file."""
    _may_be_written(path, force=force)
    try:
        with _beside(path) as file, _snapshot() as connection:
            manifest = _archive(connection, file)
            _may_be_written(path, force=force)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from error
    return manifest


def _may_be_written(path: Path, *, force: bool) -> None:
    if not path.exists():
        return
    if not force:
        raise BackupError(f"{path} is there already. Name another file, or add --force to replace it.")
    live = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
    if live and Path(live).exists() and path.samefile(live):  # before anything opens it
        raise BackupError(f"{path} is the database itself.")
    if not (path.is_file() and is_zipfile(path)):
        raise BackupError(f"{path} is not a backup, so --force does not replace it. Name another file.")


@contextmanager
def _beside(path: Path) -> Iterator[IO[bytes]]:
    """A file next to the final one, which it becomes when all of it is on the disk."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


@contextmanager
def _snapshot() -> Iterator[Connection]:
    """A transaction that sees one moment, however long it reads, and holds nobody up."""
    with database.only_reading(), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            for timeout in ("statement_timeout", "idle_in_transaction_session_timeout"):
                connection.execute(text(f"SET LOCAL {timeout} = 0"))
        yield connection
        connection.rollback()


def _archive(connection: Connection, file: IO[bytes]) -> Manifest:
    made_at = clock.now().isoformat()
    revision = migrate.revision_of(connection)
    if not revision:
        raise BackupError("The database is empty: there is nothing to back up.")
    tables = inspect(connection)
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        stored = {
            name: _store(archive, name, _Source(connection, tables, name))
            for name in sorted(tables.get_table_names())
            if name not in FLEETING and name != VERSION_TABLE
        }
        manifest = Manifest(revision, connection.dialect.name, made_at, stored)
        archive.writestr(NAME, manifest.dump())
    return manifest


class _Source:
    """The rows of one table as a backup holds them: by their random ids, so that nobody can tell who was there first."""

    def __init__(self, connection: Connection, tables: Inspector, name: str) -> None:
        self._connection = connection.execution_options(stream_results=True)
        self.columns = {each["name"]: kind_of(each["type"]) for each in tables.get_columns(name)}
        typed = {each: column(each, TYPES[kind]) for each, kind in self.columns.items()}
        self._query = (
            select(
                *(cast(typed[each], Text) if kind is Kind.JSON else typed[each] for each, kind in self.columns.items())
            )
            .select_from(table(name, *typed.values()))
            .order_by(*(typed[each] for each in tables.get_pk_constraint(name)["constrained_columns"]))
        )

    def rows(self) -> Iterator[list[list[Any]]]:
        """A block of rows after the other."""
        convert = [OUT.get(kind) for kind in self.columns.values()]
        for some in self._connection.execute(self._query).partitions(ROWS_AT_ONCE):
            yield [
                [value if value is None or to is None else to(value) for value, to in zip(row, convert, strict=True)]
                for row in some
            ]


def _store(archive: ZipFile, name: str, source: _Source) -> Table:
    digest, rows = hashlib.sha256(), 0
    with archive.open(file_of(name), "w", force_zip64=True) as lines:
        for some in source.rows():
            block = b"".join(json.dumps(row, separators=(",", ":")).encode() + b"\n" for row in some)
            lines.write(block)
            digest.update(block)
            rows += len(some)
    return Table(source.columns, rows, digest.hexdigest())
