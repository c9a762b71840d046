"""How does peerapp speak to its database, and when does a transaction begin and end?

A request is one transaction. Reads begin it deferred; writing requests begin it immediately (SQLite
would otherwise refuse the second of two writers half-way). `end()` is the only place that commits.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, date, datetime
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Connection,
    CursorResult,
    Date,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Executable,
    MetaData,
    Result,
    String,
    Uuid,
    event,
    literal,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from peerapp import later, turns

# pysqlite3 has no wheel for some platforms; two copies of SQLite in one process would be one too many.
DRIVER: ModuleType = import_module("pysqlite3.dbapi2" if find_spec("pysqlite3") else "sqlite3.dbapi2")
BUSY_TIMEOUT_MS = 5_000
# What was deleted is overwritten: a key or a mark on a roll must not be read out of the file afterwards.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
_writing: ContextVar[bool] = ContextVar("writing", default=True)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Aware datetimes in and out, stored as UTC."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        in_utc = value.astimezone(UTC)
        return in_utc if dialect.name == "postgresql" else in_utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        return value if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every table shares: named constraints, typed columns, random ids."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        },
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcDateTime(),
        date: Date(),
        UUID: Uuid(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        StrEnum: Enum(
            StrEnum, native_enum=False, length=24, values_callable=lambda kind: [each.value for each in kind]
        ),
    }


class WithId:
    """A row that a URL may name: its id is random and tells nothing."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


# Position keys compare byte by byte (see rules/ordering.py); PostgreSQL has to be told so.
PositionKey = String(200).with_variant(String(200, collation="C"), "postgresql")

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


def engine_options(url: str, threads: int) -> dict[str, Any]:
    """Options of the engine for this URL, for so many threads."""
    if url.startswith("sqlite"):
        return {
            "module": DRIVER,
            "pool_size": threads + 2,
            "max_overflow": 2,
            "hide_parameters": True,
            "connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False},
        }
    timeouts = "-c statement_timeout=8000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
    return {
        "pool_pre_ping": True,
        "pool_size": threads + 2,
        "max_overflow": 2,
        "pool_timeout": 5,
        "hide_parameters": True,
        "connect_args": {
            "connect_timeout": 4,
            "options": timeouts,
            "tcp_user_timeout": 8000,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
        },
    }


def init_app(app: Flask) -> None:
    keep_private(app.config["PEERAPP"].sqlite_file)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def keep_private(file: Path | None) -> None:
    """Make the database file before SQLite does, readable by its owner only; what it writes beside it follows suit."""
    with suppress(OSError):  # it is there already, or SQLite itself will say why not
        if file:
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def prepare(engine: Engine) -> None:
    """Make SQLite connections durable, strict about foreign keys, and begin as `writing()` says; PostgreSQL's patient."""
    if engine.dialect.name != "sqlite":
        event.listen(
            engine, "do_connect", lambda _dialect, _record, args, options: later.postgres.connect(*args, **options)
        )
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (*PRAGMAS, f"busy_timeout={BUSY_TIMEOUT_MS}"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        if writing():
            turns.begin(connection, BUSY_TIMEOUT_MS)
        else:  # straight to the driver: it waits for nobody, and every page begins with it
            connection.connection.driver_connection.execute("BEGIN").close()


def writing() -> bool:
    """Whether the current request may write. Outside a request (commands, jobs) it may."""
    return _writing.get()


@contextmanager
def only_reading() -> Iterator[None]:
    """Transactions inside begin as reading ones."""
    token = _writing.set(False)
    try:
        yield
    finally:
        _writing.reset(token)


def rows(statement: Executable, **values: Any) -> CursorResult[*tuple[Any, ...]]:
    """What a statement on columns finds: the session's transaction without its object machinery, at half the cost."""
    if writing():
        db.session.flush()
        return db.session.connection().execute(statement, values)
    return _reading().execute(statement, values)


def _reading() -> Connection:
    """The connection of this request's session, looked up once for all that a page asks."""
    kept: Connection | None = g.get("connection")
    if kept is None or kept.closed:
        kept = g.connection = db.session.connection()
    return kept


def end(status: int) -> None:
    """End the request's transaction: keep what a success did, forget what a refusal began."""
    if not writing():
        if db.session.registry.has():  # a page that asked for nothing has none to close
            db.session.close()  # nothing to forget, and what was read stays readable
    elif status < 400:  # noqa: PLR2004 - HTTP's own border between success and error
        db.session.commit()
    else:
        db.session.rollback()


def pause() -> None:
    """Commit, so that hashing or mail that follows holds no lock. The next statement begins anew."""
    db.session.commit()


def insert_into(table: type[Base]) -> Any:
    """An INSERT that can say what to do where the row is there already: each of the two databases has its own."""
    return (later.postgres.insert if db.engine.dialect.name == "postgresql" else sqlite.insert)(table)


def touched(result: Result[*tuple[Any, ...]]) -> int:
    """How many rows an UPDATE or DELETE changed."""
    assert isinstance(result, CursorResult)  # of either; SQLAlchemy's types do not say so
    return result.rowcount


def insert_unless_there(table: type[Base], **values: Any) -> bool:
    """Insert a row unless its key exists; whether it was inserted. A second writer waits for the first."""
    statement = insert_into(table).values(**values).on_conflict_do_nothing()
    # RETURNING, because psycopg's row count of an INSERT is -1, which would always be a yes.
    return db.session.execute(statement.returning(literal(1))).first() is not None
