"""What stands on the page of a result, question by question: pictures, figures, words, and how a mean has moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from peerapp import figures
from peerapp.queries.results import Earlier, Result
from peerapp.rules.bands import BANDS, SINGLE_LEVELS
from peerapp.rules.outcomes import Bands, Levels, Outcome, Share, Withheld, Word, is_coded_mean, mean_of
from peerapp.rules.questions import BAND_NAMES, LEVEL_NAMES, Kind, Question
from peerapp.rules.release import Release
from peerapp.rules.trends import Way, change, earlier

SHOWN = 50  # comments on a question at once
ARROWS = {Way.UP: "▲", Way.SAME: "", Way.DOWN: "▼"}
Known = Sequence[tuple[tuple[Question, ...], Release]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A band or level of the picture: where it begins and how wide it is, in per cent of the picture."""

    name: str
    said: str
    tone: int  # 1 to 5, as the levels
    is_merged: bool  # several bands or levels in one: no colour of the key stands for it
    start: float
    width: float

    @property
    def middle(self) -> float:
        return self.start + self.width / 2


@dataclass(frozen=True, slots=True)
class Trend:
    """How a mean moved: `shown` beside the figure, `said` to whoever does not see the arrow; `number` of the round."""

    shown: str
    said: str
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """One scale question. `figure` is "" where nothing is shown; `mean` in hundredths, for its place in the picture."""

    question: Question
    answers: str
    figure: str
    is_word: bool
    is_coded: bool
    mean: int | None
    quarter: str
    pieces: tuple[Piece, ...]
    trend: Trend | None
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """The questions of one kind, the most favourable first, and what its bands are called."""

    kind: Kind
    lines: tuple[Line, ...]

    @property
    def ends(self) -> tuple[str, str]:
        names = LEVEL_NAMES[self.kind]
        return _(names[0]), _(names[-1])

    @property
    def key(self) -> list[tuple[int, str]]:
        """What the colours of the pictures stand for: tone and name, from the least favourable on."""
        pieces = [piece for line in self.lines for piece in line.pieces]
        return sorted({(piece.tone, piece.name) for piece in pieces if not piece.is_merged})

    @property
    def has_trend(self) -> bool:
        return any(line.trend for line in self.lines)


@dataclass(frozen=True, slots=True)
class Comments:
    """What people wrote to one question, in the order of the release; None where too few did. `is_last`: no more follow."""

    question: Question
    texts: tuple[str, ...] | None
    is_last: bool


def scales(result: Result, before: Sequence[Earlier] = ()) -> tuple[Scale, ...]:
    """Everything with a scale, one group a kind; empty where there is no release."""
    if result.release is None:
        return ()
    known = [(each.questions, each.release) for each in before]
    outcomes = {each.question_id: each for each in result.release.scales}
    lines = [
        _line(question, outcomes[question.id].whole, outcomes[question.id].parts, known)
        for question in result.questions
        if question.id in outcomes
    ]
    by_kind = ((kind, [line for line in lines if line.question.kind is kind]) for kind in BAND_NAMES)
    return tuple(Scale(kind, tuple(sorted(some, key=_most_first))) for kind, some in by_kind if some)


def comments(result: Result, number: int = 1) -> tuple[Comments, ...]:
    """Every comment question in the order of asking, with the texts of this page: `SHOWN` of each, counted from 1."""
    by_id = {each.id: each for each in result.questions}
    until = number * SHOWN
    return tuple(
        Comments(
            by_id[each.question_id], each.texts and each.texts[until - SHOWN : until], len(each.texts or ()) <= until
        )
        for each in (result.release.comments if result.release else ())
    )


def compared(before: Sequence[Earlier], groups: Sequence[Scale]) -> list[Earlier]:
    """The earlier rounds that some trend here compares with."""
    used = {line.trend.number for group in groups for line in group.lines if line.trend}
    return [each for number, each in enumerate(before) if number in used]


def _line(question: Question, whole: Outcome, parts: Sequence[Outcome], known: Known) -> Line:
    mean = mean_of(whole)
    return Line(
        question=question,
        answers="" if isinstance(whole, Withheld) else figures.answers_told(whole.answers),
        figure=figures.told(whole, question.kind),
        is_word=isinstance(whole, Word),
        is_coded=mean is not None and is_coded_mean(mean),
        mean=mean,
        quarter=figures.quarter(whole, question.kind),
        pieces=_pieces(whole, question.kind),
        trend=_trend(question, whole, known),
        parts=tuple(figures.told(part, question.kind) for part in parts),
    )


def _most_first(line: Line) -> tuple[bool, int]:
    """Means, then words, then what is withheld; among means the highest first. The rest stays in the order of asking."""
    return line.mean is None, -(line.mean or 0) if line.mean is not None else 0 if line.is_word else 1


def _pieces(outcome: Outcome, kind: Kind) -> tuple[Piece, ...]:
    if not isinstance(outcome, Bands | Levels):
        return ()
    is_level = isinstance(outcome, Levels)
    total = sum(share.percent for share in outcome.shares)
    whole = total if len(outcome.shares) > 1 else 100  # of one alone, what is left says nothing and stays empty
    alone = SINGLE_LEVELS if is_level else BANDS
    start, pieces = 0.0, []
    for share in outcome.shares:
        width = round(100 * share.percent / whole, 2)
        name, said = figures.share_name(share, kind, is_level=is_level), figures.percent(share)
        pieces.append(Piece(name, said, _tone(share), share.levels not in alone, start, width))
        start = round(start + width, 2)
    return tuple(pieces)


def _tone(share: Share) -> int:
    """Which of the five colours stands for these levels."""
    average = sum(share.levels) / len(share.levels)
    return 1 if average < 1.5 else 2 if average < 3 else 3 if average == 3 else 4 if average <= 4 else 5  # noqa: PLR2004 - levels


def _trend(question: Question, whole: Outcome, known: Known) -> Trend | None:
    found = earlier(question, known)
    moved = change(whole, found[1]) if found else None
    if found is None or moved is None:
        return None
    far = figures.decimal(moved.hundredths) if moved.hundredths else ""
    if moved.way is Way.SAME:
        return Trend(_("same"), _("the same as last time"), found[0])
    if moved.way is Way.UP:
        said = _("up by %(distance)s since last time", distance=far) if far else _("higher than last time")
    else:
        said = _("down by %(distance)s since last time", distance=far) if far else _("lower than last time")
    return Trend(f"{ARROWS[moved.way]} {far}".strip(), said, found[0])
