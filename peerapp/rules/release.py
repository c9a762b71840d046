"""What may be published of a round once it has closed? Everything that is not in here no longer exists.

Pure: the same counts give the same release. The order of comments comes from `shuffle`, which the caller takes from
the system's source of randomness.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from peerapp.rules.bands import BANDS, SINGLE_LEVELS, shares
from peerapp.rules.outcomes import Bands, Levels, Mean, Outcome, Withheld, Word, is_coded_mean
from peerapp.rules.questions import Kind, Question
from peerapp.rules.release_rules import (
    COMMENT_ANSWERS_MIN,
    COMMENTS_MIN,
    FAVOURABLE,
    LEVELS,
    MEAN_BOTTOM,
    MEAN_TOP,
    MINIMUM_FLOOR,
    Shape,
    Tier,
    half_up,
    response_band,
    tier,
)
from peerapp.rules.splits import shown_parts

Counts = Mapping[int, int]  # level -> number of answers
Shuffle = Callable[[list[str]], None]  # in place


@dataclass(frozen=True, slots=True)
class ScaleResult:
    """One scale question: the whole round, and each part of its split (none where there is no split)."""

    question_id: str
    whole: Outcome
    parts: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentResult:
    """One comment question: its texts in no order, or None where too few wrote."""

    question_id: str
    texts: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Release:
    """`answers` is the band of the largest number of answers to any scale question."""

    answers: str
    minimum: int
    scales: tuple[ScaleResult, ...]
    comments: tuple[CommentResult, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Everything that was counted: counts per question and part (one part where there is no split), and comments."""

    counts: Mapping[str, Sequence[Counts]]
    comments: Mapping[str, Sequence[str]]


def outcome(counts: Counts, minimum: int, figures: int = 1) -> Outcome:
    """What is shown of one question. `figures`: into how many published figures each of these answers goes."""
    if minimum < MINIMUM_FLOOR:
        raise ValueError(f"the minimum is at least {MINIMUM_FLOOR}")
    if not set(counts) <= set(LEVELS) or min(counts.values(), default=0) < 0:
        raise ValueError("counts are numbers of answers at levels 1 to 5")
    answers = sum(counts.values())
    if answers < minimum:
        return Withheld(minimum)
    return _shown(counts, answers, tier(answers, figures))


def release(questions: Sequence[Question], tally: Tally, minimum: int, shuffle: Shuffle) -> Release | Withheld:
    """The one publication of a round; `Withheld` when no question has enough answers."""
    answers = answers_in_round(questions, tally)
    if answers < minimum:
        return Withheld(minimum)
    return Release(
        answers=response_band(answers),
        minimum=minimum,
        scales=tuple(_scale(each, tally.counts[each.id], minimum) for each in questions if each.kind.is_scale),
        comments=tuple(
            CommentResult(each.id, comments(tally.comments[each.id], answers, shuffle))
            for each in questions
            if each.kind is Kind.COMMENT
        ),
    )


def answers_in_round(questions: Sequence[Question], tally: Tally) -> int:
    """The largest number of answers to any of the round's scale questions."""
    scales = (tally.counts[each.id] for each in questions if each.kind.is_scale)
    return max((sum(sum(part.values()) for part in parts) for parts in scales), default=0)


def comments(texts: Sequence[str], answers: int, shuffle: Shuffle) -> tuple[str, ...] | None:
    """The comments on one question, shuffled alone; None where too few answered or wrote."""
    if answers < COMMENT_ANSWERS_MIN or len(texts) < COMMENTS_MIN:
        return None
    shuffled = list(texts)
    shuffle(shuffled)
    return tuple(shuffled)


def _scale(question: Question, parts: Sequence[Counts], minimum: int) -> ScaleResult:
    whole = {level: sum(part.get(level, 0) for part in parts) for level in LEVELS}
    if len(parts) == 1:
        return ScaleResult(question.id, outcome(whole, minimum))
    shown = shown_parts([sum(part.values()) for part in parts], minimum)
    figures = 2 if shown else 1
    return ScaleResult(
        question.id,
        outcome(whole, minimum, figures),
        tuple(
            outcome(part, minimum, figures) if number in shown else Withheld(minimum)
            for number, part in enumerate(parts)
        ),
    )


def _shown(counts: Counts, answers: int, detail: Tier) -> Outcome:
    band = response_band(answers)
    mean = half_up(100 * sum(level * counts.get(level, 0) for level in LEVELS), answers, detail.step)
    if detail.shape is Shape.WORD:
        return Word(band, mean // 100)
    mean = min(MEAN_TOP, max(MEAN_BOTTOM, mean))
    if detail.shape is Shape.BANDS:
        return Bands(band, mean, shares(counts, BANDS, detail.grain))
    if detail.shape is Shape.LEVELS:
        return Levels(band, mean, shares(counts, SINGLE_LEVELS, detail.grain))
    is_quartered = detail.shape is Shape.QUARTERED and not is_coded_mean(mean)
    return Mean(band, mean, _favourable_quarter(counts, answers) if is_quartered else None)


def _favourable_quarter(counts: Counts, answers: int) -> int:
    """The lower end of the quarter: 0, 25, 50 or 75 per cent. 25 % itself is in the second; all of them in the last."""
    favourable = sum(counts.get(level, 0) for level in FAVOURABLE)
    return min(3, 4 * favourable // answers) * 25
