"""`python -m tests.bench.live_front [changes a round]`: the same 200 people when two processes behind nginx serve them.

gunicorn and nginx run with the README's own lines, on PostgreSQL, which tells each process what the other committed.
"""

import selectors
import sys
import tempfile
from pathlib import Path

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import make_url

from peerapp import create_app, migrate
from peerapp.config import Config
from tests.bench.live import HELD, ROUNDS, one_round
from tests.bench.live_house import fill
from tests.bench.live_people import first_in_line, late, ms, opened, said, settle
from tests.clients import RAW
from tests.conftest import SECRET
from tests.reliability.conftest import new_database_at
from tests.reliability.front import front
from tests.reliability.postgres import own_server

PAIRS, CHANGES = 100, 100


def main(changes: int = CHANGES) -> None:
    first_in_line()
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
    print(f"{len(readers)} people live in two processes behind nginx, {ROUNDS} times {changes} changes")
    there = [each for _ in range(ROUNDS) for each in one_round(everybody, readers, token, changes)]
    print(said("the bench itself was late by", late))
    for (name, most), figure in zip(HELD[:2], (ms(there, 50), ms(there, 99)), strict=True):
        print(f"{name}: {figure:.1f} (at most {most:g}){'' if figure <= most else '  MISSED'}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
