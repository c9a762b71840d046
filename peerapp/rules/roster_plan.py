"""What would this people file change? Who is new, changed, leaving or back, before anything is written.

People are known by their key: the personnel number, else the first e-mail. Applying a plan and planning the same file
again gives a plan that changes nothing (but for rows in conflict, when the rest of the file has freed the address).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from peerapp.rules.limits import LEAVER_ASK_TWICE_SHARE
from peerapp.rules.refusal import Refusal
from peerapp.rules.roster import Roster
from peerapp.rules.roster_columns import Field
from peerapp.rules.roster_row import Problem, Row, Value
from peerapp.rules.words import N_

THEIR_OWN = frozenset({Field.LANGUAGE, Field.TIME_ZONE})  # settings: a file does not overrule who uses the account
TAKEN_BY_NUMBER = N_("This e-mail belongs to personnel number %(number)s on file.")
TAKEN = N_("This e-mail belongs to somebody else on file.")


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on file. `manager`: their manager's e-mail or "". `stays`: never leaves by a file (administrators)."""

    id: UUID
    key: str
    email: str
    name: str
    unit: str = ""
    site: str = ""
    manager: str = ""
    started_on: date | None = None
    language: str = "en"
    time_zone: str = "UTC"
    active: bool = True
    used: bool = False  # somebody has signed in to this account
    stays: bool = False
    proposed_email: str | None = None

    @property
    def number(self) -> str:
        return "" if "@" in self.key else self.key


@dataclass(frozen=True, slots=True)
class FieldChange:
    field: Field
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Change:
    """What one row changes in one person, field by field."""

    person: Known
    row: Row
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class EmailChange:
    """A new address for an account in use: proposed, and taken only when that person confirms it."""

    person: Known
    row: Row


@dataclass(frozen=True, slots=True)
class Plan:
    """`people`: e-mail (in the file or on file) to id, to find a manager; an address not in it is one of `new`.

    `conflicts` are rows that clash with somebody on file; they are not in any other part. While any row of the file has
    a problem nobody leaves: `held_back` counts who would, and `leaving` is empty.
    """

    new: tuple[Row, ...]
    changed: tuple[Change, ...]
    returning: tuple[Change, ...]
    leaving: tuple[Known, ...]
    unchanged: int
    email_changes: tuple[EmailChange, ...]
    conflicts: tuple[Problem, ...]
    held_back: int
    asks_twice: bool
    people: Mapping[str, UUID]

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed or self.returning or self.leaving or self.email_changes)


def plan(roster: Roster, known: Iterable[Known]) -> Plan:
    """Match rows to people and say what would happen."""
    everybody = list(known)
    matched, conflicts = _match(roster.rows, everybody)
    by_email = {person.email: person.id for person in everybody}
    people = by_email | {row.email: person.id for row, person in matched if person}
    changes = [Change(person, row, tuple(_fields(person, row, people))) for row, person in matched if person]
    changed = tuple(change for change in changes if change.person.active and change.fields)
    emails = tuple(EmailChange(c.person, c.row) for c in changes if _needs_a_yes(c.person, c.row))
    here = {change.person.id for change in changes}
    gone = tuple(p for p in everybody if p.active and not p.stays and p.id not in here)
    leaving = () if roster.problems or conflicts else gone
    touched = {change.person.id for change in changed} | {change.person.id for change in emails}
    return Plan(
        new=tuple(row for row, person in matched if not person),
        changed=changed,
        returning=tuple(change for change in changes if not change.person.active),
        leaving=leaving,
        unchanged=sum(change.person.active and change.person.id not in touched for change in changes),
        email_changes=emails,
        conflicts=tuple(conflicts),
        held_back=len(gone) - len(leaving),
        asks_twice=len(leaving) > LEAVER_ASK_TWICE_SHARE * sum(person.active for person in everybody),
        people=people,
    )


def _match(rows: Iterable[Row], everybody: Iterable[Known]) -> tuple[list[tuple[Row, Known | None]], list[Problem]]:
    """Each row with its person (None: new), and the rows that cannot be told apart from somebody else."""
    by_key = {person.key: person for person in everybody}
    by_email = {person.email: person for person in everybody}
    matched, problems, taken = list[tuple[Row, Known | None]](), list[Problem](), set[UUID]()
    for row in sorted(rows, key=lambda row: row.key not in by_key):
        owner = by_email.get(row.email)
        person = by_key.get(row.key) or owner
        if person and row.number and person.number not in {"", row.number}:
            problems.append(Problem(row.line, Field.EMAIL, Refusal(TAKEN_BY_NUMBER, {"number": person.number})))
        elif (person and person.id in taken) or (owner and person and owner.id != person.id):
            problems.append(Problem(row.line, Field.EMAIL, Refusal(TAKEN)))
        else:
            matched.append((row, person))
            taken |= {person.id} if person else set()
    return sorted(matched, key=lambda pair: pair[0].line), sorted(problems, key=lambda problem: problem.line)


def _fields(person: Known, row: Row, people: Mapping[str, UUID]) -> Iterable[FieldChange]:
    for field, after in row.values.items():
        before: Value = getattr(person, field)
        if field in THEIR_OWN and person.used:
            continue
        if field is Field.EMAIL and _in_use(person):
            continue
        if field is Field.MANAGER and people.get(person.manager) == people.get(str(after), after or None):
            continue
        if before != after:
            yield FieldChange(field, before, after)


def _in_use(person: Known) -> bool:
    """Whoever could change this address could take the account over, left or not."""
    return person.used or person.stays


def _needs_a_yes(person: Known, row: Row) -> bool:
    return _in_use(person) and row.email not in {person.email, person.proposed_email}
