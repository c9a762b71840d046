"""Is what keeps rounds of feedback anonymous in order: the box's file, who may read it, and the guards of open rounds?"""

import stat
from collections.abc import Iterator

from peerapp import counting, guards
from peerapp.config import Config
from peerapp.findings import Finding

PRIVATE = 0o077


def of_the_box(settings: Config) -> Iterator[Finding]:
    """The one file that every snapshot leaves out, and who may read it."""
    if settings.ballotbox:
        yield Finding("Counting box", f"on another machine, {settings.ballotbox}; its file lies there")
        return
    path = counting.file_of(settings)
    yield Finding("Counting box", f"leave this one file out of every snapshot and backup: {path}")
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & PRIVATE:
        yield Finding("Counting box", f"{path} can be read by others", f"chmod 600 {path}")


def of_the_guards() -> Iterator[Finding]:
    """Whether the database itself refuses to change an open round or a release."""
    gone = guards.missing()
    if gone:
        words = f"missing in the database: {', '.join(gone)}. Somebody who may change its schema took them away"
        yield Finding("Guards of rounds", words, "peerapp migrate --guards, and find out who")
    else:
        yield Finding("Guards of rounds", "the database refuses changes of open rounds and of releases")
