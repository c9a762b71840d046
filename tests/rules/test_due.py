from datetime import date, timedelta

from hypothesis import given, strategies as st

from peerapp.rules.due import Due, DueKind, due

TODAY = date(2026, 11, 22)


def test_a_date_ahead_is_named():
    assert due(date(2026, 12, 4), TODAY) == Due(DueKind.BY, date(2026, 12, 4))


def test_a_date_behind_counts_the_days_over():
    assert due(date(2026, 11, 20), TODAY) == Due(DueKind.OVER, date(2026, 11, 20), 2)


def test_today_is_neither_ahead_nor_over():
    assert due(TODAY, TODAY).kind is DueKind.TODAY


def test_no_date_says_nothing():
    assert due(None, TODAY) == Due(DueKind.NONE)


@given(st.integers(-400, 400))
def test_what_is_done_is_never_late(days):
    assert due(TODAY + timedelta(days), TODAY, done_on=TODAY) == Due(DueKind.DONE, TODAY)
