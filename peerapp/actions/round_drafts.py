"""How does a draft come to be, and change, until it is opened? Every change counts its version up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import abort
from flask_babel import force_locale, gettext as _
from sqlalchemy import delete, func, select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Person, Round, RoundReader
from peerapp.models.people import Role
from peerapp.models.rounds import ReaderRole
from peerapp.queries import audiences, round_people
from peerapp.queries.widening import Way
from peerapp.rules import limits, round_drafts as rules
from peerapp.rules.audiences import AudienceKind, SplitBy
from peerapp.rules.question_bank import Purpose
from peerapp.rules.questions import Kind
from peerapp.rules.refusal import STALE, Refusal, Stale
from peerapp.rules.states import RoundState


@dataclass(frozen=True, slots=True)
class Said:
    """A draft as it was typed. `own`: one's own questions by id; `bank`: keys to add; `new_text`: one more question."""

    title: str
    why: str
    own: dict[str, tuple[Kind, str]]
    bank: Collection[str]
    new_kind: Kind
    new_text: str
    audience_kind: AudienceKind
    units: frozenset[UUID]
    closes_at: datetime
    minimum: int
    split_by: SplitBy
    joins_small: bool


def purposes_of(person: Person) -> tuple[Purpose, ...]:
    """What this person may ask about."""
    coordinates = person.has(Role.COORDINATOR)
    return rules.purposes_of(coordinates=coordinates, manages=coordinates or round_people.manages(person))


def make(owner: Person, purpose: Purpose, language: str) -> Round | Refusal:
    """A draft with everything that can be proposed; its owner reads the result."""
    if purpose not in purposes_of(owner):
        abort(403)
    if _drafts_of(owner) >= limits.DRAFTS_MAX:
        return rules.TOO_MANY_DRAFTS
    now = clock.now()
    kind = rules.AUDIENCES[purpose][0]
    with force_locale(language):
        draft = Round(
            owner_id=owner.id,
            purpose=purpose,
            title=_(rules.TITLES[purpose]),
            language=language,
            audience_kind=kind,
            audience=[str(owner.unit_id)] if purpose is Purpose.UNIT and owner.unit_id else [],
            made_at=now,
            closes_at=end_of_day_in(rules.OPEN_DAYS, now, owner.time_zone),
        )
        draft.ask(rules.begun(purpose, _))
    db.session.add(draft)
    db.session.flush()
    db.session.add(RoundReader(round_id=draft.id, person_id=owner.id, role=ReaderRole.READER))
    db.session.flush()
    return draft


def end_of_day_in(days: int, now: datetime, zone: str) -> datetime:
    """The last minute of that day on this clock."""
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return datetime.combine(day, time(23, 59), ZoneInfo(zone))


def save(owner: Person, draft: Round, said: Said, seen: int) -> Refusal | Stale | None:
    """Take over what was typed. What is not allowed as it is typed is refused; what keeps it from opening is not."""
    _take(draft)
    if draft.version != seen:
        return STALE
    units = _known_units(said.units)
    if refusal := _misplaced(owner, draft, said.audience_kind, units):
        return refusal
    questions = rules.reworded(draft.asked(), said.own)
    with force_locale(draft.language):
        questions = rules.with_bank(questions, said.bank, draft.purpose, _)
    if said.new_text:
        questions = rules.with_own(questions, said.new_kind, said.new_text)
    draft.ask(questions)
    draft.title, draft.why, draft.closes_at, draft.minimum = said.title, said.why, said.closes_at, said.minimum
    draft.audience_kind, draft.split_by, draft.joins_small = said.audience_kind, said.split_by, said.joins_small
    _choose_units(draft, units)
    _changed(draft)
    return None


def arrange(draft: Round, verb: str, question_id: str) -> None:
    """Move a question up or down, or take it out."""
    _take(draft)
    asked = draft.asked()
    if verb == "remove":
        draft.ask(rules.without(asked, question_id))
    else:
        draft.ask(rules.moved(asked, question_id, -1 if verb == "up" else 1))
    _changed(draft)


def widen(draft: Round, way: Way, unit_id: UUID | None) -> None:
    """Do what was proposed."""
    _take(draft)
    if way is Way.ME_OUT:
        draft.audience = [each for each in draft.audience if each != str(draft.owner_id)]
    elif way is Way.NO_SPLIT:
        draft.split_by = SplitBy.NONE
    elif way is Way.JOIN:
        draft.joins_small = True
    elif way is Way.PROGRAMME:
        draft.audience_kind = AudienceKind.PROGRAMME
    else:
        _ask_units(draft, unit_id)
    _changed(draft)


def pick(draft: Round, add: Collection[UUID], remove: Collection[UUID]) -> Refusal | None:
    """Name people to be asked, or leave them out."""
    _take(draft)
    left = [each for each in draft.audience if UUID(each) not in remove]
    new = [str(each) for each in add if str(each) not in left]
    if new and len(left) + len(new) > limits.PICKED_MAX:
        return Refusal(rules.TOO_MANY_PICKED.sentence, {"most": limits.PICKED_MAX})
    draft.audience = [*left, *new]
    draft.audience_kind = AudienceKind.PEOPLE if new else draft.audience_kind
    _changed(draft)
    return None


def name_readers(draft: Round, role: ReaderRole, add: Collection[UUID], remove: Collection[UUID]) -> Refusal | None:
    """Name readers, or those to whom it may be shown later, or leave them out. The owner always reads."""
    _take(draft)
    known, new = audiences.readers_of(draft.id), {*add} - {draft.owner_id}
    gone = (new | {*remove}) - {draft.owner_id}
    if new and len((known - gone) | new) > limits.READERS_MAX:
        return Refusal(rules.TOO_MANY_READERS.sentence, {"most": limits.READERS_MAX})
    db.session.execute(delete(RoundReader).where(RoundReader.round_id == draft.id, RoundReader.person_id.in_(gone)))
    db.session.add_all([RoundReader(round_id=draft.id, person_id=each, role=role) for each in sorted(new)])
    _changed(draft)
    return None


def remove(draft: Round) -> None:
    """Delete a draft; nothing of it is left."""
    _take(draft)
    db.session.delete(draft)
    db.session.flush()


def _take(draft: Round) -> None:
    """Hold the row, as it stands now. Whoever opened it a moment ago has frozen it."""
    db.session.refresh(draft, with_for_update=True)
    if draft.state is not RoundState.DRAFT:
        abort(403)


def _changed(draft: Round) -> None:
    draft.version += 1
    db.session.flush()


def _drafts_of(owner: Person) -> int:
    mine = select(func.count()).where(Round.owner_id == owner.id, Round.state == RoundState.DRAFT)
    return db.session.scalar(mine) or 0


def _known_units(units: frozenset[UUID]) -> frozenset[UUID]:
    return units & {each.id for each in round_people.units()} if units else units


def _misplaced(owner: Person, draft: Round, kind: AudienceKind, units: frozenset[UUID]) -> Refusal | None:
    """A manager asks her own unit; a round about a unit is not asked of people picked one by one."""
    if kind not in rules.AUDIENCES[draft.purpose]:
        return rules.OWN_UNIT
    asks_units = draft.purpose is Purpose.UNIT and kind is AudienceKind.UNITS
    if asks_units and not owner.has(Role.COORDINATOR) and owner.unit_id not in units:
        return rules.OWN_UNIT
    return None


def _choose_units(draft: Round, units: frozenset[UUID]) -> None:
    known = {str(each.id) for each in round_people.units()}
    picked = [each for each in draft.audience if each not in known]
    draft.audience = [*sorted(map(str, units)), *picked]


def _ask_units(draft: Round, unit_id: UUID | None) -> None:
    """One more unit, or all of them. Where people were picked by hand, the unit takes their place."""
    known = {each.id for each in round_people.units()}
    so_far = {UUID(each) for each in draft.audience} & known if draft.audience_kind is AudienceKind.UNITS else set()
    wanted = known if unit_id is None else so_far | ({unit_id} & known)
    _choose_units(draft, frozenset(wanted))
    draft.audience_kind = AudienceKind.UNITS
