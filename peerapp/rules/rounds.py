"""May this round be asked, and if not, why and what would work? No refusal names another round or anybody's cap.

An audience is a set of people's ids. The caller leaves out, silently, who has been asked often enough this month
(`CAP` rounds in `CAP_WINDOW`), before it asks here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from peerapp.rules.overlap import overlap
from peerapp.rules.questions import Question
from peerapp.rules.refusal import Refusal
from peerapp.rules.release_rules import (
    AUDIENCE_MIN,
    COMMENTS_MAX,
    MINIMUM_FLOOR,
    OVERLAP_WINDOW,
    PARTS_MAX,
    QUESTION_MAX,
    SCALES_MAX,
)
from peerapp.rules.words import N_

People = frozenset[UUID]
CAP = 2
CAP_WINDOW = timedelta(days=30)
OPEN_MIN = timedelta(hours=1)
REMIND_EVERY = timedelta(days=2)
REMIND_BEFORE = timedelta(days=2)  # the reminder that comes by itself
OPEN_MAX = timedelta(days=60)  # an open round is lost if its disk dies

NOBODY_READS = Refusal(N_("Choose at least one person who reads the result."))
NO_QUESTION = Refusal(
    N_("Ask at least one question with a scale: comments alone cannot be shown, because nothing else is counted.")
)
TOO_MANY_SCALES = Refusal(
    N_("At most %(most)s questions with a scale. Fewer are answered by more people."), {"most": SCALES_MAX}
)
TOO_MANY_COMMENTS = Refusal(N_("At most %(most)s comments."), {"most": COMMENTS_MAX})
EMPTY_QUESTION = Refusal(N_("A question has no words yet. Write it, or remove it."))
LONG_QUESTION = Refusal(N_("A question has at most %(most)s characters."), {"most": QUESTION_MAX})
SAME_QUESTION = Refusal(N_("A question is asked twice. Remove one of the two."))
LOW_MINIMUM = Refusal(N_("The minimum is at least %(least)s answers."), {"least": MINIMUM_FLOOR})
HIGH_MINIMUM = Refusal(
    N_("The minimum is higher than the number of people asked, so nothing could ever be shown. Lower it.")
)
TOO_SHORT = Refusal(N_("The last day lies too early. Give people some time to answer."))
TOO_LONG = Refusal(N_("A round stays open for at most %(days)s days."), {"days": OPEN_MAX.days})
OWNER_ASKED = Refusal(
    N_("You are among the people asked, so your own answer would tell you more about the others. Take yourself out.")
)
SMALL_AUDIENCE = Refusal(
    N_("Fewer than %(least)s people can be asked, so answers could be guessed. Ask a wider circle: a second unit, or the whole programme."),
    {"least": AUDIENCE_MIN},
)  # fmt: skip
SMALL_PART = Refusal(
    N_("A part of the split has fewer than %(least)s people. Leave the split out, or join that part to another."),
    {"least": AUDIENCE_MIN},
)
ONE_PART = Refusal(N_("A split needs at least two parts. Leave it out."))
TOO_MANY_PARTS = Refusal(N_("A split has at most %(most)s parts. Join some of them."), {"most": PARTS_MAX})
UNFIT_PARTS = Refusal(N_("Everybody who is asked belongs to exactly one part of the split."))


@dataclass(frozen=True, slots=True)
class Plan:
    """A round before it opens. `parts` is empty where there is no split."""

    questions: Sequence[Question]
    audience: People
    owner: UUID
    readers: People
    minimum: int
    opens_at: datetime
    closes_at: datetime
    parts: Mapping[str, People]


@dataclass(frozen=True, slots=True)
class Asked:
    """The audience of another round, open or closed in the last 30 days."""

    audience: People
    parts: tuple[People, ...] = ()


def refusals(plan: Plan, others: Iterable[Asked]) -> tuple[Refusal, ...]:
    """Every reason why this round cannot be opened, the weightiest first; empty when it can."""
    return (*people_refusals(plan, others), *_questions(plan.questions), *_rest(plan))


def people_refusals(plan: Plan, others: Iterable[Asked]) -> tuple[Refusal, ...]:
    """Why this audience cannot be asked anonymously, known as soon as it is chosen."""
    found = (
        SMALL_AUDIENCE if len(plan.audience) < AUDIENCE_MIN else None,
        OWNER_ASKED if plan.owner in plan.audience else None,
        _split(plan),
        overlap((plan.audience, *plan.parts.values()), ((each.audience, *each.parts) for each in others)),
    )
    return tuple(each for each in found if each)


def is_in_the_way(now: datetime, closed_at: datetime | None) -> bool:
    """Whether a round that closed then (None: still open) counts for the overlap rule."""
    return closed_at is None or now - closed_at < OVERLAP_WINDOW


def is_asked_enough(lately: int) -> bool:
    """Whether somebody who was asked in so many rounds of the last `CAP_WINDOW` is left out, silently."""
    return lately >= CAP


def may_remind(now: datetime, opened_at: datetime, closes_at: datetime, reminded_at: datetime | None) -> bool:
    """Whether the whole roll may be reminded now: open, and not told anything within the last two days."""
    return now < closes_at and now - (reminded_at or opened_at) >= REMIND_EVERY


def is_reminder_due(now: datetime, opened_at: datetime, closes_at: datetime, reminded_at: datetime | None) -> bool:
    """Whether the one reminder is due that comes by itself, near the last day."""
    return reminded_at is None and closes_at - now <= REMIND_BEFORE and may_remind(now, opened_at, closes_at, None)


def _split(plan: Plan) -> Refusal | None:
    parts = plan.parts.values()
    if not parts:
        return None
    if len(parts) == 1:
        return ONE_PART
    if len(parts) > PARTS_MAX:
        return TOO_MANY_PARTS
    if sum(map(len, parts)) != len(plan.audience) or frozenset().union(*parts) != plan.audience:
        return UNFIT_PARTS
    return SMALL_PART if min(map(len, parts)) < AUDIENCE_MIN else None


def _questions(questions: Sequence[Question]) -> tuple[Refusal, ...]:
    scales = sum(each.kind.is_scale for each in questions)
    texts = [" ".join(each.text.split()).casefold() for each in questions]
    found = (
        (scales == 0, NO_QUESTION),
        (scales > SCALES_MAX, TOO_MANY_SCALES),
        (len(questions) - scales > COMMENTS_MAX, TOO_MANY_COMMENTS),
        ("" in texts, EMPTY_QUESTION),
        (any(len(each.text) > QUESTION_MAX for each in questions), LONG_QUESTION),
        (len(set(texts)) < len(texts), SAME_QUESTION),
    )
    return tuple(refusal for applies, refusal in found if applies)


def _rest(plan: Plan) -> tuple[Refusal, ...]:
    found = (
        (not plan.readers, NOBODY_READS),
        (plan.minimum < MINIMUM_FLOOR, LOW_MINIMUM),
        (plan.minimum > max(len(plan.audience), MINIMUM_FLOOR), HIGH_MINIMUM),
        (plan.closes_at - plan.opens_at < OPEN_MIN, TOO_SHORT),
        (plan.closes_at - plan.opens_at > OPEN_MAX, TOO_LONG),
    )
    return tuple(refusal for applies, refusal in found if applies)
