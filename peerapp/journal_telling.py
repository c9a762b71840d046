"""How is a change in the journal told: who, what, and from what to what, in the reader's words?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from flask_babel import gettext as _

from peerapp.models import About, ChangeKind, Person
from peerapp.queries.changes import Subject
from peerapp.rules import cadence
from peerapp.rules.charter import CHARTER
from peerapp.rules.excerpts import differing_part, first_words
from peerapp.rules.goal_fields import BOTH
from peerapp.rules.words import N_
from peerapp.times import day, every, in_both

State = Mapping[str, Any]
AGENDA = {point.key: point for point in cadence.AGENDA}
AWAY = ("taken_back", "removed", "dropped", "cancelled")
UNDONE = N_("%(who)s took a change back.")
SENTENCES: Mapping[About, Mapping[str, str]] = {
    About.NOTE: {
        "made": N_("%(who)s wrote the note “%(words)s”."),
        "changed": N_("%(who)s changed the note “%(words)s”."),
        "gone": N_("%(who)s took a note back."),
        "back": N_("%(who)s brought the note “%(words)s” back."),
        "moved": N_("%(who)s moved the note “%(words)s”."),
    },
    About.POINT: {
        "made": N_("%(who)s put “%(words)s” on the agenda."),
        "changed": N_("%(who)s changed “%(words)s” on the agenda."),
        "gone": N_("%(who)s removed “%(words)s” from the agenda."),
        "back": N_("%(who)s brought “%(words)s” back to the agenda."),
        "moved": N_("%(who)s moved “%(words)s” on the agenda."),
        "done": N_("%(who)s ticked “%(words)s” on the agenda."),
        "open": N_("%(who)s opened “%(words)s” on the agenda again."),
    },
    About.DECISION: {
        "made": N_("%(who)s wrote down the decision “%(words)s”."),
        "changed": N_("%(who)s changed the decision “%(words)s”."),
        "gone": N_("%(who)s took a decision back."),
        "back": N_("%(who)s brought the decision “%(words)s” back."),
    },
    About.ACTION: {
        "made": N_("%(who)s added the action “%(words)s”."),
        "changed": N_("%(who)s changed the action “%(words)s”."),
        "gone": N_("%(who)s dropped the action “%(words)s”."),
        "back": N_("%(who)s picked the action “%(words)s” up again."),
        "done": N_("%(who)s ticked the action “%(words)s”."),
        "open": N_("%(who)s opened the action “%(words)s” again."),
    },
    About.COMMENT: {
        "made": N_("%(who)s wrote the comment “%(words)s”."),
        "gone": N_("%(who)s took a comment back."),
        "back": N_("%(who)s brought the comment “%(words)s” back."),
    },
    About.PLAN: {
        "made": N_("%(who)s planned the session."),
        "changed": N_("%(who)s changed when or where the session takes place."),
        "gone": N_("%(who)s cancelled the session."),
    },
    About.CHARTER: {"changed": N_("%(who)s changed the charter.")},
    About.RHYTHM: {"changed": N_("%(who)s changed your rhythm.")},
}
TAKEN_BACK: Mapping[About, Mapping[str, str]] = {  # of a line that was taken back since, nobody reads the words
    About.NOTE: {
        "made": N_("%(who)s wrote a note that was taken back since."),
        "changed": N_("%(who)s changed a note that was taken back since."),
    },
    About.DECISION: {
        "made": N_("%(who)s wrote down a decision that was taken back since."),
        "changed": N_("%(who)s changed a decision that was taken back since."),
        "back": N_("%(who)s brought a decision back that was taken back again since."),
    },
    About.COMMENT: {
        "made": N_("%(who)s wrote a comment that was taken back since."),
        "back": N_("%(who)s brought a comment back that was taken back again since."),
    },
}
FIELD_NAMES: Mapping[str, str] = {
    "body": N_("Words"),
    "words": N_("Words"),
    "minutes": N_("Minutes"),
    "goal": N_("Goal"),
    "owner": N_("Who"),
    "due_on": N_("Until"),
    "when": N_("When"),
    "place": N_("Room or call link"),
    "every": N_("How often"),
    "sessions": N_("Sessions to begin with"),
    **{line.key: line.line for line in CHARTER},
}
SAID: Mapping[str, Callable[[Any], str]] = {
    "due_on": lambda due: day(date.fromisoformat(due)) if due else "",
    "every": every,
}


class Told(Protocol):
    """A row of `change`, or a line made from one."""

    @property
    def about(self) -> About: ...
    @property
    def actor_id(self) -> Any: ...
    @property
    def kind(self) -> ChangeKind: ...
    @property
    def before(self) -> dict[str, Any]: ...
    @property
    def after(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Line:
    """`what` is a sentence; `parts` are (label, before, after) of every field it changed."""

    what: str
    parts: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class JournalTeller:
    """Tells changes to one of the two. `goals` are titles by id."""

    me: Person
    partner: Person
    goals: Mapping[str, str] = field(default_factory=dict)

    def tell(self, change: Told, subject: Subject | None) -> Line:
        who = _("You") if change.actor_id == self.me.id else self.partner.first_name
        hidden = subject is not None and subject.is_taken_back
        happened = what_happened(change.kind, change.before, change.after)
        if happened == "undone":
            return Line(str(_(UNDONE, who=who)), () if hidden else self.parts(change.before, change.after, subject))
        if hidden and happened != "gone":
            known = TAKEN_BACK[change.about]
            sentence = known[happened if happened in known else "changed"]
            return Line(str(_(sentence, who=who)))
        words = first_words(self._words(change, subject))
        parts = self.parts(change.before, change.after, subject) if happened == "changed" else ()
        return Line(str(_(SENTENCES[change.about][happened], who=who, words=words)), parts)

    def parts(self, before: State, after: State, subject: Subject | None) -> tuple[tuple[str, str, str], ...]:
        """What was said before and after, field by field; of long texts what differs."""
        names = [name for name in FIELD_NAMES if name in before and name in after]
        old, new = ({name: self.value(name, side[name], subject) for name in names} for side in (before, after))
        return tuple((str(_(FIELD_NAMES[name])), *differing_part(old[name], new[name])) for name in names)

    def value(self, name: str, value: Any, subject: Subject | None = None) -> str:
        """What a field says, in words."""
        if name == "owner":
            return self._owner(value)
        if name in SAID:
            return SAID[name](value)
        if name == "when":
            return in_both(datetime.fromisoformat(value), self.me.time_zone, self.partner.time_zone)
        if name == "goal":
            return self.goals.get(value, "")
        if line := next((each for each in CHARTER if each.key == name), None):
            return value or str(_(line.sentence))
        return _ours(str(value), subject)

    def _owner(self, value: str) -> str:
        if value == BOTH:
            return str(_("both of you"))
        return str(_("you")) if value == str(self.me.id) else self.partner.first_name

    def _words(self, change: Told, subject: Subject | None) -> str:
        """What names the line: its words after the change, else those of now."""
        said = change.after.get("body", change.after.get("words"))
        return _ours(str(said if said is not None else subject.words if subject else ""), subject)


def _ours(words: str, subject: Subject | None) -> str:
    """A point that we proposed is read in the reader's language."""
    proposed = AGENDA.get(subject.kind) if subject and subject.kind else None
    return str(_(words)) if proposed and proposed.name == words else words


def what_happened(kind: ChangeKind, before: State, after: State) -> str:
    """The key of its sentence."""
    if kind is not ChangeKind.CHANGED:
        return kind.value
    if before.keys() & FIELD_NAMES.keys():
        return "changed"
    if is_away := [after[name] for name in AWAY if name in after]:
        return "gone" if is_away[0] else "back"
    if "done" in after:
        return "done" if after["done"] else "open"
    return "moved"
