"""What can be said about a line of the journal or a comment, as JSON can hold it, and how is it said again?

The words of a line (`body`, `words`), `minutes`, `goal`, `owner` and `due_on`; whether it is `done`; whether it is away,
which is called `taken_back` for what its writer takes back, `removed` for a point and `dropped` for an action; and
`above`, the line that it stands under, "" at the top.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from peerapp import clock
from peerapp.actions.history import Line, State
from peerapp.actions.placing_lines import above, put_under
from peerapp.models import Action, AgendaPoint, Comment, Decision, NoteBlock, Person
from peerapp.rules.goal_fields import BOTH
from peerapp.rules.words import N_

GONE = N_("These words are gone for good. Write them again if you want them back.")
AWAY: Mapping[type[Any], str] = {
    NoteBlock: "taken_back",
    Decision: "taken_back",
    Comment: "taken_back",
    AgendaPoint: "removed",
    Action: "dropped",
}
WITHOUT_VERSION: Mapping[type[Any], set[str]] = {
    NoteBlock: {"above"},
    AgendaPoint: {"above", "done", "removed"},
    Action: set(),
}
WORDS = ("body", "words", "minutes", "goal", "owner", "due_on")


def state_of(line: Line) -> dict[str, Any]:
    """Everything but its place."""
    return {name: read(line) for name, read in READ[type(line)].items()}


def made(line: Line) -> tuple[State, State]:
    """Before and after of a line that was added."""
    after = {name: value for name, value in state_of(line).items() if name != "done"}
    return {AWAY[type(line)]: True}, after


def part_of(line: Line, names: Mapping[str, Any]) -> dict[str, Any]:
    """What the line says now under these names."""
    now = state_of(line)
    if "above" in names:
        now["above"] = above(line) if isinstance(line, NoteBlock | AgendaPoint) else ""
    return {name: now[name] for name in names if name in now}


def words_are_gone(line: Line) -> bool:
    """Whether the time in which it could come back is over."""
    return isinstance(line, NoteBlock | Decision | Comment) and not (
        line.words if isinstance(line, Decision) else line.body
    )


def put(line: Line, state: State, by: Person) -> None:
    """Let the line be as this says; other words are another version of it."""
    now = clock.now()
    for name, value in state.items():
        if name in WRITE:
            WRITE[name](line, value, by, now)
    if "above" in state and isinstance(line, NoteBlock | AgendaPoint):
        put_under(line, state["above"])
    if isinstance(line, NoteBlock) and "body" in state:
        line.edited_at, line.edited_by_id = now, by.id
    if isinstance(line, NoteBlock | AgendaPoint | Action) and state.keys() - WITHOUT_VERSION[type(line)]:
        line.version += 1


def _owner(action: Any, value: str, _by: Person, _now: datetime) -> None:
    action.owner_id = None if value == BOTH else UUID(value)


def _due_on(action: Any, value: str, _by: Person, _now: datetime) -> None:
    action.due_on = date.fromisoformat(value) if value else None


def _goal(point: Any, value: str, _by: Person, _now: datetime) -> None:
    point.goal_id = UUID(value) if value else None


def _done(line: Any, value: bool, by: Person, now: datetime) -> None:
    line.done_at = now if value else None
    if isinstance(line, Action):
        line.done_by_id = by.id if value else None


def _moment(column: str) -> Callable[[Any, bool, Person, datetime], None]:
    return lambda line, value, _by, now: setattr(line, column, now if value else None)


def _plain(column: str) -> Callable[[Any, Any, Person, datetime], None]:
    return lambda line, value, _by, _now: setattr(line, column, value)


_BODY = {"body": lambda line: line.body, "taken_back": lambda line: line.retracted_at is not None}
READ: Mapping[type[Any], Mapping[str, Callable[[Any], Any]]] = {
    NoteBlock: _BODY,
    Comment: _BODY,
    Decision: {"words": lambda line: line.words, "taken_back": lambda line: line.retracted_at is not None},
    AgendaPoint: {
        "words": lambda point: point.words,
        "minutes": lambda point: point.minutes,
        "goal": lambda point: str(point.goal_id or ""),
        "done": lambda point: point.done_at is not None,
        "removed": lambda point: point.removed_at is not None,
    },
    Action: {
        "words": lambda action: action.words,
        "owner": lambda action: str(action.owner_id or BOTH),
        "due_on": lambda action: action.due_on.isoformat() if action.due_on else "",
        "done": lambda action: action.done_at is not None,
        "dropped": lambda action: action.dropped_at is not None,
    },
}
WRITE: Mapping[str, Callable[[Any, Any, Person, datetime], None]] = {
    "body": _plain("body"),
    "words": _plain("words"),
    "minutes": _plain("minutes"),
    "goal": _goal,
    "owner": _owner,
    "due_on": _due_on,
    "done": _done,
    "taken_back": _moment("retracted_at"),
    "removed": _moment("removed_at"),
    "dropped": _moment("dropped_at"),
}
