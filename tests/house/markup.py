"""What is wrong with a page? Parsed as a browser parses it, and strictly.

`broken` finds what breaks a standard or somebody's screen reader, `dangerous` what would run or ask for something.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

NAMED_BY_TEXT = {"a", "button", "summary", "legend", "option"}
CONTROLS = {"input", "select", "textarea"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list")
ACTIVE = {"iframe", "object", "embed", "applet", "base", "frame", "frameset", "style", "img", "video", "audio", "source",
          "math", "template", "foreignobject", "animate", "set", "portal", "noscript", "marquee"}  # fmt: skip
ADDRESSES = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "xlink:href",
    "hx-get",
    "hx-post",
    "ping",
    "srcset",
)
OURS = {"hx-get", "hx-post", "hx-trigger", "hx-target", "hx-swap", "hx-ptag", "hx-select", "hx-push-url", "hx-sync",
        "hx-indicator", "hx-disable", "hx-swap-oob", "hx-disabled-elt", "hx-include", "hx-replace-url", "hx-status:422",
        "hx-preserve"}  # fmt: skip

ORDINARY = {
    "html", "head", "body", "title", "meta", "link", "script", "main", "nav", "header", "footer", "section",
    "article", "aside", "div", "p", "span", "a", "b", "strong", "em", "i", "s", "small", "br", "hr", "h1", "h2",
    "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "th",
    "td", "caption", "colgroup", "col", "form", "fieldset", "legend", "label", "input", "textarea", "select",
    "option", "optgroup", "button", "output", "progress", "meter", "details", "summary", "dialog", "time", "kbd",
    "code", "pre", "blockquote", "q", "cite", "abbr", "address", "figure", "figcaption", "svg", "use", "g", "path",
    "mark", "sub", "sup", "hgroup", "search", "ins", "del",
}  # fmt: skip
CARRIES_WORDS = {
    "value", "title", "aria-label", "content", "href", "alt", "data-title", "data-name", "data-partner", "data-facts", "data-known",
}  # fmt: skip


class Document:
    def __init__(self, text: str) -> None:
        self.is_part = not text.lstrip().lower().startswith(("<!doctype", "<html"))
        self.text = text
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root: Element = parser.parse(text)
        self.parse_errors = [f"line {position[0]}: {code} {values}" for position, code, values in parser.errors]
        self.elements = [element for element in self.root.iter() if isinstance(element.tag, str)]
        for element in self.elements:
            element.tag = element.tag.rpartition("}")[2].lower()  # without its namespace
        self.ids = [element.attrib["id"] for element in self.elements if "id" in element.attrib]

    def of(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]


def broken(text: str) -> list[str]:
    """Whatever a whole page must not be."""
    page = Document(text)
    return [
        *page.parse_errors,
        *(f"id {name} stands {count} times" for name, count in Counter(page.ids).items() if count > 1),
        *_references(page),
        *_frame(page),
        *_headings(page),
        *_unnamed(page),
    ]


def dangerous(text: str, planted: str = "evil") -> list[str]:
    """Whatever could run, ask for something, or lead to where we do not lead; and what was `planted` into markup."""
    page = Document(text)
    return [problem for element in page.elements for problem in (*_danger_in(element), *_planted_in(element, planted))]


def _references(page: Document) -> Iterator[str]:
    known = set(page.ids)
    for element in page.elements:
        for name in REFERENCES:
            lost = set(element.attrib.get(name, "").split()) - known
            if lost:
                yield f"<{element.tag} {name}> names {', '.join(sorted(lost))}, which is not there"
        target = element.attrib.get("href", "")
        if element.tag == "a" and target.startswith("#") and target[1:] not in known:
            yield f"a link leads to {target}, which is not there"


def _frame(page: Document) -> Iterator[str]:
    html = page.root if page.root.tag == "html" else page.of("html")[0]
    if not html.attrib.get("lang"):
        yield "no language"
    titles = [title for title in page.of("title") if (title.text or "").strip()]
    if len(titles) != 1:
        yield f"{len(titles)} titles"
    if len(page.of("main")) != 1:
        yield f"{len(page.of('main'))} main parts"


def _headings(page: Document) -> Iterator[str]:
    levels = [int(element.tag[1]) for element in page.of(*HEADINGS)]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of level 1"
    for one, next_one in pairwise(levels):
        if next_one > one + 1:
            yield f"a heading of level {next_one} follows one of level {one}"


def _unnamed(page: Document) -> Iterator[str]:
    labelled = {label.attrib["for"] for label in page.of("label") if "for" in label.attrib}
    inside = {id(control) for label in page.of("label") for control in label.iter() if control.tag in CONTROLS}
    for element in page.of(*CONTROLS):
        if element.attrib.get("type") in {"hidden", "submit"} or "hidden" in element.attrib:
            continue
        if element.attrib.get("id") not in labelled and id(element) not in inside and not _has_aria_name(element):
            yield f"<{element.tag} name={element.attrib.get('name')}> has no label"
    for element in page.of(*NAMED_BY_TEXT):
        if not _has_aria_name(element) and not "".join(element.itertext()).strip() and element.tag != "option":
            yield f"<{element.tag}> without words: {element.attrib}"


def _has_aria_name(element: Element) -> bool:
    return bool(element.attrib.get("aria-label", "").strip() or element.attrib.get("aria-labelledby"))


def _danger_in(element: Element) -> Iterator[str]:
    tag = str(element.tag)
    if tag in ACTIVE:
        yield f"<{tag}>"
    if tag == "script" and (not element.attrib.get("src", "").startswith("/static/") or (element.text or "").strip()):
        yield "a script of the page's own"
    if tag == "meta" and "http-equiv" in element.attrib:
        yield "<meta http-equiv>"
    for given, value in element.attrib.items():
        name = str(given).lower()
        if re.match(r"on|style$|srcdoc$|data-hx|hx-on|x-|@|:", name) or (name.startswith("hx-") and name not in OURS):
            yield f"<{tag} {name}={value[:40]!r}>"
        if name.rpartition("}")[2] in ADDRESSES and not _leads_well(tag, value):
            yield f"<{tag} {name}={value[:60]!r}>"


def _planted_in(element: Element, planted: str) -> Iterator[str]:
    if element.tag not in ORDINARY:
        yield f"<{element.tag}>"
    for name, value in element.attrib.items():
        if planted in str(name).lower() or (planted in value.lower() and name not in CARRIES_WORDS):
            yield f"<{element.tag} {name}={value[:40]!r}>"


def _leads_well(tag: str, address: str) -> bool:
    """To a page or a file of ours; a link may lead elsewhere, too."""
    if re.match(r"[/#?](?![/\\])|$", address) or (tag == "a" and address.startswith("//")):
        return True
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return False
    return tag == "a" and scheme in {"http", "https", "mailto"}
