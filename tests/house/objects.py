"""One of everything that can belong to a pair or to a person, with the same words in every text."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from peerapp import access, clock
from peerapp.db import db
from peerapp.models import (
    About,
    Action,
    AgendaPoint,
    CalendarFeed,
    Change,
    ChangeKind,
    Comment,
    Decision,
    Goal,
    GoalEvent,
    Guess,
    NoteBlock,
    Notice,
    OneTimeLink,
    Pair,
    Person,
    PrivateNote,
    PrivateWording,
    Request,
    Session,
    SessionFrame,
    SessionMove,
    SessionNeed,
    SessionTurn,
    Skill,
    Step,
    Story,
    StyleChoice,
)
from peerapp.models.goals import GoalChange
from peerapp.models.profiles import Direction
from peerapp.models.requests import couple_of
from peerapp.models.signins import LinkPurpose
from peerapp.rules import cadence, ordering
from peerapp.rules.areas import Area
from peerapp.rules.in_turns import TURN_LASTS, SessionKind
from peerapp.rules.needs import Need
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.states import Column, PairState, RequestState, SessionState
from peerapp.rules.styles import STYLES
from tests.clients import make_sign_in
from tests.factories import make_goal, make_session

SECRET = "only the two of them read this"
Ids = dict[str, UUID | str]


def objects_of(pair: Pair, one: Person, other: Person) -> Ids:
    """Whatever a URL can name about this pair: its goal, its session and their parts, written by the first."""
    goal = make_goal(pair, SECRET, by=one, why=SECRET, success_sign=SECRET, next_step=SECRET, need=SECRET)
    state = SessionState.HELD if pair.state is PairState.ENDED else SessionState.RUNNING
    session = make_session(pair, state=state, place=SECRET, started_at=clock.now())
    ids = {"pair_id": pair.id, "goal_id": goal.id, "session_id": session.id, "goal_templates.key": "smart"} | {
        "tree": "0",
        "name": "app.css",
    }
    _frame_of(session, one, other)
    return ids | _parts_of_goal(goal, one) | _parts_of_session(session, one) | _around(pair, one, other)


def _parts_of_goal(goal: Goal, one: Person) -> Ids:
    now, before, after = clock.now(), goal.fields(), goal.fields() | {"title": SECRET + " again"}
    rows = {
        "step_id": Step(goal_id=goal.id, position=ordering.between(None, None), words=SECRET),
        "comment_id": Comment(goal_id=goal.id, author_id=one.id, body=SECRET, written_at=now),
        "event_id": GoalEvent(
            pair_id=goal.pair_id, goal_id=goal.id, actor_id=one.id, kind=GoalChange.EDITED, at=now, version=1,
            before=before, after=after,
        ),
    }  # fmt: skip
    return _kept(rows)


def _parts_of_session(session: Session, one: Person) -> Ids:
    now, key = clock.now(), ordering.between(None, None)
    line = {"session_id": session.id, "author_id": one.id}
    rows = {
        "block_id": NoteBlock(**line, position=key, body=SECRET, written_at=now),
        "decision_id": Decision(**line, words=SECRET, made_at=now),
        "action_id": Action(pair_id=session.pair_id, session_id=session.id, made_by_id=one.id, words=SECRET, made_at=now),
    }  # fmt: skip
    private = PrivateNote(**line, body=SECRET)
    db.session.add_all(
        [
            private,
            SessionMove(session_id=session.id, moved_from=now, moved_to=now, moved_by_id=one.id, at=now),
        ]
    )
    point = db.session.scalars(select(AgendaPoint).where(AgendaPoint.session_id == session.id).limit(1)).one()
    ids = _kept(rows) | {"point_id": point.id}
    told = {"before": {"body": SECRET + " before"}, "after": {"body": SECRET}, "number": 1, "at": now}
    return ids | _kept({
        "wording_id": PrivateWording(note_id=private.id, body=SECRET, at=now),
        "change_id": Change(
            pair_id=session.pair_id, session_id=session.id, about=About.NOTE, thing_id=ids["block_id"], actor_id=one.id,
            kind=ChangeKind.CHANGED, **told,
        ),
    })  # fmt: skip


def _frame_of(session: Session, one: Person, other: Person) -> None:
    """The clock runs, both need something, and both have answered the quiz."""
    now = clock.now()
    point = db.session.scalars(select(AgendaPoint).where(AgendaPoint.session_id == session.id).limit(1)).one()
    db.session.add(
        SessionFrame(
            session_id=session.id, point_id=point.id, begun_at=now, drawn_point_id=point.id, question="day-off"
        )
    )
    for person in (one, other):
        words = {"answer": SECRET, "guess": SECRET, "ready_at": now}
        db.session.add(SessionNeed(session_id=session.id, person_id=person.id, need=Need.COACH))
        db.session.add(Guess(session_id=session.id, person_id=person.id, **words))
    db.session.flush()


def written_by(pair: Pair, person: Person, state: SessionState, *, late: bool = False) -> Ids:
    """A session by writing in which it is this person's turn. `late`: the turn is over."""
    now = clock.now()
    session = make_session(pair, number=9, state=state, kind=SessionKind.TURNS, started_at=now - TURN_LASTS)
    until = now - timedelta(hours=1) if late else now + TURN_LASTS
    db.session.add(SessionTurn(session_id=session.id, person_id=person.id, until=until))
    line = {"session_id": session.id, "author_id": person.id, "position": ordering.between(None, None)}
    db.session.add(NoteBlock(**line, body=SECRET, written_at=now))
    db.session.flush()
    return {"pair_id": pair.id, "session_id": session.id}


def _around(pair: Pair, one: Person, other: Person) -> Ids:
    """More of the pair, so that its pages have something of every kind, and the ids of a second goal and session."""
    pair.overall_goal = SECRET
    made = {column: make_goal(pair, SECRET, by=one, column=column) for column in Column}
    make_goal(pair, SECRET, by=one, archived_at=clock.now())
    planned = make_session(pair, number=2)
    for number, state in enumerate((SessionState.HELD, SessionState.MISSED, SessionState.CANCELLED), 3):
        make_session(pair, number=number, state=state, planned_for=clock.now() - timedelta(days=number))
    for person in (one, other):
        person_of(person)
    return {"other goal_id": made[Column.NEXT].id, "other session_id": planned.id}


def person_of(person: Person) -> None:
    """A profile with something in every part."""
    if db.session.get(StyleChoice, (person.id, STYLES[0].key)):
        return
    now = clock.now()
    db.session.add_all(
        [
            Skill(person_id=person.id, direction=Direction.WANTED, area=Area.TIME, words="Saying no"),
            Skill(person_id=person.id, direction=Direction.WANTED, area=Area.TIME),
            Skill(person_id=person.id, direction=Direction.OFFERED, area=Area.TIME, words="Meetings", new_to_us_since=now),
            *(StyleChoice(person_id=person.id, style=style.key, choice=style.one.value) for style in STYLES),
        ]
    )  # fmt: skip
    db.session.flush()


def things_of(person: Person) -> Ids:
    """Whatever a URL can name about this person alone."""
    now = clock.now()
    rows = {
        "story_id": Story(person_id=person.id, area=Area.TIME, body="I did it.", written_at=now, happy_to_talk_since=now),
        "skill_id": Skill(person_id=person.id, direction=Direction.OFFERED, area=Area.TIME, words=f"Lists {now}"),
        "notice_id": Notice(person_id=person.id, kind=NoticeKind.PASSWORD_CHANGED, values={}, path="/", made_at=now),
    }  # fmt: skip
    return _kept(rows) | {"sign_in_id": make_sign_in(person)[1].id}


def links_of(person: Person, *, used: bool = False) -> Ids:
    """A link for a new password, one to confirm an address and one's calendar, as the tokens in their URLs."""
    now = clock.now()
    tokens = {"link.token": LinkPurpose.RESET_PASSWORD, "emails.token": LinkPurpose.CONFIRM_EMAIL}
    ids: Ids = {name: f"{purpose}-{person.id.hex}-{used}" for name, purpose in tokens.items()}
    for name, purpose in tokens.items():
        db.session.add(
            OneTimeLink(
                token_hash=access.hash_of(str(ids[name])), purpose=purpose, person_id=person.id,
                made_at=now, expires_at=now + timedelta(hours=1), used_at=now if used else None,
            )
        )  # fmt: skip
    token = f"calendar-{person.id.hex}-{used}"
    if not used:
        db.session.add(CalendarFeed(person_id=person.id, token_hash=access.hash_of(token), salt="", made_at=now))
    return ids | {"calendar.token": token}


def make_request(sender: Person, receiver: Person, state: RequestState = RequestState.WAITING) -> Request:
    now = clock.now()
    row = Request(
        sender_id=sender.id, receiver_id=receiver.id, couple=couple_of(sender.id, receiver.id), area=Area.TIME,
        words="Saying no", message=SECRET, state=state, sent_at=now, lapses_at=cadence.lapses_at(now),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def _kept(rows: dict[str, Step | Comment | GoalEvent | NoteBlock | Decision | Action | Story | Skill | Notice]) -> Ids:
    db.session.add_all(rows.values())
    db.session.flush()
    return {name: row.id for name, row in rows.items()}
