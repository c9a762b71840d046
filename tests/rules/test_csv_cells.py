"""No cell of a file that leaves the house is a formula."""

import csv
import io

import pytest
from hypothesis import given, strategies as st

from peerapp.rules.csv_cells import BOM, STARTS_A_FORMULA, safe, written
from peerapp.rules.small_counts import shown

CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@pytest.mark.parametrize("cell", ["=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_what_looks_like_a_formula_is_text(cell):
    assert safe(cell) == "'" + cell


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=4))
def test_a_written_table_reads_back_cell_by_cell_and_starts_no_formula(rows):
    text = written(rows)
    assert text.startswith(BOM)
    back = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert back == [[safe(cell) for cell in row] for row in rows]
    assert not any(cell.startswith(STARTS_A_FORMULA) for row in back for cell in row)


@pytest.mark.parametrize(("count", "told"), [(0, None), (4, None), (5, 5), (60, 60)])
def test_a_small_number_is_no_number(count, told):
    assert shown(count) == told
