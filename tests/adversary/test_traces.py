"""Attacks 14, 16 and 23: does anything beside the box change when somebody answers, and what do reminders tell?"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text

from peerapp import clock
from peerapp.actions import closing, papers, rounds_told
from peerapp.actions.notices import tell
from peerapp.ballotbox.verify import findings
from peerapp.db import db
from peerapp.models import Letter, Notice, Person, ReleaseSerials, RollEntry, Round, RoundRelease
from peerapp.queries import rounds
from peerapp.rules import manifest, sealing
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.rounds import REMIND_EVERY
from peerapp.rules.states import RoundState
from tests.adversary.proxy import answer_over_http, browser
from tests.rounds import answer, close, lift_guards, make_crowd, make_open_round, restore_guards

FIVE: dict[str, int | str] = {"q1": 5, "q2": 5, "c1": "Go on like this."}
Cast = dict[str, Person]


def tables() -> dict[str, list[tuple[Any, ...]]]:
    """Every table of the main database, row by row."""
    names = inspect(db.session.connection()).get_table_names()
    quote = db.engine.dialect.identifier_preparer.quote
    found = {each: sorted(map(str, db.session.execute(text(f"SELECT * FROM {quote(each)}")))) for each in names}
    db.session.commit()
    return found  # type: ignore[return-value]  # as texts


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {name for name in after if before[name] != after[name]}


def changed_by_an_answer(app: Flask, cast: Cast, said: dict[str, int | str]) -> set[str]:
    """Which tables are not as they were after a whole answer over HTTP: form, promise, paper and ballot."""
    opened = make_open_round(cast["ana"], crowd := make_crowd(8))
    own = browser(app, crowd[0])
    assert own.get("/").status_code == 200
    before = tables()
    answer_over_http(own, crowd[0], opened, said)
    return changed(before, tables())


@pytest.mark.parametrize("said", [FIVE, {}], ids=["answer", "not for me"])
def test_an_answer_changes_the_mark_on_the_roll_and_nothing_else(
    app: Flask, cast: Cast, said: dict[str, int | str]
) -> None:
    """14: no notice, no badge, no last-seen, no counter, whichever request of the four might leave one."""
    assert changed_by_an_answer(app, cast, said) == {"roll_entry"}


def test_a_side_table_would_be_seen(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall taken out: whoever takes a paper is thanked."""
    own = papers.hand_out

    def thankful(person: Person, round_id: UUID, blinded: bytes) -> papers.Paper | papers.NoPaper:
        tell(person, NoticeKind.ROUND_NEXT, "/", name="Ana", title="Thank you")
        return own(person, round_id, blinded)

    monkeypatch.setattr(papers, "hand_out", thankful)
    assert changed_by_an_answer(app, cast, FIVE) > {"roll_entry", "notice"}


def test_not_for_me_leaves_the_same_trace_as_an_answer(app: Flask, cast: Cast) -> None:
    opened = make_open_round(cast["ana"], crowd := make_crowd(8))
    traces = []
    for person, said in zip(crowd[:2], ({}, FIVE), strict=True):
        before = tables()
        answer(app, person, opened, said)
        after = tables()
        traces.append((changed(before, after), len(after["roll_entry"]) - len(before["roll_entry"])))
    assert traces[0] == traces[1]


@dataclass(frozen=True, slots=True)
class Reminded:
    """Who was asked, who of them answered, who heard the reminder; and in how many ways it was said."""

    asked: set[UUID]
    answered: set[UUID]
    heard: set[UUID]
    notices: int
    letters: int


def remind(app: Flask, cast: Cast) -> Reminded:
    """Three of eight have answered when everybody is reminded."""
    opened = make_open_round(cast["ana"], crowd := make_crowd(8))
    for each in crowd[:3]:
        answer(app, each, opened, FIVE)
    assert rounds_told.remind(opened.id, clock.now() + REMIND_EVERY)
    notices = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.ROUND_REMINDER)).all()
    letters = db.session.scalars(select(Letter.body).where(Letter.subject.contains("reminds"))).all()
    assert len(letters) == len(notices)
    return Reminded(
        {each.id for each in crowd},
        {each.id for each in crowd[:3]},
        {each.person_id for each in notices},
        len({(str(each.values), each.path, each.made_at.replace(microsecond=0)) for each in notices}),
        len({body.split("\n", 2)[2] for body in letters}),
    )


def test_a_reminder_goes_to_everybody_in_the_same_words(app: Flask, cast: Cast) -> None:
    """23: nobody can tell from a reminder, or from none, who has answered."""
    found = remind(app, cast)
    assert found.heard == found.asked
    assert found.notices <= 2  # two seconds at most
    assert found.letters == 1


def test_a_reminder_to_the_others_only_tells_who_has_answered(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wall taken out: whoever has a paper is left in peace, as every survey tool does."""

    def tell_the_others(person: Person, *said: Any, **values: Any) -> None:
        if not _has_paper(person):
            tell(person, *said, **values)

    monkeypatch.setattr(rounds_told, "tell", tell_the_others)
    found = remind(app, cast)
    assert found.asked - found.heard == found.answered


def _has_paper(person: Person) -> bool:
    return bool(db.session.scalar(select(RollEntry.handed_out).where(RollEntry.person_id == person.id)))


OF_CHANCE = re.compile(
    r'(value|content|nonce|data-account|datetime)="[^"]*"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|data-(once|token)="[^"]*"|data-known=\'[^\']*\''
)


def _plain(html: str, person: Person) -> str:
    """A page without what differs by chance or by name: tokens, random ids, whose it is."""
    for name in (person.name, person.first_name, person.initials):
        html = html.replace(name, "…")
    return OF_CHANCE.sub("", html)


def kinds_of_page(app: Flask, cast: Cast, path: str) -> int:
    """How many different pages three people get: one who answered, one who did not want to, and one who did nothing."""
    opened = make_open_round(cast["ana"], crowd := make_crowd(8))
    answer(app, crowd[0], opened, FIVE)
    answer(app, crowd[1], opened, {})
    pages = set()
    for person in crowd[:3]:
        response = browser(app, person).get(path.format(id=opened.id))
        assert response.status_code == 200
        pages.add(_plain(response.text, person))
    return len(pages)


@pytest.mark.parametrize("path", ["/", "/feedback", "/rounds/{id}", "/rounds/{id}/answer", "/notices"])
def test_pages_look_the_same_whether_one_has_answered_or_not(app: Flask, cast: Cast, path: str) -> None:
    """23: nothing that the server sends tells that somebody has answered; only that person's browser knows."""
    assert kinds_of_page(app, cast, path) == 1


def test_a_page_that_counts_what_is_left_to_answer_tells_who_has_answered(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wall taken out: what has been answered is no longer asked, so one page is full and two are empty."""
    own = rounds.asked_of
    monkeypatch.setattr(rounds, "asked_of", lambda person: [] if _has_paper(person) else own(person))
    assert kinds_of_page(app, cast, "/feedback") == 2


def test_nobody_can_remind_twice_in_a_day(app: Flask, cast: Cast) -> None:
    opened = make_open_round(cast["ana"], make_crowd(8))
    later = clock.now() + REMIND_EVERY
    assert rounds_told.remind(opened.id, later)
    assert not rounds_told.remind(opened.id, later)


# 16: changed after opening, by the owner of both databases

Statements = Callable[[Round], list[str]]
CHANGES: dict[str, str] = {
    "minimum": "UPDATE round SET minimum = 6",
    "question": 'UPDATE round SET questions = \'[{"id": "q1", "kind": "agreement", "text": "Is Caro lazy?", "bank": ""}]\'',
    "last day": "UPDATE round SET closes_at = '2026-01-01 00:00:00'",
    "audience": "DELETE FROM roll_entry WHERE person_id IN (SELECT person_id FROM roll_entry LIMIT 1)",
    "reader": "UPDATE round_reader SET role = 'may_be_shown'",
    "owner": "UPDATE round SET owner_name = 'Somebody else'",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_round_changed_past_every_guard_ends_without_a_release(app: Flask, cast: Cast, name: str) -> None:
    opened = make_open_round(cast["ana"], crowd := make_crowd(9))
    for each in crowd:
        answer(app, each, opened, FIVE)
    db.session.commit()
    with db.engine.begin() as connection:
        lift_guards(connection)
        connection.execute(text(CHANGES[name].replace(":", r"\:")))
        restore_guards(connection)

    assert close(opened).state is RoundState.SPOILED


def test_with_the_fingerprint_believed_a_changed_round_would_be_released(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wall taken out: the registrar believes the stored manifest instead of making it again from its rows."""
    opened = make_open_round(cast["ana"], crowd := make_crowd(9))
    for each in crowd:
        answer(app, each, opened, FIVE)
    db.session.commit()
    with db.engine.begin() as connection:
        lift_guards(connection)
        connection.execute(text(CHANGES["question"].replace(":", r"\:")))
        restore_guards(connection)
    monkeypatch.setattr(closing, "manifest_of", lambda round_: manifest.parse(round_.manifest))

    assert close(opened).state is RoundState.RELEASED


def test_a_round_left_alone_is_released(app: Flask, cast: Cast) -> None:
    opened = make_open_round(cast["ana"], crowd := make_crowd(9))
    for each in crowd:
        answer(app, each, opened, FIVE)
    assert close(opened).state is RoundState.RELEASED


def test_somebody_who_rewrites_everything_is_found_out_by_the_fingerprint_that_people_saw(
    app: Flask, cast: Cast
) -> None:
    """Whoever owns all files can forge a whole round; not the fingerprint that stood on the form."""
    opened = make_open_round(cast["ana"], crowd := make_crowd(9))
    seen = opened.fingerprint
    for each in crowd:
        answer(app, each, opened, FIVE)
    closed = close(opened)
    forged = closed.manifest.replace('"minimum":5', '"minimum":8')
    release = db.session.scalars(select(RoundRelease.text)).one()
    proof = {
        "manifest": forged,
        "release": release.replace(seen, sealing.fingerprint(forged).hex()).replace('"minimum":5', '"minimum":8'),
        "serials": db.session.scalars(select(ReleaseSerials.serials)).one(),
        "handed_out": closed.handed_out,
    }
    assert all(each.holds for each in findings(proof | {"manifest": closed.manifest, "release": release}, seen))
    assert not all(each.holds for each in findings(proof, seen))
    assert db.session.scalar(select(RollEntry.handed_out).limit(1)) is False
