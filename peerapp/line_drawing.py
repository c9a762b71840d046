"""How does a line of the journal look for one of the two: a note, a point of the agenda, a decision, an action, a session in the list?

A line is drawn once for everything it shows: after a change only that line is drawn anew. No form stands in it, for
its buttons send the form `quick` of base.html: so no token is ever kept. Private notes are never drawn here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import get_locale
from markupsafe import Markup

from peerapp import clock, tightening
from peerapp.models import Pair, Person, Session
from peerapp.recent import Recent
from peerapp.rendering import macro
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.local_time import on_the_wall
from peerapp.rules.states import SessionState

_drawn: Recent[Markup] = Recent(20_000)


@dataclass(frozen=True, slots=True)
class Frame:
    """All that lines show besides themselves: where they are, who reads them, what may be done."""

    here: str
    sessions_url: str
    actions_url: str
    history_url: str
    session: UUID | None
    is_running: bool
    has_clock: bool  # a meeting has minutes, a session by writing has days
    can_write: bool
    is_open: bool
    me: UUID
    partner: str
    today: date
    zone: str
    language: str
    script_root: str

    def draw(self, kind: str, *shown: Any) -> Markup:
        """The line of this kind; `shown` are the arguments of its macro in sessions/_lines.html."""
        return _drawn.get((kind, shown, self), lambda: self._draw(kind, shown))

    def _draw(self, kind: str, shown: tuple[Any, ...]) -> Markup:
        drawn = macro("sessions/_lines.html", kind, self, *shown)
        return Markup(tightening.page(drawn))  # noqa: S704 - it was drawn by a template


def frame_of(pair: Pair, me: Person, session: Session | None = None) -> Frame:
    """For the lines of a session, or for the actions of the pair between two."""
    all_sessions = url_for("plans.plan", pair_id=pair.id)
    return Frame(
        here=f"{all_sessions}/{session.id}" if session else url_for("journal.show", pair_id=pair.id),
        sessions_url=all_sessions,
        actions_url=url_for("open_actions.add", pair_id=pair.id),
        history_url=url_for("changes.show", pair_id=pair.id),
        session=session.id if session else None,
        is_running=session is not None and session.state is SessionState.RUNNING,
        has_clock=session is None or session.kind is SessionKind.MEETING,
        can_write=pair.is_open and (session is None or session.state is not SessionState.CANCELLED),
        is_open=pair.is_open,
        me=me.id,
        partner=pair.partner_of(me).first_name,
        today=on_the_wall(clock.now(), me.time_zone).date(),
        zone=me.time_zone,
        language=str(get_locale()),
        script_root=request.script_root,
    )
