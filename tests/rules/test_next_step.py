from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from peerapp.rules.next_step import PHASES, URGENT, Next, Phase, Standing, Step, next_of
from peerapp.rules.states import PairState, SessionState

RUNNING_WELL = Standing(UUID(int=1), PairState.ACTIVE, True, 3, 0, SessionState.PLANNED)


def step(*pairs: Standing, has_profile: bool = True, to_answer: int = 0, sent: int = 0) -> Next:
    return next_of(pairs, has_profile=has_profile, to_answer=to_answer, sent=sent)


def test_somebody_new_says_first_what_they_want_to_learn():
    assert step(has_profile=False).step is Step.PROFILE


def test_with_a_profile_one_looks_for_a_colleague_and_then_waits_for_the_answer():
    assert (step().step, step(sent=1).step) == (Step.SEARCH, Step.WAIT)


def test_a_request_that_waits_for_an_answer_comes_before_everything_but_a_session_under_way():
    assert step(RUNNING_WELL, to_answer=1, has_profile=False).step is Step.ANSWER
    under_way = replace(RUNNING_WELL, session=SessionState.RUNNING)
    assert step(under_way, to_answer=1).step is Step.MEET


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"state": PairState.CHARTERING, "signed": False}, Step.SIGN),
        ({"state": PairState.CHARTERING}, Step.WAIT_TO_SIGN),
        ({"goals": 0}, Step.FIRST_GOAL),
        ({"due_actions": 2}, Step.DUE),
        ({"session": None}, Step.PLAN),
        ({"session": SessionState.RUNNING, "due_actions": 2}, Step.MEET),
        ({"state": PairState.PAUSED}, Step.PAUSED),
        ({"state": PairState.PAUSED, "is_due": True}, Step.PAUSED),
        ({"is_due": True, "due_actions": 2, "goals": 0}, Step.START),
        ({"my_turn": True, "due_actions": 2}, Step.TURN),
        ({"my_turn": True, "state": PairState.PAUSED}, Step.PAUSED),
        ({"my_turn": False, "session": None}, Step.THEIR_TURN),
        ({"my_turn": False}, Step.AHEAD),
        ({}, Step.AHEAD),
    ],
)
def test_a_pair_has_one_next_thing(change, expected):
    assert step(replace(RUNNING_WELL, **change)).step is expected


def test_of_two_pairs_the_one_that_needs_something_is_named():
    unsigned = replace(RUNNING_WELL, id=uuid4(), state=PairState.CHARTERING, signed=False)
    assert step(RUNNING_WELL, unsigned).pair_id == unsigned.id


def test_what_lies_behind_is_done():
    assert step().done == frozenset()
    assert step(replace(RUNNING_WELL, goals=0)).done == {Phase.FIND}
    assert step(RUNNING_WELL).done == {Phase.FIND, Phase.DEFINE}


def test_every_step_of_a_pair_is_ranked_and_every_other_belongs_to_finding():
    assert {each for each in Step if each not in URGENT} == {s for s, phase in PHASES.items() if phase is Phase.FIND}


def test_a_request_to_answer_does_not_send_somebody_with_a_pair_back_to_finding():
    answering = step(RUNNING_WELL, to_answer=1)
    assert (answering.phase, answering.done) == (Phase.ENGAGE, {Phase.FIND, Phase.DEFINE})
