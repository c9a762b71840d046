"""A line under a goal. Taking one's own back is as with every line (lines.py)."""

from peerapp import clock
from peerapp.actions.history import record
from peerapp.actions.line_state import made
from peerapp.db import db
from peerapp.models import ChangeKind, Comment, Goal, Person


def add(goal: Goal, author: Person, body: str) -> Comment:
    comment = Comment(goal_id=goal.id, author_id=author.id, body=body, written_at=clock.now())
    db.session.add(comment)
    goal.pair.touch()
    db.session.flush()
    record(comment, goal.pair, author, *made(comment), kind=ChangeKind.MADE)
    return comment
