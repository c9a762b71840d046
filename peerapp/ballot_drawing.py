"""How does the answer form of a round look? Drawn once for all who are asked the same: an open round never changes.

The key is all that is shown. The names that a browser looks for in somebody's words and the token of her sign-in are
filled in each time; so nothing that is kept tells who has opened the form.
"""

from dataclasses import replace

from flask import current_app, request
from flask_babel import get_locale, get_timezone
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from peerapp.queries.answering import AnswerForm
from peerapp.recent import Recent
from peerapp.rendering import a_hole, rendered
from peerapp.rules.questions import LEVEL_NAMES
from peerapp.rules.release_rules import COMMENT_MAX

HOLE = a_hole()
_drawn: Recent[list[Markup]] = Recent(64)


def draw(form: AnswerForm, token: str) -> Markup:
    """Title, promise, questions, and what is said once they are answered."""
    key = (replace(form, people=(), teams=()), str(get_locale()), str(get_timezone()), request.script_root)
    before, between, after = _drawn.get(key, lambda: _whole(form).split(HOLE), weigh=_characters)
    known = htmlsafe_json_dumps(form.hints(), dumps=current_app.json.dumps)
    return before + known + between + token + after


def _whole(form: AnswerForm) -> Markup:
    return rendered(
        "answering/_form.html",
        form=form,
        known=HOLE,
        token=HOLE,
        language=str(get_locale()),
        level_names=LEVEL_NAMES,
        comment_max=COMMENT_MAX,
        preview=False,
    )


def _characters(parts: list[Markup]) -> int:
    return sum(len(part) for part in parts)
