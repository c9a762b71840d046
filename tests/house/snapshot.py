"""Every row of the database, to compare with later or to go back to."""

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any
from weakref import WeakSet

from sqlalchemy import (
    ColumnElement,
    Delete,
    Engine,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    event,
    insert,
    select,
    update,
)

from peerapp.db import db
from tests.rounds import GUARDED, lift_guards, restore_guards

Row = dict[str, Any]
WRITTEN = re.compile(r'\b(INTO|UPDATE(?: OR \w+)?|FROM)\s+"?(\w+)', re.IGNORECASE)
KNOWN = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET")


class Rows(dict[str, dict[tuple[Any, ...], Row]]):
    """By table and primary key. `touched` are the tables that somebody may have written into since."""

    def __init__(self) -> None:
        super().__init__({table.name: _all_of(table) for table in db.metadata.sorted_tables})
        self.touched: set[str] = set()
        _watch(db.engine)
        _watched.add(self)

    __hash__ = object.__hash__  # each is one of its own among those that are watched


_watched: WeakSet[Rows] = WeakSet()


def snapshot() -> Rows:
    """All rows."""
    db.session.commit()
    return Rows()


def go_back_to(rows: Rows) -> None:
    """Make the database what it was, row by row that is different."""
    db.session.rollback()
    tables = [table for table in db.metadata.sorted_tables if table.name in rows.touched]
    now = {table.name: _all_of(table) for table in tables}
    guarded = any(now[name] != rows[name] for name in GUARDED & now.keys())
    if guarded:
        lift_guards(db.session.connection())
    for table in reversed(tables):
        new = now[table.name].keys() - rows[table.name].keys()
        if new:
            db.session.connection().execute(_delete_of(table), [_where(table, key) for key in new])
    for table in tables:
        lost = [row for key, row in rows[table.name].items() if key not in now[table.name]]
        if lost:
            db.session.execute(insert(table).values(lost))  # one statement: rows may name each other in any order
        changed = [(key, row) for key, row in rows[table.name].items() if now[table.name].get(key, row) != row]
        if changed:
            values = [
                {**_where(table, key), **{f"is_{name}": value for name, value in row.items()}} for key, row in changed
            ]
            db.session.connection().execute(_update_of(table), values)
    if guarded:
        restore_guards(db.session.connection())
    db.session.commit()
    db.session.expire_all()
    rows.touched.clear()


@cache
def _watch(engine: Engine) -> None:
    """From now on every snapshot hears which tables are written into."""

    @event.listens_for(engine, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if _watched and not statement.startswith("SELECT"):
            touched = _touched_by(statement)
            for rows in _watched:
                rows.touched |= touched


@cache
def _touched_by(statement: str) -> Collection[str]:
    """The tables that a statement names, and those that go with a row of them; all of them where we cannot tell."""
    if not statement.lstrip().upper().startswith(KNOWN):
        return set(db.metadata.tables)
    found = [(verb.upper(), name) for verb, name in WRITTEN.findall(statement) if name in db.metadata.tables]
    return {name for verb, named in found for name in (_with_children(named) if verb == "FROM" else {named})}


def _with_children(name: str) -> set[str]:
    """The table, and those whose rows name one of it, and so on: to delete one may delete those."""
    found, new = {name}, {name}
    while new:
        new = {
            table.name
            for table in db.metadata.sorted_tables
            if {key.column.table.name for key in table.foreign_keys} & new
        } - found
        found |= new
    return found


def _all_of(table: Table) -> dict[tuple[Any, ...], Row]:
    return {_key(table, row): row for row in _rows(table)}


def _rows(table: Table) -> Iterator[Row]:
    return (dict(row) for row in db.session.execute(select(table)).mappings())


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key.columns)


def _where(table: Table, key: tuple[Any, ...]) -> Row:
    return {f"was_{column.name}": value for column, value in zip(table.primary_key.columns, key, strict=True)}


def _is_the_row(table: Table) -> ColumnElement[bool]:
    return and_(*(column == bindparam(f"was_{column.name}") for column in table.primary_key.columns))


@cache
def _delete_of(table: Table) -> Delete:
    return delete(table).where(_is_the_row(table))


@cache
def _update_of(table: Table) -> Update:
    is_row = {column.name: bindparam(f"is_{column.name}") for column in table.columns}
    return update(table).where(_is_the_row(table)).values(is_row)
