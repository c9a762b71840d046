"""What is wrong with this installation, and which line mends it? Each check answers for one thing."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.exc import DBAPIError

from peerapp import clock, doctor_rounds, mail
from peerapp.config import Config
from peerapp.findings import Finding
from peerapp.queries.accounts import has_administrator
from peerapp.queries.system import TICK, database, last_done

ENOUGH_BYTES = 500_000_000
TICK_LATE = timedelta(minutes=10)
LOCAL = {"localhost", "127.0.0.1", "::1"}
PRIVATE = 0o077


Check = Callable[[Config], Iterator[Finding]]


def of_the_machine(settings: Config) -> Iterator[Finding]:
    """Everything that needs no database."""
    for check in (_folder, _secret, _database_file, _address, _zones, _space, _mail, doctor_rounds.of_the_box):
        yield from check(settings)


def of_the_database() -> Iterator[Finding]:
    """Everything that asks the database; inside the app."""
    try:
        state = database()
    except DBAPIError as error:
        words = str(error.orig).strip().partition("\n")[0]
        yield Finding("Database", f"it does not answer: {words}", "start it, or correct database_url in peerapp.toml")
        return
    yield Finding("Database", f"{state.kind} {state.version}")
    if state.is_risky:
        yield Finding(
            "SQLite", "this version can lose data when several processes write", "pip install --upgrade pysqlite3"
        )
    if not state.is_current:
        words = f"at {state.present or 'none'}, this version needs {state.newest}"
        yield Finding("Schema", words, "peerapp migrate")
        return
    yield Finding("Schema", state.present)
    yield from doctor_rounds.of_the_guards()
    yield from _administrator()
    yield from _tick()


def _folder(settings: Config) -> Iterator[Finding]:
    folder = settings.instance
    if os.access(folder, os.W_OK | os.X_OK):
        yield Finding("Instance folder", str(folder))
    else:
        yield Finding("Instance folder", f"{folder} cannot be written", f"chown -R $(id -un) {folder}")


def _secret(settings: Config) -> Iterator[Finding]:
    path = settings.instance / "secret_key"
    if not path.exists():
        yield Finding("Secret key", "set by PEERAPP_SECRET_KEY")
    elif stat.S_IMODE(path.stat().st_mode) & PRIVATE:
        yield Finding("Secret key", f"{path} can be read by others", f"chmod 600 {path}")
    else:
        yield Finding("Secret key", "only this user can read it")


def _database_file(settings: Config) -> Iterator[Finding]:
    file = settings.sqlite_file
    open_to_others = [
        each
        for each in (file.parent.glob(f"{file.name}*") if file else ())
        if stat.S_IMODE(each.stat().st_mode) & PRIVATE
    ]
    if open_to_others:
        yield Finding("Database file", f"{open_to_others[0]} can be read by others", f"chmod 600 {file}*")
    elif file:
        yield Finding("Database file", "only this user can read it")


def _address(settings: Config) -> Iterator[Finding]:
    host = urlsplit(settings.base_url).hostname or ""
    toml = settings.instance / "peerapp.toml"
    if not settings.https and host not in LOCAL:
        yield Finding(
            "Address",
            f"{settings.base_url} is not encrypted: passwords travel in the open",
            f'put https in front and write in {toml}: base_url = "https://{host}"',
        )
    else:
        names = ", ".join(dict.fromkeys(settings.hosts))
        yield Finding("Address", f"{settings.base_url}, answering to {names}")


def _zones(settings: Config) -> Iterator[Finding]:
    try:
        ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        yield Finding("Time zones", "the time zone database is missing", "pip install tzdata")
    else:
        yield Finding("Time zones", f"known; the company's is {settings.time_zone}")


def _space(settings: Config) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.instance).free
    words = f"{free // 1_000_000:,} MB free at {settings.instance}"
    yield Finding("Disk", words, "" if free >= ENOUGH_BYTES else f"make room: df -h {settings.instance}")


def _mail(settings: Config) -> Iterator[Finding]:
    toml = settings.instance / "peerapp.toml"
    line = f'write in {toml}: mail_url = "smtp://user:password@mail.example.com:587"'
    if settings.mail_url.startswith("console:"):
        local = urlsplit(settings.base_url).hostname in LOCAL
        yield Finding("Mail", "letters are printed on the console", "" if local else line)
        return
    server = mail.Server.of(settings.mail_url)
    try:
        with mail.post(settings.mail_url, urlsplit(settings.base_url).hostname or "localhost"):
            yield Finding("Mail", f"{server.host}:{server.port} answers; letters come from {settings.mail_from}")
    except mail.MailError as problem:
        yield Finding("Mail", f"{server.host}:{server.port}: {problem}", line)


def _administrator() -> Iterator[Finding]:
    if has_administrator():
        yield Finding("Administrator", "there is one")
    else:
        yield Finding("Administrator", "nobody looks after this installation", "peerapp serve, and open its first page")


def _tick() -> Iterator[Finding]:
    done = last_done(TICK)
    mend = "keep peerapp serve running, or run every minute: peerapp tick"
    if done is None:
        yield Finding("Tick", "none has run: no mail leaves and no request lapses", mend)
    elif clock.now() - done > TICK_LATE:
        yield Finding("Tick", f"the last one ran at {done:%Y-%m-%d %H:%M} UTC", mend)
    else:
        yield Finding("Tick", f"the last one ran at {done:%H:%M} UTC")
