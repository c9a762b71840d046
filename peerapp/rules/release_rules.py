"""Every number that decides what a round may publish. Constants, not settings: nobody can lower them by an option.

An exact mean lets n - 1 colluding colleagues read the last answer with certainty. So the step of a mean grows as the
number of answers n falls: the smallest of 0.1, 0.25, 0.5 and 1.0 with step x n >= 5. One more answer then moves the
mean past at most one rounding border. `tests/rules/test_release_together.py` measures what is left.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LEVELS = (1, 2, 3, 4, 5)
FAVOURABLE = (4, 5)

# Who may be asked
AUDIENCE_MIN = 8  # people in a round, and in each part of a split
OVERLAP_MAX = 7  # audiences that differ by 1 to 7 people, on either side, would show those few
OVERLAP_WINDOW = timedelta(days=30)  # after a round has closed

# What may be asked
SCALES_MAX = 12
COMMENTS_MAX = 3
PARTS_MAX = 20
QUESTION_MAX = 200  # characters

# What may be shown
MINIMUM_FLOOR = 5
COMMENT_ANSWERS_MIN = 8  # answers in the round before any comment is shown
COMMENTS_MIN = 3  # comments on the question
COMMENT_MAX = 600  # code points, after normalisation
BAND_MIN = 3  # people in a published band or level
MEAN_TOP, MEAN_BOTTOM = 450, 150  # hundredths; "4.5 or more" and "1.5 or less"
SHARE_TOP, SHARE_BOTTOM = 90, 10  # per cent; "90 % or more" and "10 % or less"


class Shape(StrEnum):
    """How a question is shown."""

    WORD = "word"
    MEAN = "mean"
    QUARTERED = "quartered"  # a mean, and the favourable share as a quarter
    BANDS = "bands"
    LEVELS = "levels"


@dataclass(frozen=True, slots=True)
class Tier:
    """From so many answers on. `step` of the mean in hundredths, `grain` of a share in per cent."""

    answers: int
    shape: Shape
    step: int
    grain: int = 0


TIERS = (
    Tier(5, Shape.WORD, 100),
    Tier(10, Shape.MEAN, 50),
    Tier(20, Shape.QUARTERED, 25),
    Tier(50, Shape.BANDS, 10, 10),
    Tier(200, Shape.LEVELS, 10, 5),
)
RESPONSE_BANDS = ((200, "200+"), (50, "50-199"), (20, "20-49"), (10, "10-19"), (5, "5-9"))


def tier(answers: int, figures: int = 1) -> Tier:
    """How much may be shown of so many answers.

    An answer that goes into two figures (the whole and its part) gives half of its detail to each: step x n >= 10,
    as far as there is a coarser step.
    """
    fitting = [each for each in TIERS if answers >= each.answers * figures]
    return fitting[-1] if fitting else TIERS[0]


def response_band(answers: int) -> str:
    """How a number of answers is told: "5-9" to "200+". Fewer than 5 have no band."""
    for least, band in RESPONSE_BANDS:
        if answers >= least:
            return band
    raise ValueError("too few answers to tell of")


def half_up(numerator: int, denominator: int, step: int) -> int:
    """numerator / denominator rounded to a multiple of `step`, halves up. Whole numbers, none of them negative."""
    return (2 * numerator + denominator * step) // (2 * denominator * step) * step
