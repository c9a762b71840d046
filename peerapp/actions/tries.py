"""May somebody try once more? Counted in the database, so that every process knows, and before anything is hashed.

A try is counted as failed when it begins and taken back when it succeeds: nobody gets free tries by hanging up. The
arithmetic is in rules/signing_in.py.
"""

import hmac
from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, select

from peerapp import clock
from peerapp.db import db, insert_unless_there
from peerapp.models import SignInTry
from peerapp.rules import signing_in
from peerapp.rules.signing_in import EVERYWHERE_WINDOW, LETTERS_WINDOW, WINDOW, Count, Failures

CLOCKS_DIFFER = timedelta(minutes=1)  # between two machines on one database
Windows = dict[str, timedelta]


def key_of(*words: str) -> str:
    """What stands in the table for an account, a source or both."""
    secret: str = current_app.config["SECRET_KEY"]
    return hmac.new(secret.encode(), "\n".join(words).encode(), "sha256").hexdigest()


def begin(account: str, source: str, device: str = "") -> timedelta:
    """Count a try to sign in as failed. How long to wait instead, when it may not be made: then nothing is counted."""
    here, windows = _here(account, source, device), _windows(account, source, device)
    rows = _rows(windows)
    counts = {key: _count(row) for key, row in rows.items()}
    if device:
        failures = Failures(here=counts[here])
    else:
        at_account, at_source, anywhere = (counts[key] for key in _shared(account, source))
        failures = Failures(counts[here], at_account, at_source, anywhere)
    wait = signing_in.wait_before_trying(failures, known_device=bool(device))
    if not wait:
        _add_one(rows)
    return wait


def succeeded(account: str, source: str, device: str = "") -> None:
    """Take the try that `begin` counted back; the owner's own failures are forgotten."""
    here, windows = _here(account, source, device), _windows(account, source, device)
    for key, row in _rows(windows).items():
        row.failures = 0 if key == here else max(0, row.failures - 1)
    db.session.flush()


def may_send_letter(account: str) -> bool:
    """Whether one more letter with a link may go to this account; counts it."""
    return _one_more(key_of("letter", account), signing_in.LETTERS_MAX)


def may_ask_for_letter(source: str) -> bool:
    """Whether this source may ask for one more letter; counts it."""
    return _one_more(key_of("letters from", source), signing_in.LETTERS_SOURCE_MAX)


def forget_old() -> None:
    """Windows that are over count for nothing."""
    db.session.execute(delete(SignInTry).where(SignInTry.window_ends_at < clock.now()))


def _here(account: str, source: str, device: str) -> str:
    return key_of("device", account, device) if device else key_of("here", account, source)


def _shared(account: str, source: str) -> tuple[str, str, str]:
    return key_of("account", account), key_of("source", source), key_of("everywhere")


def _windows(account: str, source: str, device: str) -> Windows:
    windows = {_here(account, source, device): WINDOW}
    if not device:
        at_account, at_source, anywhere = _shared(account, source)
        windows |= {at_account: WINDOW, at_source: WINDOW, anywhere: EVERYWHERE_WINDOW}
    return windows


def _one_more(key: str, most: int) -> bool:
    rows = _rows({key: LETTERS_WINDOW})
    if rows[key].failures >= most:
        return False
    _add_one(rows)
    return True


def _rows(windows: Windows) -> dict[str, SignInTry]:
    """The counters, held until the transaction ends; always taken in the same order, so that nobody waits in a circle."""
    now = clock.now()
    for key in sorted(windows):
        insert_unless_there(SignInTry, key=key, failures=0, last_at=now, window_ends_at=now + windows[key])
    held = select(SignInTry).where(SignInTry.key.in_(windows)).order_by(SignInTry.key).with_for_update()
    rows = {row.key: row for row in db.session.scalars(held.execution_options(populate_existing=True))}
    now = clock.now()  # others may have counted while this one waited for the rows
    for key, row in rows.items():
        if not now < row.window_ends_at <= now + windows[key] + CLOCKS_DIFFER:  # over, or the clock was set back
            row.failures, row.last_at, row.window_ends_at = 0, now, now + windows[key]
    return rows


def _count(row: SignInTry) -> Count:
    now = clock.now()
    return Count(row.failures, max(now - row.last_at, timedelta(0)), row.window_ends_at - now)


def _add_one(rows: dict[str, SignInTry]) -> None:
    now = clock.now()
    for row in rows.values():
        row.failures += 1
        row.last_at = now
    db.session.flush()
