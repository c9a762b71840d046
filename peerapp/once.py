"""Is this the same form a second time? A double click and a repeated POST have one effect and one answer."""

from collections.abc import Callable
from functools import wraps
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


def new_key() -> str:
    """The key that a form carries in its hidden field `once`."""
    return uuid4().hex


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
            return redirect(db.session.scalars(select(Submission.location).where(*mine)).one() or "/", SEE_OTHER)
        response = make_response(view(*args, **kwargs))
        if response.status_code == SEE_OTHER:
            db.session.execute(update(Submission).where(*mine).values(location=response.location))
        return response

    return guarded
