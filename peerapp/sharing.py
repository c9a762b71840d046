"""What do two people have for each other? A sentence each, that claims no more than either of them said."""

from collections.abc import Iterable

from babel.lists import format_list
from flask_babel import get_locale, gettext as _

from peerapp.rules.areas import AREA_NAMES, Area
from peerapp.rules.matching import Met, Shared


def listed(words: Iterable[str]) -> str:
    """Several words as one: "SQL, budgets and planning"."""
    return str(format_list(list(words), locale=get_locale()))


def can_show(knowledge: Iterable[Shared]) -> str:
    """What a colleague can show the reader, who wants to learn it."""
    said = [_told(met, area, skills) for met, area, skills in _grouped(knowledge)]
    return " ".join(said)


def want_to_learn(returned: Iterable[Shared]) -> str:
    """What a colleague wants to learn, and the reader can show."""
    said = [_told_back(met, area, skills) for met, area, skills in _grouped(returned)]
    return " ".join(said)


def _grouped(found: Iterable[Shared]) -> list[tuple[Met, str, str]]:
    """What both said alike in one sentence; where one of them ticked a whole area, a sentence for each area."""
    groups: dict[tuple[Met, Area | None], list[Shared]] = {}
    for shared in found:
        groups.setdefault((shared.met, shared.area if shared.met is not Met.ALIKE else None), []).append(shared)
    return [
        (met, _(AREA_NAMES[area]) if area else "", listed(map(_named, some))) for (met, area), some in groups.items()
    ]


def _named(shared: Shared) -> str:
    return shared.offered or shared.wanted or _(AREA_NAMES[shared.area])


def _told(met: Met, area: str, skills: str) -> str:
    match met:
        case Met.ALIKE:
            return str(_("Can show %(skills)s, which you want to learn.", skills=skills))
        case Met.AREA_OFFERED:
            return str(_("Shows things in %(area)s; you want to learn: %(skills)s.", area=area, skills=skills))
        case Met.AREA_WANTED:
            return str(_("Can show %(skills)s; you want to learn things in %(area)s.", area=area, skills=skills))


def _told_back(met: Met, area: str, skills: str) -> str:
    match met:
        case Met.ALIKE:
            return str(_("Wants to learn %(skills)s, which you can show.", skills=skills))
        case Met.AREA_OFFERED:
            return str(_("Wants to learn: %(skills)s; you show things in %(area)s.", area=area, skills=skills))
        case Met.AREA_WANTED:
            return str(_("Wants to learn things in %(area)s; you can show %(skills)s.", area=area, skills=skills))
