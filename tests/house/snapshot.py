"""Every row of the database, to compare with later or to go back to."""

from typing import Any

from sqlalchemy import delete, insert, select

from peerapp.db import db

Rows = dict[str, list[dict[str, Any]]]


def snapshot() -> Rows:
    """All rows by table."""
    db.session.commit()
    tables = db.metadata.sorted_tables
    return {table.name: [dict(row) for row in db.session.execute(select(table)).mappings()] for table in tables}


def go_back_to(rows: Rows) -> None:
    """Make the database what it was. One statement a table, so that rows may name each other in any order."""
    db.session.rollback()
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(delete(table))
    for table in db.metadata.sorted_tables:
        if rows[table.name]:
            db.session.execute(insert(table).values(rows[table.name]))
    db.session.commit()
    db.session.expire_all()


def same(one: Rows, other: Rows) -> bool:
    return {name: sorted(map(repr, rows)) for name, rows in one.items()} == {
        name: sorted(map(repr, rows)) for name, rows in other.items()
    }
