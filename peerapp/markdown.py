"""How does typed Markdown become safe HTML?

markdown-it renders without raw HTML; nh3 then keeps a short list of tags, no images, and no attribute but
`href` (also no `hx-*` and `data-*`, which a content security policy would not stop).
"""

from uuid import UUID

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup

from peerapp.recent import Recent

TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "hr"}
_parser = (
    MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False}).enable("strikethrough").disable("image")
)
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
)


def init_app(app: Flask) -> None:
    app.jinja_env.filters["markdown"] = to_html
    app.jinja_env.filters["markdown_of"] = version_to_html


def to_html(text: str) -> Markup:
    """Safe HTML of a note. Headings start at level three, below the page's own."""
    html = _parser.render(text)
    for level in (6, 5, 4, 3, 2, 1):
        html = html.replace(f"<h{level}>", f"<h{min(level + 2, 4)}>").replace(
            f"</h{level}>", f"</h{min(level + 2, 4)}>"
        )
    return Markup(_cleaner.clean(html))  # noqa: S704 - what nh3 has cleaned


_notes: Recent[Markup] = Recent(1_024)


def version_to_html(text: str, note: UUID, version: int) -> Markup:
    """The same for one version of a note that two people read again and again. Never for private ones."""
    return _notes.get((note, version, text), lambda: to_html(text), weigh=lambda html: len(text) + len(html))
