"""How does a released figure read? Means, words, shares and bands of answers, in the reader's language.

Everything here comes from the outcomes of a release, whose types hold nothing that must not be shown.
"""

from collections.abc import Sequence
from functools import cache

from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from flask_babel import get_locale, gettext as _

from peerapp.rules.outcomes import Mean, Outcome, Share, Withheld, Word, is_coded_mean
from peerapp.rules.questions import BAND_NAMES, LEVEL_NAMES, MEAN_WORDS, Kind
from peerapp.rules.release_rules import MEAN_TOP, SHARE_BOTTOM, SHARE_TOP
from peerapp.rules.words import N_

QUARTERS = {
    Kind.AGREEMENT: {
        0: N_("Fewer than a quarter agree."),
        25: N_("Between a quarter and a half agree."),
        50: N_("Between a half and three quarters agree."),
        75: N_("Three quarters or more agree."),
    },
    Kind.FREQUENCY: {
        0: N_("Fewer than a quarter say “often”."),
        25: N_("Between a quarter and a half say “often”."),
        50: N_("Between a half and three quarters say “often”."),
        75: N_("Three quarters or more say “often”."),
    },
}
ANSWERS = {
    "5-9": N_("5 to 9"), "10-19": N_("10 to 19"), "20-49": N_("20 to 49"), "50-199": N_("50 to 199"),
    "200+": N_("200 or more"),
}  # fmt: skip


def answers_told(band: str) -> str:
    """As in: 50 to 199."""
    return str(_(ANSWERS[band]))


def told(outcome: Outcome, kind: Kind) -> str:
    """The one figure or word of an outcome, as in 4.1, or mostly agreement; "" where it is withheld."""
    if isinstance(outcome, Withheld):
        return ""
    if isinstance(outcome, Word):
        return str(_(MEAN_WORDS[kind][outcome.level - 1]))
    return _mean(outcome.hundredths)


def share_name(share: Share, kind: Kind, *, is_level: bool) -> str:
    """What the levels of a share are called together: agree, or disagree or neither."""
    if is_level:
        return _either([LEVEL_NAMES[kind][level - 1] for level in share.levels])
    return _either([name for levels, name in BAND_NAMES[kind].items() if set(levels) <= set(share.levels)])


def percent(share: Share) -> str:
    """As in: 40%, or 90% or more."""
    number = _percent(str(get_locale()), share.percent)
    if share.percent == SHARE_TOP:
        return str(_("%(share)s or more", share=number))
    return str(_("%(share)s or less", share=number)) if share.percent == SHARE_BOTTOM else number


def quarter(outcome: Outcome, kind: Kind) -> str:
    if not isinstance(outcome, Mean) or outcome.favourable is None:
        return ""
    return str(_(QUARTERS[kind][outcome.favourable]))


def decimal(hundredths: int) -> str:
    """As in: 4.1, or 3.75."""
    return _decimal(str(get_locale()), hundredths)


def _mean(hundredths: int) -> str:
    number = decimal(hundredths)
    if not is_coded_mean(hundredths):
        return number
    if hundredths == MEAN_TOP:
        return str(_("%(mean)s or more", mean=number))
    return str(_("%(mean)s or less", mean=number))


def _either(names: Sequence[str]) -> str:
    return str(format_list([_(name) for name in names], style="or", locale=get_locale()))


@cache
def _percent(locale: str, number: int) -> str:
    return str(format_percent(number / 100, locale=locale))


@cache
def _decimal(locale: str, hundredths: int) -> str:
    return str(format_decimal(hundredths / 100, format="0.0#", locale=locale))
