"""What does the manifest of a round say, made from its rows? At opening it is fixed; at closing it must be the same."""

from uuid import UUID

from sqlalchemy import select

from peerapp.db import db
from peerapp.models import RollEntry, Round, RoundPart, RoundReader
from peerapp.models.rounds import ReaderRole
from peerapp.rules.manifest import Manifest, Part
from peerapp.rules.sealing import canonical, roll_digest, sealed


def manifest_of(round_: Round) -> Manifest:
    """The manifest as the rows have it now. The round has its salts and moments."""
    assert round_.salt is not None
    assert round_.roll_salt is not None
    assert round_.opens_at is not None
    people = _people_by_part(round_.id)
    parts = db.session.scalars(select(RoundPart).where(RoundPart.round_id == round_.id).order_by(RoundPart.number))
    readers = _readers_by_role(round_.id)
    return Manifest(
        round_id=round_.id,
        questions=round_.asked(),
        minimum=round_.minimum,
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        title=sealed(round_.salt, "title", title_text(round_)),
        owner=sealed(round_.salt, "owner", person_text(round_.owner_id, round_.owner_name)),
        readers=tuple(sorted(sealed(round_.salt, "reader", each) for each in readers[ReaderRole.READER])),
        sharing=tuple(sorted(sealed(round_.salt, "sharing", each) for each in readers[ReaderRole.MAY_BE_SHOWN])),
        parts=tuple(
            Part(
                each.name,
                len(people.get(each.number, ())),
                roll_digest(round_.roll_salt, people.get(each.number, ())),
                each.public_key,
            )
            for each in parts
        ),
    )


def title_text(round_: Round) -> str:
    """What is sealed as the title: all that the form says about the round, besides the questions."""
    said = {"title": round_.title, "why": round_.why, "purpose": round_.purpose.value, "language": round_.language}
    return canonical(said)


def person_text(person_id: UUID, name: str) -> str:
    """What is sealed of somebody: the id and the name at opening."""
    return f"{person_id} {name}"


def _people_by_part(round_id: UUID) -> dict[int, list[UUID]]:
    found: dict[int, list[UUID]] = {}
    roll = select(RollEntry.part, RollEntry.person_id).where(RollEntry.round_id == round_id)
    for part, person_id in db.session.execute(roll):
        found.setdefault(part, []).append(person_id)
    return found


def _readers_by_role(round_id: UUID) -> dict[ReaderRole, list[str]]:
    found: dict[ReaderRole, list[str]] = {role: [] for role in ReaderRole}
    readers = select(RoundReader.role, RoundReader.person_id, RoundReader.name).where(RoundReader.round_id == round_id)
    for role, person_id, name in db.session.execute(readers):
        found[role].append(person_text(person_id, name))
    return found
