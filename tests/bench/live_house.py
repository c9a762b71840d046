"""A process of the app with pairs in a session. It says where it listens and who may ask, and serves until it ends."""

import json
import logging
import socket
import sys
from datetime import timedelta
from pathlib import Path

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from peerapp import clock, create_app, migrate, serving
from peerapp.config import Config
from peerapp.db import db
from peerapp.models import RoleGrant
from peerapp.models.people import Role
from peerapp.rules.states import SessionState
from tests.bench.house import SECRET
from tests.clients import RAW, session_cookie
from tests.factories import make_goal, make_pair, make_person, make_session

GOALS = 8


def main(folder: Path, pairs: int) -> None:
    app = create_app(Config(instance=folder, database_url=f"sqlite:///{folder}/p.sqlite", secret_key=SECRET))
    with app.app_context():
        migrate.to_newest()
        people = fill(app, pairs)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = serving.listen(app, "127.0.0.1", port)
    serving.make_ready(app)
    token = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(RAW)
    print(json.dumps({"port": port, "people": people, "token": token}), flush=True)
    serving.run(app, server)


def fill(app: Flask, pairs: int) -> list[dict[str, str]]:
    """Everybody's cookie and session, the two of a pair beside each other."""
    ada, people = make_person("Ada Novak"), []
    db.session.add(RoleGrant(person_id=ada.id, role=Role.ADMINISTRATOR, granted_at=clock.now()))
    for number in range(pairs):
        two = [make_person(f"{name} Number{number:03}") for name in ("Ana", "Ben")]
        pair = make_pair(*two)
        for goal in range(GOALS):
            make_goal(pair, f"Goal {goal}", by=two[goal % 2], owner_id=two[goal % 2].id)
        begun = clock.now() - timedelta(minutes=10)
        session = make_session(pair, state=SessionState.RUNNING, planned_for=begun)
        db.session.commit()
        here = f"/pairs/{pair.id}/sessions/{session.id}"
        people += [{"cookie": f"peerapp={session_cookie(app, who, csrf_token=RAW)}", "session": here} for who in two]
    return people


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
