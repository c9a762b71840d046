"""What does one line of the people file say about a person, and what is wrong with it?"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from peerapp.rules.addresses import normal_email, normal_time_zone
from peerapp.rules.refusal import Refusal
from peerapp.rules.roster_columns import LENGTHS, NEEDED, Field
from peerapp.rules.words import N_

Value = str | date | None
CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[ T]00:00(?::00)?)?", re.ASCII)
DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", re.ASCII)
SLASHED = re.compile(r"\d+/\d+/\d+", re.ASCII)
UNSAID_WHEN_EMPTY = frozenset({Field.NUMBER, Field.LANGUAGE, Field.TIME_ZONE})
SHOWN = 60  # characters of a wrong value
YEARS = range(1950, 2101)
LANGUAGE_NAMES = {"english": "en", "englisch": "en", "german": "de", "deutsch": "de"}


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` is None when the whole row is meant."""

    line: int
    field: Field | None
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Row:
    """One person. A field missing from `values` was not said and stays as it is; "" or None was said to be empty."""

    line: int
    values: Mapping[Field, Value]

    @property
    def email(self) -> str:
        return str(self.values[Field.EMAIL])

    @property
    def name(self) -> str:
        return str(self.values[Field.NAME])

    @property
    def number(self) -> str | None:
        return str(self.values.get(Field.NUMBER) or "") or None

    @property
    def key(self) -> str:
        """What a person is known by: the personnel number, else the e-mail."""
        return self.number or self.email

    @property
    def manager(self) -> str:
        """The manager's e-mail; "" when there is none or nothing was said."""
        return str(self.values.get(Field.MANAGER) or "")


def cleaned(cell: str) -> str:
    """One spelling for one text: composed accents, single spaces, no line breaks."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def row_or_problems(line: int, cells: Mapping[Field, str], languages: Collection[str]) -> Row | list[Problem]:
    """Either a whole row or everything that is wrong with it at once."""
    values: dict[Field, Value] = {}
    problems = []
    for field, cell in cells.items():
        found = _refused(field, cell) or _value(field, cleaned(cell), languages)
        if isinstance(found, Refusal):
            problems.append(Problem(line, field, found))
        elif found != "" or field not in UNSAID_WHEN_EMPTY:
            values[field] = found or (None if field is Field.STARTED_ON else "")
    return problems or Row(line, values)


def _refused(field: Field, cell: str) -> Refusal | None:
    """What may stand in no cell of this field."""
    if CONTROL.search(cell):
        return Refusal(N_("There is an invisible control character in it. Please type it anew."))
    text = cleaned(cell)
    if field in NEEDED and not text:
        return Refusal(N_("It is missing."))
    if len(text) > LENGTHS[field]:
        return Refusal(N_("It is longer than %(most)s characters."), {"most": LENGTHS[field]})
    return None


def _value(field: Field, text: str, languages: Collection[str]) -> Value | Refusal:
    found: str | None
    match field:
        case Field.STARTED_ON if text:
            return _date(text)
        case Field.EMAIL | Field.MANAGER if text:
            found, sentence = normal_email(text), N_("“%(value)s” is not an e-mail address.")
        case Field.TIME_ZONE if text:
            found, sentence = normal_time_zone(text), N_("“%(value)s” is not a time zone like Europe/Berlin.")
        case Field.LANGUAGE if text:
            code = LANGUAGE_NAMES.get(text.casefold(), re.split(r"[-_]", text.casefold())[0])
            found, sentence = code if code in languages else None, N_("“%(value)s” is not a language we offer.")
        case Field.NUMBER if "@" in text:
            found, sentence = None, N_("“%(value)s” looks like an e-mail address, not like a personnel number.")
        case _:
            return text
    return found or _said(sentence, text)


def _date(text: str) -> date | Refusal:
    """2026-11-22 or 22.11.2026; with slashes nobody can tell day and month apart."""
    if SLASHED.fullmatch(text):
        return _said(N_("“%(value)s” can be read in two ways. Please write 2026-11-22 or 22.11.2026."), text)
    found = ISO.fullmatch(text) or DOTTED.fullmatch(text)
    unread = _said(N_("“%(value)s” is not a date like 2026-11-22 or 22.11.2026."), text)
    if not found or int(found["year"]) not in YEARS:
        return unread
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return unread


def _said(sentence: str, value: str) -> Refusal:
    return Refusal(sentence, {"value": value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"})
