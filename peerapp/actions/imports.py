"""What does a coordinator intend with a people file: look at it, write it, or drop it?

Nothing is written before it was shown: a plan is written only if it is still the one whose seal was confirmed, and
as one transaction, so that a writer that was killed has written nothing.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from peerapp import clock, progress
from peerapp.actions import import_writing
from peerapp.db import db, insert_unless_there
from peerapp.models import Import, Lease, Person
from peerapp.progress import Report
from peerapp.queries.imports import Preview, preview_of
from peerapp.rules.refusal import Refusal
from peerapp.rules.roster_file import read
from peerapp.rules.states import ImportState
from peerapp.rules.words import N_

KEPT_FOR = timedelta(days=1)  # a preview that nobody confirmed
WRITING_TAKES_AT_MOST = timedelta(minutes=2)
FILE_NAME = 200
STALE = Refusal(N_("People were changed in the meantime. Nothing was written; this is what the file would do now."))
STOPPED = Refusal(N_("The writing stopped half-way, so nothing was written at all. Please confirm it once more."))


def keep(content: bytes, file_name: str, by: Person | None) -> Import | Refusal:
    """Keep the file for its preview, unless it cannot be read as a whole."""
    sheet = read(content)
    if isinstance(sheet, Refusal):
        return sheet
    forget_previews()
    found = Import(
        made_by_id=by.id if by else None, made_at=clock.now(), file_name=_plain_name(file_name), content=content
    )
    db.session.add(found)
    db.session.flush()
    return found


def claim(found: Import, by: Person | None) -> bool:
    """Be the one who writes this file; False when somebody else is, or it is done. Committing makes it known."""
    now = clock.now()
    waiting = (Import.state == ImportState.PREVIEWED) | (
        (Import.state == ImportState.APPLYING) & (Import.writing_until < now)
    )
    until = now + WRITING_TAKES_AT_MOST
    claimed = db.session.execute(
        update(Import)
        .where(Import.id == found.id, waiting)
        .values(state=ImportState.APPLYING, writing_until=until, applied_by_id=by.id if by else None, summary={})
        .returning(Import.id)
        .execution_options(synchronize_session=False),
    )
    if claimed.first() is None:
        return False
    db.session.refresh(found)
    return True


def carry_out(import_id: UUID, shown: Preview) -> None:
    """Write a claimed file from start to end, on its own; whatever happens, its page can tell."""
    report = progress.begin(import_id, import_writing.size(shown.plan))
    try:
        _give_back(import_id, write(db.session.get_one(Import, import_id), shown, report))
        db.session.commit()
    except Exception:
        db.session.rollback()
        _give_back(import_id, STOPPED)
        db.session.commit()
        raise
    finally:
        progress.end(import_id)


def bring_in(content: bytes, file_name: str, shown: Preview, report: Report) -> Refusal | None:
    """The whole way in one transaction, for the command line."""
    found = keep(content, file_name, None)
    if isinstance(found, Refusal):
        return found
    claim(found, None)
    if refusal := write(found, shown, report):
        db.session.rollback()
        return refusal
    return None


def write(found: Import, shown: Preview, report: Report) -> Refusal | None:
    """Write what was shown, in this transaction; a refusal when it would not be the same any more."""
    one_at_a_time()
    db.session.refresh(found, with_for_update=True)
    if found.state is not ImportState.APPLYING or found.content is None:
        return STALE
    fresh = preview_of(found.content, shown, for_writing=True)
    if isinstance(fresh, Refusal) or fresh.seal != shown.seal:
        return STALE
    units = import_writing.write(found, fresh.plan, report)
    found.state, found.applied_at, found.content, found.writing_until = ImportState.APPLIED, clock.now(), None, None
    found.summary = _summary(fresh, units)
    db.session.flush()
    return None


def one_at_a_time() -> None:
    """Two files never write at the same time: the second waits here for the first."""
    insert_unless_there(Lease, job="people file", holder="", until=clock.now())
    db.session.execute(select(Lease.job).where(Lease.job == "people file").with_for_update())


def discard(found: Import) -> bool:
    """Drop a file that nobody wants to write; False when it is written or being written."""
    if not found.waits_for_a_yes(clock.now()):
        return False
    db.session.delete(found)
    return True


def forget_previews() -> None:
    """Drop the files that waited too long for a yes: they hold names and addresses."""
    old = clock.now() - KEPT_FOR
    db.session.execute(
        delete(Import)
        .where(or_(Import.state == ImportState.PREVIEWED, Import.state == ImportState.APPLYING), Import.made_at < old)
        .execution_options(synchronize_session=False),
    )


def _give_back(import_id: UUID, refusal: Refusal | None) -> None:
    """A file that was refused waits for its confirmation again, and its page says why."""
    if refusal:
        db.session.rollback()
        db.session.execute(
            update(Import)
            .where(Import.id == import_id, Import.state == ImportState.APPLYING)
            .values(state=ImportState.PREVIEWED, writing_until=None, summary={"stopped": refusal.sentence})
            .execution_options(synchronize_session=False),
        )


def _summary(done: Preview, units: list[UUID]) -> dict[str, object]:
    plan = done.plan
    return {
        "new": len(plan.new),
        "changed": len(plan.changed),
        "returning": len(plan.returning),
        "leaving": len(plan.leaving),
        "emails": len(plan.email_changes),
        "unchanged": plan.unchanged,
        "problems": len({problem.line for problem in done.problems}),
        "units_made": [unit.hex for unit in units],
    }


def _plain_name(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:FILE_NAME] or "people.csv"
