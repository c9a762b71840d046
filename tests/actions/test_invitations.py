"""Planning, moving and cancelling reach both calendars, which update what they have and never hold it twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random

import pytest
import time_machine
from sqlalchemy import select

from peerapp import calendar_entries, clock
from peerapp.actions import leaving, pairs, pauses, plans, sessions as actions
from peerapp.actions.plans import Plan
from peerapp.db import db
from peerapp.models import Letter, Session
from peerapp.queries import sessions
from peerapp.queries.calendars import sessions_of
from peerapp.queries.pairs import pair_of
from peerapp.rules.states import SessionState
from tests.calendars.programs import Program, read, the_event

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
THURSDAY = Plan(datetime(2026, 11, 26, 13, 0, tzinfo=UTC), 45, "Room 3")
FRIDAY = Plan(THURSDAY.moment + timedelta(days=1), 45, "https://meet.example.com/us")


@pytest.fixture(autouse=True)
def traveller():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ana(cast):
    return cast["ana"]


@pytest.fixture
def ben(cast):
    return cast["ben"]


@pytest.fixture
def planned(ana_and_ben, ana):
    return plans.plan(pair_of(ana, ana_and_ben.id), ana, THURSDAY)


def sent_to(person):
    """The invitations in the letters to this person, in order."""
    letters = select(Letter.calendar).where(Letter.address == person.email, Letter.calendar != "")
    return sorted(db.session.scalars(letters), key=lambda text: the_event(text).sequence)


def plan_of(dice):
    moment = NOON + timedelta(hours=dice.randrange(1, 8_000))
    return Plan(moment, dice.randrange(10, 240), dice.choice(("Room 3", "https://meet.example.com/us")))


def program_of(person):
    program = Program()
    for text in sent_to(person):
        program.take(text)
    return program


def test_a_planned_session_is_in_both_calendars(planned, ana, ben):
    for person, partner in ((ana, "Ben"), (ben, "Ana")):
        [entry] = program_of(person).entries.values()
        assert (entry.uid, entry.sequence, entry.summary) == (str(planned.id), 0, f"Session with {partner}")
        assert (entry.start, entry.end) == (THURSDAY.moment, THURSDAY.moment + timedelta(minutes=45))


def test_whoever_plans_has_said_yes_and_the_other_is_asked(planned, ana, ben):
    for person in (ana, ben):
        told = {str(guest.uri): guest.status for guest in the_event(sent_to(person)[0]).attendees}
        assert told == {f"mailto:{ana.email}": "ACCEPTED", f"mailto:{ben.email}": "NEEDS-ACTION"}


def test_a_moved_one_is_updated_and_not_doubled(planned, ana, ben):
    plans.move(planned, ben, FRIDAY, seen=1)
    for person in (ana, ben):
        [entry] = program_of(person).entries.values()
        assert (entry.start, entry.location, entry.sequence) == (FRIDAY.moment, FRIDAY.place, 1)


@pytest.mark.parametrize("what", [Plan(THURSDAY.moment, 60, "Room 3"), Plan(THURSDAY.moment, 45, "Room 4")])
def test_another_length_or_place_is_told_too(planned, ana, ben, what):
    plans.move(planned, ana, what, seen=1)
    [entry] = program_of(ben).entries.values()
    assert (entry.end - entry.start, entry.location) == (timedelta(minutes=what.minutes), what.place)


def test_a_form_that_is_sent_without_a_change_sends_nothing(planned, ana, ben):
    plans.move(planned, ana, THURSDAY, seen=1)
    assert (planned.sequence, len(sent_to(ana)), len(sent_to(ben))) == (0, 1, 1)


def test_a_cancelled_one_leaves_both_calendars(planned, ana, ben):
    plans.move(planned, ben, FRIDAY, seen=1)
    plans.cancel(planned, ana)
    assert (program_of(ana).entries, program_of(ben).entries) == ({}, {})
    assert [read(text).method for text in sent_to(ben)] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [the_event(text).sequence for text in sent_to(ben)] == [0, 1, 2]


def test_in_whatever_order_mails_arrive_the_newest_counts(planned, ana, ben):
    plans.move(planned, ben, FRIDAY, seen=1)
    plans.move(planned, ben, THURSDAY, seen=2)
    texts = sent_to(ana)
    plans.cancel(planned, ana)
    for last, all_of_them in ((THURSDAY.moment, texts), (None, sent_to(ana))):
        for order in permutations(all_of_them):
            program = Program()
            for text in order:
                program.take(text)
            assert [entry.start for entry in program.entries.values()] == ([last] if last else [])


@pytest.mark.parametrize("seed", range(8))
def test_whatever_the_two_do_and_however_mails_arrive_calendars_show_what_is_planned(ana_and_ben, ana, ben, seed):
    dice, pair = Random(seed), pair_of(ana, ana_and_ben.id)
    for step in range(30):
        by, what = dice.choice((ana, ben)), plan_of(dice)
        ahead = db.session.scalars(select(Session).where(Session.state == SessionState.PLANNED)).all()
        by.time_zone = dice.choice(("UTC", "Europe/Berlin", "America/New_York", "Africa/Casablanca"))
        if step < 3 or not ahead or dice.random() < 0.2:
            plans.plan(pair, by, what)
        elif dice.random() < 0.2:
            plans.cancel(dice.choice(ahead), by)
        else:
            session = dice.choice(ahead)
            plans.move(session, by, what, seen=session.version)
    planned = db.session.scalars(select(Session).where(Session.state == SessionState.PLANNED))
    expected = {str(each.id): (each.planned_for, timedelta(minutes=each.minutes), each.place) for each in planned}
    for person in (ana, ben):
        program, texts = Program(), sent_to(person)
        for text in dice.sample(texts, len(texts)) + dice.choices(texts, k=5):
            program.take(text)
        shown = {uid: (one.start, one.end - one.start, one.location) for uid, one in program.entries.items()}
        assert shown == expected


def test_a_pair_that_ends_takes_its_sessions_out_of_both_calendars(planned, ana_and_ben, ana, ben):
    plans.plan(pair_of(ana, ana_and_ben.id), ben, FRIDAY)
    pairs.end(pair_of(ana, ana_and_ben.id), ana, "")
    assert (program_of(ana).entries, program_of(ben).entries) == ({}, {})
    assert [read(text).method for text in sent_to(ben)].count("CANCEL") == 2


def test_a_leaver_gets_nothing_and_the_other_is_told(planned, ana, ben):
    ben.left_at = clock.now()
    leaving.end_pairs_of(ben)
    assert [read(text).method for text in sent_to(ben)] == ["REQUEST"]
    assert program_of(ana).entries == {}


def test_the_date_that_ends_a_session_is_sent_to_both(ana_and_ben, ana, ben):
    running = actions.start_now(pair_of(ana, ana_and_ben.id))
    assert (sent_to(ana), sent_to(ben)) == ([], [])
    actions.end(running, ana, then=FRIDAY)
    assert [entry.start for entry in program_of(ben).entries.values()] == [FRIDAY.moment]


def test_another_zone_of_a_person_changes_no_moment(planned, ana, ben, traveller):
    ana.time_zone = "Asia/Tokyo"
    traveller.shift(60)
    plans.move(planned, ben, Plan(FRIDAY.moment, 30, "Room 3"), seen=1)
    first, second = sent_to(ana)
    assert (the_event(first).start, the_event(second).start) == (THURSDAY.moment, FRIDAY.moment)
    assert "DTSTART;TZID=Asia/Tokyo:20261127T220000" in second
    assert "DTSTART:20261127T130000Z" in sent_to(ben)[1]


def test_an_invitation_is_in_the_language_of_who_gets_it(ana_and_ben, ana, ben):
    ben.language = "de"
    plans.plan(pair_of(ana, ana_and_ben.id), ana, THURSDAY)
    assert (the_event(sent_to(ben)[0]).summary, the_event(sent_to(ana)[0]).summary) == (
        "Treffen mit Ana",
        "Session with Ben",
    )


def test_nothing_of_what_the_two_talk_about_is_in_it(planned, ana, ben):
    agenda_words = ("Open actions", "How are you", "goal")
    for text in [*sent_to(ana), *sent_to(ben)]:
        assert not [words for words in agenda_words if words in text.replace("Board, agenda and journal", "")]


def test_a_session_begun_by_mistake_can_be_moved_into_calendars(ana_and_ben, ana, ben):
    running = actions.start_now(pair_of(ana, ana_and_ben.id))
    actions.put_back(running)
    session = sessions.open_session_of(ana, ana_and_ben.id, running.id)
    plans.move(session, ana, FRIDAY, seen=session.version)
    assert [entry.start for entry in program_of(ben).entries.values()] == [FRIDAY.moment]


def test_the_sender_is_the_organiser_even_with_a_name(app, monkeypatch, ana_and_ben, ana, ben):
    monkeypatch.setitem(app.config, "PEERAPP", replace(app.config["PEERAPP"], mail_from="Peers <peers@example.com>"))
    plans.plan(pair_of(ana, ana_and_ben.id), ana, THURSDAY)
    assert "ORGANIZER:mailto:peers@example.com\r\n" in sent_to(ben)[0]
    assert calendar_entries.method_of(sent_to(ben)[0]) == "REQUEST"


# ---- a pause ----

UNTIL = THURSDAY.moment.date() + timedelta(days=1)


@pytest.fixture
def paused(ana_and_ben, ana, planned):
    """Ana pauses over Thursday; the session on Friday is after it."""
    pair = pair_of(ana, ana_and_ben.id)
    plans.plan(pair, ana, FRIDAY)
    assert pairs.pause(pair, ana, UNTIL, NOON.date()) is None
    return pair


def in_calendar_of(person):
    return sorted(entry.start for entry in program_of(person).entries.values())


def test_a_session_within_a_pause_leaves_both_calendars(paused, ana, ben):
    assert in_calendar_of(ana) == in_calendar_of(ben) == [FRIDAY.moment]
    assert [session.planned_for for session, _partner in sessions_of(ana, NOON)] == [FRIDAY.moment]


def test_going_on_early_puts_it_back(paused, ana, ben):
    pairs.resume(paused, ben)
    assert in_calendar_of(ana) == in_calendar_of(ben) == [THURSDAY.moment, FRIDAY.moment]


def test_one_whose_time_has_gone_by_is_cancelled_and_nobody_missed_it(paused, ana, planned, traveller):
    traveller.move_to(THURSDAY.moment + timedelta(hours=10))
    pairs.resume(paused, ana)
    assert (planned.state, in_calendar_of(ana)) == (SessionState.CANCELLED, [FRIDAY.moment])


def test_a_pause_that_ends_by_itself_leaves_nothing_that_was_missed(paused, planned, traveller):
    traveller.move_to(THURSDAY.moment + timedelta(days=3))
    assert (actions.mark_missed(clock.now()), planned.state) == (2, SessionState.CANCELLED)
    assert pauses.end_pauses(clock.now()) == 1


def test_one_that_is_moved_during_the_pause_is_in_both_calendars_again(paused, ana, ben, planned):
    later = replace(THURSDAY, moment=THURSDAY.moment + timedelta(minutes=30))
    plans.move(planned, ben, later, seen=planned.version)
    assert in_calendar_of(ana) == [later.moment, FRIDAY.moment]


def test_a_pair_that_ends_while_it_pauses_cancels_the_rest_once(paused, ana, ben):
    before = len(sent_to(ben))
    pairs.end(paused, ana, "")
    assert (len(sent_to(ben)) - before, in_calendar_of(ben)) == (1, [])
