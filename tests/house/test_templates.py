"""Do the templates keep the rules of the house? Strict, without style or script of their own, and every word translatable."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask, template_rendered
from jinja2 import StrictUndefined, Template, nodes

import peerapp
from tests.house.asking import Browsers
from tests.house.pages import pages
from tests.house.world import make_world

FOLDER = Path(peerapp.__file__).parent / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
CLASS = re.compile(r"{% block main_class %}.*?{% endblock main_class %}", re.DOTALL)
READ_BY_PEOPLE = {"title", "aria-label", "placeholder", "alt", "aria-description", "content", "label"}
NO_WORDS = {"width=device-width, initial-scale=1", "light dark"}
WITHOUT_BODY = {"title", "description", "main_class", "scripts"}
every_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))


class Words(HTMLParser):
    """What stands in a template for people to read without having gone through `_()`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(JINJA.sub(" ", CLASS.sub(" ", text)))

    def handle_data(self, data: str) -> None:
        self._note(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in READ_BY_PEOPLE:
                self._note(value or "")

    def _note(self, text: str) -> None:
        words = text.replace("peerapp", "").strip(" ·\n")
        if re.search(r"[^\W\d_]{2}", words) and words not in NO_WORDS and not words.startswith("{"):
            self.found.append(words)


@every_template
def test_a_template_says_nothing_that_cannot_be_translated(path: Path) -> None:
    assert Words(path.read_text("utf-8")).found == []


@every_template
def test_a_template_is_short_escapes_everything_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= (300 if path.name == "_ui.html" else 150)
    assert re.findall(r"\|\s*safe\b|autoescape|Markup|<style|\sstyle=|hx-on|javascript:|\son\w+=", text) == []
    assert text.startswith("{#") or re.fullmatch(r"\d{3}\.html", path.name)


@every_template
def test_what_is_translated_is_one_text_with_all_its_values(app_of_the_session: Flask, path: Path) -> None:
    tree = app_of_the_session.jinja_env.parse(path.read_text("utf-8"))
    wrong = [call.lineno for call in tree.find_all(nodes.Call) if not translatable(call)]
    assert wrong == []


def translatable(call: nodes.Call) -> bool:
    """Whether a call of `_` names a whole text, and gives a value for each of its gaps."""
    if not isinstance(call.node, nodes.Name) or call.node.name not in {"_", "gettext", "ngettext"}:
        return True
    text = call.args[0] if call.args else None
    if not isinstance(text, nodes.Const):
        return isinstance(text, nodes.Name | nodes.Getattr | nodes.Getitem | nodes.Call | nodes.CondExpr)
    gaps = set(re.findall(r"%\((\w+)\)s", text.value)) - ({"num"} if call.node.name == "ngettext" else set())
    return call.dyn_kwargs is not None or gaps == {keyword.key for keyword in call.kwargs}


def test_an_unknown_name_in_a_template_is_an_error(app_of_the_session: Flask) -> None:
    assert app_of_the_session.jinja_env.undefined is StrictUndefined
    assert app_of_the_session.jinja_env.autoescape is not False


@pytest.mark.one_database
def test_every_block_of_every_page_can_be_asked_for_alone(app: Flask) -> None:
    world, done = make_world(), set()
    browsers = Browsers(app, world)
    for page in pages(app, world):
        for template in rendered(app, browsers, page):
            for block in set(template.blocks) - WITHOUT_BODY:
                part = browsers.of(page.role).get(
                    page.path, headers={"HX-Request": "true", "HX-Target": f"div#{block}"}
                )
                assert part.status_code == 200, (page, block)
                assert "<!doctype" not in part.text, (page, block)
                done.add((template.name, block))
    assert len(done) > 60


def rendered(app: Flask, browsers: Browsers, page: object) -> Iterator[Template]:
    """The templates of whole pages that are drawn for this one; the first is its own."""
    seen: list[Template] = []

    def note(_app: Flask, template: Template, **_rest: object) -> None:
        seen.append(template)

    with template_rendered.connected_to(note, app):
        response = browsers.of(page.role).get(page.path)
    return iter([each for each in seen if each.blocks and response.status_code == 200])
