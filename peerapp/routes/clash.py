"""Somebody was faster: both texts on one page, and three ways on. Nothing that was typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response

from peerapp.models import Pair
from peerapp.rules.conflict import suggest_merge
from peerapp.web import page


@dataclass(frozen=True, slots=True)
class Clash:
    """`name` is the field that holds the text; `others` are further fields as I sent them, `told` says them in words.

    `seen` is the version that stands now: whoever chooses has seen it.
    """

    action: str
    back: str
    name: str
    mine: str
    theirs: str
    seen: int
    others: Mapping[str, str] = field(default_factory=dict)
    told_mine: str = ""
    told_theirs: str = ""

    @property
    def merged(self) -> str:
        """A text with everything that stands in either."""
        return suggest_merge(self.mine, self.theirs)


def clash_page(pair: Pair, clash: Clash, by: str) -> Response:
    """A 409; `by` says who was faster."""
    return page("sessions/clash.html", status=409, pair=pair, clash=clash, by=by)
