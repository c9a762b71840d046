"""What the two set out to do: added, changed, done, dropped. It belongs to the pair and stays open until done."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from peerapp import clock
from peerapp.actions.history import record
from peerapp.actions.line_changes import say
from peerapp.actions.line_state import made
from peerapp.actions.notices import tell
from peerapp.db import db
from peerapp.models import Action, Change, ChangeKind, Pair, Person, Session
from peerapp.queries import notices, open_actions
from peerapp.rules import limits
from peerapp.rules.goal_fields import BOTH
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.refusal import STALE, Refusal, Stale
from peerapp.rules.words import N_

TOO_MANY_OPEN = N_("You have %(most)s open actions. Do one or drop one before you add the next.")
TOO_MANY_HERE = N_("This session has %(most)s actions, and that is all it can hold.")


@dataclass(frozen=True, slots=True)
class Task:
    """What, by whom (None means both) and until when."""

    words: str
    owner_id: UUID | None
    due_on: date | None


def add(pair: Pair, by: Person, task: Task, session: Session | None) -> Action | Refusal:
    """Add an action, from a session or between two."""
    if open_actions.count_open_in(pair) >= limits.ACTIONS_OPEN_MAX:
        return Refusal(TOO_MANY_OPEN, {"most": limits.ACTIONS_OPEN_MAX})
    if session and open_actions.count_made_in(session.id) >= limits.ACTIONS_SESSION_MAX:
        return Refusal(TOO_MANY_HERE, {"most": limits.ACTIONS_SESSION_MAX})
    action = Action(
        pair=pair,
        session_id=session.id if session else None,
        owner_id=task.owner_id,
        made_by_id=by.id,
        words=task.words,
        due_on=task.due_on,
        made_at=clock.now(),
    )
    db.session.add(action)
    pair.touch()
    db.session.flush()
    record(action, pair, by, *made(action), kind=ChangeKind.MADE)
    partner = pair.partner_of(by)
    if task.owner_id == partner.id:
        _tell_quietly(partner, by, f"/pairs/{pair.id}/journal")
    return action


def edit(action: Action, by: Person, task: Task, seen: int) -> Change | Stale | None:
    if (action.words, action.owner_id, action.due_on) == (task.words, task.owner_id, task.due_on):
        return None
    if action.version != seen:
        return STALE
    due_on = task.due_on.isoformat() if task.due_on else ""
    wanted = {"words": task.words, "owner": str(task.owner_id or BOTH), "due_on": due_on}
    return say(action, action.pair, by, wanted)


def tick(action: Action, by: Person, *, done: bool, seen: int) -> Change | Stale | None:
    """Done, or not after all. Two who tick the same mean the same; a tick on other words than these is stale."""
    if (action.done_at is not None) == done:
        return None
    if action.version != seen:
        return STALE
    return say(action, action.pair, by, {"done": done})


def drop(action: Action, by: Person) -> Change | None:
    """It need not be done any more."""
    return say(action, action.pair, by, {"dropped": True})


def pick_up(action: Action, by: Person) -> Change | Refusal | None:
    """Undo a drop."""
    return may_be_picked_up(action) or say(action, action.pair, by, {"dropped": False})


def may_be_picked_up(action: Action) -> Refusal | None:
    """Whether there is room for it among the open ones."""
    if action.dropped_at and open_actions.count_open_in(action.pair) >= limits.ACTIONS_OPEN_MAX:
        return Refusal(TOO_MANY_OPEN, {"most": limits.ACTIONS_OPEN_MAX})
    return None


def _tell_quietly(partner: Person, by: Person, path: str) -> None:
    """On their page, without a mail; of several that they have not looked at yet, the first says enough."""
    if not notices.is_unread(partner, NoticeKind.ACTION_FOR_YOU, path):
        tell(partner, NoticeKind.ACTION_FOR_YOU, path, by_mail=False, name=by.first_name)
        db.session.flush()
