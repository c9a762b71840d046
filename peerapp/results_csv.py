"""A result as a table for a spreadsheet: one line a figure, the same ones as on the page, and safe to open."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from peerapp import figures
from peerapp.queries.results import Result
from peerapp.rules.outcomes import Bands, Levels, Mean, Outcome, Withheld, mean_of
from peerapp.rules.questions import Question

Row = tuple[str, str, str, str, str]


def rows_of(result: Result) -> list[Row]:
    """The whole table with its head: question, of whom, answers, what it is, value."""
    return [(_("Question"), _("Of whom"), _("Answers"), _("What it is"), _("Value")), *_rows(result)]


def _rows(result: Result) -> Iterator[Row]:
    assert result.release is not None
    by_id = {each.id: each for each in result.questions}
    names = [part.name for part in result.parts] if len(result.parts) > 1 else []
    for each in result.release.scales:
        yield from _outcome(by_id[each.question_id], _("Everybody"), each.whole)
        for name, part in zip(names, each.parts, strict=True):
            yield from _outcome(by_id[each.question_id], name, part)
    for comment in result.release.comments:
        yield from _comments(by_id[comment.question_id], comment.texts)


def _outcome(question: Question, whom: str, outcome: Outcome) -> Iterator[Row]:
    if isinstance(outcome, Withheld):
        yield (question.text, whom, "", _("not enough answers"), "")
        return
    answers = figures.answers_told(outcome.answers)
    what = _("word") if mean_of(outcome) is None else _("mean")
    yield (question.text, whom, answers, what, figures.told(outcome, question.kind))
    if isinstance(outcome, Mean) and outcome.favourable is not None:
        yield (question.text, whom, answers, _("favourable"), figures.quarter(outcome, question.kind))
    if isinstance(outcome, Bands | Levels):
        for share in outcome.shares:
            name = figures.share_name(share, question.kind, is_level=isinstance(outcome, Levels))
            yield (question.text, whom, answers, name, figures.percent(share))


def _comments(question: Question, texts: Sequence[str] | None) -> Iterator[Row]:
    if texts is None:
        yield (question.text, "", "", _("too few comments"), "")
    for text in texts or ():
        yield (question.text, "", "", _("comment"), text)
