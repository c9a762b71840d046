"""How does a backup become a database again? All of it in one transaction: killed half-way, nothing has changed.

The schema is made at the revision of the backup, filled, and then upgraded to today's. Foreign keys are looked at when
all rows are there, so that their order does not matter.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, column, func, inspect, select, table, text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from peerapp import later, migrate
from peerapp.backup.manifest import IN, NAME, TYPES, VERSION_TABLE, BackupError, Manifest, Table, file_of
from peerapp.db import db

ROWS_AT_ONCE = 1_000
LEAP = 1_000_000  # pages are kept by browsers under a pair's version: none may come a second time
INVITATIONS_LEAP = 1_000  # calendars may have had newer invitations than the backup knows: the next one is newer still
DAMAGED = "The backup is damaged: {} is not as it was written. Take another one."


def read(path: Path) -> Manifest:
    """What is in this file, after all of it has been checked. Raises BackupError."""
    try:
        with ZipFile(path) as archive:
            manifest = Manifest.load(archive.read(NAME))
            for name, stored in manifest.tables.items():
                _check(archive, name, stored)
    except FileNotFoundError:
        raise BackupError(f"There is no file {path}.") from None
    except (BadZipFile, KeyError, EOFError) as error:
        raise BackupError(f"{path} is not a backup of peerapp, or it is damaged ({error}).") from None
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from error
    _is_known(manifest)
    return manifest


def people_here() -> int:
    """How many people the database holds now; 0 where it has no tables."""
    with db.engine.connect() as connection:
        return _count(connection, "person") if inspect(connection).has_table("person") else 0


def restore(path: Path, manifest: Manifest) -> None:
    """Put the backup in the place of whatever the database holds. Raises BackupError; then nothing has changed."""
    try:
        with migrate.schema_change() as connection, ZipFile(path) as archive:
            _drop(connection, manifest)
            later.revisions.upgrade(connection, manifest.revision)
            with _foreign_keys_at_the_end(connection), _guards_down(connection):
                for name, stored in manifest.tables.items():
                    _fill(connection, archive, name, stored)
            later.revisions.upgrade(connection, "head")
            connection.execute(text("UPDATE pair SET version = version + :leap"), {"leap": LEAP})
            connection.execute(text("UPDATE session SET sequence = sequence + :leap"), {"leap": INVITATIONS_LEAP})
    except (ValueError, TypeError, RuntimeError) as error:
        raise BackupError(f"The backup does not hold together: {_first_line(error)}") from error
    except (IntegrityError, DataError) as error:
        raise BackupError(f"The database does not take what is in the backup: {_first_line(error)}") from error
    except OperationalError as error:
        raise BackupError(f"The database is in use or refuses ({_first_line(error)}). Stop peerapp first.") from error
    with db.engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()


def _check(archive: ZipFile, name: str, stored: Table) -> None:
    digest, rows = hashlib.sha256(), 0
    with archive.open(file_of(name)) as lines:
        for line in lines:
            digest.update(line)
            rows += 1
    if (digest.hexdigest(), rows) != (stored.sha256, stored.rows):
        raise BackupError(DAMAGED.format(name))


def _is_known(manifest: Manifest) -> None:
    try:
        known = ScriptDirectory(str(migrate.FOLDER)).get_revision(manifest.revision)
    except CommandError:
        known = None
    if known is None:
        raise BackupError(
            f"This backup has the schema {manifest.revision} of peerapp {manifest.version}, which this version does "
            f"not know. Install {manifest.version} or newer first.",
        )


def _drop(connection: Connection, manifest: Manifest) -> None:
    """Only tables of ours, in one go, so that none is in another's way."""
    ours = {*db.metadata.tables, *manifest.tables, VERSION_TABLE}
    quote = connection.dialect.identifier_preparer.quote
    names = [quote(each) for each in inspect(connection).get_table_names() if each in ours]
    together = connection.dialect.name == "postgresql"
    for some in [", ".join(names)] * bool(names) if together else names:
        connection.exec_driver_sql(f"DROP TABLE {some}")


@contextmanager
def _foreign_keys_at_the_end(connection: Connection) -> Iterator[None]:
    """PostgreSQL looks at them when all rows are there; `schema_change` sees to SQLite."""
    quote, tables = connection.dialect.identifier_preparer.quote, inspect(connection)
    keys = [
        f"ALTER TABLE {quote(name)} ALTER CONSTRAINT {quote(str(key['name']))}"
        for name in tables.get_table_names()
        for key in tables.get_foreign_keys(name)
        if connection.dialect.name == "postgresql"
    ]
    for key in keys:
        connection.exec_driver_sql(f"{key} DEFERRABLE INITIALLY DEFERRED")
    yield
    if keys:
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for key in keys:
        connection.exec_driver_sql(f"{key} NOT DEFERRABLE")


@contextmanager
def _guards_down(connection: Connection) -> Iterator[None]:
    """The triggers that keep an open round and a release as they are would also keep us from putting them back."""
    if connection.dialect.name == "postgresql":
        tables = _guarded(connection, "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        for each in tables:
            connection.exec_driver_sql(f"ALTER TABLE {each} DISABLE TRIGGER USER")
        yield
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")  # else its checks would wait on these tables
        for each in tables:
            connection.exec_driver_sql(f"ALTER TABLE {each} ENABLE TRIGGER USER")
        return
    names = _guarded(connection, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    guards = _guarded(connection, "SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    quote = connection.dialect.identifier_preparer.quote
    for each in names:
        connection.exec_driver_sql(f"DROP TRIGGER {quote(each)}")
    yield
    for each in guards:
        connection.exec_driver_sql(each)


def _guarded(connection: Connection, question: str) -> list[str]:
    return [str(row[0]) for row in connection.exec_driver_sql(question)]


def _fill(connection: Connection, archive: ZipFile, name: str, stored: Table) -> None:
    tables = inspect(connection)
    there = {each["name"] for each in tables.get_columns(name)} if tables.has_table(name) else set()
    if not set(stored.columns) <= there:
        raise BackupError(DAMAGED.format(name))
    insert = table(name, *(column(each, TYPES[kind]) for each, kind in stored.columns.items())).insert()
    with archive.open(file_of(name)) as lines:
        while some := list(islice(_rows(lines, stored), ROWS_AT_ONCE)):
            connection.execute(insert, some)
    if _count(connection, name) != stored.rows:
        raise BackupError(DAMAGED.format(name))


def _rows(lines: Any, stored: Table) -> Iterator[dict[str, Any]]:
    names, convert = list(stored.columns), [IN.get(kind) for kind in stored.columns.values()]
    for line in lines:
        values = [
            value if value is None or to is None else to(value)
            for value, to in zip(json.loads(line), convert, strict=True)
        ]
        yield dict(zip(names, values, strict=True))


def _count(connection: Connection, name: str) -> int:
    return connection.scalar(select(func.count()).select_from(table(name))) or 0


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
