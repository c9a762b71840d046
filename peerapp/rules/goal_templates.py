"""What can a board begin with, so that nobody sits before an empty card?

A template yields one goal with steps, or several at once. Texts are our own and meant to be rewritten by the pair.
"""

from dataclasses import dataclass

from peerapp.rules.areas import Area
from peerapp.rules.goal_texts import EVENT, FIRST_DAYS, GROW, IF_THEN, SMART, SWAP, GoalDraft
from peerapp.rules.words import N_


@dataclass(frozen=True, slots=True)
class Template:
    """`goals` in the order in which they are put on the board."""

    key: str
    name: str
    description: str
    goals: tuple[GoalDraft, ...]

    @property
    def areas(self) -> tuple[Area, ...]:
        """Every area that the goals cover, in the order of the areas."""
        covered = {area for goal in self.goals for area in goal.areas}
        return tuple(area for area in Area if area in covered)


TEMPLATES: tuple[Template, ...] = (
    Template(
        "smart",
        N_("SMART goal"),
        N_("One goal that is clear, can be seen when reached, and has a date. Good when you know what you want."),
        SMART,
    ),
    Template(
        "if-then",
        N_("If-then plan"),
        N_("One habit, tied to a moment that comes anyway. Good when you know what to do and it does not happen."),
        IF_THEN,
    ),
    Template(
        "grow",
        N_("GROW session"),
        N_("Four questions for one session: goal, reality, options, will. Good when you are stuck."),
        GROW,
    ),
    Template(
        "swap",
        N_("Skill swap"),
        N_("Each of you teaches the other one thing and is taught one. Good for a first month together."),
        SWAP,
    ),
    Template(
        "first-90-days",
        N_("First 90 days"),
        N_("Three goals for somebody new: find your way, do something of your own, look ahead."),
        FIRST_DAYS,
    ),
    Template(
        "event",
        N_("Run an internal event"),
        N_("Four goals from the idea to the thank-you: purpose and budget, speakers, run sheet, afterwards."),
        EVENT,
    ),
)
TEMPLATE_BY_KEY = {template.key: template for template in TEMPLATES}
