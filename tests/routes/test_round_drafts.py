"""Asking for views: what about, one page for the draft, and whether it can be anonymous."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import func, select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Person, RollEntry, Round, RoundReader
from peerapp.models.rounds import ReaderRole
from peerapp.rules.audiences import AudienceKind, SplitBy
from peerapp.rules.question_bank import Purpose
from peerapp.rules.questions import Kind, Question
from peerapp.rules.states import RoundState
from tests.clients import PeerClient
from tests.factories import make_person, make_unit
from tests.rounds import again, make_crowd, make_draft, make_open_round

As = Callable[[str], PeerClient]
Cast = dict[str, Person]


def the_round() -> Round:
    db.session.commit()
    db.session.expire_all()
    return db.session.scalars(select(Round)).one()


def typed(draft: Round, **changes: Any) -> Mapping[str, Any]:
    """The edit form as the page holds it, with these changes."""
    own = [each for each in draft.asked() if not each.bank]
    return {
        "version": draft.version, "title": draft.title, "why": draft.why, "audience_kind": draft.audience_kind.value,
        "units": draft.audience, "last_day": f"{draft.closes_at:%Y-%m-%d}", "minimum": draft.minimum,
        "split_by": draft.split_by.value, "joins_small": "1" if draft.joins_small else "", "new_kind": "agreement",
        "own_id": [each.id for each in own], "own_kind": [each.kind.value for each in own],
        "own_text": [each.text for each in own], "do": "save",
    } | changes  # fmt: skip


def begun(as_: As, who: str, purpose: str, language: str = "en") -> Round:
    """A draft that this member of the cast made through the front door."""
    answer = as_(who).post("/rounds", {"purpose": purpose, "language": language})
    assert answer.status_code == 303, answer.text
    return the_round()


def test_everybody_asks_about_themselves_and_begins_with_questions_from_the_bank(as_: As) -> None:
    draft = begun(as_, "ana", "myself")
    page = as_("ana").get(f"/rounds/{draft.id}/edit").text

    assert [each.kind for each in draft.asked()][-1] is Kind.COMMENT
    assert len(draft.asked()) == 6
    assert "Delivers on the agreed day or warns early." in page
    assert "They are not a validated scale." in page
    assert "Not yet." in page


def test_the_owner_reads_the_result_from_the_start(as_: As, cast: Cast) -> None:
    begun(as_, "ana", "myself")
    readers = db.session.execute(select(RoundReader.person_id, RoundReader.role)).all()
    assert readers == [(cast["ana"].id, ReaderRole.READER)]


def test_a_manager_asks_her_unit_and_a_coordinator_asks_about_the_programme(as_: As) -> None:
    shown = {who: as_(who).get("/rounds/new").text for who in ("ana", "mia", "olu")}
    purposes = {who: set(re.findall(r'name="purpose" value="(\w+)"', text)) for who, text in shown.items()}
    assert purposes == {"ana": {"myself"}, "mia": {"unit", "myself"}, "olu": {"programme", "unit", "myself"}}


def test_nobody_asks_what_is_not_theirs_to_ask(as_: As) -> None:
    assert as_("ana").post("/rounds", {"purpose": "unit", "language": "en"}).status_code == 403
    assert as_("mia").post("/rounds", {"purpose": "programme", "language": "en"}).status_code == 403
    assert as_("ana").post("/rounds", {"purpose": "", "language": "xx"}).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Round)) == 0


def test_the_questions_are_frozen_in_the_language_that_was_chosen(as_: As) -> None:
    draft = begun(as_, "ana", "myself", "de")
    texts = [each.text for each in draft.asked()]
    assert "Delivers on the agreed day or warns early." not in texts
    assert 'lang="de"' in as_("ana").get(f"/rounds/{draft.id}/edit").text


def test_a_draft_keeps_everything_that_is_typed(as_: As, cast: Cast) -> None:
    draft = make_draft(cast["ana"], make_crowd(9))
    answer = as_("ana").post(
        f"/rounds/{draft.id}/edit",
        typed(draft, title="Shorter meetings?", why="We change how we meet.", minimum="6", last_day="2030-01-31",
              new_text="Our meetings are worth the time.", bank=["open.try"], split_by="site", joins_small="1"),
    )  # fmt: skip
    kept = the_round()

    assert answer.status_code == 303
    assert (kept.title, kept.why, kept.minimum) == ("Shorter meetings?", "We change how we meet.", 6)
    assert f"{kept.closes_at:%Y-%m-%d %H:%M}" == "2030-01-31 23:59"
    assert (kept.split_by, kept.joins_small) == (SplitBy.SITE, True)
    assert [each.text for each in kept.asked()][-2:] == ["One thing to try.", "Our meetings are worth the time."]


def test_the_last_day_ends_on_the_owners_clock(as_: As, cast: Cast) -> None:
    cast["ana"].time_zone = "America/New_York"
    draft = make_draft(cast["ana"], make_crowd(9))
    as_("ana").post(f"/rounds/{draft.id}/edit", typed(draft, last_day="2030-01-31"))
    assert f"{the_round().closes_at:%Y-%m-%d %H:%M}" == "2030-02-01 04:59"


def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(as_: As, cast: Cast) -> None:
    draft = make_draft(cast["ana"], make_crowd(9))
    answer = as_("ana").post(
        f"/rounds/{draft.id}/edit",
        typed(draft, title="", why="Kept as typed", minimum="4", last_day="soon", new_text="Also kept"),
    )
    assert answer.status_code == 422
    for words in (
        "Give it a title.",
        "Kept as typed",
        "Also kept",
        "The minimum is at least 5 answers.",
        'value="soon"',
    ):
        assert words in answer.text
    assert again(draft).why == ""


def test_questions_move_and_go_by_buttons(as_: As, cast: Cast) -> None:
    draft, ana = make_draft(cast["ana"], make_crowd(9)), as_("ana")
    ana.post(f"/rounds/{draft.id}/edit", typed(draft, do="down:q1"))
    assert [each.id for each in the_round().asked()] == ["q2", "q1", "c1"]
    ana.post(f"/rounds/{draft.id}/edit", typed(the_round(), do="up:c1"))
    ana.post(f"/rounds/{draft.id}/edit", typed(the_round(), do="remove:q2"))
    assert [each.id for each in the_round().asked()] == ["c1", "q1"]
    assert ana.post(f"/rounds/{draft.id}/edit", typed(the_round(), do="up:nothing")).status_code == 303


def test_own_questions_are_reworded_and_those_of_the_bank_are_not(as_: As, cast: Cast) -> None:
    draft = make_draft(cast["ana"], make_crowd(9), questions=(
        Question("q1", Kind.AGREEMENT, "We keep our appointments.", "pair.keep"), Question("q2", Kind.AGREEMENT, "Mine?"),
    ))  # fmt: skip
    as_("ana").post(
        f"/rounds/{draft.id}/edit",
        typed(draft, own_id=["q1", "q2"], own_kind=["comment", "frequency"], own_text=["Changed", "Is it mine?"]),
    )
    assert the_round().asked() == (
        Question("q1", Kind.AGREEMENT, "We keep our appointments.", "pair.keep"),
        Question("q2", Kind.FREQUENCY, "Is it mine?"),
    )


def test_of_two_windows_the_later_one_sees_both_texts_and_keeps_its_own(as_: As, cast: Cast) -> None:
    draft, ana = make_draft(cast["ana"], make_crowd(9)), as_("ana")
    one, other = typed(draft, title="From the first window"), typed(draft, title="From the second window")
    assert ana.post(f"/rounds/{draft.id}/edit", one).status_code == 303

    clash = ana.post(f"/rounds/{draft.id}/edit", other)

    assert clash.status_code == 409
    assert "From the first window" in clash.text
    assert 'value="From the second window"' in clash.text
    seen = re.search(r'name="version" value="(\d+)"', clash.text)
    assert seen
    assert ana.post(f"/rounds/{draft.id}/edit", {**other, "version": seen[1]}).status_code == 303
    assert the_round().title == "From the second window"


def test_too_small_a_unit_is_said_at_once_and_a_wider_circle_is_one_click(as_: As, cast: Cast) -> None:
    for number in range(12):
        make_person(f"Sales Person{number}", unit=cast["zoe"].unit)
    draft = begun(as_, "mia", "unit")
    mia, edit = as_("mia"), f"/rounds/{draft.id}/edit"

    page = mia.get(edit).text
    assert "Fewer than 8 people can be asked" in page
    assert "Ask all of Sales" in page
    mia.post(edit, typed(draft, do=f"unit:{cast['zoe'].unit_id}"))

    assert "18 people are asked." in mia.get(edit).text
    assert the_round().audience_kind is AudienceKind.UNITS


def test_only_circles_that_would_work_are_offered(as_: As, cast: Cast) -> None:
    make_unit("Nobody works here")
    draft = begun(as_, "mia", "unit")
    page = as_("mia").get(f"/rounds/{draft.id}/edit").text
    assert "Fewer than 8 people can be asked" in page
    assert "What would work" not in page


def test_the_refusal_of_an_overlap_names_no_round_and_nobody(as_: As, cast: Cast) -> None:
    crowd = make_crowd(12)
    make_open_round(cast["ben"], crowd, title="Ben wants to know")
    draft = make_draft(cast["ana"], crowd[:-1])
    page = as_("ana").get(f"/rounds/{draft.id}/edit").text
    assert "Nearly the same people are asked elsewhere" in page
    assert "Ben" not in page


def test_an_owner_who_picked_herself_is_taken_out_by_a_click(as_: As, cast: Cast) -> None:
    draft, ana = make_draft(cast["ana"], [*make_crowd(9), cast["ana"]]), as_("ana")
    assert "Take me out" in ana.get(f"/rounds/{draft.id}/edit").text
    ana.post(f"/rounds/{draft.id}/edit", typed(draft, do="me_out"))
    assert "9 people are asked." in ana.get(f"/rounds/{draft.id}/edit").text


def test_small_parts_are_joined_or_the_split_left_out_by_a_click(as_: As, cast: Cast) -> None:
    crowd = [*make_crowd(10, site="North"), *(make_person(f"South Person{each}", site="South") for each in range(9))]
    crowd += [make_person(f"East Person{each}", site="East") for each in range(3)]
    draft, ana = make_draft(cast["ana"], crowd, split_by=SplitBy.SITE), as_("ana")
    page = ana.get(f"/rounds/{draft.id}/edit").text
    assert "A part of the split has fewer than 8 people" in page
    assert "Join small parts under “Others”</button>" in page
    ana.post(f"/rounds/{draft.id}/edit", typed(draft, do="no_split"))
    assert the_round().split_by is SplitBy.NONE
    assert "22 people are asked." in ana.get(f"/rounds/{draft.id}/edit").text


def test_a_manager_cannot_leave_her_own_unit_out(as_: As, cast: Cast) -> None:
    draft = begun(as_, "mia", "unit")
    foreign = typed(draft, units=[str(cast["zoe"].unit_id)])
    assert as_("mia").post(f"/rounds/{draft.id}/edit", foreign).status_code == 422
    by_hand = typed(draft, audience_kind="people")
    assert as_("mia").post(f"/rounds/{draft.id}/edit", by_hand).status_code == 422
    assert the_round().audience == [str(cast["mia"].unit_id)]


def test_people_are_found_by_name_and_picked_by_a_click(as_: As, cast: Cast) -> None:
    draft, ana = begun(as_, "ana", "myself"), as_("ana")
    people = f"/rounds/{draft.id}/people?role=asked"
    assert "Zoe Park" in ana.get(people + "&q=zoe").text
    assert "Lou Gone" not in ana.get(people + "&q=lou").text

    answer = ana.post(people, {"add": [str(cast["zoe"].id), str(cast["lou"].id), str(cast["ana"].id), "nobody"]})

    assert answer.status_code == 303
    assert the_round().audience == [str(cast["zoe"].id)]
    ana.post(people, {"remove": str(cast["zoe"].id)})
    assert the_round().audience == []


def test_readers_are_named_and_the_owner_stays_one(as_: As, cast: Cast) -> None:
    draft, ana = begun(as_, "ana", "myself"), as_("ana")
    ana.post(f"/rounds/{draft.id}/people?role=reader", {"add": str(cast["ben"].id)})
    ana.post(f"/rounds/{draft.id}/people?role=may_be_shown", {"add": [str(cast["mia"].id), str(cast["ben"].id)]})
    ana.post(f"/rounds/{draft.id}/people?role=reader", {"remove": str(cast["ana"].id)})
    readers = dict(db.session.execute(select(RoundReader.person_id, RoundReader.role)).all())
    assert readers == {
        cast["ana"].id: ReaderRole.READER,
        cast["ben"].id: ReaderRole.MAY_BE_SHOWN,
        cast["mia"].id: ReaderRole.MAY_BE_SHOWN,
    }


def test_all_managers_read_about_the_programme_by_one_click(as_: As, cast: Cast) -> None:
    draft, olu = begun(as_, "olu", "programme"), as_("olu")
    assert "All managers" in olu.get(f"/rounds/{draft.id}/people?role=reader").text
    olu.post(f"/rounds/{draft.id}/people?role=reader", {"add": "managers"})
    assert cast["mia"].id in set(db.session.scalars(select(RoundReader.person_id)))


def test_only_a_round_about_oneself_may_be_shown_later(as_: As, cast: Cast) -> None:
    draft = begun(as_, "olu", "programme")
    people = f"/rounds/{draft.id}/people?role=may_be_shown"
    assert as_("olu").get(people).status_code == 404
    assert as_("olu").post(people, {"add": str(cast["mia"].id)}).status_code == 404
    assert set(db.session.scalars(select(RoundReader.role))) == {ReaderRole.READER}


def test_the_preview_shows_what_people_will_see_and_opens_it(as_: As, cast: Cast) -> None:
    draft, ana = make_draft(cast["ana"], make_crowd(9), why="Because I want to learn."), as_("ana")
    page = ana.get(f"/rounds/{draft.id}/preview").text
    for words in ("Nobody can see what you answered", "Because I want to learn.", "Cannot say", "9 people are asked"):
        assert words in page
    answer = ana.post(f"/rounds/{draft.id}/open", {"version": draft.version})
    assert answer.status_code == 303
    assert the_round().state is RoundState.OPEN
    assert db.session.scalar(select(func.count()).select_from(RollEntry)) == 9


def test_opening_twice_is_harmless(as_: As, cast: Cast) -> None:
    draft, ana = make_draft(cast["ana"], make_crowd(9)), as_("ana")
    form = {"version": draft.version}
    assert [ana.post(f"/rounds/{draft.id}/open", form).status_code for _ in range(2)] == [303, 303]
    assert the_round().state is RoundState.OPEN


def test_what_was_not_seen_in_the_preview_is_not_opened(as_: As, cast: Cast) -> None:
    draft, ana = make_draft(cast["ana"], make_crowd(9)), as_("ana")
    seen = draft.version
    ana.post(f"/rounds/{draft.id}/edit", typed(draft, title="Changed meanwhile"))
    answer = ana.post(f"/rounds/{draft.id}/open", {"version": seen})
    assert answer.status_code == 409
    assert "Changed meanwhile" in answer.text
    assert the_round().state is RoundState.DRAFT


def test_what_cannot_be_opened_is_refused_with_every_reason(as_: As, cast: Cast) -> None:
    draft, ana = make_draft(cast["ana"], make_crowd(4), questions=(), closes_at=clock.now()), as_("ana")
    answer = ana.post(f"/rounds/{draft.id}/open", {"version": draft.version})
    assert answer.status_code == 422
    for words in ("Fewer than 8 people", "Ask at least one question", "The last day lies too early"):
        assert words in answer.text
    assert the_round().state is RoundState.DRAFT


def test_who_no_longer_manages_does_not_open_a_round_about_her_unit(as_: As, cast: Cast) -> None:
    for number in range(9):
        make_person(f"Product Person{number}", unit=cast["mia"].unit)
    draft = begun(as_, "mia", "unit")
    for name in ("ana", "ben", "caro"):
        cast[name].manager = None
    answer = as_("mia").post(f"/rounds/{draft.id}/open", {"version": draft.version})
    assert answer.status_code == 422
    assert "managers about their own unit" in answer.text


def test_a_draft_is_deleted_after_a_question(as_: As, cast: Cast) -> None:
    draft, ana = make_draft(cast["ana"], make_crowd(9)), as_("ana")
    assert "does not come back" in ana.get(f"/rounds/{draft.id}/delete").text
    assert ana.post(f"/rounds/{draft.id}/delete").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Round)) == 0


def test_an_open_round_has_no_draft_any_more(as_: As, cast: Cast) -> None:
    opened, ana = make_open_round(cast["ana"], make_crowd(9)), as_("ana")
    assert ana.get(f"/rounds/{opened.id}/edit").status_code == 403
    assert ana.post(f"/rounds/{opened.id}/edit", typed(opened)).status_code == 403
    assert ana.post(f"/rounds/{opened.id}/delete").status_code == 403
    assert ana.post(f"/rounds/{opened.id}/people?role=reader", {"add": str(cast["ben"].id)}).status_code == 403


def test_a_stranger_cannot_tell_a_draft_from_none(as_: As, cast: Cast) -> None:
    draft, zoe = make_draft(cast["ana"], [*make_crowd(9), cast["zoe"]], readers=[cast["zoe"]]), as_("zoe")
    for path in ("", "/edit", "/preview", "/people", "/delete", "/close"):
        real, none = (zoe.get(f"/rounds/{each}{path}") for each in (draft.id, cast["zoe"].id))
        assert (real.status_code, real.text) == (404, none.text), path


def test_twenty_drafts_are_enough(as_: As, cast: Cast) -> None:
    for number in range(20):
        make_draft(cast["ana"], [], title=f"Draft {number}", purpose=Purpose.MYSELF)
    answer = as_("ana").post("/rounds", {"purpose": "myself", "language": "en"})
    assert answer.status_code == 422
    assert "You have many drafts already" in answer.text
