"""How does a result look between its title and what happens next? Drawn once, for a release never changes.

Who may read it has been asked before anybody comes here; readers of the same language share the drawing, as far as
they compare with the same earlier rounds.
"""

from collections.abc import Sequence

from flask import request
from flask_babel import get_locale, get_timezone
from markupsafe import Markup

from peerapp import clock, figures, results_page
from peerapp.queries.results import Earlier, Result
from peerapp.recent import Recent
from peerapp.rendering import rendered
from peerapp.whole import Part

_wholes: Recent[Part] = Recent(64)
_drawn: Recent[Markup] = Recent(64)


def draw(result: Result, before: Sequence[Earlier], number: int) -> Part:
    """Figures, parts and this page of the comments."""
    key = ("all", result.id, tuple(each.id for each in before), number, *reader())
    return _wholes.get(key, lambda: _all(result, before, number), weigh=lambda part: len(part.sent))


def draw_figures(result: Result) -> Markup:
    """Each question with its figure, for a page that shows several results."""
    return _drawn.get(("figures", result.id, *reader()), lambda: _figures(result), weigh=len)


def draw_check(result: Result) -> Markup:
    """The three numbers beside each other, the fingerprint, and what to check them with."""
    return _drawn.get(
        ("check", result.id, *reader()), lambda: rendered("results/_check.html", result=result), weigh=len
    )


def reader() -> tuple[str, str, int, str]:
    """What of the reader goes into a drawing: the language and how days are told."""
    return str(get_locale()), str(get_timezone()), clock.now().year, request.script_root


def _all(result: Result, before: Sequence[Earlier], number: int) -> Part:
    scales = results_page.scales(result, before)
    html = rendered(
        "results/_figures.html",
        result=result,
        scales=scales,
        lines=[line for scale in scales for line in scale.lines],
        compared=results_page.compared(before, scales),
        comments=results_page.comments(result, number),
        number=number,
    )
    return Part(html.encode())


def _figures(result: Result) -> Markup:
    assert result.release is not None
    lines = [line for scale in results_page.scales(result) for line in scale.lines]
    answers = figures.answers_told(result.release.answers)
    return rendered("managing/_figures.html", result=result, lines=lines, answers=answers)
