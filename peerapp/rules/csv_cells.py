"""How is a table written as CSV so that no spreadsheet takes a cell for a formula?

A cell that begins like one gets an apostrophe in front, which spreadsheets hide and people understand.
"""

import csv
import io
from collections.abc import Iterable

STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # the wide ones count in some spreadsheets
BOM = "\ufeff"  # so that spreadsheets read UTF-8


def safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell


def written(rows: Iterable[Iterable[str]], separator: str = ",") -> str:
    """The whole table, with every cell made safe."""
    text = io.StringIO(BOM, newline="")
    text.seek(len(BOM))
    csv.writer(text, delimiter=separator).writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue()
