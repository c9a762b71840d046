"""The two write down what was said: shared blocks, decisions, and what each keeps for themselves."""

from sqlalchemy import func, select

from peerapp import clock
from peerapp.actions.lines import last_position
from peerapp.db import db
from peerapp.models import Decision, NoteBlock, Person, PrivateNote, Session
from peerapp.models.journal import NoteKind
from peerapp.queries import sessions
from peerapp.rules import limits, ordering
from peerapp.rules.refusal import STALE, Refusal, Stale
from peerapp.rules.words import N_

FULL = N_("This session holds %(most)s notes, and that is all it can. Edit one of them instead.")
DECIDED_ENOUGH = N_("This session holds %(most)s decisions, and that is all it can.")
TAKEN_BACK = N_("This note was taken back by the one who wrote it.")


def add_block(session: Session, by: Person, body: str, kind: NoteKind = NoteKind.NOTE) -> NoteBlock | Refusal:
    """Add a paragraph at the end of the shared notes."""
    if _count(NoteBlock, session) >= limits.BLOCKS_MAX:
        return Refusal(FULL, {"most": limits.BLOCKS_MAX})
    block = NoteBlock(
        session=session,
        author_id=by.id,
        position=ordering.between(last_position(NoteBlock, session), None),
        body=body,
        kind=kind,
        written_at=clock.now(),
    )
    db.session.add(block)
    session.pair.touch()
    db.session.flush()
    return block


def edit_block(block: NoteBlock, by: Person, body: str, seen: int) -> Refusal | Stale | None:
    """Change the words of a block, one's own or the other's; never on top of a version one has not seen."""
    if block.retracted_at:
        return Refusal(TAKEN_BACK)
    if body == block.body:
        return None
    if block.version != seen:
        return STALE
    block.body, block.edited_at, block.edited_by_id = body, clock.now(), by.id
    block.version += 1
    block.session.pair.touch()
    db.session.flush()
    return None


def type_on(block: NoteBlock, by: Person, body: str, seen: int) -> Refusal | Stale | None:
    """Change the words of a block that is being typed. One's own is taken back while nothing of it is left."""
    if block.version == seen and block.author_id == by.id and bool(body) == bool(block.retracted_at):
        block.retracted_at = None if body else clock.now()
        block.version, seen = block.version + 1, seen + 1
        block.session.pair.touch()
        db.session.flush()
    return edit_block(block, by, body, seen) if body else None


def decide(session: Session, by: Person, words: str) -> Decision | Refusal:
    """Write down what the two agreed."""
    if _count(Decision, session) >= limits.DECISIONS_MAX:
        return Refusal(DECIDED_ENOUGH, {"most": limits.DECISIONS_MAX})
    decision = Decision(session=session, author_id=by.id, words=words, made_at=clock.now())
    db.session.add(decision)
    session.pair.touch()
    db.session.flush()
    return decision


def keep_private(session: Session, by: Person, body: str, seen: int) -> Stale | None:
    """Write one's own private note; `seen` is 0 where there was none.

    The pair is not touched: the other of the two does not even learn that something was written.
    """
    note = sessions.private_note_of(by, session)
    if note is not None and note.body == body:
        return None
    if (note.version if note else 0) != seen:
        return STALE
    if note is None:
        db.session.add(PrivateNote(session_id=session.id, author_id=by.id, body=body))
    else:
        note.body, note.version = body, note.version + 1
    db.session.flush()
    return None


def delete_private(session: Session, by: Person) -> None:
    note = sessions.private_note_of(by, session)
    if note is not None:
        db.session.delete(note)
        db.session.flush()


def _count(kind: type[NoteBlock | Decision], session: Session) -> int:
    return db.session.scalar(select(func.count()).select_from(kind).where(kind.session_id == session.id)) or 0
