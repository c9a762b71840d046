"""What does anybody need to check a release? The texts, the list of papers and a number; the only place that loads the list."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from peerapp.db import rows
from peerapp.models import ReleaseSerials, Round, RoundRelease

_ROUND = Round.id == bindparam("round")
_PROOF = (
    select(Round.manifest, RoundRelease.text, ReleaseSerials.serials, Round.handed_out)
    .join(RoundRelease, RoundRelease.round_id == Round.id)
    .join(ReleaseSerials, ReleaseSerials.round_id == Round.id)
    .where(_ROUND)
)

_FINGERPRINT = select(Round.fingerprint).where(_ROUND)


def proof_of(round_id: UUID) -> dict[str, Any] | None:
    """What the stand-alone check takes (ballotbox/verify.py); None where there is no release. For whoever may read it."""
    found = rows(_PROOF, round=round_id).one_or_none()
    if found is None:
        return None
    return {
        "manifest": found.manifest, "release": found.text, "serials": found.serials, "handed_out": found.handed_out,
    }  # fmt: skip


def fingerprint_of(round_id: UUID) -> str:
    return str(rows(_FINGERPRINT, round=round_id).scalar_one())
