"""In which language and time zone is this request answered?"""

from flask import Flask, current_app, request
from flask_babel import Babel

from peerapp import cookies
from peerapp.access import viewer_if_known, viewer_or_none
from peerapp.config import LANGUAGES


def init_app(app: Flask) -> None:
    Babel(app, default_translation_directories="translations", locale_selector=language, timezone_selector=time_zone)
    app.jinja_env.globals["LANGUAGES"] = LANGUAGES


def language() -> str:
    """The viewer's setting; for visitors the cookie, then the browser's wish, then the company's language."""
    viewer_or_none()
    return language_without_asking()


def language_without_asking() -> str:
    """The same, for error pages: never asks the database who this is."""
    person = viewer_if_known()
    if person is not None and person.language in LANGUAGES:
        return person.language
    chosen = cookies.read("language")
    default: str = current_app.config["PEERAPP"].language
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or default


def time_zone() -> str:
    person = viewer_or_none()
    default: str = current_app.config["PEERAPP"].time_zone
    return person.time_zone if person is not None else default
