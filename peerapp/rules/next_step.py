"""What is the one next thing for somebody? Find a peer, define goals, engage: derived from what there is, stored nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from peerapp.rules.states import PairState, SessionState


class Phase(StrEnum):
    FIND = "find"
    DEFINE = "define"
    ENGAGE = "engage"


class Step(StrEnum):
    ANSWER = "answer"
    PROFILE = "profile"
    SEARCH = "search"
    WAIT = "wait"
    SIGN = "sign"
    WAIT_TO_SIGN = "wait_to_sign"
    FIRST_GOAL = "first_goal"
    MEET = "meet"
    START = "start"
    TURN = "turn"
    DUE = "due"
    PLAN = "plan"
    AHEAD = "ahead"
    THEIR_TURN = "their_turn"
    PAUSED = "paused"


PHASES = {
    Step.ANSWER: Phase.FIND,
    Step.PROFILE: Phase.FIND,
    Step.SEARCH: Phase.FIND,
    Step.WAIT: Phase.FIND,
    Step.SIGN: Phase.DEFINE,
    Step.WAIT_TO_SIGN: Phase.DEFINE,
    Step.FIRST_GOAL: Phase.DEFINE,
}  # every other step is one of engaging
URGENT = (
    Step.MEET, Step.START, Step.TURN, Step.SIGN, Step.FIRST_GOAL, Step.DUE, Step.PLAN, Step.AHEAD, Step.THEIR_TURN,
    Step.WAIT_TO_SIGN, Step.PAUSED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """One open pair as its member finds it.

    `session` is the state of the session under way or the next planned one; `is_due` says that it is time for it.
    `my_turn` is about a session by writing: True when it is one's turn, False when it is the other's, None without one.
    """

    id: UUID
    state: PairState
    signed: bool
    goals: int
    due_actions: int
    session: SessionState | None
    is_due: bool = False
    my_turn: bool | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """The step, the pair it is about, if it is about one, the phases behind, and the phase somebody is in.

    A request to answer comes first and changes no phase: who has a pair stays where that pair is.
    """

    step: Step
    pair_id: UUID | None = None
    done: frozenset[Phase] = frozenset()
    of_pair: Step | None = None

    @property
    def phase(self) -> Phase:
        return PHASES.get(self.of_pair or self.step, Phase.ENGAGE)


def next_of(pairs: Iterable[Standing], *, has_profile: bool, to_answer: int, sent: int) -> Next:
    """A session under way comes first, then a request that waits, then what the pairs need, then finding somebody."""
    standing = [(step_of(pair), pair) for pair in pairs]
    done = _done([pair for _, pair in standing])
    step, pair = min(standing, key=lambda each: URGENT.index(each[0]), default=(None, None))
    if to_answer and step is not Step.MEET:
        return Next(Step.ANSWER, done=done, of_pair=step)
    if step and pair:
        return Next(step, pair.id, done)
    if not has_profile:
        return Next(Step.PROFILE)
    return Next(Step.WAIT if sent else Step.SEARCH)


def step_of(pair: Standing) -> Step:
    """What this pair needs next."""
    if pair.state is PairState.CHARTERING:
        return Step.WAIT_TO_SIGN if pair.signed else Step.SIGN
    if pair.session is SessionState.RUNNING:
        return Step.MEET
    if pair.state is PairState.PAUSED:
        return Step.PAUSED
    return _engaged(pair)


def _engaged(pair: Standing) -> Step:
    """The same for a pair that neither pauses nor meets just now."""
    if pair.is_due:
        return Step.START
    if pair.my_turn:
        return Step.TURN
    if not pair.goals:
        return Step.FIRST_GOAL
    if pair.due_actions:
        return Step.DUE
    if pair.session:
        return Step.AHEAD
    return Step.PLAN if pair.my_turn is None else Step.THEIR_TURN


def _done(pairs: list[Standing]) -> frozenset[Phase]:
    found = {Phase.FIND} if pairs else set()
    defined = any(pair.goals and pair.state is not PairState.CHARTERING for pair in pairs)
    return frozenset(found | ({Phase.DEFINE} if defined else set()))
