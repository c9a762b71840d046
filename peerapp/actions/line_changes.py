"""A line of the journal or a comment says something else from now on, and that is remembered."""

from peerapp.actions.history import Line, State, record
from peerapp.actions.line_state import part_of, put
from peerapp.db import db
from peerapp.models import Change, ChangeKind, Pair, Person


def say(line: Line, pair: Pair, by: Person, wanted: State, kind: ChangeKind = ChangeKind.CHANGED) -> Change | None:
    """Let the line be as this says (see line_state.py); None where it is so already."""
    now = part_of(line, dict(wanted))
    after = {name: wanted[name] for name in now if now[name] != wanted[name]}
    if not after:
        return None
    put(line, after, by)
    pair.touch()
    db.session.flush()
    return record(line, pair, by, {name: now[name] for name in after}, after, kind=kind)
