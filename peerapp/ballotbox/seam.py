"""How does the registrar speak to the box? By three operations, and nothing else crosses. Each may be repeated.

`box.Box` itself is the seam in the same process, `remote.RemoteSeam` the one to another machine.
"""

from typing import Protocol
from uuid import UUID

from peerapp.rules.publication import Collected


class SeamError(Exception):
    """Why the box did not do it. None of these names any content."""


class UnknownRoundError(SeamError):
    """The box has no such round: it was discarded, or its file was lost."""


class StillOpenError(SeamError):
    """The round closes later."""


class OtherManifestError(SeamError):
    """The box holds another manifest than the registrar. No release is made."""


class SpoiledError(OtherManifestError):
    """Somebody changed the round's rows in the box after opening. No release is made."""


class UnreachableError(SeamError):
    """The box does not answer, or cannot read or write its file. Try again later."""


class Seam(Protocol):
    """What the registrar may ask of the box."""

    def deposit(self, manifest: str) -> None:
        """Open the box for a round. Raises OtherManifestError, BadManifestError."""

    def collect(self, round_id: UUID, fingerprint: str, *, early: bool = False) -> Collected:
        """Close the round. Raises UnknownRoundError, StillOpenError, OtherManifestError."""

    def discard(self, round_id: UUID) -> None:
        """Forget the round."""
