"""Which pages were just answered and may be handed out again, with only a few places filled anew?

What does not change with the content (head, header, footer and what stands around) is rendered once for each person
and kept with holes: for the token of the forms and their keys of `once`, and for the part that a page names. Not while
there is a message to say.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, make_response, render_template, request, session
from markupsafe import Markup

from peerapp import once, tightening
from peerapp.recent import Recent
from peerapp.rendering import a_hole
from peerapp.signing import csrf_token
from peerapp.web import page, shell

TOKEN, PART = a_hole(), a_hole()
_pages: Recent[bytes] = Recent(512)


@dataclass(frozen=True, slots=True)
class Part:
    """The changing part of a page, as it is sent."""

    sent: bytes

    @property
    def html(self) -> Markup:
        """For a template."""
        return Markup(self.sent.decode())  # noqa: S704 - rendered by the environment, which escapes


NOTHING = Part(b"")


def page_again(template: str, status: int, key: Hashable, *, region: Part = NOTHING, **context: Any) -> Response:
    """The page as `page` would answer it. `region` is its changing part; `key` names all else that it shows."""
    if "HX-Request" in request.headers or "_flashes" in session:
        return page(template, status, region=region.html, **context)
    frame, token = shell(), csrf_token()
    who = (frame.person.id, frame.person.name) if frame.person else None

    def rendered() -> bytes:
        with once.holes():
            return tightening.page(render_template(template, region=PART, **context).replace(token, TOKEN)).encode()

    key = (template, key, who, replace(frame, person=None), request.script_root, request.full_path)
    html = once.fill(_pages.get(key, rendered, weigh=len)).replace(TOKEN.encode(), token.encode())
    response = make_response(html.replace(PART.encode(), region.sent), status)
    response.headers["Vary"] = "HX-Target"
    return response
