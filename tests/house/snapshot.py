"""Every row of the database, to compare with later or to go back to."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, insert, select, update

from peerapp.db import db
from tests.rounds import lift_guards, restore_guards

Row = dict[str, Any]
GUARDED = ("round", "round_part", "round_reader", "round_key", "roll_entry", "round_release", "release_serials")
Rows = dict[str, dict[tuple[Any, ...], Row]]  # by table and primary key


def snapshot() -> Rows:
    """All rows."""
    db.session.commit()
    return {table.name: {_key(table, row): row for row in _rows(table)} for table in db.metadata.sorted_tables}


def go_back_to(rows: Rows) -> None:
    """Make the database what it was, row by row that is different."""
    db.session.rollback()
    now, tables = snapshot(), db.metadata.sorted_tables
    if any(now[name] != rows[name] for name in GUARDED):
        lift_guards(db.session.connection())
    for table in reversed(tables):
        for key in now[table.name].keys() - rows[table.name].keys():
            db.session.execute(delete(table).where(_is(table, key)))
    for table in tables:
        lost = [row for key, row in rows[table.name].items() if key not in now[table.name]]
        if lost:
            db.session.execute(insert(table).values(lost))  # one statement: rows may name each other in any order
        for key, row in rows[table.name].items():
            if now[table.name].get(key, row) != row:
                db.session.execute(update(table).where(_is(table, key)).values(row))
    if any(now[name] != rows[name] for name in GUARDED):
        restore_guards(db.session.connection())
    db.session.commit()
    db.session.expire_all()


def _rows(table: Table) -> Iterator[Row]:
    return (dict(row) for row in db.session.execute(select(table)).mappings())


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key.columns)


def _is(table: Table, key: tuple[Any, ...]) -> ColumnElement[bool]:
    return and_(*(column == value for column, value in zip(table.primary_key.columns, key, strict=True)))
