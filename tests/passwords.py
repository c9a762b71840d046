"""Passwords in tests: given to a member of the cast, and counted when one is hashed."""

from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from flask import current_app

from peerapp.db import db
from peerapp.models import Person
from peerapp.passwords import Passwords, passwords
from tests.cast import PASSWORD


def give_password(person: Person, password: str = PASSWORD) -> None:
    db.session.commit()
    hashed = passwords().hashed(password)
    db.session.merge(person).password_hash = hashed
    db.session.commit()


class CountingHasher(PasswordHasher):
    """Counts the hashes it computes."""

    computed = 0

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.computed += 1
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002 - the library's name
        self.computed += 1
        return super().verify(hash, password)


@contextmanager
def hashes_counted(**parameters: int) -> Iterator[CountingHasher]:
    """Hash with this hasher meanwhile; other parameters make today's hashes outdated."""
    before = current_app.extensions["passwords"]
    hasher = CountingHasher(**({"time_cost": 1, "memory_cost": 8, "parallelism": 1} | parameters))
    current_app.extensions["passwords"] = Passwords(hasher, seats=2)
    try:
        yield hasher
    finally:
        current_app.extensions["passwords"] = before
