"""The releases that were read lately, taken apart once: a page of results costs the same for 8 answers and for 100,000.

A release never changes, so nothing here is ever out of date; who may read it is asked of the database every time. Of the
comments only the first are kept: thirty thousand of them are four million characters.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, null

from peerapp.db import writing
from peerapp.models import RoundRelease
from peerapp.rules import publication
from peerapp.rules.outcomes import Withheld
from peerapp.rules.publication import Publication

MOST = 100  # releases
TEXTS = 1_000  # comments on a question; who wants to read on has them fetched
Kept = Mapping[UUID, Publication]

is_there: ColumnElement[bool] = RoundRelease.round_id.is_not(None).label("is_released")


@dataclass(frozen=True, slots=True)
class Statements:
    """A statement on rounds, twice: for releases that are kept here, whose text nobody needs to read, and for others."""

    short: Select[Any]
    whole: Select[Any]


_kept: OrderedDict[UUID, Publication] = OrderedDict()
_lock = Lock()


def kept() -> Kept:
    """What is known before the database is asked."""
    with _lock:
        return dict(_kept)


def statements(of_rounds: Select[Any]) -> Statements:
    return Statements(of_rounds.add_columns(null().label("text")), of_rounds.add_columns(RoundRelease.text))


def taken_apart(round_id: UUID, text: str | None, known: Kept) -> Publication:
    """The release of this row, with the first comments only: from what was known, else from its text."""
    if text is None:
        return known[round_id]
    said = begun(publication.parse(text))
    if not writing():
        _keep(round_id, said)
    return said


def begun(said: Publication) -> Publication:
    """The same with no more than `TEXTS` comments on a question, and one that says that there are more."""
    if isinstance(said.release, Withheld):
        return said
    comments = tuple(replace(each, texts=each.texts and each.texts[: TEXTS + 1]) for each in said.release.comments)
    return replace(said, release=replace(said.release, comments=comments))


def _keep(round_id: UUID, said: Publication) -> None:
    with _lock:
        _kept[round_id] = said
        while len(_kept) > MOST:
            _kept.popitem(last=False)
