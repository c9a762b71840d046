"""What does the page say after a change on the board: done, with a way back; or somebody was faster, with both texts?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions.goals import Meanwhile
from peerapp.models import About, Change, Goal, GoalEvent, Pair
from peerapp.rules.areas import Area
from peerapp.rules.conflict import Clash, Merge, suggest_merge
from peerapp.rules.goal_fields import FIELD_NAMES, TEXTS
from peerapp.rules.refusal import Refusal, Stale
from peerapp.rules.words import N_
from peerapp.telling import Teller
from peerapp.web import page, say_done

NAMES = {**FIELD_NAMES, "words": N_("Step"), "overall_goal": N_("Overall goal")}
NOTES = "notes"  # of several messages about notes the newest stays: one adds many in a row


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that both changed. `merged` is a text, or the values of a list; None where there is nothing between."""

    name: str
    label: str
    was: str
    mine: str
    theirs: str
    merged: str | list[str] | None


def offer_undo(event: GoalEvent, sentence: str, to: str = "board") -> None:
    """Say that it is done and offer to take it back, from the board or from the goal's page."""
    undo = url_for("undo.take_back", pair_id=event.pair_id, change=event.id, to=to)
    say_done(sentence, undo, about=str(event.goal_id or event.pair_id))


def offer_to_take_back(change: Change | Refusal | Stale | None, sentence: str) -> None:
    """The same for a change in the journal, of a comment or the charter; nothing where nothing changed."""
    if isinstance(change, Change):
        say_done(sentence, way_back(change), about=NOTES if change.about is About.NOTE else str(change.thing_id))


def way_back(change: Change) -> str:
    """The address that takes a change of one's own back, and leads to the page that it was made on."""
    here = request.values.get("session") or (request.view_args or {}).get("session_id")
    return url_for("changes.take_back", pair_id=change.pair_id, change_id=change.id, to=here)


def say_meanwhile(by: str, fields: Sequence[str]) -> None:
    """Say that what the other changed at the same time is kept as well; `fields` are names still to be translated."""
    if fields:
        names = ", ".join(f"“{_(each)}”" for each in fields)
        say_done(_("%(name)s changed %(fields)s meanwhile. Both are saved.", name=by, fields=names))


def teller(pair: Pair) -> Teller:
    return Teller(viewer(), pair.partner_of(viewer()))


def clash_page(
    pair: Pair, merge: Merge[Any], mine: Mapping[str, Any], *, action: str, back: str, version: int
) -> Response:
    """A 409 with both texts of every field that both changed; `mine` is the form as I sent it."""
    return page(
        "goals/clash.html",
        status=409,
        pair=pair,
        partner=pair.partner_of(viewer()),
        choices=[_choice(clash, teller(pair)) for clash in merge.clashes],
        mine=[(name, each) for name, value in mine.items() for each in (value if isinstance(value, list) else [value])],
        action=action,
        back=back,
        version=version,
    )


def meanwhile_page(goal: Goal, since: Meanwhile, mine: Mapping[str, str], *, action: str, anyway: str) -> Response:
    """A 409 that says what happened to the goal, and offers to do it anyway."""
    tell = teller(goal.pair).tell
    return page(
        "goals/meanwhile.html",
        status=409,
        pair=goal.pair,
        goal=goal,
        partner=goal.pair.partner_of(viewer()),
        changes=[(event, tell(event)) for event in since.events],
        mine=mine,
        action=action,
        anyway=anyway,
    )


def _choice(clash: Clash[Any], telling: Teller) -> Choice:
    was, mine, theirs = (telling.value(clash.field, value) for value in (clash.base, clash.mine, clash.theirs))
    merged: str | list[str] | None = None
    if clash.field == "areas":
        merged = [area.value for area in Area if area.value in {*clash.mine, *clash.theirs}]
    elif clash.field in {*TEXTS, "words", "overall_goal"}:
        merged = suggest_merge(clash.mine, clash.theirs)
    return Choice(clash.field, _(NAMES[clash.field]), was, mine, theirs, merged)
