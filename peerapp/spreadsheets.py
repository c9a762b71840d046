"""How does a table leave the house as a file that every spreadsheet opens, and none mistakes for a program?"""

from collections.abc import Iterable

from flask import Response
from flask_babel import get_locale

from peerapp.rules import csv_cells


def csv(rows: Iterable[Iterable[str]], name: str) -> Response:
    """The table as a download of this name."""
    response = Response(csv_cells.written(rows, _separator()), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _separator() -> str:
    """Spreadsheets split by what their language writes lists with."""
    locale = get_locale()
    return ";" if locale and locale.number_symbols["latn"]["decimal"] == "," else ","
