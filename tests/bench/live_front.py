"""`python -m tests.bench.live_front [changes]`: the same 200 people when two processes behind nginx serve them.

gunicorn and nginx run with the README's own lines, on PostgreSQL. A change that the other process made is found by the
watcher's look, twice a second.
"""

import random
import selectors
import sys
import tempfile
from pathlib import Path

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import make_url

from peerapp import create_app, migrate
from peerapp.config import Config
from tests.bench.live_house import fill
from tests.bench.live_people import ms, one_change, opened, settle
from tests.clients import RAW
from tests.conftest import SECRET
from tests.reliability.conftest import new_database_at
from tests.reliability.front import front
from tests.reliability.postgres import own_server

PAIRS, CHANGES, PER_SECOND = 100, 100, 5


def main(changes: int = CHANGES) -> None:
    folder = Path(tempfile.mkdtemp(prefix="peerapp-live-"))
    with own_server() as server, new_database_at(server.url) as url:
        app = create_app(Config(instance=folder, database_url=url, secret_key=SECRET))
        with app.app_context():
            migrate.to_newest()
            people = fill(app, PAIRS)
        with front(folder, url) as address:
            where = make_url(address)
            for each in people:
                each["session"] = f"/{where.database}{each['session']}"
            report(where.port or 0, people, changes)


def report(port: int, people: list[dict[str, str]], changes: int) -> None:
    token = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(RAW)
    readers, everybody = [opened(port, each) for each in people], selectors.DefaultSelector()
    for reader in readers:
        everybody.register(reader.stream, selectors.EVENT_READ, reader)
    settle(everybody)
    waits = (random.expovariate(PER_SECOND) for _ in range(changes))
    heard, there = zip(*(one_change(everybody, readers, token, wait) for wait in waits), strict=True)
    print(f"{len(readers)} people live in two processes behind nginx, {changes} changes")
    for name, seconds in (("heard of it", heard), ("on the screen", there)):
        print(f"{name}: median {ms(seconds, 50):.0f} ms, p99 {ms(seconds, 99):.0f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
