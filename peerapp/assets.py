"""Which static files does a page load, and how do they travel: few, small, and never stale?

Every address carries one hash of the whole static tree, so a browser may keep a file for a year and the modules of
a page may import each other by relative paths. The stylesheets travel as one file, and so do htmx and the scripts of
the shell: a first view loads the page, `app.css`, `app.js`, the icons and the favicon, a board also `board.js`, a goal `live.js`, which is a part of it,
a session also `session.js`. Everything is read, joined, tightened and compressed once, at start.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

from peerapp import tightening
from peerapp.access import public

STYLES = (
    "layers", "reset", "tokens", "base", "layout",
    "buttons", "forms", "choices", "panels", "rounds", "people", "board", "goal", "journal", "live", "answering", "results", "tables", "overlays",
    "utilities", "adapt", "print",
)  # fmt: skip
VENDORED = ("vendor/htmx/htmx.min.js", "vendor/htmx/hx-ptag.min.js")
SHELL = ("say", "theme", "toasts", "menus", "forms", "counters", "shortcuts", "leftover")
DRAFTS = ("store", "fields", "forms", "coming")
BOARD = ("places", "more", "sending", "keys", "drag", "menu")
LIVE = ("line", "status", "swap", "telling", "partner", "sign", "since", "outbox", "queueing", "waiting_notes")
ADDING = ("live/since", "journal")
TYPING = ("live/sign", "typing/keeping", "typing/typing")
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it travels."""

    body: bytes
    zipped: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All files by name, and the hash that stands in their addresses."""

    tree: str
    files: dict[str, Asset]


def init_app(app: Flask) -> None:
    assets = load(Path(app.root_path) / "static")
    app.extensions["assets"] = assets
    app.add_url_rule("/static/<tree>/<path:name>", "static", send)
    app.jinja_env.globals["asset"] = partial(_address, assets)


def load(folder: Path) -> Assets:
    """Read the static folder and join what travels together."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.suffix in TYPES}
    bodies = {name: path.read_bytes() for name, path in found.items()}
    bodies["app.css"] = tightening.style(b"".join(bodies[f"css/{name}.css"] for name in STYLES))
    bodies["app.js"] = b"".join(
        [bodies[name] + b";\n" for name in VENDORED]
        + [_alone(bodies[f"js/{name}.js"]) for name in SHELL]
        + [_alone(b"".join(bodies[f"js/drafts/{name}.js"] for name in DRAFTS))],
    )
    bodies["live.js"] = _alone(b"".join(bodies[f"js/live/{name}.js"] for name in LIVE))  # the parts share their names
    typing = b"".join(bodies[f"js/{name}.js"] for name in TYPING)
    adding = b"".join(bodies[f"js/{name}.js"] for name in ADDING)
    session = (adding, typing, bodies["js/timer.js"], bodies["js/live/undoing.js"])
    bodies["session.js"] = b"".join(_alone(each) for each in session)
    bodies["board.js"] = _alone(b"".join(bodies[f"js/board/{name}.js"] for name in BOARD)) + bodies["live.js"]
    tree = hashlib.sha256()
    for name, body in sorted(bodies.items()):
        tree.update(name.encode() + b"\0" + hashlib.sha256(body).digest())
    files = {name: Asset(body, gzip.compress(body, mtime=0), TYPES[Path(name).suffix]) for name, body in bodies.items()}
    return Assets(tree.hexdigest()[:16], files)


def _alone(script: bytes) -> bytes:
    """A script with names of its own."""
    return b'(() => {\n"use strict";\n' + tightening.script(script) + b"})();\n"


def _address(assets: Assets, name: str) -> str:
    """Where a file is served; an unknown name is a mistake of the template."""
    if name not in assets.files:
        raise LookupError(name)
    return f"{request.script_root}/static/{assets.tree}/{name}"


@public
def send(tree: str, name: str) -> Response:
    """The file. An address from before an upgrade gets today's file, to be kept by nobody."""
    assets: Assets = current_app.extensions["assets"]
    asset = assets.files.get(name) or abort(404)
    zipped = request.accept_encodings["gzip"] > 0
    response = Response(asset.zipped if zipped else asset.body, content_type=asset.content_type)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = FOREVER if tree == assets.tree else "no-cache"
    response.set_etag(f"{assets.tree}-{'gzip' if zipped else 'plain'}")
    response.make_conditional(request)
    return response
