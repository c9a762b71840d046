"""The two of us: paused, gone on, ended without blame."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from peerapp import clock
from peerapp.actions.leaving import end_pairs_of, end_pairs_of_leavers
from peerapp.actions.pauses import end_pauses
from peerapp.db import db
from peerapp.models import Pair, Person, Request, Session
from peerapp.rules.states import PairState, RequestState, SessionState
from tests.factories import make_goal, make_pair, make_request, make_session


def state() -> PairState:
    return db.session.scalars(select(Pair).execution_options(populate_existing=True)).one().state


def in_days(days: int) -> str:
    return (clock.now() + timedelta(days=days)).date().isoformat()


def leave(person: Person, *, hours: int) -> None:
    person.left_at = clock.now() - timedelta(hours=hours)
    db.session.commit()


def test_the_page_reads_the_same_for_both(as_, ana_and_ben):
    pages = [as_(name).get(f"/pairs/{ana_and_ben.id}").text for name in ("ana", "ben")]
    assert "Ben and you" in pages[0]
    assert "Ana and you" in pages[1]
    assert not any(word in page.lower() for page in pages for word in ("mentor ", "mentee"))


def test_either_pauses_and_either_goes_on(as_, ana_and_ben):
    there = f"/pairs/{ana_and_ben.id}"
    assert as_("ana").post(f"{there}/pause", {"until": in_days(21)}).status_code == 303
    assert (state(), "Ana has paused your pair until" in as_("ben").get("/notices").text) == (PairState.PAUSED, True)
    assert "paused until" in as_("ben").get(there).text
    as_("ben").post(f"{there}/resume")
    assert (state(), "Ben is ready to go on" in as_("ana").get("/notices").text) == (PairState.ACTIVE, True)


@pytest.mark.parametrize("step", ["pause", "resume"])
def test_a_second_click_is_told_how_things_stand(as_, ana_and_ben, step):
    there, ana = f"/pairs/{ana_and_ben.id}", as_("ana")
    if step == "pause":
        ana.post(f"{there}/pause", {"until": in_days(21)})
    assert ana.post(f"{there}/{step}", {"until": in_days(21)}).status_code == 422


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (None, "Pick a day."),
        (0, "Pick a day after today."),
        (400, "within the next six months"),
        ("soon", "2026-11-26"),
    ],
)
def test_a_pause_needs_a_day_that_is_not_too_far(as_, ana_and_ben, until, sentence):
    typed = {None: "", "soon": "soon"}.get(until) if until in (None, "soon") else in_days(until)
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/pause", {"until": typed})
    assert (answer.status_code, sentence in answer.text, state()) == (422, True, PairState.ACTIVE)


def test_who_pauses_reads_which_sessions_leave_the_calendars(as_, ana_and_ben):
    make_session(ana_and_ben)
    page, there = as_("ana").get(f"/pairs/{ana_and_ben.id}/pause").text, f"/pairs/{ana_and_ben.id}"
    assert "leave both calendars" in page
    as_("ana").post(f"{there}/pause", {"until": in_days(21)})
    assert "rests while you pause" in as_("ben").get(f"{there}/journal").text
    as_("ben").post(f"{there}/resume")
    assert "rests while you pause" not in as_("ana").get(f"{there}/journal").text


def test_a_day_four_weeks_ahead_is_proposed(as_, ana_and_ben):
    assert f'value="{in_days(28)}"' in as_("ana").get(f"/pairs/{ana_and_ben.id}/pause").text


def test_a_pair_goes_on_by_itself_on_the_day_it_named_and_both_hear_of_it_once(as_, ana_and_ben):
    as_("ana").post(f"/pairs/{ana_and_ben.id}/pause", {"until": in_days(21)})
    assert end_pauses(clock.now() + timedelta(days=20)) == 0
    assert [end_pauses(clock.now() + timedelta(days=21)) for _ in range(2)] == [1, 0]
    db.session.commit()
    assert state() is PairState.ACTIVE
    for name, partner in (("ana", "Ben"), ("ben", "Ana")):
        assert f"The pause is over: you and {partner} go on." in as_(name).get("/notices").text


def test_who_went_on_earlier_is_not_told_again(as_, ana_and_ben):
    as_("ana").post(f"/pairs/{ana_and_ben.id}/pause", {"until": in_days(21)})
    as_("ben").post(f"/pairs/{ana_and_ben.id}/resume")
    assert end_pauses(clock.now() + timedelta(days=30)) == 0


def test_ending_is_three_clicks_and_asks_no_reason(as_, ana_and_ben):
    ana, there = as_("ana"), f"/pairs/{ana_and_ben.id}"
    assert f'href="{there}/end"' in ana.get(there).text
    assert ana.post(f"{there}/end", {"note": ""}).status_code == 303
    assert (state(), "Ana has ended your pair." in as_("ben").get("/notices").text) == (PairState.ENDED, True)


def test_the_note_is_for_the_writers_eyes_only(as_, ana_and_ben):
    there = f"/pairs/{ana_and_ben.id}"
    as_("ana").post(f"{there}/end", {"note": "We had too little time."})
    assert "We had too little time." in as_("ana").get(there).text
    for path in ("", "/charter", "/board", "/journal"):
        assert "too little time" not in as_("ben").get(there + path).text
    assert "too little time" not in as_("ben").get("/notices").text


def test_planned_sessions_end_with_the_pair(as_, ana_and_ben):
    make_session(ana_and_ben)
    as_("ana").post(f"/pairs/{ana_and_ben.id}/end")
    assert db.session.scalars(select(Session.state)).all() == [SessionState.CANCELLED]


def test_both_keep_a_copy_to_read_and_neither_can_write(as_, cast, ana_and_ben):
    make_goal(ana_and_ben, by=cast["ana"])
    as_("ana").post(f"/pairs/{ana_and_ben.id}/end")
    for name in ("ana", "ben"):
        assert "Brief three speakers" in as_(name).get(f"/pairs/{ana_and_ben.id}/board").text
        assert as_(name).get(f"/pairs/{ana_and_ben.id}/goals/new").status_code == 403
        assert f"/pairs/{ana_and_ben.id}" in as_(name).get("/pairs").text


def test_who_ends_second_is_told_that_it_is_over(as_, ana_and_ben):
    as_("ana").post(f"/pairs/{ana_and_ben.id}/end")
    answer = as_("ben").post(f"/pairs/{ana_and_ben.id}/end", {"note": "x"})
    assert (answer.status_code, "This pair has ended." in answer.text) == (422, True)
    assert as_("ben").get(f"/pairs/{ana_and_ben.id}/end").status_code == 303


def test_a_note_that_is_too_long_comes_back(as_, ana_and_ben):
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/end", {"note": "x" * 601})
    assert (answer.status_code, "x" * 601 in answer.text, state()) == (422, True, PairState.ACTIVE)


def test_an_ended_pair_makes_room_for_another(as_, cast, ana_and_ben):
    ana, ask = as_("ana"), {"area": "time", "words": "planning", "message": "Hello"}
    assert ana.post(f"/people/{cast['zoe'].id}/ask", ask).status_code == 422
    ana.post(f"/pairs/{ana_and_ben.id}/end")
    assert ana.post(f"/people/{cast['zoe'].id}/ask", ask).status_code == 303


def test_when_somebody_leaves_the_company_the_other_reads_why(as_, cast, ana_and_ben):
    leave(cast["ben"], hours=25)
    assert [end_pairs_of_leavers(clock.now()), end_pairs_of_leavers(clock.now())] == [1, 0]
    db.session.commit()
    assert state() is PairState.ENDED
    assert "Ben has left the company." in as_("ana").get(f"/pairs/{ana_and_ben.id}").text
    assert "Ben has left the company." in as_("ana").get("/notices").text


def test_a_people_file_can_be_taken_back_for_a_day_before_pairs_end(cast, ana_and_ben):
    leave(cast["ben"], hours=23)
    assert (end_pairs_of_leavers(clock.now()), state()) == (0, PairState.ACTIVE)


def test_a_leavers_pairs_can_be_ended_at_once(cast, ana_and_ben):
    make_pair(cast["ben"], cast["zoe"], state=PairState.ENDED)
    assert [end_pairs_of(cast["ben"]), end_pairs_of(cast["ben"])] == [1, 0]


def test_what_a_leaver_asked_is_withdrawn_and_what_others_asked_them_lapses(cast):
    make_request(cast["ben"], cast["ana"], words="mine")
    make_request(cast["zoe"], cast["ben"], words="theirs")
    leave(cast["ben"], hours=25)
    end_pairs_of_leavers(clock.now())
    states = {row.words: row.state for row in db.session.execute(select(Request.words, Request.state))}
    assert states == {"mine": RequestState.WITHDRAWN, "theirs": RequestState.LAPSED}
