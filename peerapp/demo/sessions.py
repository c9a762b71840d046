"""How did the demo pairs meet, and how do they just now? The talk with all that stands around it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from peerapp import clock
from peerapp.actions import notes
from peerapp.demo.rows import add, owner
from peerapp.demo.telling import DemoSession
from peerapp.models import (
    Action,
    AgendaPoint,
    Change,
    Decision,
    Goal,
    Guess,
    NoteBlock,
    Notice,
    Pair,
    Person,
    PrivateNote,
    Session,
    SessionFrame,
    SessionNeed,
    SessionTurn,
)
from peerapp.models.journal import NoteKind
from peerapp.rules import cadence, in_turns, ordering, planning
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.notice_values import a_moment
from peerapp.rules.states import SessionState

AFTERNOON = 14  # sessions of the demo begin at two in the afternoon, UTC
BETWEEN_NOTES, BETWEEN_TURNS = timedelta(minutes=6), timedelta(hours=13)
HAS_THE_TURN = timedelta(days=1)  # so long
CHANGES_ITS_MIND = timedelta(hours=20)  # so long after a decision


def make_session(pair: Pair, story: DemoSession, number: int, both: tuple[Person, Person], goals: list[Goal]) -> None:
    begins, state, one = _begins(story), SessionState(story.state), both[0]
    has_begun = state in {SessionState.HELD, SessionState.RUNNING}
    ends = begins + timedelta(minutes=cadence.SESSION_MINUTES)
    session = add(
        Session(
            pair_id=pair.id,
            number=number,
            kind=SessionKind.TURNS if story.turn else SessionKind.MEETING,
            state=state,
            planned_for=planning.quarter_hour(begins),
            minutes=cadence.SESSION_MINUTES,
            started_at=begins if has_begun else None,
            ended_at=ends if state is SessionState.HELD else None,
        ),
    )
    _agenda(session, story, goals)
    _notes(session, story, both)
    _decisions(session, story, both)
    for who, words in story.actions:
        _action(session, owner=owner(who, *both), words=words, made_at=min(ends, clock.now()), by=one)
    if story.private:
        add(PrivateNote(session_id=session.id, author_id=one.id, body=story.private))
    _frame(session, story, both)


def _begins(story: DemoSession) -> datetime:
    now = clock.now()
    if story.minutes_ago:
        return now - timedelta(minutes=story.minutes_ago)
    return now - timedelta(days=story.days_ago) if story.turn else _at_two(now - timedelta(days=story.days_ago))


def _agenda(session: Session, story: DemoSession, goals: list[Goal]) -> None:
    """All points are done once it was held; those before the current one while it runs, and its clock goes on."""
    keys = [point.key for point in cadence.AGENDA]
    done = keys if session.ended_at else keys[: keys.index(story.at)] if story.at else []
    goal = next((each.id for each in goals if each.title == story.goal), None)
    for place, point in zip(ordering.spread(len(keys)), cadence.AGENDA, strict=True):
        row = add(
            AgendaPoint(
                session_id=session.id,
                position=place,
                kind=point.key,
                words=point.name,
                minutes=point.minutes,
                goal_id=goal if point.key == "goal" else None,
                done_at=(session.ended_at or session.started_at) if point.key in done else None,
            ),
        )
        if point.key == story.at:
            add(
                SessionFrame(
                    session_id=session.id,
                    point_id=row.id,
                    begun_at=clock.now() - timedelta(minutes=story.minutes_at_it) if story.minutes_at_it else None,
                    icebreaker=story.icebreaker,
                    question=story.question,
                ),
            )


def _notes(session: Session, story: DemoSession, both: tuple[Person, Person]) -> None:
    told = [(who, words, NoteKind.NOTE) for who, words in story.notes]
    told += [(who, words, NoteKind.TAKEAWAY) for who, words in story.takeaways]
    pause = BETWEEN_TURNS if story.turn else BETWEEN_NOTES
    for number, (place, (who, words, kind)) in enumerate(zip(ordering.spread(len(told)), told, strict=True), 1):
        written, author = session.at + number * pause, owner(who, *both) or both[0]
        add(NoteBlock(session_id=session.id, author_id=author.id, position=place, body=words, kind=kind, written_at=written))  # fmt: skip


def _decisions(session: Session, story: DemoSession, both: tuple[Person, Person]) -> None:
    """What was said in other words since is changed as it is on the page, so that the history has something to tell."""
    reworded = {words: (owner(who, *both) or both[0], before) for words, who, before in story.reworded}
    made_at = session.ended_at or session.at + timedelta(minutes=session.minutes)
    for words in story.decisions:
        by, first = reworded.get(words, (both[0], words))
        row = add(Decision(session_id=session.id, author_id=both[0].id, words=first, made_at=made_at))
        change = notes.edit_decision(row, by, words)
        if isinstance(change, Change):
            change.at = min(made_at + CHANGES_ITS_MIND, clock.now())


def _action(session: Session, *, owner: Person | None, words: str, made_at: datetime, by: Person) -> None:
    done = words.startswith("+")
    add(
        Action(
            pair_id=session.pair_id,
            session_id=session.id,
            owner_id=owner.id if owner else None,
            made_by_id=by.id,
            words=words.lstrip("+"),
            due_on=(made_at + timedelta(days=16)).date(),
            made_at=made_at,
            done_at=min(made_at + timedelta(days=6), clock.now()) if done else None,
            done_by_id=(owner or by).id if done else None,
        ),
    )


def _frame(session: Session, story: DemoSession, both: tuple[Person, Person]) -> None:
    """What each needs, who is ready in the quiz, and whose turn it is."""
    people: Mapping[str, Person] = {"one": both[0], "other": both[1]}
    for who, need in story.needs:
        add(SessionNeed(session_id=session.id, person_id=people[who].id, need=need))
    for who, answer, guess in story.guesses:
        ready = {"answer": answer, "guess": guess, "ready_at": clock.now()}
        add(Guess(session_id=session.id, person_id=people[who].id, **ready))
    if story.turn:
        until = in_turns.until(clock.now() - HAS_THE_TURN)
        add(SessionTurn(session_id=session.id, person_id=people[story.turn].id, until=until))
        _tell(session, people[story.turn], both[0] if story.turn == "other" else both[1], until)


def _tell(session: Session, person: Person, partner: Person, until: datetime) -> None:
    """The notice that came with the turn; its mail was read long ago."""
    values = {"name": partner.first_name, "time": a_moment(until, partner.time_zone)}
    path = f"/pairs/{session.pair_id}/sessions/{session.id}"
    now = clock.now() - HAS_THE_TURN
    add(Notice(person_id=person.id, kind=NoticeKind.TURN_YOURS, values=values, path=path, made_at=now))


def _at_two(moment: datetime) -> datetime:
    """The same day at two, moved off a weekend."""
    over = moment.weekday() - cadence.SATURDAY
    day = moment + timedelta(days=2 - over) if over >= 0 else moment
    return day.replace(hour=AFTERNOON, minute=0, second=0, microsecond=0)
