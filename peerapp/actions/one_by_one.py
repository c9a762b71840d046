"""How is the same done for many, so that one that fails keeps no other from it? The failure is told at the end."""

from collections.abc import Callable, Iterable
from uuid import UUID

from peerapp.db import db


def do(what: Callable[[UUID], None], ids: Iterable[UUID]) -> None:
    """Do it for each; raises what the last one that failed has raised."""
    failed: Exception | None = None
    for each in ids:
        try:
            what(each)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
            db.session.rollback()
            failed = error
    if failed is not None:
        raise failed
