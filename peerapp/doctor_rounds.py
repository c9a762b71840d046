"""Is what keeps rounds of feedback anonymous in order: the box's file, who may read it, and the guards of open rounds?"""

import stat
from collections.abc import Iterator

from peerapp import counting, guards
from peerapp.config import Config
from peerapp.findings import Finding

PRIVATE = 0o077


def of_the_box(settings: Config) -> Iterator[Finding]:
    """The one file that every snapshot leaves out, with the journal SQLite keeps beside it, and who may read them."""
    if settings.ballotbox:
        yield Finding("Counting box", f"on another machine, {settings.ballotbox}; its file lies there")
        return
    path = counting.file_of(settings)
    journal = path.with_name(f"{path.name}-journal")
    words = f"leave this one file, and the journal beside it, out of every snapshot and backup: {path}, {journal}"
    yield Finding("Counting box", words)
    for each in (path, journal):
        if each.exists() and stat.S_IMODE(each.stat().st_mode) & PRIVATE:
            yield Finding("Counting box", f"{each} can be read by others", f"chmod 600 {each}")


def of_the_guards() -> Iterator[Finding]:
    """Whether the database itself refuses to change an open round or a release."""
    wrong = guards.wrong()
    for what, names in (("missing", wrong.missing), ("changed", wrong.changed)):
        if names:
            words = f"{what} in the database: {', '.join(names)}. Somebody who may change its schema did that"
            yield Finding("Guards of rounds", words, "peerapp migrate --guards, and find out who")
    if wrong == guards.Wrong([], []):
        yield Finding("Guards of rounds", "the database refuses changes of open rounds and of releases")
