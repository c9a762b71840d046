"""Somebody was faster: both texts on one page, and three ways on. Nothing that was typed is lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Response, request
from flask_babel import gettext as _

from peerapp.models import Pair
from peerapp.routes.saying import Choice
from peerapp.rules.conflict import Merge, suggest_merge
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


@dataclass(frozen=True, slots=True)
class Fields:
    """Where a form with several fields goes on, what its fields are called, and which of them are texts to be merged."""

    action: str
    back: str
    names: Mapping[str, str]
    texts: frozenset[str]
    say: Callable[[str, str], str] = lambda _name, value: value


def choices_page(pair: Pair, both: Merge[str], form: Mapping[str, str], fields: Fields) -> Response:
    """A 409 with a choice for each field that both changed; `form` is what I sent, for the rest of them.

    Of the rest it goes on from what I began with, so that what only one of us changed goes together after the choice.
    """
    began = {f"was_{name}": request.form.get(f"was_{name}", value) for name, value in both.fields.items()}
    was = {f"was_{each.field}": each.theirs for each in both.clashes}
    choices = [
        Choice(
            each.field,
            _(fields.names[each.field]),
            fields.say(each.field, each.base) if each.base else "",
            fields.say(each.field, each.mine),
            fields.say(each.field, each.theirs),
            suggest_merge(each.mine, each.theirs) if each.field in fields.texts else None,
        )
        for each in both.clashes
    ]
    return page(
        "goals/clash.html",
        status=409,
        pair=pair,
        choices=choices,
        mine=list({**form, **began, **was}.items()),
        action=fields.action,
        back=fields.back,
        version=0,
    )
