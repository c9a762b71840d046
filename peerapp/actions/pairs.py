"""A pair signs its charter, pauses, goes on, ends. Either of the two may do each; the other is told."""

from collections.abc import Mapping
from datetime import date

from peerapp import clock
from peerapp.actions import sessions
from peerapp.actions.history import record
from peerapp.actions.notices import tell
from peerapp.db import db
from peerapp.models import About, Change, ChangeKind, Pair, Person
from peerapp.rules import charter, pausing
from peerapp.rules.goal_fields import differing
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.notice_values import a_day
from peerapp.rules.refusal import STALE, Refusal, Stale
from peerapp.rules.rhythm import Rhythm
from peerapp.rules.states import WHAT_BECAME, PairState, may_become


def edit_charter(
    pair: Pair, by: Person, words: Mapping[str, str], seen: int, *, because: ChangeKind = ChangeKind.CHANGED
) -> Change | Refusal | Stale | None:
    """Put the pair's own sentences in place of ours. Whoever signed signed another text, so both sign anew."""
    if pair.state is not PairState.CHARTERING:
        return Refusal(WHAT_BECAME[pair.state])
    text, was = charter.stored(words), charter.own_words(pair.charter)
    if text == pair.charter:
        return None
    if pair.charter_version != seen:
        return STALE
    other_had_signed = pair.membership_of(pair.partner_of(by)).signed_at is not None
    pair.charter, pair.charter_version = text, pair.charter_version + 1
    for member in pair.members:
        member.signed_at = None
    pair.touch()
    if other_had_signed:
        _tell_partner(pair, by, NoticeKind.CHARTER_CHANGED, "/charter")
    return record(pair, pair, by, *differing(was, charter.own_words(text)), kind=because)


def sign(pair: Pair, by: Person, seen: int) -> Refusal | Stale | None:
    """Sign the charter as it was read. When both have, the pair begins."""
    mine = pair.membership_of(by)
    if mine.signed_at is not None:
        return None
    if pair.state is not PairState.CHARTERING:
        return Refusal(WHAT_BECAME[pair.state])
    if pair.charter_version != seen:
        return STALE
    mine.signed_at = clock.now()
    pair.touch()
    if all(member.signed_at for member in pair.members):
        pair.become(PairState.ACTIVE)
        pair.started_at = mine.signed_at
        _tell_partner(pair, by, NoticeKind.PAIR_STARTED, "/board")
    else:
        _tell_partner(pair, by, NoticeKind.CHARTER_SIGNED, "/charter")
    db.session.flush()
    return None


def rhythm_of(pair: Pair) -> Rhythm:
    return Rhythm(pair.minutes, pair.every_days, pair.sessions_agreed)


def agree(pair: Pair, by: Person, wanted: Rhythm, *, because: ChangeKind = ChangeKind.CHANGED) -> Change | None:
    """Meet in another rhythm from now on; None where it is the same. What is planned stays."""
    was = rhythm_of(pair)
    if wanted == was:
        return None
    pair.minutes, pair.every_days, pair.sessions_agreed = wanted.minutes, wanted.every_days, wanted.sessions
    pair.touch()
    _tell_partner(pair, by, NoticeKind.RHYTHM_CHANGED)
    before, after = differing(was.said(), wanted.said())
    return record(pair, pair, by, before, after, kind=because, about=About.RHYTHM)


def pause(pair: Pair, by: Person, until: date, today: date) -> Refusal | None:
    """Rest until this day. Either of the two can go on earlier; on the day, the tick does (actions/pauses.py)."""
    refusal = may_become(pair.state, PairState.PAUSED) or pausing.may_pause_until(until, today)
    if refusal:
        return refusal
    pair.paused_until = until
    pair.become(PairState.PAUSED)
    sessions.rest(pair, until, clock.now())
    partner = pair.partner_of(by)
    tell(partner, NoticeKind.PAIR_PAUSED, f"/pairs/{pair.id}", name=by.first_name, day=a_day(until))
    db.session.flush()
    return None


def resume(pair: Pair, by: Person) -> Refusal | None:
    if pair.state is not PairState.PAUSED:
        return Refusal(WHAT_BECAME[pair.state])
    pair.paused_until = None
    sessions.wake(pair, clock.now())
    return _step(pair, by, PairState.ACTIVE, NoticeKind.PAIR_RESUMED)


def end(pair: Pair, by: Person, note: str) -> Refusal | None:
    """End the pair without blame. The note is for the writer's own eyes; what was planned ahead is cancelled."""
    if refusal := may_become(pair.state, PairState.ENDED):
        return refusal
    pair.ended_at, pair.ended_by_id = clock.now(), by.id
    pair.membership_of(by).leaving_note = note
    sessions.close_with(pair, pair.ended_at)
    return _step(pair, by, PairState.ENDED, NoticeKind.PAIR_ENDED)


def _step(pair: Pair, by: Person, state: PairState, kind: NoticeKind) -> Refusal | None:
    refusal = pair.become(state)
    if refusal is None:
        _tell_partner(pair, by, kind)
        db.session.flush()
    return refusal


def _tell_partner(pair: Pair, by: Person, kind: NoticeKind, page: str = "") -> None:
    tell(pair.partner_of(by), kind, f"/pairs/{pair.id}{page}", name=by.first_name)
