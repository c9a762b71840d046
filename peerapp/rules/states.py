"""Which step may follow which? What is not in a table here cannot happen.

Moving a planned session is not a state: its row keeps its place, takes the new date and remembers its moves.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_


class RequestState(StrEnum):
    WAITING = "waiting"
    LATER = "later"  # "not now, but please on that date"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class PairState(StrEnum):
    CHARTERING = "chartering"  # accepted, not yet signed by both
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class SessionState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Column(StrEnum):
    IDEAS = "ideas"
    NEXT = "next"
    DOING = "doing"
    DONE = "done"
    PARKED = "parked"


class ImportState(StrEnum):
    PREVIEWED = "previewed"
    APPLYING = "applying"  # confirmed, being written
    APPLIED = "applied"
    UNDONE = "undone"


class RoundState(StrEnum):
    DRAFT = "draft"
    OPENING = "opening"  # frozen; the counting box has yet to take it in
    OPEN = "open"
    CLOSING = "closing"  # no answer any more; the box has yet to give out the release
    RELEASED = "released"
    WITHHELD = "withheld"  # too few answers: everything is gone
    SPOILED = "spoiled"  # changed after opening, or lost: no release


State = TypeVar("State", RequestState, PairState, SessionState, Column, ImportState, RoundState)
Table = Mapping[State, frozenset[State]]


REQUEST: Table[RequestState] = {
    RequestState.WAITING: frozenset(RequestState) - {RequestState.WAITING},
    RequestState.LATER: frozenset(RequestState) - {RequestState.LATER},
    RequestState.ACCEPTED: frozenset(),
    RequestState.DECLINED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
    RequestState.LAPSED: frozenset(),
}
PAIR: Table[PairState] = {
    PairState.CHARTERING: frozenset({PairState.ACTIVE, PairState.ENDED}),
    PairState.ACTIVE: frozenset({PairState.PAUSED, PairState.ENDED}),
    PairState.PAUSED: frozenset({PairState.ACTIVE, PairState.ENDED}),
    PairState.ENDED: frozenset(),
}
SESSION: Table[SessionState] = {
    SessionState.PLANNED: frozenset(SessionState) - {SessionState.PLANNED},
    SessionState.RUNNING: frozenset({SessionState.HELD, SessionState.PLANNED}),  # planned: begun by mistake
    SessionState.MISSED: frozenset({SessionState.HELD}),  # "we did meet after all"
    SessionState.HELD: frozenset({SessionState.RUNNING}),  # ended by mistake
    SessionState.CANCELLED: frozenset(),
}
COLUMN: Table[Column] = {column: frozenset(Column) for column in Column}  # a move inside a column is a move, too
IMPORT: Table[ImportState] = {
    ImportState.PREVIEWED: frozenset({ImportState.APPLYING}),
    ImportState.APPLYING: frozenset({ImportState.APPLIED, ImportState.PREVIEWED}),  # previewed: it was stopped
    ImportState.APPLIED: frozenset({ImportState.UNDONE}),
    ImportState.UNDONE: frozenset(),
}
ROUND: Table[RoundState] = {
    RoundState.DRAFT: frozenset({RoundState.OPENING}),
    RoundState.OPENING: frozenset({RoundState.OPEN, RoundState.SPOILED}),
    RoundState.OPEN: frozenset({RoundState.CLOSING}),
    RoundState.CLOSING: frozenset({RoundState.RELEASED, RoundState.WITHHELD, RoundState.SPOILED}),
    RoundState.RELEASED: frozenset(),
    RoundState.WITHHELD: frozenset(),
    RoundState.SPOILED: frozenset(),
}
TABLES: Mapping[type[StrEnum], Any] = {
    RequestState: REQUEST,
    PairState: PAIR,
    SessionState: SESSION,
    Column: COLUMN,
    ImportState: IMPORT,
    RoundState: ROUND,
}

# Told to somebody whose page was a moment behind: what has become of the thing, and, where there is one, the way on.
WHAT_BECAME: Mapping[StrEnum, str] = {
    RequestState.WAITING: N_("This request is waiting for an answer."),
    RequestState.LATER: N_("This request was put off to a later date."),
    RequestState.ACCEPTED: N_("This request was accepted in the meantime."),
    RequestState.DECLINED: N_("This request was declined in the meantime."),
    RequestState.WITHDRAWN: N_("This request was withdrawn in the meantime."),
    RequestState.LAPSED: N_("This request lapsed because no answer came in time. A new one can be sent."),
    PairState.CHARTERING: N_("This pair begins when both of you have signed the charter."),
    PairState.ACTIVE: N_("This pair is already active."),
    PairState.PAUSED: N_("This pair is paused."),
    PairState.ENDED: N_("This pair has ended. Its board and journal can still be read by both of you."),
    SessionState.PLANNED: N_("This session is planned and has not begun."),
    SessionState.RUNNING: N_("This session is already under way."),
    SessionState.HELD: N_("This session has already been held."),
    SessionState.MISSED: N_("This session was missed. You can plan a new one at any time."),
    SessionState.CANCELLED: N_("This session was cancelled in the meantime. You can plan a new one at any time."),
    ImportState.PREVIEWED: N_("This import is only a preview so far. Nothing has been written."),
    ImportState.APPLYING: N_("This import is being written just now."),
    ImportState.APPLIED: N_("This import has already been carried out."),
    ImportState.UNDONE: N_("This import has already been undone. To use the file again, upload it once more."),
    RoundState.DRAFT: N_("This round has not been opened."),
    RoundState.OPENING: N_("This round is being opened just now. Nothing of it can be changed any more."),
    RoundState.OPEN: N_("This round is open. Nothing of it can be changed any more."),
    RoundState.CLOSING: N_("This round is closed and is being counted."),
    RoundState.RELEASED: N_("This round has closed, and its result is out."),
    RoundState.WITHHELD: N_("This round has closed. Too few people answered, so nothing is shown and nothing is kept."),
    RoundState.SPOILED: N_("This round ended without a result."),
}


def allowed(state: State) -> frozenset[State]:
    """Every state that may follow this one."""
    table: Table[State] = TABLES[type(state)]
    return table[state]


def may_become(state: State, new: State) -> Refusal | None:
    """None when the step is in the table; else the sentence for whoever tried."""
    if new in allowed(state):
        return None
    return Refusal(WHAT_BECAME[state])
