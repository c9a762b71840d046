"""Which columns of a person does a people file write, and how do their values stand in the record of the import?

The record is JSON: moments and dates in ISO form, ids in hex. Values are compared in that form.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from peerapp.models.people import sort_name_of
from peerapp.rules.roster_columns import Field
from peerapp.rules.roster_plan import Change, Plan
from peerapp.rules.roster_row import Row, Value

Columns = dict[str, Any]
COLUMN: Mapping[Field, str] = {
    Field.NUMBER: "key",
    Field.NAME: "name",
    Field.EMAIL: "email",
    Field.UNIT: "unit_id",
    Field.SITE: "site",
    Field.MANAGER: "manager_id",
    Field.STARTED_ON: "started_on",
    Field.LANGUAGE: "language",
    Field.TIME_ZONE: "time_zone",
}
RECORDED = (*COLUMN.values(), "left_at", "proposed_email")


@dataclass(frozen=True, slots=True)
class Ids:
    """What the file calls by name, and the database by id."""

    units: Mapping[str, UUID]
    people: Mapping[str, UUID]

    def stored(self, what: Field, value: Value) -> Any:
        if what is Field.UNIT:
            return self.units.get(str(value))
        if what is Field.MANAGER:
            return self.people.get(str(value))
        return value


@dataclass(slots=True)
class Update:
    """One person's columns before and after."""

    person_id: UUID
    before: Columns = field(default_factory=dict)
    after: Columns = field(default_factory=dict)

    def put(self, column: str, before: Any, after: Any) -> None:
        self.before[column], self.after[column] = before, after


def of_row(row: Row, ids: Ids) -> Columns:
    """A new person's columns; what the row leaves unsaid is not among them."""
    said = {COLUMN[what]: ids.stored(what, value) for what, value in row.values.items()}
    return said | {"key": row.key}


def updates(plan: Plan, ids: Ids, left: Mapping[UUID, datetime], now: datetime) -> list[Update]:
    """Everything the plan changes in people who are on file. `left`: when each leaver left."""
    found: dict[UUID, Update] = {}

    def of(person_id: UUID) -> Update:
        return found.setdefault(person_id, Update(person_id))

    for change in (*plan.changed, *plan.returning):
        _put_fields(of(change.person.id), change, ids)
    for change in plan.returning:
        of(change.person.id).put("left_at", left[change.person.id], None)
    for person in plan.leaving:
        of(person.id).put("left_at", None, now)
    for proposal in plan.email_changes:
        of(proposal.person.id).put("proposed_email", proposal.person.proposed_email, proposal.row.email)
    return list(found.values())


def _put_fields(update: Update, change: Change, ids: Ids) -> None:
    for each in change.fields:
        before = change.person.key if each.field is Field.NUMBER else ids.stored(each.field, each.before)
        update.put(COLUMN[each.field], before, ids.stored(each.field, each.after))


def with_sort_name(columns: Columns) -> Columns:
    """The same, and the sort name whenever there is a name."""
    return columns | {"sort_name": sort_name_of(columns["name"])} if "name" in columns else columns


def record(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns as the record of the import keeps them."""
    return {name: _plain(value) for name, value in columns.items()}


def from_record(columns: Mapping[str, Any]) -> Columns:
    """The columns as the table takes them."""
    return {name: _typed(name, value) for name, value in columns.items()}


def shared_shape(changes: Iterable[Update]) -> dict[tuple[str, ...], list[Update]]:
    """Updates of the same columns together, so that each kind is one statement."""
    shapes: dict[tuple[str, ...], list[Update]] = {}
    for change in changes:
        shapes.setdefault(tuple(sorted(change.after)), []).append(change)
    return shapes


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date, too


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name.endswith("_id"):
        return UUID(value)
    if name == "left_at":
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name == "started_on" else value
