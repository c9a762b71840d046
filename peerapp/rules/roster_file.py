"""Is this a people file at all, and which records stand on which of its lines?

CSV in UTF-8 with or without BOM, separated by `;`, `,` or tabs, with quoted line breaks. What concerns the whole file
is one `Refusal`; nothing is guessed.
"""

import csv
import io
import re
from dataclasses import dataclass

from peerapp.rules import limits
from peerapp.rules.refusal import Refusal
from peerapp.rules.roster_columns import Field, columns
from peerapp.rules.words import N_

SEPARATORS = ";,\t"
EXCEL_SEPARATOR = re.compile(r"sep=([;,\t])\r?\n", re.IGNORECASE)
SIGNATURES = (
    (b"%PDF", N_("This is a PDF. Please save the list as CSV (in a spreadsheet: Save as, CSV UTF-8).")),
    (b"PK\x03\x04", N_("This is a spreadsheet or ZIP file. Please save the list as CSV (Save as, CSV UTF-8).")),
    (b"\xd0\xcf\x11\xe0", N_("This is an old spreadsheet file. Please save the list as CSV (Save as, CSV UTF-8).")),
    (b"\xff\xfe", N_("This file is in UTF-16. Please save it as CSV UTF-8.")),
    (b"\xfe\xff", N_("This file is in UTF-16. Please save it as CSV UTF-8.")),
)


@dataclass(frozen=True, slots=True)
class Record:
    """`line`: the line of the file on which it begins, counted from 1, as an editor shows it."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    columns: tuple[Field | None, ...]
    records: tuple[Record, ...]
    ignored: tuple[str, ...]  # headers that mean nothing to us


def read(data: bytes) -> Sheet | Refusal:
    """The records below the header, or one sentence about the whole file."""
    text = _text(data)
    if isinstance(text, Refusal):
        return text
    records = _records(text)
    if isinstance(records, Refusal):
        return records
    found = columns(records[0].cells)
    if isinstance(found, Refusal):
        return found
    if len(records) == 1:
        return Refusal(N_("There are no people below the first line."))
    ignored = tuple(
        header for header, field in zip(records[0].cells, found, strict=True) if not field and header.strip()
    )
    return Sheet(found, tuple(records[1:]), ignored)


def _text(data: bytes) -> str | Refusal:
    if len(data) > limits.IMPORT_MAX_BYTES:
        most = limits.IMPORT_MAX_BYTES // 1024**2
        return Refusal(N_("This file is larger than %(most)s MB, too large for a list of people."), {"most": most})
    for signature, sentence in SIGNATURES:
        if data.startswith(signature):
            return Refusal(sentence)
    if b"\0" in data:
        return Refusal(N_("This is not a text file. Please save the list as CSV UTF-8."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Refusal(N_("Line %(line)s is not UTF-8. Please save the file as CSV UTF-8."), {"line": line})
    return text if text.strip() else Refusal(N_("This file is empty."))


def _records(text: str) -> list[Record] | Refusal:
    """Every record that has something in it, the header first."""
    named = EXCEL_SEPARATOR.match(text)
    start, separator = (named.end(), named[1]) if named else (0, _separator(text))
    reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=separator, strict=True)
    before, records, line = (1 if named else 0), list[Record](), 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                records.append(Record(line + before, tuple(cells)))
            if len(records) > limits.IMPORT_MAX_ROWS + 1:
                return Refusal(N_("This file has more than %(most)s people."), {"most": limits.IMPORT_MAX_ROWS})
            line = reader.line_num + 1
    except csv.Error:
        sentence = N_("A quotation mark on line %(line)s is not closed, or stands in the middle of a cell.")
        return Refusal(sentence, {"line": line + before})
    return records or Refusal(N_("This file is empty."))


def _separator(text: str) -> str:
    """What separates the cells of the header: the sign that is there most often outside quotation marks."""
    header = re.match(r'\s*((?:"[^"]*"|[^"\r\n])*)', text)
    outside = re.sub(r'"[^"]*"', "", header[1]) if header else ""
    return max(SEPARATORS, key=outside.count)
