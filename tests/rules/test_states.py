import itertools

import pytest

from peerapp.rules.states import Column, ImportState, PairState, RequestState, SessionState, allowed, may_become

ENUMS = (RequestState, PairState, SessionState, Column, ImportState)
STEPS = [step for states in ENUMS for step in itertools.product(states, states)]


@pytest.mark.parametrize(("state", "new"), STEPS)
def test_every_step_is_either_allowed_or_refused_with_a_sentence(state, new):
    refusal = may_become(state, new)
    assert refusal is None if new in allowed(state) else str(refusal).endswith(".")


@pytest.mark.parametrize(
    "final",
    [
        RequestState.ACCEPTED,
        RequestState.DECLINED,
        RequestState.WITHDRAWN,
        RequestState.LAPSED,
        PairState.ENDED,
        SessionState.CANCELLED,
        ImportState.UNDONE,
    ],
)
def test_what_is_over_stays_over(final):
    assert allowed(final) == frozenset()


def test_a_withdrawn_request_says_so_to_whoever_accepts_it():
    refusal = may_become(RequestState.WITHDRAWN, RequestState.ACCEPTED)
    assert str(refusal) == "This request was withdrawn in the meantime."


def test_a_request_put_off_can_wait_again_on_its_day():
    assert may_become(RequestState.LATER, RequestState.WAITING) is None


def test_a_pair_is_not_active_before_it_signed_and_not_again_after_it_ended():
    assert may_become(PairState.CHARTERING, PairState.PAUSED) is not None
    assert may_become(PairState.ENDED, PairState.ACTIVE) is not None


def test_a_session_ends_only_once():
    assert may_become(SessionState.RUNNING, SessionState.HELD) is None
    assert may_become(SessionState.HELD, SessionState.RUNNING) is None  # it was ended by mistake
    assert str(may_become(SessionState.HELD, SessionState.HELD)) == "This session has already been held."


def test_a_goal_may_go_from_any_column_to_any():
    assert all(allowed(column) == frozenset(Column) for column in Column)


def test_an_import_is_undone_once_and_only_after_it_happened():
    assert may_become(ImportState.PREVIEWED, ImportState.UNDONE) is not None
    assert may_become(ImportState.APPLIED, ImportState.UNDONE) is None
    assert may_become(ImportState.UNDONE, ImportState.APPLIED) is not None
