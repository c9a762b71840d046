"""A notice is told in the language and on the clock that its reader has when they read it, not when it was written."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select

from peerapp import clock
from peerapp.actions import pairs, roles
from peerapp.actions.notices import tell
from peerapp.db import db
from peerapp.models import Letter, Notice
from peerapp.models.people import Role
from peerapp.queries.pairs import pair_of
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.notice_values import a_moment

MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 25, 7, 50, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def planned(cast):
    """Ana was told of a session with Ben, who is in Berlin, while she read English in London."""
    cast["ana"].language, cast["ana"].time_zone = "en", "Europe/London"
    told = a_moment(WEDNESDAY, "Europe/Berlin")
    tell(cast["ana"], NoticeKind.SESSION_PLANNED, "/pairs/1", name="Ben", time=told)
    db.session.commit()


def change(person, **settings):
    for name, value in settings.items():
        setattr(person, name, value)
    db.session.commit()


@pytest.mark.parametrize("page", ["/notices", "/"])
def test_a_notice_follows_its_reader_into_another_language(as_, cast, planned, page):
    assert "Wed 25 Nov, 07:50 in London, 08:50 in Berlin." in as_("ana").get(page).text
    change(cast["ana"], language="de")
    assert "Mi., 25. Nov., 07:50 in London, 08:50 in Berlin." in as_("ana").get(page).text


@pytest.mark.parametrize("page", ["/notices", "/"])
def test_a_notice_follows_its_reader_into_another_time_zone(as_, cast, planned, page):
    ana = as_("ana")
    assert "07:50 in London" in ana.get(page).text
    change(cast["ana"], time_zone="America/New_York")
    assert "Wed 25 Nov, 02:50 in New York, 08:50 in Berlin." in ana.get(page).text
    change(cast["ana"], time_zone="Europe/Berlin")
    assert "Wed 25 Nov, 08:50." in ana.get(page).text


def test_the_letter_is_in_the_language_and_on_the_clock_of_who_gets_it(cast):
    change(cast["ben"], language="de", time_zone="America/New_York")
    tell(cast["ben"], NoticeKind.SESSION_PLANNED, "/", name="Ana", time=a_moment(WEDNESDAY, "Europe/Lisbon"))
    db.session.flush()
    subject = db.session.scalars(select(Letter.subject)).one()
    assert "Mi., 25. Nov., 02:50 in New York, 07:50 in Lissabon" in subject


def test_the_day_of_a_pause_is_told_in_the_language_of_today(as_, cast, ana_and_ben):
    pairs.pause(pair_of(cast["ana"], ana_and_ben.id), cast["ana"], date(2026, 12, 7), clock.now().date())
    db.session.commit()
    assert "until 7 Dec." in as_("ben").get("/notices").text
    change(cast["ben"], language="de")
    assert "7. Dez." in as_("ben").get("/notices").text


def test_the_day_of_a_notice_names_its_year_as_soon_as_it_is_another(as_, cast, ana_and_ben):
    pairs.pause(pair_of(cast["ana"], ana_and_ben.id), cast["ana"], date(2026, 12, 7), clock.now().date())
    db.session.commit()
    with time_machine.travel(datetime(2027, 1, 2, 12, 0, tzinfo=UTC), tick=False):
        assert "until 7 Dec 2026." in as_("ben").get("/notices").text


def test_a_role_is_called_what_the_reader_of_today_calls_it(as_, cast):
    roles.give(cast["zoe"], Role.COORDINATOR, by=cast["ada"])
    change(cast["zoe"], language="de")
    text = as_("zoe").get("/notices").text
    assert ("Koordinator" in text or "Koordination" in text, "coordinator." in text) == (True, False)


def test_a_notice_from_before_stays_in_its_words(as_, cast):
    words = {"name": "Ben", "time": "Wed 25 Nov, 08:50 in Berlin"}
    kind = NoticeKind.SESSION_PLANNED
    db.session.add(Notice(person_id=cast["ana"].id, kind=kind, values=words, path="/", made_at=clock.now()))
    change(cast["ana"], language="de", time_zone="America/New_York")
    assert "Wed 25 Nov, 08:50 in Berlin" in as_("ana").get("/notices").text


def test_what_somebody_typed_is_never_taken_for_a_day(as_, cast):
    tell(cast["ana"], NoticeKind.ROUND_RELEASED, "/", title='{"day": "2026-12-07"}')
    db.session.commit()
    assert "7 Dec" not in as_("ana").get("/notices").text
