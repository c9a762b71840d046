"""Feedback: what I am asked, what I ask, what I may read; and the page of one round."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from peerapp import clock
from peerapp.actions import opening
from peerapp.db import db
from peerapp.models import Notice, Person, Round
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.states import RoundState
from tests.clients import PeerClient
from tests.rounds import again, answer, box_away, make_closed_round, make_crowd, make_draft, make_open_round

As = Callable[[str], PeerClient]
Cast = dict[str, Person]
FOUR = {"q1": 4, "q2": 4, "c1": "Short and to the point."}


def told(kind: NoticeKind) -> int:
    db.session.commit()
    return db.session.scalar(select(func.count()).where(Notice.kind == kind)) or 0


def test_nothing_is_asked_and_nothing_is_there_to_read(as_: As) -> None:
    page = as_("zoe").get("/feedback").text
    for words in ("No one is asking for your view right now.", "You have asked nothing yet.", "no result for you"):
        assert words in page
    assert 'aria-current="page">Feedback</a>' in page


def test_whoever_is_asked_sees_the_round_and_whoever_asks_sees_it_as_hers(as_: As, cast: Cast) -> None:
    opened = make_open_round(cast["ana"], [*make_crowd(8), cast["ben"]])
    asked, own, other = (as_(who).get("/feedback").text for who in ("ben", "ana", "zoe"))
    assert f'data-round="{opened.id}"' in asked
    assert f"/rounds/{opened.id}/answer" in asked
    assert f'href="/rounds/{opened.id}"' in own
    assert f'data-round="{opened.id}"' not in own
    assert str(opened.id) not in other


def test_a_draft_is_seen_by_its_owner_alone(as_: As, cast: Cast) -> None:
    draft = make_draft(cast["ana"], [*make_crowd(8), cast["ben"]], readers=[cast["ben"]])
    assert "not opened yet; only you see it" in as_("ana").get("/feedback").text
    assert str(draft.id) not in as_("ben").get("/feedback").text


@pytest.mark.parametrize("path", ["/feedback", "/rounds/{id}"])
def test_the_page_is_the_same_whether_somebody_answered_or_not(app: Flask, as_: As, cast: Cast, path: str) -> None:
    cast["caro"].rename("Ben Okafor")  # so that nothing but the answer is different
    people = [*make_crowd(8), cast["ben"], cast["caro"]]
    opened = make_open_round(cast["ana"], people)
    answer(app, cast["ben"], opened, FOUR)
    with time_machine.travel(clock.now(), tick=False):
        answered, silent = (as_(who).get(path.format(id=opened.id)).text for who in ("ben", "caro"))
    assert without_tokens(answered) == without_tokens(silent)


def without_tokens(page: str) -> list[str]:
    return [
        line for line in page.splitlines() if "csrf_token" not in line and "data-account" not in line
    ]  # whose page it is


def test_the_owner_sees_what_is_fixed_and_never_a_count(app: Flask, as_: As, cast: Cast) -> None:
    crowd = make_crowd(9)
    opened = make_open_round(cast["ana"], crowd, readers=[cast["ben"]])
    before = as_("ana").get(f"/rounds/{opened.id}").text
    for each in crowd[:6]:
        answer(app, each, opened, FOUR)
    after = as_("ana").get(f"/rounds/{opened.id}").text

    assert without_tokens(before) == without_tokens(after)
    for words in ("9 people", "Ana Rivera and Ben Okafor", opened.fingerprint, f"/promises/{opened.public_id}"):
        assert words in after


def test_a_stranger_cannot_tell_a_round_from_none(as_: As, cast: Cast) -> None:
    opened, zoe = make_open_round(cast["ana"], make_crowd(9)), as_("zoe")
    real, none = (zoe.get(f"/rounds/{each}") for each in (opened.id, cast["zoe"].id))
    assert (real.status_code, real.text) == (404, none.text)


@pytest.mark.parametrize("do", ["remind", "close", "next", "open", "delete", "edit"])
def test_whoever_is_only_asked_changes_nothing(as_: As, cast: Cast, do: str) -> None:
    opened = make_open_round(cast["ana"], [*make_crowd(8), cast["ben"]], readers=[cast["mia"]])
    for who in ("ben", "mia", "zoe"):
        assert as_(who).post(f"/rounds/{opened.id}/{do}", {"what_next": "Mine"}).status_code == 404
    assert again(opened).state is RoundState.OPEN


def test_a_reminder_goes_to_the_whole_roll_and_not_twice_in_two_days(app: Flask, as_: As, cast: Cast) -> None:
    crowd, ana = make_crowd(9), as_("ana")
    opened = make_open_round(cast["ana"], crowd)
    answer(app, crowd[0], opened, FOUR)
    page = ana.get(f"/rounds/{opened.id}").text
    assert 'disabled aria-describedby="remind_hint"' in page
    ana.post(f"/rounds/{opened.id}/remind")
    assert told(NoticeKind.ROUND_REMINDER) == 0

    with time_machine.travel(clock.now() + timedelta(days=2, minutes=1), tick=False):
        later = as_("ana")
        assert "disabled" not in later.get(f"/rounds/{opened.id}").text
        assert later.post(f"/rounds/{opened.id}/remind").status_code == 303
        later.post(f"/rounds/{opened.id}/remind")

    assert told(NoticeKind.ROUND_REMINDER) == 9


def test_closing_early_is_asked_first_and_has_no_way_back(app: Flask, as_: As, cast: Cast) -> None:
    crowd, ana = make_crowd(9), as_("ana")
    opened = make_open_round(cast["ana"], crowd)
    for each in crowd[:8]:
        answer(app, each, opened, FOUR)
    assert "cannot be taken back" in ana.get(f"/rounds/{opened.id}/close").text
    assert [ana.post(f"/rounds/{opened.id}/close").status_code for _ in range(2)] == [303, 303]
    assert again(opened).state is RoundState.RELEASED
    assert ana.get(f"/rounds/{opened.id}/close").status_code == 303


def test_after_the_last_day_it_is_being_counted_until_a_tick_or_a_click(app: Flask, as_: As, cast: Cast) -> None:
    crowd = make_crowd(9)
    opened = make_open_round(cast["ana"], [*crowd, cast["ben"]])
    for each in crowd[:8]:
        answer(app, each, opened, FOUR)
    with time_machine.travel(opened.closes_at + timedelta(seconds=1), tick=False):
        assert "Closed, being counted." in as_("ben").get(f"/rounds/{opened.id}").text
        assert "Count now" not in as_("ben").get(f"/rounds/{opened.id}").text
        assert "Count now" in as_("ana").get(f"/rounds/{opened.id}").text
        as_("ana").post(f"/rounds/{opened.id}/close")
    assert again(opened).state is RoundState.RELEASED


def test_too_few_answers_are_said_in_words_to_everybody_asked(app: Flask, as_: As, cast: Cast) -> None:
    crowd = [*make_crowd(8), cast["ben"]]
    closed = make_closed_round(app, cast["ana"], crowd, [FOUR] * 3)
    for who in ("ana", "ben"):
        page = as_(who).get(f"/rounds/{closed.id}").text
        assert "Fewer than 5 people answered" in page
        assert "What happens next" not in page


def test_what_happens_next_is_told_once_and_read_by_everybody_asked(app: Flask, as_: As, cast: Cast) -> None:
    crowd, ana = [*make_crowd(9), cast["ben"]], as_("ana")
    closed = make_closed_round(app, cast["ana"], crowd, [FOUR] * 9)
    assert "Nothing yet." in as_("ben").get(f"/rounds/{closed.id}").text

    ana.post(f"/rounds/{closed.id}/next", {"what_next": "Thank you. **Shorter** meetings. <script>x</script>"})
    ana.post(f"/rounds/{closed.id}/next", {"what_next": "Thank you. **Much shorter** meetings. <b>x</b>"})

    page = as_("ben").get(f"/rounds/{closed.id}").text
    assert "<strong>Much shorter</strong> meetings." in page
    assert "<b>x</b>" not in page
    assert told(NoticeKind.ROUND_NEXT) == 10


def test_what_happens_next_waits_for_the_result_and_fits(app: Flask, as_: As, cast: Cast) -> None:
    opened, ana = make_open_round(cast["ana"], make_crowd(9)), as_("ana")
    early = ana.post(f"/rounds/{opened.id}/next", {"what_next": "Too early"})
    assert early.status_code == 422
    assert "Write this once the result is out." in early.text
    assert ana.post(f"/rounds/{opened.id}/next", {"what_next": ""}).status_code == 422
    assert again(opened).what_next == ""


def test_readers_are_led_to_the_result_and_those_asked_are_not(app: Flask, as_: As, cast: Cast) -> None:
    crowd = [*make_crowd(9), cast["ben"]]
    closed = make_closed_round(app, cast["ana"], crowd, [FOUR] * 9, readers=[cast["mia"]])
    for who in ("ana", "mia"):
        assert f"/rounds/{closed.id}/result" in as_(who).get(f"/rounds/{closed.id}").text
        assert f"/rounds/{closed.id}/result" in as_(who).get("/feedback").text
    assert f"/rounds/{closed.id}/result" not in as_("ben").get(f"/rounds/{closed.id}").text


def test_a_round_that_is_being_opened_says_so(app: Flask, as_: As, cast: Cast) -> None:
    draft, ana = make_draft(cast["ana"], make_crowd(9)), as_("ana")
    with box_away(app):
        assert ana.post(f"/rounds/{draft.id}/open", {"version": draft.version}).status_code == 303
    assert again(draft).state is RoundState.OPENING
    assert "It is being opened just now." in ana.get(f"/rounds/{draft.id}").text
    assert db.session.scalar(select(func.count()).select_from(Round)) == 1


def test_one_that_could_not_be_opened_says_so_and_those_it_was_meant_for_never_see_it(
    app: Flask, as_: As, cast: Cast
) -> None:
    draft = make_draft(cast["ana"], [cast["caro"], *make_crowd(8)])
    with box_away(app):
        as_("ana").post(f"/rounds/{draft.id}/open", {"version": draft.version})
        with time_machine.travel(draft.closes_at + timedelta(hours=1)):
            opening.finish_all()
    assert "could not be opened, so nobody was asked" in as_("ana").get(f"/rounds/{draft.id}").text
    assert "could not be opened; nobody was asked" in as_("ana").get("/feedback").text
    assert draft.title not in as_("caro").get("/feedback").text
    by_url = as_("caro").get(f"/rounds/{draft.id}/answer").text
    assert ("This round could not be opened." in by_url, "changed or lost" in by_url) == (True, False)
