"""How is a change of a goal told: who, what, and from what to what, in the reader's words?"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from flask_babel import gettext as _

from peerapp.models import Person
from peerapp.models.goals import GoalChange
from peerapp.rules.areas import AREA_NAMES, Area
from peerapp.rules.board import COLUMN_NAMES
from peerapp.rules.goal_fields import BOTH, FIELD_NAMES
from peerapp.rules.states import Column
from peerapp.rules.words import N_
from peerapp.times import day

SENTENCES = {
    GoalChange.MADE: N_("%(who)s added the goal."),
    GoalChange.EDITED: N_("%(who)s changed it."),
    GoalChange.OVERALL: N_("%(who)s changed it."),
    GoalChange.ARCHIVED: N_("%(who)s put it into the archive."),
    GoalChange.RESTORED: N_("%(who)s brought it back from the archive."),
    GoalChange.UNDONE: N_("%(who)s took a change back."),
}
MOVED = N_("%(who)s moved it from %(old)s to %(new)s.")
MOVED_WITHIN = N_("%(who)s moved it to another place in %(new)s.")
SAID_DONE = N_("%(who)s said it is done.")
SAID_NOT_YET = N_("%(who)s said it is not done yet.")
STEPS = (  # what changed, to what, and how that is told
    ("removed", True, N_("%(who)s removed the step “%(words)s”.")),
    ("removed", False, N_("%(who)s added the step “%(words)s”.")),
    ("done", True, N_("%(who)s ticked the step “%(words)s”.")),
    ("done", False, N_("%(who)s opened the step “%(words)s” again.")),
    ("after", None, N_("%(who)s moved the step “%(words)s”.")),
    ("words", None, N_("%(who)s reworded the step “%(old)s”: “%(words)s”.")),
)


class Change(Protocol):
    """A row of goal_event, or a line made from one."""

    @property
    def actor_id(self) -> UUID: ...
    @property
    def kind(self) -> GoalChange: ...
    @property
    def before(self) -> dict[str, Any]: ...
    @property
    def after(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Told:
    """`what` is a sentence; `parts` are (label, before, after) of every field it changed.

    `can_return`: there were words, or a step, before that can be brought back.
    """

    what: str
    parts: tuple[tuple[str, str, str], ...] = ()
    can_return: bool = False


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells changes to one of the two."""

    me: Person
    partner: Person

    def tell(self, change: Change) -> Told:
        who = _("You") if change.actor_id == self.me.id else self.partner.first_name
        sentence, values = _sentence(change)
        parts = tuple(self._parts(change))
        return Told(str(_(sentence, who=who, **values)), parts, bool(parts) or _lost_a_step(change))

    def value(self, name: str, value: Any) -> str:
        """What a field says, in words."""
        if name == "areas":
            return ", ".join(_(AREA_NAMES[Area(each)]) for each in value)
        if name == "owner":
            return self.owner(value)
        if name == "due_on":
            return day(date.fromisoformat(value)) if value else str(_("no date"))
        return str(value)

    def owner(self, value: str) -> str:
        if value == BOTH:
            return str(_("both of you"))
        return str(_("you")) if value == str(self.me.id) else self.partner.first_name

    def _parts(self, change: Change) -> list[tuple[str, str, str]]:
        if change.kind not in {GoalChange.EDITED, GoalChange.UNDONE}:
            return []
        changed = [name for name in FIELD_NAMES if name in change.after and name in change.before]
        return [
            (_(FIELD_NAMES[name]), self.value(name, change.before[name]), self.value(name, change.after[name]))
            for name in changed
        ]


def _sentence(change: Change) -> tuple[str, dict[str, str]]:
    """What happened, and what fills the sentence besides `who`."""
    if change.kind is GoalChange.MOVED:
        old, new = (str(_(COLUMN_NAMES[Column(side["column"])])) for side in (change.before, change.after))
        return (MOVED_WITHIN if old == new else MOVED), {"old": old, "new": new}
    if change.kind is GoalChange.CONFIRMED:
        return (SAID_DONE if len(change.after["confirmed"]) > len(change.before["confirmed"]) else SAID_NOT_YET), {}
    if change.kind is GoalChange.STEP:
        old_step, new_step = of_step(change.before), of_step(change.after)
        part = next((part for part in STEPS if part[0] in new_step and part[1] in {None, new_step[part[0]]}), STEPS[-1])
        return part[2], {"old": old_step["words"], "words": new_step["words"]}
    return SENTENCES[change.kind], {}


def _lost_a_step(change: Change) -> bool:
    """Whether a step was removed or reworded."""
    if change.kind is not GoalChange.STEP:
        return False
    before, after = of_step(change.before), of_step(change.after)
    return bool(after.get("removed")) or before["words"] != after["words"]


def step_in(change: Change) -> UUID:
    """Which step a change is about."""
    return UUID(next(iter(change.after)).partition(".")[0])


def of_step(state: dict[str, Any]) -> dict[str, Any]:
    """What a change says about its one step, without the step's id."""
    return {name.partition(".")[2]: value for name, value in state.items()}
