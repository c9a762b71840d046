"""Does everything that peerapp says exist in German, too, and is it German that a German reads?"""

import re
import tomllib
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask_babel import force_locale, ngettext
from sqlalchemy import select

import peerapp
from peerapp import times
from peerapp.actions.notices import tell
from peerapp.db import db
from peerapp.models import Letter
from peerapp.rules.notice_kinds import NoticeKind

ROOT = Path(peerapp.__file__).parent.parent
FOLDER = ROOT / "peerapp/translations/de/LC_MESSAGES"
MAPPINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None}
GAPS = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.fixture(scope="module")
def german() -> Catalog:
    return read_po(BytesIO((FOLDER / "messages.po").read_bytes()), locale="de")


@pytest.fixture(scope="module")
def texts(german: Catalog) -> list[Message]:
    return [message for message in german if message.id]


def forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (str(text),)


def gaps(text: str) -> set[str]:
    return set(GAPS.findall(text))


# --- the catalogue -------------------------------------------------------------------------------


def test_every_text_of_the_house_stands_in_the_german_catalogue_and_no_other(texts):
    where = [each["pattern"].removeprefix("peerapp/") for each in MAPPINGS]
    methods = list(zip(where, (each["method"] for each in MAPPINGS), strict=True))
    loud = {pattern: {"silent": "false"} for pattern in where}
    now = Catalog()
    for _file, _line, text, _comments, _context in extract_from_dir(ROOT / "peerapp", methods, loud, keywords=KEYWORDS):
        now.add(text)
    assert {forms(each.id) for each in now if each.id} == {forms(each.id) for each in texts}


def test_every_text_has_its_german(german, texts):
    bare = [each.id for each in texts if not all(forms(each.string))]
    assert (bare, [each.id for each in texts if each.fuzzy], dict(german.obsolete)) == ([], [], {})


def test_german_has_the_same_gaps_to_fill(texts):
    odd = [each.id for each in texts if gaps(forms(each.id)[-1]) != gaps(forms(each.string)[-1])]
    odd += [each.id for each in texts if not gaps(forms(each.string)[0]) <= gaps(forms(each.id)[-1])]
    assert odd == []


def test_german_keeps_spaces_and_line_ends_and_never_shouts(texts):
    def edges(text: str) -> tuple[int, bool, bool]:
        return text.count("\n"), text[:1].isspace(), text[-1:].isspace()

    odd = [each.id for each in texts if edges(forms(each.id)[-1]) != edges(forms(each.string)[-1])]
    assert (odd, [each.id for each in texts if "!" in "".join(forms(each.string))]) == ([], [])


def test_german_says_du_and_uses_german_quotation_marks(texts):
    said = [form for each in texts for form in forms(each.string)]
    polite = [text for text in said if re.search(r"[a-z,] (Sie|Ihnen|Ihre[nmrs]?)\b", text)]
    assert (polite, [text for text in said if text.count("„") != text.count("“") or "”" in text]) == ([], [])


def test_the_compiled_catalogue_is_the_one_that_can_be_read(german):
    compiled = BytesIO()
    write_mo(compiled, german)
    assert (FOLDER / "messages.mo").read_bytes() == compiled.getvalue()


# --- what a German reads -------------------------------------------------------------------------

on_one = pytest.mark.one_database


@on_one
def test_a_visitor_is_asked_to_sign_in_in_the_language_of_the_browser(visitor):
    page = visitor.get("/sign-in", headers=GERMAN).text
    assert ('<html lang="de"' in page, "Anmelden" in page, "Sign in</" in page) == (True, True, False)


@on_one
def test_a_visitor_who_wishes_neither_language_reads_english(visitor):
    page = visitor.get("/sign-in", headers={"Accept-Language": "fr"}).text
    assert ('<html lang="en"' in page, "Sign in</" in page) == (True, True)


@on_one
def test_the_setting_wins_over_the_browser(as_, cast):
    cast["ana"].language = "de"
    page = as_("ana").get("/settings", headers={"Accept-Language": "en"}).text
    assert ('<html lang="de"' in page, "Deine Einstellungen" in page) == (True, True)


@on_one
def test_error_pages_are_german(visitor, as_, cast):
    cast["ana"].language = "de"
    missing = as_("ana").get("/pairs/00000000-0000-0000-0000-000000000000")
    assert (missing.status_code, "Hier ist nichts für dich" in missing.text) == (404, True)
    assert "Hier ist nichts für dich" in visitor.get("/static/none", headers=GERMAN).text


@on_one
def test_a_letter_is_in_the_language_of_who_gets_it(app, cast):
    cast["ben"].language = "de"
    tell(cast["ben"], NoticeKind.CHARTER_SIGNED, "/", name="Ana")
    db.session.flush()
    letter = db.session.scalars(select(Letter)).one()
    assert letter.subject == "Ana hat die Vereinbarung unterschrieben."
    assert letter.body.startswith("Hallo Ben,")


@on_one
def test_dates_are_worded_as_germans_do(app):
    moment = datetime(2031, 11, 26, 13, 0, tzinfo=UTC)
    with app.test_request_context(), force_locale("de"):
        assert times.in_both(moment, "UTC", "UTC") == "Mi., 26. Nov., 13:00"
        assert (times.day(date(2031, 11, 6)), times.long_day(moment)) == ("6. Nov. 2031", "Mittwoch, 26. November")
    with app.test_request_context(), force_locale("en"):
        assert times.in_both(moment, "UTC", "UTC") == "Wed 26 Nov, 13:00"


@on_one
@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 Tage überfällig"), (1, "1 Tag überfällig"), (2, "2 Tage überfällig")]
)
def test_one_is_one_and_everything_else_many(app, count, said):
    with app.test_request_context(), force_locale("de"):
        assert ngettext("%(num)s day over", "%(num)s days over", count) == said
