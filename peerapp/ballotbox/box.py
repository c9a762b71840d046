"""What does the counting box do? It takes in a round, counts papers, and gives out one release. It knows no people.

An exact count never leaves it: the release rules run in here, and what they make is frozen in the same transaction in
which the counts are deleted. Every operation can be repeated.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from uuid import UUID

from peerapp.ballotbox import content, later
from peerapp.ballotbox.content import Head
from peerapp.ballotbox.seam import OtherManifestError, SpoiledError, StillOpenError, UnknownRoundError
from peerapp.ballotbox.store import Connection, Store
from peerapp.rules import ballot, publication
from peerapp.rules.manifest import moment_text, parse
from peerapp.rules.outcomes import Withheld
from peerapp.rules.publication import Collected, Publication
from peerapp.rules.release import Shuffle, release

Clock = Callable[[], datetime]
BY_CHANCE: Shuffle = secrets.SystemRandom().shuffle


class Verdict(IntEnum):
    """What became of a paper, as HTTP says it."""

    COUNTED = 204
    BAD = 400
    FORGED = 403
    SPENT = 409
    LATE = 410


class Box:
    """The box of one installation. `clock` gives aware moments, `shuffle` orders comments by chance."""

    def __init__(self, store: Store, clock: Clock, shuffle: Shuffle = BY_CHANCE) -> None:
        self._store = store
        self._clock = clock
        self._shuffle = shuffle

    def deposit(self, manifest: str) -> None:
        """Take in a round that opens; its public keys stand in the manifest. The same once more changes nothing."""
        opened = parse(manifest)
        closes_at = moment_text(opened.closes_at)
        head = Head(str(opened.round_id), manifest, tuple((part.key, closes_at) for part in opened.parts), None)
        with self._store.writing() as connection:
            there = content.head_of(connection, head.round_id)
            if there is None:
                content.save(connection, head, content.empty(opened))
            elif there.text != manifest:
                raise OtherManifestError

    def count(self, round_id: UUID, body: bytes) -> Verdict:
        """Count a paper once."""
        try:
            paper = ballot.parse(body)
            with self._store.reading() as connection:
                head = content.head_of(connection, str(round_id))
            if head is None or self._is_over(head):
                return Verdict.LATE
            if paper.fingerprint != head.fingerprint:
                return Verdict.FORGED
            part = later.papers.part_of(head.manifest, head.fingerprint, paper.serial, paper.signature)
            if part is None:
                return Verdict.FORGED
            answers = ballot.checked(paper.answers, head.manifest.questions)
            return self._enter(head.round_id, part, publication.serial_hash(head.fingerprint, paper.serial), answers)
        except ballot.BadBallotError:
            return Verdict.BAD
        except SpoiledError:
            return Verdict.FORGED

    def collect(self, round_id: UUID, fingerprint: str, *, early: bool = False) -> Collected:
        """Close the round and give out its release; always the same one. `fingerprint` in hex, as the registrar knows it.

        Raises UnknownRoundError, StillOpenError (unless `early`), OtherManifestError, SpoiledError.
        """
        with self._store.writing() as connection:
            head = content.head_of(connection, str(round_id))
            if head is None:
                raise UnknownRoundError
            if head.fingerprint.hex() != fingerprint:
                raise OtherManifestError
            if head.release is None:
                if not early and self._clock() < head.manifest.closes_at:
                    raise StillOpenError
                frozen = self._released(connection, head)
                content.freeze(connection, head, frozen)
                return Collected.from_text(frozen)
        return Collected.from_text(head.release)

    def discard(self, round_id: UUID) -> None:
        """Delete what is left of a round, whatever its state. A round that is not there is discarded already."""
        with self._store.writing() as connection:
            content.erase(connection, str(round_id))

    def _is_over(self, head: Head) -> bool:
        return head.release is not None or self._clock() >= head.manifest.closes_at

    def _enter(self, round_id: str, part: int, serial: str, answers: dict[str, int | str]) -> Verdict:
        with self._store.writing() as connection:
            head = content.head_of(connection, round_id)
            if head is None or self._is_over(head):  # it closed while we looked at the paper
                return Verdict.LATE
            counted = content.content_of(connection, head)
            if serial in counted.serials:
                return Verdict.SPENT
            counted.add(part, serial, answers)
            content.save(connection, head, counted)
        return Verdict.COUNTED

    def _released(self, connection: Connection, head: Head) -> str:
        counted = content.content_of(connection, head)
        manifest = head.manifest
        made = release(manifest.questions, counted.tally(len(manifest.parts)), manifest.minimum, self._shuffle)
        name = (manifest.round_id, head.fingerprint.hex(), made)
        if isinstance(made, Withheld):
            return Collected(publication.text_of(Publication(*name)), ()).text()
        serials = tuple(counted.serials)
        papers, digest = len(serials), publication.digest_of(serials)
        return Collected(publication.text_of(Publication(*name, papers, digest)), serials).text()
