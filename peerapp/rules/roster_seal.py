"""Is this still the plan that was shown? A short seal of everything that would be written and everything that was said.

Whoever confirms sends the seal of the page they read; a plan with another seal is shown anew and not written.
"""

import hashlib

from peerapp.rules.roster import Roster
from peerapp.rules.roster_plan import Change, Plan


def seal(roster: Roster, plan: Plan) -> str:
    """The same for the same file and the same effect, in hex."""
    told = (
        [(row.line, tuple(row.values.items())) for row in plan.new],
        [_change(change) for change in plan.changed],
        [_change(change) for change in plan.returning],
        [(person.id, person.name) for person in plan.leaving],
        [(change.person.id, change.row.email) for change in plan.email_changes],
        [(problem.line, problem.field, str(problem.refusal)) for problem in (*roster.problems, *plan.conflicts)],
        (plan.unchanged, plan.held_back, plan.asks_twice),
    )
    return hashlib.sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _change(change: Change) -> tuple[object, ...]:
    return change.person.id, change.row.line, change.fields
