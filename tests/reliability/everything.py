"""A database with rows in every table, and all of it as Python values, to compare one database with another."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, Enum, Table, select, update

from peerapp import clock
from peerapp.backup.manifest import FLEETING
from peerapp.db import UtcDateTime, db
from peerapp.demo import company
from peerapp.models import (
    Comment,
    Decision,
    Goal,
    GoalEvent,
    Import,
    ImportChange,
    Notice,
    Pair,
    Person,
    Round,
    Session,
)
from peerapp.models.goals import GoalChange
from peerapp.rules.notice_kinds import NoticeKind
from tests.clients import make_sign_in

WORDS = "Zoë said: “½ of it — done” \u2028 next\nline \U0001f389 {curly} 'quoted' \\ \t end"
RAISED = {"pair.version", "session.sequence"}
Rows = dict[str, list[tuple[Any, ...]]]


def enter() -> None:
    """The demo company, and whatever it lacks."""
    company.build("a hash")
    now = clock.now()
    pair = db.session.scalars(select(Pair)).first()
    ana, ben = db.session.scalars(select(Person).order_by(Person.id).limit(2))
    session = db.session.scalars(select(Session)).first()
    goal = db.session.scalars(select(Goal)).first()
    assert pair and session and goal  # noqa: PT018 - the demo has them
    ana.manager_id, ben.manager_id = ben.id, ana.id  # a circle, in whatever order they come
    file = Import(made_by_id=ana.id, made_at=now, file_name="people.csv", content=bytes(range(256)))
    db.session.add(file)
    db.session.flush()
    db.session.add_all(
        [
            ImportChange(import_id=file.id, person_id=ana.id, before=None, after={"name": WORDS, "left": None}),
            ImportChange(import_id=file.id, person_id=ben.id, before={}, after={"list": [1, 2.5, True, None]}),
            Comment(goal_id=goal.id, author_id=ana.id, body=WORDS, written_at=now),
            GoalEvent(
                pair_id=pair.id,
                actor_id=ana.id,
                kind=GoalChange.OVERALL,
                at=now + timedelta(microseconds=1),
                version=3,
                before={},
                after={"due": date(2027, 1, 31).isoformat()},
            ),
            Decision(session_id=session.id, author_id=ana.id, words=WORDS[:50], made_at=now),
            Notice(person_id=ana.id, kind=NoticeKind.PAIR_STARTED, values={"name": WORDS}, path="/", made_at=now),
        ],
    )
    db.session.commit()
    make_sign_in(ana)
    for table in sorted(db.metadata.sorted_tables, key=_is_last):  # and one row of whatever came later
        if not db.session.execute(select(table).limit(1)).first():
            if _is_last(table):
                _close_rounds()
            db.session.execute(table.insert().values({column.name: _some(column) for column in table.c}))
    db.session.commit()


def _is_last(table: Table) -> bool:
    """A release is written when its round closes."""
    return table.name in {"round_release", "release_serials"}


def _close_rounds() -> None:
    for before, after in pairwise(("draft", "opening", "open", "closing")):
        db.session.execute(update(Round).where(Round.state == before).values(state=after))


def _some(column: Column[Any]) -> Any:
    """A value that this column may hold; its own default where it has one."""
    for key in column.foreign_keys:
        return db.session.scalar(select(key.column).limit(1))
    if isinstance(column.type, Enum):
        return column.type.enums[0]
    if isinstance(column.type, UtcDateTime):
        return clock.now()
    return {date: clock.now().date(), UUID: uuid4(), int: 1, bytes: b"1", dict: {}, bool: False}.get(
        column.type.python_type, "some"
    )


def all_of_it() -> Rows:
    """Every row of every table that a backup holds, without the numbers that a restore raises."""
    db.session.expire_all()
    with db.engine.connect() as connection:
        return {
            table.name: sorted(
                (tuple(repr(row[column]) for column in table.c if str(column) not in RAISED))
                for row in connection.execute(select(table)).mappings()
            )
            for table in db.metadata.sorted_tables
            if table.name not in FLEETING
        }
