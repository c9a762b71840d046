"""How does a terminal say what a people file would do?"""

from collections.abc import Iterable, Iterator

from peerapp.queries.imports import Preview
from peerapp.rules.roster_columns import FIELD_NAMES
from peerapp.rules.roster_plan import Change, Plan
from peerapp.rules.roster_row import Problem

SHOWN = 50  # of each kind; of problems all


def lines(preview: Preview) -> Iterator[str]:
    """Every problem, and the beginning of everything else."""
    plan = preview.plan
    for problem in preview.problems:
        yield _plain(_problem(problem))
    yield from _some("New", [f"{row.name} <{row.email}>" for row in plan.new])
    yield from _some("Changed", [_change(change) for change in plan.changed])
    yield from _some("Back again", [_change(change) for change in plan.returning])
    yield from _some("Leaving", [f"{person.name} <{person.email}>" for person in plan.leaving])
    yield from _some("Stays because of a role", [f"{person.name} <{person.email}>" for person in preview.staying])
    asked = [f"{each.person.name}: {each.person.email} → {each.row.email}" for each in plan.email_changes]
    yield from _some("Asked to confirm a new address", asked)
    if preview.roster.ignored:
        yield _plain(f"Columns that are not read: {', '.join(preview.roster.ignored)[:200]}")
    yield _sum(plan, len(preview.problems))


def _sum(plan: Plan, problems: int) -> str:
    counts = (
        f"{len(plan.new)} new, {len(plan.changed)} changed, {len(plan.returning)} back, {len(plan.leaving)} leaving"
    )
    found = "1 problem" if problems == 1 else f"{problems} problems"
    held_back = f" Nobody leaves until every line is in order; {plan.held_back} would." if plan.held_back else ""
    return f"{counts}, {plan.unchanged} unchanged, {found}.{held_back}"


def _problem(problem: Problem) -> str:
    column = f", {FIELD_NAMES[problem.field]}" if problem.field else ""
    return f"Line {problem.line}{column}: {problem.refusal}"


def _change(change: Change) -> str:
    fields = [
        f"{FIELD_NAMES[each.field]}: {each.before or 'nothing'} → {each.after or 'nothing'}" for each in change.fields
    ]
    return f"{change.person.name} <{change.person.email}> {'; '.join(fields)}".rstrip()


def _some(title: str, told: list[str]) -> Iterable[str]:
    if not told:
        return
    yield f"{title}:"
    for each in told[:SHOWN]:
        yield _plain(f"  {each}")
    if len(told) > SHOWN:
        yield f"  and {len(told) - SHOWN} more"


def _plain(line: str) -> str:
    """What somebody else typed must not steer the terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in line)
