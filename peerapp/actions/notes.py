"""The two write down what was said: shared blocks, decisions, and what each keeps for themselves."""

from sqlalchemy import func, select

from peerapp import clock
from peerapp.actions.history import GOES_ON, record
from peerapp.actions.line_changes import say
from peerapp.actions.line_state import made
from peerapp.actions.placing_lines import last_position
from peerapp.db import db
from peerapp.models import Change, ChangeKind, Decision, NoteBlock, Person, PrivateNote, PrivateWording, Session
from peerapp.models.journal import NoteKind
from peerapp.queries import sessions
from peerapp.rules import limits, ordering
from peerapp.rules.refusal import STALE, Refusal, Stale
from peerapp.rules.words import N_

FULL = N_("This session holds %(most)s notes, and that is all it can. Edit one of them instead.")
DECIDED_ENOUGH = N_("This session holds %(most)s decisions, and that is all it can.")
TAKEN_BACK = N_("This note was taken back by the one who wrote it.")
DECISION_TAKEN_BACK = N_("This decision was taken back by the one who wrote it down.")


def add_block(
    session: Session, by: Person, body: str, kind: NoteKind = NoteKind.NOTE, *, typed: bool = False
) -> NoteBlock | Refusal:
    """Add a paragraph at the end of the shared notes; one that is `typed` is not finished yet."""
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
    record(block, session.pair, by, *made(block), kind=ChangeKind.MADE, typed=typed)
    return block


def edit_block(block: NoteBlock, by: Person, body: str, seen: int) -> Refusal | Stale | None:
    """Change the words of a block, one's own or the other's; never on top of a version one has not seen."""
    if block.retracted_at:
        return Refusal(TAKEN_BACK)
    if body == block.body:
        return None
    if block.version != seen:
        return STALE
    before = {"body": block.body}
    block.body, block.edited_at, block.edited_by_id = body, clock.now(), by.id
    block.version += 1
    block.session.pair.touch()
    record(block, block.session.pair, by, before, {"body": body}, typed=True)
    return None


def type_on(block: NoteBlock, by: Person, body: str, seen: int) -> Refusal | Stale | None:
    """Change the words of a block that is being typed. One's own is taken back while nothing of it is left."""
    if block.version == seen and block.author_id == by.id and bool(body) == bool(block.retracted_at):
        block.retracted_at = None if body else clock.now()
        block.version, seen = block.version + 1, seen + 1
        block.session.pair.touch()
        is_away = {"taken_back": not body}
        record(block, block.session.pair, by, {"taken_back": bool(body)}, is_away, typed=True)
    return edit_block(block, by, body, seen) if body else None


def decide(session: Session, by: Person, words: str) -> Decision | Refusal:
    """Write down what the two agreed."""
    if _count(Decision, session) >= limits.DECISIONS_MAX:
        return Refusal(DECIDED_ENOUGH, {"most": limits.DECISIONS_MAX})
    decision = Decision(session=session, author_id=by.id, words=words, made_at=clock.now())
    db.session.add(decision)
    session.pair.touch()
    db.session.flush()
    record(decision, session.pair, by, *made(decision), kind=ChangeKind.MADE)
    return decision


def edit_decision(decision: Decision, by: Person, words: str) -> Change | Refusal | None:
    """Say what was decided in other words, one's own decision or the other's."""
    if decision.retracted_at:
        return Refusal(DECISION_TAKEN_BACK)
    return say(decision, decision.session.pair, by, {"words": words})


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
        _keep_wording(note)
        note.body, note.version = body, note.version + 1
    db.session.flush()
    return None


def bring_back_private(note: PrivateNote, wording: PrivateWording) -> PrivateWording | None:
    """Say again what stood there; what stands there now can come back, too. None where it is the same."""
    if note.body == wording.body:
        return None
    kept = PrivateWording(note_id=note.id, body=note.body, at=clock.now())
    db.session.add(kept)
    note.body, note.version = wording.body, note.version + 1
    db.session.flush()
    return kept


def _keep_wording(note: PrivateNote) -> None:
    """What stood there before the writer went on typing; of the oldest wordings the note lets go."""
    now, known = clock.now(), sessions.wordings_of(note)
    if not note.body or (known and known[0].at > now - GOES_ON):
        return
    db.session.add(PrivateWording(note_id=note.id, body=note.body, at=now))
    for old in known[limits.WORDINGS_MAX - 1 :]:
        db.session.delete(old)


def delete_private(session: Session, by: Person) -> None:
    note = sessions.private_note_of(by, session)
    if note is not None:
        db.session.delete(note)
        db.session.flush()


def _count(kind: type[NoteBlock | Decision], session: Session) -> int:
    return db.session.scalar(select(func.count()).select_from(kind).where(kind.session_id == session.id)) or 0
