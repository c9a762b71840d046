"""What does time do? Requests lapse, sessions were missed, letters leave, old things are forgotten.

`tick()` may run as often as one likes, in as many processes as one likes: a lease lets one at a time, each job sees by
itself what is due, and doing it a second time changes nothing. Every job has its own transactions, so that one that
fails takes nothing with it. A lease longer than any that is given was written under a clock that has since been set
back, and counts for nothing.
"""

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import or_, select, update

from peerapp import clock, db as database, mishaps, outbox
from peerapp.actions import (
    closing,
    forgetting,
    in_turns,
    leaving,
    opening,
    pauses,
    requests,
    rounds_told,
    sessions,
    suggesting,
)
from peerapp.db import db, insert_unless_there, touched
from peerapp.models import Lease
from peerapp.queries.system import TICK

LASTS = timedelta(minutes=5)  # of the lease; renewed before each job
FORGET, FORGET_EVERY = "forget", timedelta(hours=1)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What a tick did: how many of each, by the job's name, and the names of those that failed."""

    counts: dict[str, int]
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """`run` does what is due and says how many."""

    name: str
    run: Callable[[], int]


def jobs() -> tuple[Job, ...]:
    """All of them, in the order in which they run: what is found out first leaves by mail in the same tick."""
    return (
        Job("requests lapsed", lambda: requests.lapse_requests(clock.now())),
        Job("pairs of leavers ended", lambda: leaving.end_pairs_of_leavers(clock.now())),
        Job("pauses over", lambda: pauses.end_pauses(clock.now())),
        Job("matches told", lambda: suggesting.choose_where_due(clock.now())),
        Job("sessions missed", lambda: sessions.mark_missed(clock.now())),
        Job("turns reminded of", lambda: in_turns.remind(clock.now())),
        Job("turns offered again", lambda: in_turns.offer_again(clock.now())),
        Job("rounds opened", opening.finish_all),
        Job("rounds closed", lambda: closing.close_where_due(clock.now())),
        Job("rounds reminded of", lambda: rounds_told.remind_all(clock.now())),
        Job("letters sent", outbox.send_due),
        Job("rows forgotten", forget),
    )


def tick() -> Done | None:
    """Do what is due. None when another process is at it."""
    me = f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid4().hex[:8]}"
    if not _take(TICK, me):
        return None
    counts: dict[str, int] = {}
    failed: list[str] = []
    for job in jobs():
        if not _keep(TICK, me):
            log.warning("the lease was lost before %s", job.name)
            break
        done = _try(job)
        if done is None:
            failed.append(job.name)
        else:
            counts[job.name] = done
    _give_back(TICK, me)
    return Done(counts, tuple(failed))


def forget() -> int:
    """Forget what is old, once an hour; how many rows."""
    if not _due_again(FORGET, FORGET_EVERY):
        return 0
    gone = sum(_to_the_end(step) for step in forgetting.STEPS)
    note_done(FORGET)
    return gone


def note_done(job: str, holder: str = "") -> None:
    """Write down that this job ran through just now."""
    now = clock.now()
    insert_unless_there(Lease, job=job, holder="", until=now)
    db.session.execute(update(Lease).where(Lease.job == job).values(holder=holder[:80], until=now, done_at=now))
    database.pause()


def _try(job: Job) -> int | None:
    try:
        done = job.run()
        database.pause()
    except Exception as error:  # noqa: BLE001 - whatever it is, the other jobs go on
        db.session.rollback()
        mishaps.note(log, job.name, error)
        return None
    return done


def _to_the_end(step: forgetting.Step) -> int:
    gone = 0
    while True:
        some = step(clock.now())
        database.pause()
        gone += some
        if some < forgetting.AT_ONCE:
            return gone


def _due_again(job: str, every: timedelta) -> bool:
    with database.only_reading():
        done_at = db.session.scalar(select(Lease.done_at).where(Lease.job == job))
        database.pause()
    return done_at is None or not timedelta(0) <= clock.now() - done_at < every


def _take(job: str, me: str) -> bool:
    now = clock.now()
    insert_unless_there(Lease, job=job, holder="", until=now)
    return _moved(job, me, now, or_(Lease.until <= now, Lease.until > now + LASTS))


def _keep(job: str, me: str) -> bool:
    return _moved(job, me, clock.now(), Lease.holder == me)


def _moved(job: str, me: str, now: datetime, condition: object) -> bool:
    moved = db.session.execute(
        update(Lease).where(Lease.job == job, condition).values(holder=me, until=now + LASTS),  # type: ignore[arg-type]  # a condition
    )
    database.pause()
    return bool(touched(moved))


def _give_back(job: str, me: str) -> None:
    now = clock.now()
    ours = update(Lease).where(Lease.job == job, Lease.holder == me)
    db.session.execute(ours.values(holder="", until=now, done_at=now))
    database.pause()
