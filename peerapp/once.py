"""Is this the same form a second time? A double click and a repeated POST have one effect and one answer."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from itertools import count
from typing import ParamSpec
from uuid import uuid4

from flask import make_response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select, update

from peerapp import clock
from peerapp.access import viewer
from peerapp.db import db, insert_unless_there
from peerapp.models import Submission

P = ParamSpec("P")
SEE_OTHER = 303


HOLE = secrets.token_hex(15)  # nobody outside this process knows it
_numbers: ContextVar[Iterator[int] | None] = ContextVar("numbers", default=None)


def new_key() -> str:
    """The key that a form carries in its hidden field `once`."""
    numbers = _numbers.get()
    return uuid4().hex if numbers is None else f"{HOLE}{next(numbers):02}"


@contextmanager
def holes() -> Iterator[None]:
    """Inside, forms get holes for their keys, each its own: for a page that is kept and filled anew each time."""
    before = _numbers.set(count())
    try:
        yield
    finally:
        _numbers.reset(before)


def fill(html: bytes) -> bytes:
    """The page with a new key in every hole."""
    return html.replace(HOLE.encode(), secrets.token_hex(15).encode())


def once(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let a form take effect once. The key counts only together with the person who sent it."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        key = request.form.get("once", "")
        if not (len(key) == 32 and key.isalnum()):  # noqa: PLR2004 - a uuid in hex
            return view(*args, **kwargs)
        mine = (Submission.person_id == viewer().id, Submission.key == key)
        first = insert_unless_there(Submission, person_id=viewer().id, key=key, at=clock.now(), location="")
        if not first:
            home = request.script_root + "/"
            return redirect(db.session.scalars(select(Submission.location).where(*mine)).one() or home, SEE_OTHER)
        response = make_response(view(*args, **kwargs))
        if response.status_code == SEE_OTHER:
            db.session.execute(update(Submission).where(*mine).values(location=response.location))
        return response

    return guarded
