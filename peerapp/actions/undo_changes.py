"""Take back one's own change in the journal, of a comment, the charter or the rhythm, or bring back what stood there before one."""

from collections.abc import Mapping
from typing import Any

from peerapp import clock
from peerapp.actions import open_actions, pairs, plans
from peerapp.actions.history import State, Thing
from peerapp.actions.line_changes import say
from peerapp.actions.line_state import AWAY, GONE, part_of, words_are_gone
from peerapp.actions.undo import ALREADY, NEWER, NOTHING
from peerapp.db import db
from peerapp.models import About, Action, Change, ChangeKind, Pair, Person, Session
from peerapp.queries import changes
from peerapp.rules import charter
from peerapp.rules.refusal import Refusal, Stale
from peerapp.rules.rhythm import rhythm_in

Outcome = Change | Refusal | Stale | None


def undo(change: Change, pair: Pair, by: Person) -> Outcome:
    """Take back this change, which is one's own, unless something newer touched the same."""
    if change.undone_at is not None:
        return Refusal(ALREADY)
    if change.kind is ChangeKind.UNDONE:
        return Refusal(NOTHING)
    if any(_touches(each, {**change.before, **change.after}) for each in changes.newer_than(change)):
        return Refusal(NEWER)
    outcome = _say(change, pair, by, ChangeKind.UNDONE)
    if not isinstance(outcome, Refusal | Stale):
        change.undone_at, change.typed_until = clock.now(), None
        db.session.flush()
    return outcome


def bring_back(change: Change, pair: Pair, by: Person) -> Outcome:
    """Say again what was said before this change, in the fields that it changed; anybody's."""
    return _say(change, pair, by, ChangeKind.CHANGED)


def changed_since(change: Change, by: Person, number: int) -> bool:
    """Whether the other changed the same after what this person has seen of it."""
    newer = changes.newer_than(change, max(number, change.number))
    return any(each.actor_id != by.id and _touches(each, change.before) for each in newer)


def as_it_is(change: Change, pair: Pair) -> Mapping[str, Any]:
    """What the thing says now, in the fields that this changed."""
    thing: Thing = changes.thing_of(pair, change)
    if isinstance(thing, Session):
        return plans.said_of(thing)
    if change.about is About.RHYTHM:
        return pairs.rhythm_of(pair).said()
    return charter.own_words(pair.charter) if isinstance(thing, Pair) else part_of(thing, change.before)


def _touches(change: Change, fields: Mapping[str, Any]) -> bool:
    return change.kind is not ChangeKind.UNDONE and bool(change.before.keys() & fields.keys())


def _say(change: Change, pair: Pair, by: Person, kind: ChangeKind) -> Outcome:
    """Say what was said before it."""
    thing: Thing = changes.thing_of(pair, change)
    state: State = change.before
    if isinstance(thing, Session):
        return _plan(thing, by, state, kind)
    if change.about is About.RHYTHM:
        return pairs.agree(pair, by, rhythm_in({**pairs.rhythm_of(pair).said(), **state}), because=kind)
    if isinstance(thing, Pair):
        words = {**charter.own_words(pair.charter), **state}
        return pairs.edit_charter(pair, by, words, pair.charter_version, because=kind)
    comes_back = state.get(AWAY[type(thing)]) is False
    if comes_back and words_are_gone(thing):
        return Refusal(GONE)
    if comes_back and isinstance(thing, Action) and (refusal := open_actions.may_be_picked_up(thing)):
        return refusal
    return say(thing, pair, by, state, kind)


def _plan(session: Session, by: Person, state: State, kind: ChangeKind) -> Outcome:
    if state.get("cancelled"):
        return plans.cancel(session, by, because=kind)
    said = plans.plan_in({**plans.said_of(session), **state})
    return plans.move(session, by, said, session.version, because=kind)
