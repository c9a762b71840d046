"""A line under a goal, and taking one's own back."""

from peerapp import clock
from peerapp.db import db
from peerapp.models import Comment, Goal, Person


def add(goal: Goal, author: Person, body: str) -> Comment:
    comment = Comment(goal_id=goal.id, author_id=author.id, body=body, written_at=clock.now())
    db.session.add(comment)
    goal.pair.touch()
    db.session.flush()
    return comment


def retract(goal: Goal, comment: Comment) -> None:
    """The words go for good; the place stays."""
    if comment.retracted_at is None:
        comment.body, comment.retracted_at = "", clock.now()
        goal.pair.touch()
        db.session.flush()
