"""A backup and the rounds: what is out comes back as it was, and an open round hands out no paper after a restore."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from peerapp.actions import papers
from peerapp.backup import restoring, writing
from peerapp.db import db
from peerapp.models import Person, RoundKey, RoundRelease
from tests.rounds import make_closed_round, make_crowd, make_open_round

FOUR = {"q1": 4, "q2": 4}


def _there_and_back(path: Path) -> None:
    db.session.remove()
    writing.write(path)
    restoring.restore(path, restoring.read(path))


def test_a_release_comes_back_and_stays_guarded(app: Flask, cast: dict[str, Person], tmp_path: Path) -> None:
    make_closed_round(app, cast["ana"], make_crowd(9), [FOUR] * 9)
    before = db.session.scalars(select(RoundRelease.text)).one()

    _there_and_back(tmp_path / "backup.zip")

    assert db.session.scalars(select(RoundRelease.text)).one() == before
    with pytest.raises(DBAPIError, match="stay as they are"):
        db.session.execute(text("DELETE FROM round_release"))
    db.session.rollback()


def test_after_a_restore_nobody_gets_a_second_paper(app: Flask, cast: dict[str, Person], tmp_path: Path) -> None:
    crowd = make_crowd(8)
    round_id, member_id = make_open_round(cast["ana"], crowd).id, crowd[0].id

    _there_and_back(tmp_path / "backup.zip")

    member = db.session.get_one(Person, member_id)
    assert db.session.scalars(select(RoundKey)).all() == []
    assert papers.hand_out(member, round_id, b"\x01" * 256) is papers.NoPaper.CLOSED
