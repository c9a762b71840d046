"""Is this the password, and how is one stored? argon2id, one hash at a time in this process.

A hash takes a fifth of a second and 64 MB on purpose. So no transaction may be open around one, only a few requests
may wait for their turn (the others are asked to come back, so that pages keep their threads), and an unknown
account costs exactly as much as a known one.
"""

import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app
from werkzeug.exceptions import TooManyRequests

from peerapp import later
from peerapp.db import db
from peerapp.rules.refusal import Refusal
from peerapp.rules.signing_in import is_mostly, refused_length, refused_password

COME_BACK_SECONDS = 3


class Passwords:
    """The hasher of one app with its queue. `seats`: how many requests may hash or wait to."""

    def __init__(self, hasher: PasswordHasher, seats: int) -> None:
        self.hasher = hasher
        self._turn = Lock()
        self._seats = BoundedSemaphore(seats)
        self._nobodys = _hash_of_nobody(hasher)

    @contextmanager
    def seat(self) -> Iterator[None]:
        """Whoever hashes takes a seat first. Raises TooManyRequests when all are taken."""
        if not self._seats.acquire(blocking=False):
            raise TooManyRequests(retry_after=COME_BACK_SECONDS)
        try:
            yield
        finally:
            self._seats.release()

    def match(self, stored: str | None, password: str) -> bool:
        """Whether the password is the stored one. One hash is computed also where nothing is stored."""
        with self._alone():
            try:
                self.hasher.verify(stored or self._nobodys, _normal(password))
            except (VerificationError, InvalidHashError):
                return False
        return stored is not None

    def hashed(self, password: str) -> str:
        with self._alone():
            return self.hasher.hash(_normal(password))

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self.hasher.check_needs_rehash(stored)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        assert not db.session().in_transaction(), "a hash inside a transaction makes everybody wait: pause() first"
        with self._turn:
            yield


def init_app(app: Flask) -> None:
    settings = app.config["PEERAPP"]
    cost = (1, 8, 1) if settings.testing else (3, 64 * 1024, 4)
    time_cost, memory_cost, parallelism = cost
    hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_cost, parallelism=parallelism)
    app.extensions["passwords"] = Passwords(hasher, seats=max(1, settings.threads // 2))


def passwords() -> Passwords:
    """The passwords of the current app."""
    found: Passwords = current_app.extensions["passwords"]
    return found


def refused(password: str, *about: str) -> Refusal | None:
    """Why this may not be a password of somebody with this name and address, or None."""
    if refusal := refused_length(password):
        return refusal
    about = (*about, "peerapp", current_app.config["PEERAPP"].organisation)
    own = [part for words in about for part in (words, *words.replace("@", " ").replace(".", " ").split())]
    score = 0 if is_mostly(password, own) else later.guessing.score(password, own)
    return refused_password(password, score)


def _normal(password: str) -> str:
    """One spelling of a character: keyboards compose "ü" in two ways."""
    return unicodedata.normalize("NFKC", password)


def _hash_of_nobody(hasher: PasswordHasher) -> str:
    """A hash that no password has, as expensive to check as a real one and made without computing anything."""
    salt, digest = (b64encode(bytes(size)).decode().rstrip("=") for size in (hasher.salt_len, hasher.hash_len))
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"
