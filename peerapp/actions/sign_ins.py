"""How does being signed in end? By deleting its row: the cookie opens nothing from then on."""

from uuid import UUID

from sqlalchemy import delete

from peerapp.db import db, touched
from peerapp.models import Person, SignIn


def end_all(person: Person, *, but: SignIn | None = None) -> None:
    """Sign the person out everywhere, except here when `but` is this sign-in."""
    ending = delete(SignIn).where(SignIn.person_id == person.id)
    db.session.execute(ending.where(SignIn.id != but.id) if but else ending)


def end_one(person: Person, sign_in_id: UUID) -> bool:
    """Sign the person out in one browser; False when that is not theirs or already over."""
    ended = db.session.execute(delete(SignIn).where(SignIn.person_id == person.id, SignIn.id == sign_in_id))
    return bool(touched(ended))
