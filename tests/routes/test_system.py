"""The administrator's page tells about the machine, and nothing about any pair."""

import time_machine
from sqlalchemy import select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Lease, Letter
from peerapp.queries.system import system
from peerapp.version import VERSION
from tests.factories import make_goal


def test_the_page_says_how_the_installation_is(as_, app):
    page = as_("ada").get("/system").text
    assert VERSION in page
    assert f"{system().database.kind} {system().database.version}" in page
    assert "No tick has run yet" in page


def test_the_page_says_when_the_last_tick_and_backup_were(as_):
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=False):
        for job in ("tick", "backup"):
            db.session.add(Lease(job=job, holder="", until=clock.now(), done_at=clock.now()))
        db.session.commit()
    with time_machine.travel("2026-11-22 11:00:00+00:00", tick=False):
        page = as_("ada").get("/system").text
    assert page.count("2 hours ago") == 2
    assert "No tick has run yet" not in page


def test_nothing_of_a_pair_stands_there(as_, ana_and_ben, cast):
    make_goal(ana_and_ben, "Brief three speakers", by=cast["ana"])
    ada = as_("ada")
    for path in ("/system", "/system/roles"):
        page = ada.get(path).text
        assert "Brief three speakers" not in page
        assert str(ana_and_ben.id) not in page
        assert "Ana" not in page


def test_a_test_letter_goes_to_the_administrator(as_, cast):
    assert as_("ada").post("/system/mail-test").location == "/system"
    assert db.session.scalars(select(Letter.address)).all() == [cast["ada"].email]


def test_only_administrators_see_it(as_, visitor):
    assert [as_(who).get("/system").status_code for who in ("ana", "mia", "olu")] == [404, 404, 404]
    assert as_("olu").post("/system/mail-test").status_code == 404
    assert visitor.get("/system").location == "/sign-in?next=/system"
