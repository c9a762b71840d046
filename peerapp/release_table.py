"""How is what a result shows told on the help page? Straight from the constants, so that page and rules never differ."""

from dataclasses import dataclass

from flask_babel import gettext as _

from peerapp.figures import decimal
from peerapp.rules.release_rules import MINIMUM_FLOOR, TIERS, Shape, Tier


@dataclass(frozen=True, slots=True)
class Row:
    """`answers`: from how many to how many; `shown`: a sentence."""

    answers: str
    shown: str


def rows() -> list[Row]:
    """From nothing to everything that may be shown."""
    told = [Row(_("fewer than %(least)s", least=MINIMUM_FLOOR), _("Nothing: “not enough answers”, and no number."))]
    for tier, above in zip(TIERS, [*TIERS[1:], None], strict=True):
        least = tier.answers
        answers = (
            _("%(least)s and more", least=least)
            if above is None
            else _("%(least)s to %(most)s", least=least, most=above.answers - 1)
        )
        told.append(Row(answers, _shown(tier)))
    return told


def _shown(tier: Tier) -> str:
    step = decimal(tier.step)
    match tier.shape:
        case Shape.WORD:
            return str(_("The mean as one of five words."))
        case Shape.MEAN:
            return str(_("The mean, in steps of %(step)s.", step=step))
        case Shape.QUARTERED:
            return str(
                _(
                    "The mean, in steps of %(step)s, and in which quarter the share of favourable answers lies.",
                    step=step,
                )
            )
        case Shape.BANDS:
            return str(
                _(
                    "The mean, in steps of %(step)s, and three bands rounded to %(grain)s per cent.",
                    step=step,
                    grain=tier.grain,
                )
            )
        case Shape.LEVELS:
            return str(
                _(
                    "The mean, in steps of %(step)s, and all five levels rounded to %(grain)s per cent.",
                    step=step,
                    grain=tier.grain,
                )
            )
