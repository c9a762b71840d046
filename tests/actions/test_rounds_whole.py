"""A round from its draft to its release, through the actions alone."""

import subprocess
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import NotFound

from peerapp import clock, jobs
from peerapp.actions import closing, opening, papers
from peerapp.db import db
from peerapp.models import Notice, Person, ReleaseSerials, RollEntry, Round, RoundKey, RoundReader, RoundRelease
from peerapp.models.rounds import ReaderRole
from peerapp.rules import overlap, publication, rounds as rules
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.release import Release
from peerapp.rules.states import RoundState
from tests.rounds import (
    again,
    answer,
    close,
    lift_guards,
    make_closed_round,
    make_crowd,
    make_draft,
    make_open_round,
    put_in,
    restore_guards,
    serial_name,
    take_paper,
)

FOUR = {"q1": 4, "q2": 4, "c1": "Short and to the point."}
Cast = dict[str, Person]


def test_a_round_runs_from_its_draft_to_its_release(app: Flask, cast: Cast) -> None:
    crowd = make_crowd(12)
    opened = make_open_round(cast["ana"], crowd)
    receipts = [answer(app, each, opened, FOUR) for each in crowd[:10]]

    closed = close(opened)

    assert closed.state is RoundState.RELEASED
    assert closed.handed_out == 10
    release = db.session.scalars(select(RoundRelease.text)).one()
    assert publication.parse(release).papers == 10
    assert set(db.session.scalars(select(ReleaseSerials.serials)).one()) == {
        serial_name(closed, each) for each in receipts
    }


def test_after_closing_no_mark_and_no_key_is_left(app: Flask, cast: Cast) -> None:
    crowd = make_crowd(9)
    make_closed_round(app, cast["ana"], crowd, [FOUR] * 8)

    assert db.session.scalar(select(func.count()).where(RollEntry.handed_out.is_(True))) == 0
    assert db.session.scalar(select(func.count()).where(RollEntry.blinded_hash.is_not(None))) == 0
    assert db.session.scalar(select(func.count()).select_from(RoundKey)) == 0
    assert db.session.scalar(select(func.count()).select_from(RollEntry)) == 9


@pytest.mark.one_database
def test_after_closing_no_file_of_the_database_remembers_a_key_or_what_was_signed(app: Flask, cast: Cast) -> None:
    crowd = make_crowd(9)
    opened = make_open_round(cast["ana"], crowd)
    for each in crowd[:8]:
        answer(app, each, opened, FOUR)
    traces = [*db.session.scalars(select(RoundKey.private_key))]
    traces += db.session.scalars(select(RollEntry.blinded_hash).where(RollEntry.blinded_hash.is_not(None)))
    assert (len(traces), _remembered(app, traces)) == (9, traces)

    close(opened)
    assert _remembered(app, traces) == []


def _remembered(app: Flask, traces: list[bytes]) -> list[bytes]:
    """Those that stand in a file; read by another process, for SQLite loses its locks when this one opens them."""
    db.session.remove()
    files = app.config["PEERAPP"].sqlite_file
    held = subprocess.run(["sh", "-c", 'cat "$0"*', str(files)], capture_output=True, check=True).stdout
    return [each for each in traces if each in held]


def test_below_the_minimum_everything_goes_and_everybody_asked_is_told(app: Flask, cast: Cast) -> None:
    crowd = make_crowd(9)
    closed = make_closed_round(app, cast["ana"], crowd, [FOUR] * 4)

    assert closed.state is RoundState.WITHHELD
    assert closed.handed_out is None
    assert db.session.scalar(select(func.count()).select_from(RoundRelease)) == 0
    told = select(func.count()).where(Notice.kind == NoticeKind.ROUND_WITHHELD)
    assert db.session.scalar(told) == 10  # nine asked, and the owner


def test_the_same_value_gets_the_same_paper_and_any_other_none(app: Flask, cast: Cast) -> None:
    crowd = make_crowd(8)
    opened = make_open_round(cast["ana"], crowd)
    value, other = b"\x01" * 256, b"\x02" * 256

    first = papers.hand_out(crowd[0], opened.id, value)

    assert papers.hand_out(crowd[0], opened.id, value) == first
    assert papers.hand_out(crowd[0], opened.id, other) is papers.NoPaper.TAKEN
    assert papers.hand_out(crowd[1], opened.id, b"\xff" * 256) is papers.NoPaper.UNFIT
    assert papers.hand_out(crowd[1], opened.id, b"\x01" * 255) is papers.NoPaper.UNFIT


def test_nobody_answers_twice_late_or_with_a_foreign_paper(app: Flask, cast: Cast) -> None:
    crowd = make_crowd(8)
    opened = make_open_round(cast["ana"], crowd)
    receipt, unused = answer(app, crowd[0], opened, FOUR), take_paper(crowd[1], opened)

    assert put_in(app, opened, receipt, FOUR) == 409
    closed = close(opened)
    assert put_in(app, opened, unused, FOUR) == 410
    assert papers.hand_out(crowd[2], closed.id, b"\x01" * 256) is papers.NoPaper.CLOSED


def test_two_workers_close_a_round_once(app: Flask, cast: Cast) -> None:
    opened = make_open_round(cast["ana"], crowd := make_crowd(9))
    for each in crowd:
        answer(app, each, opened, FOUR)
    first, second = close(opened), close(opened)

    assert first.state is second.state is RoundState.RELEASED
    assert db.session.scalar(select(func.count()).select_from(RoundRelease)) == 1
    assert db.session.scalar(select(func.count()).where(Notice.kind == NoticeKind.ROUND_RELEASED)) == 1


def test_a_round_closes_by_the_tick_and_not_before(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = make_open_round(cast["ana"], make_crowd(8))
    jobs.tick()
    assert again(opened).state is RoundState.OPEN

    later = opened.closes_at + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    jobs.tick()

    assert again(opened).state is RoundState.WITHHELD


def test_nearly_the_same_people_cannot_be_asked_twice(app: Flask, cast: Cast) -> None:
    crowd = make_crowd(12)
    make_open_round(cast["ana"], crowd)
    draft = make_draft(cast["ben"], crowd[:-1])

    assert opening.open_round(cast["ben"], draft.id) == (overlap.NEARLY_THE_SAME,)
    assert again(draft).state is RoundState.DRAFT


def test_whoever_was_asked_twice_this_month_is_left_out_in_silence(app: Flask, cast: Cast) -> None:
    crowd, tired = make_crowd(8), [cast["zoe"], cast["mia"]]
    for owner in ("ana", "ben"):
        make_open_round(cast[owner], crowd)
    fresh = [cast["caro"], cast["olu"], cast["ada"], *tired]
    draft = make_draft(cast["ana"], [*crowd, *fresh])

    assert rules.SMALL_AUDIENCE in opening.open_round(cast["ana"], draft.id)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"}, {"minimum": 4}, {"questions": []}, {"closes_early": True, "closes_at": clock.now()},
        {"language": "de"}, {"fingerprint": "0" * 64}, {"state": RoundState.DRAFT}, {"manifest": "{}"},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_plain_sql_cannot_change_an_open_round(app: Flask, cast: Cast, change: dict[str, object]) -> None:
    opened = make_open_round(cast["ana"], make_crowd(8))
    with pytest.raises(DBAPIError, match="stay as they are"):
        db.session.execute(update(Round).where(Round.id == opened.id).values(**change))
    db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM round",
        "DELETE FROM roll_entry",
        "DELETE FROM round_reader",
        "UPDATE roll_entry SET part = 1",
        "UPDATE round_reader SET role = 'may_be_shown'",
        "UPDATE round_part SET name = 'x'",
        "UPDATE round_key SET part = 3",
    ],
)
def test_plain_sql_takes_nobody_off_an_open_round(app: Flask, cast: Cast, statement: str) -> None:
    make_open_round(cast["ana"], make_crowd(8))
    with pytest.raises(DBAPIError, match="stay as they are"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_plain_sql_adds_nobody_to_an_open_round(app: Flask, cast: Cast) -> None:
    opened = make_open_round(cast["ana"], make_crowd(8))
    db.session.add(RoundReader(round_id=opened.id, person_id=cast["mia"].id, role=ReaderRole.READER))
    with pytest.raises(DBAPIError, match="stay as they are"):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize(
    "statement", ["UPDATE round_release SET text = 'x'", "DELETE FROM round_release", "DELETE FROM release_serials"]
)
def test_plain_sql_cannot_change_a_release(app: Flask, cast: Cast, statement: str) -> None:
    make_closed_round(app, cast["ana"], make_crowd(8), [FOUR] * 8)
    with pytest.raises(DBAPIError, match="stay as they are"):
        db.session.execute(text(statement))
    db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE round SET minimum = 6", "UPDATE round SET title = 'Y'", "UPDATE round_reader SET name = 'Somebody'"],
)
def test_with_the_triggers_gone_a_changed_round_ends_without_a_release(app: Flask, cast: Cast, statement: str) -> None:
    opened = make_open_round(cast["ana"], crowd := make_crowd(9))
    for each in crowd:
        answer(app, each, opened, FOUR)
    db.session.commit()
    with db.engine.begin() as connection:
        lift_guards(connection)
        connection.execute(text(statement))
        restore_guards(connection)

    assert close(opened).state is RoundState.SPOILED
    assert db.session.scalar(select(func.count()).select_from(RoundRelease)) == 0


def test_a_crash_before_the_box_has_the_round_is_made_good(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make_draft(cast["ana"], make_crowd(8))
    monkeypatch.setattr(opening, "finish", lambda _round: None)
    opening.open_round(cast["ana"], draft.id)
    assert again(draft).state is RoundState.OPENING
    monkeypatch.undo()

    assert opening.finish_all() == 1
    assert again(draft).state is RoundState.OPEN


def test_only_the_owner_closes_a_round_early(app: Flask, cast: Cast) -> None:
    opened = make_open_round(cast["ana"], crowd := make_crowd(8))
    with pytest.raises(NotFound):
        closing.close_early(crowd[0], opened.id)
    assert again(opened).state is RoundState.OPEN


def test_blank_papers_are_counted_as_papers_and_as_no_answer(app: Flask, cast: Cast) -> None:
    closed = make_closed_round(app, cast["ana"], make_crowd(12), [FOUR] * 8 + [{}] * 3)

    release = publication.parse(db.session.scalars(select(RoundRelease.text)).one())
    assert (closed.handed_out, release.papers) == (11, 11)
    assert isinstance(release.release, Release)
    assert release.release.answers == "5-9"
