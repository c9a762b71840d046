"""What has this person been told? The newest first, one page after the other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import BindParameter, bindparam, select, tuple_

from peerapp.db import db, rows
from peerapp.models import Notice, Person
from peerapp.rules.notice_kinds import SENTENCES, NoticeKind

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One notice. `sentence` is still to be translated, with `values`, which are to be put in words (notice_words.py)."""

    id: UUID
    kind: NoticeKind
    values: dict[str, Any]
    path: str
    made_at: datetime
    read_at: datetime | None

    @property
    def sentence(self) -> str:
        return SENTENCES[self.kind]


@dataclass(frozen=True, slots=True)
class Page:
    lines: list[Line]
    before: UUID | None


def page_of(person: Person, before: UUID | None) -> Page:
    """A page of notices, from before this one."""
    values: dict[str, Any] = {"me": person.id, "most": A_PAGE + 1}
    found = (rows(_OLDER, before=before, **values) if before else rows(_NEWEST, **values)).all()
    return Page([Line(*row) for row in found[:A_PAGE]], found[A_PAGE - 1].id if len(found) > A_PAGE else None)


def newest_of(person: Person, most: int) -> list[Line]:
    """The newest few."""
    return [Line(*row) for row in rows(_NEWEST, me=person.id, most=most)]


def is_unread(person: Person, kind: NoticeKind, path: str) -> bool:
    """Whether the person has such a notice, leading there, that they have not read yet."""
    same = (Notice.person_id == person.id, Notice.kind == kind, Notice.path == path, Notice.read_at.is_(None))
    return db.session.scalars(select(Notice.id).where(*same).limit(1)).first() is not None


def notice_of(person: Person, notice_id: UUID) -> Notice:
    """One's own notice; 404 for anybody else's."""
    found = select(Notice).where(Notice.id == notice_id, Notice.person_id == person.id)
    return db.session.scalars(found).one_or_none() or abort(404)


_NEWEST = (
    select(Notice.id, Notice.kind, Notice.values, Notice.path, Notice.made_at, Notice.read_at)
    .where(Notice.person_id == bindparam("me"))
    .order_by(Notice.made_at.desc(), Notice.id.desc())
    .limit(bindparam("most"))
)
_BEFORE: BindParameter[UUID] = bindparam("before")
_MADE_AT = select(Notice.made_at).where(Notice.id == _BEFORE, Notice.person_id == bindparam("me")).scalar_subquery()
_OLDER = _NEWEST.where(tuple_(Notice.made_at, Notice.id) < tuple_(_MADE_AT, _BEFORE))
