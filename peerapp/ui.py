"""The macros of templates/_ui.html, in every template as `ui`."""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from peerapp import notice_words
from peerapp.cities import in_words
from peerapp.fragments import Kept
from peerapp.once import new_key
from peerapp.rules import matching, places
from peerapp.rules.areas import AREA_EXAMPLES, AREA_NAMES
from peerapp.rules.field_names import field_name
from peerapp.rules.refusal import Refusal
from peerapp.sharing import can_show, listed, want_to_learn
from peerapp.signing import csrf_token


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        ui=_Macros(app),
        kept=Kept(),
        once_key=new_key,
        csrf_token=csrf_token,
        area_name=AREA_NAMES.__getitem__,
        area_examples=AREA_EXAMPLES.__getitem__,
        said=said,
        field_name=field_name,
        bar_level=matching.level,
    )
    app.jinja_env.filters.update(place_parts=places.parts, listed=listed, skill_names=skill_names, translated=_)
    app.jinja_env.filters.update(can_show=can_show, want_to_learn=want_to_learn)
    app.jinja_env.filters.update(notice_words=notice_words.in_words)


class _Macros:
    """Loads the macros at their first use, so that they see the globals of every part."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._module: Any = None

    def __getattr__(self, name: str) -> Any:
        if self._module is None:
            self._module = self._app.jinja_env.get_template("_ui.html").module
        return getattr(self._module, name)


def skill_names(skills: Iterable[Any]) -> list[str]:
    """What each skill is called: its own words, else its area."""
    return [skill.words or _(AREA_NAMES[skill.area]) for skill in skills]


def said(refusal: Refusal) -> str:
    """The sentence of a refusal in the reader's language."""
    return str(_(refusal.sentence, **in_words(refusal.values)))
