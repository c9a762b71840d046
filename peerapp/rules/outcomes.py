"""What may be known of one question after closing. A type holds what is shown and nothing else, so nothing can leak.

`answers` is a band ("5-9" to "200+"), never a count.
"""

from dataclasses import dataclass

from peerapp.rules.release_rules import MEAN_BOTTOM, MEAN_TOP, SHARE_BOTTOM, SHARE_TOP


@dataclass(frozen=True, slots=True)
class Withheld:
    """Not enough answers. `minimum` was known before anybody answered."""

    minimum: int


@dataclass(frozen=True, slots=True)
class Word:
    """The mean as one of five words; `level` is 1 to 5."""

    answers: str
    level: int


@dataclass(frozen=True, slots=True)
class Mean:
    """In hundredths: 375 is 3.75. 450 is "4.5 or more", 150 "1.5 or less".

    `favourable` is the lower end of the quarter in which the share of favourable answers lies: 0, 25, 50 or 75 per
    cent. None where the round is too small for it, and where the mean is coded (it would say more than the mean).
    """

    answers: str
    hundredths: int
    favourable: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Of the answers at these neighbouring levels, in per cent: 90 is "90 % or more", 10 is "10 % or less"."""

    levels: tuple[int, ...]
    percent: int


@dataclass(frozen=True, slots=True)
class Bands:
    """A mean and up to three bands. One band alone is one with 90 % or more: the others follow."""

    answers: str
    hundredths: int
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """A mean and up to five levels. One level alone is one with 90 % or more: the others follow."""

    answers: str
    hundredths: int
    shares: tuple[Share, ...]


Outcome = Withheld | Word | Mean | Bands | Levels


def mean_of(outcome: Outcome) -> int | None:
    """The published mean in hundredths, for a picture or a trend."""
    return outcome.hundredths if isinstance(outcome, Mean | Bands | Levels) else None


def is_coded_mean(hundredths: int) -> bool:
    """Whether a mean is "4.5 or more" or "1.5 or less"."""
    return hundredths in {MEAN_TOP, MEAN_BOTTOM}


def is_coded_share(percent: int) -> bool:
    """Whether a share is "90 % or more" or "10 % or less"."""
    return percent in {SHARE_TOP, SHARE_BOTTOM}
