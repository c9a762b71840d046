"""What tests of the board have in common: the fields of a goal, what is stored, and the undo that a page offers."""

import re
from typing import Any

from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Goal

GOAL = {"title": "Brief three speakers", "areas": "communication", "owner": "both"}
FIELDS = GOAL | {"title": "Learn SQL", "owner": "me"}


def stored(column: Any = Goal.title) -> Any:
    """The value of a column in its only row."""
    return db.session.scalars(select(column)).one()


def undo_in(html: str) -> str:
    """The address of the undo that a page offers."""
    found = re.search(r'action="([^"]+)" data-undo', html)
    assert found
    return found.group(1).replace("&amp;", "&")
