"""Which people stand in this file, and what is wrong with which line? `roster_plan` then says what would change."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from peerapp.rules.addresses import normal_email
from peerapp.rules.refusal import Refusal
from peerapp.rules.roster_checks import circles, doubles, unknown_managers
from peerapp.rules.roster_columns import Field
from peerapp.rules.roster_file import Record, Sheet, read
from peerapp.rules.roster_row import Problem, Row, cleaned, row_or_problems
from peerapp.rules.words import N_

LANGUAGES = ("en", "de")


@dataclass(frozen=True, slots=True)
class Roster:
    """Rows without fault in the order of the file; every other row is named in `problems`, ordered by line."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]  # headers of columns that mean nothing to us


def parse(
    data: bytes, *, known_emails: Collection[str] = (), languages: Collection[str] = LANGUAGES
) -> Roster | Refusal:
    """The whole file. `known_emails`: of everybody active, in lower case; they may be managers without being in it.

    A Refusal means that the file as a whole cannot be read.
    """
    sheet = read(data)
    if isinstance(sheet, Refusal):
        return sheet
    rows: list[Row] = []
    problems: list[Problem] = []
    for record in sheet.records:
        found = _row(sheet, record, languages)
        if isinstance(found, Row):
            rows.append(found)
        else:
            problems += found
    emails = _emails(sheet) | set(known_emails)
    problems += [*doubles(rows), *unknown_managers(rows, emails), *circles(rows)]
    bad = {problem.line for problem in problems}
    good = [row for row in rows if row.line not in bad]
    there = {row.email for row in good} | set(known_emails)
    kept = tuple(_without_lost_manager(row, there) for row in good)
    return Roster(kept, tuple(sorted(problems, key=lambda problem: problem.line)), sheet.ignored)


def _row(sheet: Sheet, record: Record, languages: Collection[str]) -> Row | list[Problem]:
    count, expected = len(record.cells), len(sheet.columns)
    if any(map(str.strip, record.cells[expected:])) or count < expected:
        sentence = N_("This line has %(count)s cells, the first line has %(expected)s.")
        return [Problem(record.line, None, Refusal(sentence, {"count": count, "expected": expected}))]
    cells = {field: cell for field, cell in zip(sheet.columns, record.cells, strict=False) if field}
    return row_or_problems(record.line, cells, languages)


def _emails(sheet: Sheet) -> set[str]:
    """Every address in the file, that of bad rows included: a slip in the manager's row is told there, once."""
    place = sheet.columns.index(Field.EMAIL)
    cells = (cleaned(record.cells[place]) for record in sheet.records if len(record.cells) > place)
    return {email for cell in cells if (email := normal_email(cell))}


def _without_lost_manager(row: Row, there: Collection[str]) -> Row:
    """Whose manager's own row is bad keeps the manager they have until that row is mended."""
    if not row.manager or row.manager in there:
        return row
    return replace(row, values={field: value for field, value in row.values.items() if field is not Field.MANAGER})
