"""How does somebody who writes get their turn on a SQLite where others write too?

SQLite lets everybody who waits sleep for longer and longer, up to a tenth of a second, and whoever happens to look first
after a commit goes next. In a crowd the one who sleeps longest never comes in: of 10,000 writes by forty people in two
processes, eleven were still waiting after five seconds. We look again after a few milliseconds, each time another few,
so that all who wait have the same chance.
"""

from random import uniform
from time import monotonic, sleep

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

SHORTEST, LONGEST = 0.001, 0.004
BUSY = 5  # SQLite's number for "somebody else is writing"; the lowest byte of its finer ones


def begin(connection: Connection, milliseconds: int) -> None:
    """Begin a writing transaction. Raises SQLAlchemy's OperationalError when there was no turn for so long."""
    driver, until = connection.connection.dbapi_connection, monotonic() + milliseconds / 1000
    assert driver is not None
    cursor = driver.cursor()
    cursor.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                return connection.dialect.do_execute(cursor, "BEGIN IMMEDIATE", ())
            except driver.OperationalError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF != BUSY or monotonic() > until:
                    raise OperationalError("BEGIN IMMEDIATE", None, error) from error
                sleep(uniform(SHORTEST, LONGEST))  # noqa: S311 - nobody has to guess it
    finally:
        cursor.execute(f"PRAGMA busy_timeout={milliseconds}")
        cursor.close()
