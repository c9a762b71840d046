"""Can a round be bent by a way round? By plain SQL that touches no row of it, by a backup, by what is left half-way."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from peerapp import clock, counting
from peerapp.actions import opening
from peerapp.backup import restoring, writing
from peerapp.db import db
from peerapp.models import Notice, Person, RollEntry, Round, RoundKey, RoundReader
from peerapp.models.rounds import ReaderRole
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.states import RoundState
from tests.rounds import (
    again,
    answer,
    box_away,
    close,
    lift_guards,
    make_closed_round,
    make_crowd,
    make_draft,
    make_open_round,
    restore_guards,
)

FOUR = {"q1": 4, "q2": 4}
Cast = dict[str, Person]
REFUSED = pytest.raises(DBAPIError, match="stay as they are")


@pytest.mark.parametrize("is_over", [False, True])
def test_nobody_is_moved_from_a_draft_among_the_readers(app: Flask, cast: Cast, is_over: bool) -> None:
    crowd = make_crowd(9)
    asked = make_closed_round(app, cast["ana"], crowd, [FOUR] * 9) if is_over else make_open_round(cast["ana"], crowd)
    draft = make_draft(cast["ben"], crowd, readers=[cast["mia"]])

    with REFUSED:
        db.session.execute(
            update(RoundReader)
            .where(RoundReader.round_id == draft.id, RoundReader.person_id == cast["mia"].id)
            .values(round_id=asked.id)
        )
    db.session.rollback()


def test_nobody_is_moved_from_a_draft_onto_the_roll(app: Flask, cast: Cast) -> None:
    asked = make_open_round(cast["ana"], make_crowd(8))
    draft = make_draft(cast["ben"], [])
    db.session.add(RollEntry(round_id=draft.id, person_id=cast["mia"].id, part=0))
    db.session.commit()

    with REFUSED:
        db.session.execute(update(RollEntry).where(RollEntry.round_id == draft.id).values(round_id=asked.id))
    db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE round SET id = (SELECT id FROM round WHERE state <> 'draft') WHERE state = 'draft'",
        "UPDATE OR REPLACE round SET id = (SELECT id FROM round WHERE state <> 'draft') WHERE state = 'draft'",
        "REPLACE INTO round SELECT * FROM round WHERE state <> 'draft'",
    ],
)
def test_a_draft_does_not_take_the_place_of_an_open_round(app: Flask, cast: Cast, statement: str) -> None:
    if "REPLACE" in statement and db.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite replaces rows without deleting them")
    make_open_round(cast["ana"], make_crowd(8))
    make_draft(cast["ben"], [])

    with REFUSED:
        db.session.execute(text(statement))
    db.session.rollback()


def _there_and_back(path: Path) -> None:
    db.session.remove()
    writing.write(path)
    restoring.restore(path, restoring.read(path))


def test_a_round_that_a_backup_caught_while_it_opened_is_never_opened_again(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    """Since the backup it has been answered and released: papers of then must not count for a second release."""
    draft = make_draft(cast["ana"], make_crowd(8))
    with box_away(app):
        opening.open_round(cast["ana"], draft.id)
    round_id = draft.id

    _there_and_back(tmp_path / "backup.zip")
    opening.finish_all()

    assert db.session.get_one(Round, round_id).state is RoundState.SPOILED
    assert db.session.scalar(select(func.count()).where(Notice.kind == NoticeKind.ROUND_ASKED)) == 0
    with pytest.raises(counting.RoundLostError):
        counting.collect(round_id, db.session.get_one(Round, round_id).fingerprint, early=True)


def test_a_round_that_could_not_open_before_its_last_day_asks_nobody(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make_draft(cast["ana"], make_crowd(8))
    with box_away(app):
        opening.open_round(cast["ana"], draft.id)
    late = draft.closes_at
    monkeypatch.setattr(clock, "now", lambda: late)

    opening.finish_all()

    assert (again(draft).state, again(draft).never_opened) == (RoundState.SPOILED, True)
    assert db.session.scalars(select(Notice.kind)).all() == [NoticeKind.ROUND_NOT_OPENED]
    assert db.session.scalars(select(RoundKey)).all() == []


def test_whoever_asks_is_named_among_the_readers_whatever_became_of_the_draft(app: Flask, cast: Cast) -> None:
    draft = make_draft(cast["ana"], make_crowd(8), readers=[cast["mia"]])
    db.session.execute(delete(RoundReader).where(RoundReader.person_id == cast["ana"].id))
    db.session.commit()

    opening.open_round(cast["ana"], draft.id)

    read = {each.name: each.role for each in db.session.scalars(select(RoundReader))}
    assert read[cast["ana"].name] is ReaderRole.READER


BROKEN = {
    "no salt": "UPDATE round SET salt = NULL WHERE title = 'Broken'",
    "no questions": "UPDATE round SET questions = '{}' WHERE title = 'Broken'",
    "no start": "UPDATE round SET opens_at = NULL WHERE title = 'Broken'",
    "a role that is none": "UPDATE round_reader SET role = 'king' WHERE round_id IN (SELECT id FROM round WHERE title = 'Broken')",
}  # fmt: skip


@pytest.mark.parametrize("how", BROKEN)
def test_a_round_that_is_no_round_any_more_ends_and_keeps_no_other_from_closing(
    app: Flask, cast: Cast, how: str
) -> None:
    make_open_round(cast["ana"], crowd := make_crowd(9), title="Broken")
    whole = make_open_round(cast["ben"], crowd)
    for each in crowd:
        answer(app, each, whole, FOUR)
    db.session.commit()
    with db.engine.begin() as connection:
        lift_guards(connection)
        connection.execute(text(BROKEN[how]))
        restore_guards(connection)
    db.session.expire_all()

    assert close(whole).state is RoundState.RELEASED
    assert db.session.scalars(select(Round.state).where(Round.title == "Broken")).one() is RoundState.SPOILED


SPOILING = {
    "no counts": ("count_", "counts", "null"),
    "a list": ("count_", "counts", "[1, 2]"),
    "a level that is none": ("count_", "counts", '{"1": 0, "2": 0, "3": 0, "4": 9, "7": 0}'),
    "less than nobody": ("count_", "counts", '{"1": -4, "2": 0, "3": 0, "4": 9, "5": 0}'),
    "half a person": ("count_", "counts", '{"1": 0.5, "2": 0, "3": 0, "4": 8, "5": 0}'),
    "numbers as comments": ("comments", "texts", "[1, 2, 3]"),
    "a word as comments": ("comments", "texts", '"words"'),
    "no serials": ("spent", "serials", "null"),
    "a paper twice": ("spent", "serials", str(["0" * 20] * 9).replace("'", '"')),
}


@pytest.mark.parametrize("how", SPOILING)
def test_a_box_that_somebody_wrote_into_ends_the_round_without_a_release(app: Flask, cast: Cast, how: str) -> None:
    opened = make_open_round(cast["ana"], crowd := make_crowd(9))
    for each in crowd:
        answer(app, each, opened, FOUR)
    table, column, value = SPOILING[how]
    with closing(sqlite3.connect(counting.file_of(app.config["PEERAPP"]))) as box:
        box.execute(f"UPDATE {table} SET {column} = ?", (value,))
        box.commit()

    assert close(opened).state is RoundState.SPOILED


@pytest.mark.parametrize("table", ["round_release", "release_serials", "roll_entry", "round_reader"])
def test_no_table_of_rounds_is_emptied_at_once(app: Flask, cast: Cast, table: str) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no such statement: it deletes row by row")
    make_closed_round(app, cast["ana"], make_crowd(8), [FOUR] * 8)

    with REFUSED:
        db.session.execute(text(f"TRUNCATE {table} CASCADE"))
    db.session.rollback()
