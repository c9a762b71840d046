"""How does an answer leave the house: whole page or block, headers, and what every template gets?"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, Response, current_app, flash, g, make_response, render_template, request, session
from flask_babel import get_locale, gettext as _
from werkzeug.local import LocalProxy

from peerapp import access, clock, cookies
from peerapp.cities import in_words
from peerapp.models import Person
from peerapp.models.people import Role, Theme
from peerapp.queries.pairs import mine_of
from peerapp.rules.names import first_name
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import PairState
from peerapp.version import VERSION

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
HSTS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}


@dataclass(frozen=True, slots=True)
class NavPair:
    """A pair in the header: its id and the partner's first name."""

    id: Any
    partner: str


@dataclass(frozen=True, slots=True)
class Shell:
    """What the frame around every page shows. `person` is None for visitors."""

    person: Person | None
    pairs: tuple[NavPair, ...]
    notices: int
    theme: str
    language: str
    version: str
    coordinates: bool
    administers: bool
    shortcuts: bool
    organisation: str


def init_app(app: Flask) -> None:
    app.after_request(_headers)
    app.context_processor(lambda: {"shell": LocalProxy(shell)})  # lazy: error pages never ask
    app.jinja_env.globals["now"] = clock.now


def page(template: str, status: int = 200, **context: Any) -> Response:
    """Render the whole page, or only the block whose name is the id that htmx is about to fill.

    A block brings the messages along. Where htmx waits for a block that this page does not have (a clash, a refusal),
    the whole page takes the place of the one on the screen.
    """
    block = request.headers.get("HX-Target", "").rpartition("#")[2] if "HX-Request" in request.headers else ""
    found = current_app.jinja_env.get_template(template)
    is_part = bool(block) and block in found.blocks
    if is_part:
        current_app.update_template_context(context)
        inside = found.new_context(context)
        next(found.root_render_func(inside), None)  # what the top of the file sets and imports, the block sees, too
        body = "".join(found.blocks[block](inside)) + _messages()
    else:
        body = render_template(template, **context)
    response = make_response(body, status)
    response.headers["Vary"] = "HX-Target"
    if not is_part and request.headers.get("HX-Request-Type") == "partial":
        response.headers["HX-Retarget"] = "body"
        response.headers["HX-Reswap"] = "innerMorph"
    return response


def asked_for() -> dict[str, str]:
    """What the address says; a part of a page is asked for by the page, whose own address says how much it shows."""
    here = request.headers.get("HX-Current-URL", "") if "HX-Request" in request.headers else ""
    return dict(parse_qsl(here.partition("#")[0].partition("?")[2])) | dict(request.args)


def _messages() -> str:
    return render_template("_messages.html") if "_flashes" in session else ""


def say_done(text: str, undo: str | None = None, about: str = "") -> None:
    """A message that goes by itself; `undo` is the address that takes the change back.

    Of several messages `about` the same thing, the page keeps the newest.
    """
    flash({"text": text, "undo": undo, "about": about} if undo else text, "done")  # type: ignore[arg-type]  # Flask keeps any JSON


def said(refusal: Refusal) -> str:
    """The sentence of a refusal in the viewer's language."""
    return str(_(refusal.sentence, **in_words(refusal.values)))


def shell() -> Shell:
    """The frame of this request's page, made once."""
    if "shell" not in g:
        g.shell = _shell()
    made: Shell = g.shell
    return made


def _shell() -> Shell:
    person = access.viewer_or_none()
    settings = current_app.config["PEERAPP"]
    return Shell(
        person=person,
        pairs=_pairs_of(person) if person else (),
        notices=access.unread_notices(),
        theme=_theme(person),
        language=str(get_locale()),
        version=VERSION,
        coordinates=person is not None and person.has(Role.COORDINATOR),
        administers=person is not None and person.has(Role.ADMINISTRATOR),
        shortcuts=person is None or person.shortcuts_off_since is None,
        organisation=settings.organisation,
    )


def _theme(person: Person | None) -> str:
    chosen = person.theme.value if person else cookies.read("theme")
    return chosen if chosen in set(Theme) else Theme.SYSTEM.value


def _pairs_of(person: Person) -> tuple[NavPair, ...]:
    running = (pair for pair in mine_of(person) if pair.state is not PairState.ENDED)
    return tuple(NavPair(pair.id, first_name(pair.partner_name)) for pair in running)


def headers_of_all(app: Flask) -> list[tuple[str, str]]:
    """What every answer carries that says nothing else itself."""
    return [*HEADERS.items(), *(HSTS.items() if app.config["PEERAPP"].https else ())]


def _headers(response: Response) -> Response:
    """What the view has not said itself. Looked up once: every answer passes here."""
    given = {name.lower() for name, _value in response.headers}
    response.headers.extend([each for each in headers_of_all(current_app) if each[0].lower() not in given])
    return response
