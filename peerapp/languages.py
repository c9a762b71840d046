"""In which language and time zone is this request answered?"""

from collections.abc import Callable
from typing import Any, cast

from babel import Locale, localedata
from babel.core import get_global
from flask import Flask, current_app, g, request
from flask_babel import Babel, get_locale, get_translations
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from peerapp import cookies
from peerapp.access import language_if_known, viewer_or_none
from peerapp.config import LANGUAGES

SETTLED = "settled_language"
NEVER_SAID = (
    "currency_names", "currency_names_plural", "compact_currency_formats", "compact_decimal_formats",
    "unit_display_names", "compound_unit_patterns", "scripts", "variants", "datetime_skeletons", "interval_formats",
)  # fmt: skip
OF_OTHERS = ("likely_subtags", "territory_languages", "territory_currencies")


def init_app(app: Flask) -> None:
    Babel(app, default_translation_directories="translations", locale_selector=language, timezone_selector=time_zone)
    quick = _quick_gettext()
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, _=quick, gettext=quick)


def keep_to_ours() -> None:
    """Keep of Babel's tables what a process that serves says: two languages, and of neither money nor measures.

    The tables of all languages and currencies of the world take 2 MB, and what is ever said in these two 4.6 MB.
    """
    for each in ("root", *LANGUAGES):
        Locale.parse(each)
        known = localedata.load(each)
        for words in NEVER_SAID:
            known.pop(words, None)
        units = known["unit_patterns"]
        for unit in [unit for unit in units if not unit.startswith("duration-")]:
            del units[unit]
    for table in OF_OTHERS:
        cast("dict[str, Any]", get_global(table)).clear()  # type: ignore[arg-type]  # Babel types the names it asks for itself


def language() -> str:
    """The viewer's setting; for visitors the cookie, then the browser's wish, then the company's language."""
    if SETTLED not in g:
        viewer_or_none()
    return language_without_asking()


def settle() -> None:
    """Keep to the language of this moment until the request ends: after a rollback the viewer would have to be asked for."""
    g.setdefault(SETTLED, language_without_asking())


def language_without_asking() -> str:
    """The same, for error pages: never asks the database who this is."""
    if SETTLED in g:
        return str(g.get(SETTLED))
    if (own := language_if_known()) in LANGUAGES:
        return own
    chosen = cookies.read("language")
    default: str = current_app.config["PEERAPP"].language
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or default


def time_zone() -> str:
    person = viewer_or_none()
    default: str = current_app.config["PEERAPP"].time_zone
    return person.time_zone if person is not None else default


def _quick_gettext() -> Callable[..., str]:
    """`_()` for templates, twice as fast as Flask-Babel's own: a page asks for sixty words."""
    known: dict[Locale | None, Any] = {}

    @pass_context
    def gettext(context: Context, text: str, **values: Any) -> str:
        locale = get_locale()
        if locale not in known:
            known[locale] = get_translations()
        said = known[locale].gettext(text)
        if context.eval_ctx.autoescape:
            said = Markup(said)  # noqa: S704 - our own words; values are escaped
        return said % values if values or "%" in said else said  # type: ignore[no-any-return]  # Markup's % is one

    return gettext
