"""Why might these two learn from each other? Three bars in words: knowledge, experience, attitude.

The score only puts people in an order and is never shown. Length of service, unit and rank are not known here.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from peerapp.rules.areas import Area
from peerapp.rules.searching import WORD_MAX, fold
from peerapp.rules.styles import EITHER, STYLES
from peerapp.rules.words import N_

TOKEN = re.compile(r"[^\W_]+[+#]*")
FILLERS = frozenset(
    TOKEN.findall(
        "a an and at for from how i in into my of on or our the to we with "
        "auf das dem den der des die ein eine einen für im in mit oder und von vor zu zum zur",
    ),
)
PLURAL_FROM = 4  # "tables" is "table", but "sas" stays "sas"


@dataclass(frozen=True, slots=True)
class Skill:
    """A ticked area (`words` empty), or something in it in somebody's own words."""

    area: Area
    words: str = ""
    new_to_us: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Story:
    area: Area
    body: str
    happy_to_talk: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """`styles`: choice key to value, only what was chosen."""

    wants: tuple[Skill, ...] = ()
    offers: tuple[Skill, ...] = ()
    stories: tuple[Story, ...] = ()
    styles: Mapping[str, str] = field(default_factory=dict, hash=False)


class Met(StrEnum):
    """Both said the same; or one named a skill and the other ticked its whole area, which is not the same."""

    ALIKE = "alike"
    AREA_OFFERED = "area_offered"
    AREA_WANTED = "area_wanted"


@dataclass(frozen=True, slots=True)
class Shared:
    """One skill that one of them offers and the other wants; the words of each may differ or be empty."""

    area: Area
    offered: str
    wanted: str

    @property
    def words(self) -> str:
        """What is offered, in their words; where they offer the whole area, "": the page then names the area."""
        return self.offered

    @property
    def met(self) -> Met:
        if bool(self.offered) == bool(self.wanted):
            return Met.ALIKE
        return Met.AREA_WANTED if self.offered else Met.AREA_OFFERED


@dataclass(frozen=True, slots=True)
class Bars:
    """Empty tuples are shown as "none yet", which is a fine answer."""

    knowledge: tuple[Shared, ...]  # they offer, I want
    returned: tuple[Shared, ...]  # I offer, they want
    experience: tuple[Story, ...]  # their stories on what I want
    attitude: tuple[str, ...]  # what both like: `likes` of a pole, still to be translated
    score: int


# what is offered is named; only its whole area is
_I_WANT = (
    N_("Hello %(name)s, I would like to get better at this, and you can show it: %(skill)s."),
    N_("Hello %(name)s, I would like to get better at this: %(skill)s. You can show things in %(area)s."),
)
_THEY_WANT = (
    N_("Hello %(name)s, you would like to learn something that I can show: %(skill)s."),
    N_("Hello %(name)s, you would like to learn this: %(skill)s. I can show things in %(area)s."),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """The first sentence of a request, to be translated with `name`, `area` and `skill` (`words`, else the area)."""

    sentence: str
    area: Area | None = None
    words: str = ""


def bars(mine: Profile, theirs: Profile) -> Bars:
    """What the viewer (`mine`) sees of somebody else."""
    knowledge, returned = _shared(theirs.offers, mine.wants), _shared(mine.offers, theirs.wants)
    experience = tuple(story for story in theirs.stories if any(_told(story, want) for want in mine.wants))
    attitude = tuple(_both_like(mine.styles, theirs.styles))
    easy = sum(EITHER in {mine.styles.get(s.key), theirs.styles.get(s.key)} for s in STYLES)
    score = 20 * min(len(knowledge), 3) + 10 * min(len(returned), 3) + 6 * min(len(experience), 3)
    return Bars(knowledge, returned, experience, attitude, score + 2 * len(attitude) + easy)


def level(found: int) -> str:
    """How full a bar is drawn; the words beside it say what it means."""
    return ("none", "little", "some", "much")[min(found, 3)]


def opening(seen: Bars) -> Opening:
    """What to begin the request with: a skill they can show, else one I can show, else only the wish to talk."""
    if seen.knowledge:
        skill, sentences = seen.knowledge[0], _I_WANT
    elif seen.returned:
        skill, sentences = seen.returned[0], _THEY_WANT
    else:
        return Opening(N_("Hello %(name)s, I would like to learn together with you."))
    only_area = skill.met is Met.AREA_OFFERED
    return Opening(sentences[only_area], skill.area, skill.wanted if only_area else skill.words)


def alike(one: str, other: str) -> bool:
    """Whether two people mean the same skill: more than half of the shorter one's words are in the other."""
    return _overlap(tokens(one), tokens(other))


@lru_cache(maxsize=20_000)
def tokens(words: str) -> frozenset[str]:
    """The words that count: folded, without fillers and plural endings; "C++" and "C#" stay themselves."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    found = (token for token in TOKEN.findall(folded) if token not in FILLERS)
    return frozenset(t[:-1] if len(t) >= PLURAL_FROM and t.endswith("s") and not t.endswith("ss") else t for t in found)


def stems(words: str) -> frozenset[str]:
    """The same, as they are stored to be found (rules/searching.py)."""
    return frozenset(fold(token)[:WORD_MAX] for token in tokens(words))


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(one & other) > min(len(one), len(other))


def _shared(offers: tuple[Skill, ...], wants: tuple[Skill, ...]) -> tuple[Shared, ...]:
    """Each want at most once, with the offer that says most; what both named stands first, mere areas last."""
    found: dict[tuple[Area, str], Shared] = {}
    for want in sorted(wants, key=lambda want: want.words == ""):
        fits = [offer for offer in offers if _fits(offer, want)]
        if fits:
            best = max(fits, key=lambda offer: (len(tokens(offer.words) & tokens(want.words)), offer.words != ""))
            shared = Shared(want.area, best.words, want.words)
            said = (shared.offered or shared.wanted).casefold()
            if said or not any(area is want.area for area, _ in found):
                found.setdefault((shared.area, said), shared)
    return tuple(sorted(found.values(), key=lambda shared: (shared.words == "", shared.wanted == "")))


def _fits(offer: Skill, want: Skill) -> bool:
    """The same area, and the same words unless one of them only ticked the area."""
    return offer.area == want.area and (not offer.words or not want.words or alike(offer.words, want.words))


def _told(story: Story, want: Skill) -> bool:
    """Whether a story is about something wanted: more than half of the wanted words are in it."""
    wanted = tokens(want.words)
    return story.area == want.area and (not wanted or 2 * len(wanted & tokens(story.body)) > len(wanted))


def _both_like(mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """What both chose alike; "either" fits everybody and says nothing."""
    poles = (s.pole(mine[s.key]) for s in STYLES if s.key in mine and mine[s.key] == theirs.get(s.key))
    return [pole.likes for pole in poles if pole is not None]
