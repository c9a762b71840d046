"""Two machines share one box: what is opened on one is counted on the other and published by either."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from peerapp import box_serving, counting, create_app, migrate
from peerapp.actions import closing
from peerapp.config import Config
from peerapp.db import db
from peerapp.models import Person
from peerapp.rules.states import RoundState
from tests.factories import make_person
from tests.rounds import again, make_crowd, make_open_round, put_in, take_paper

pytestmark = pytest.mark.one_database
KEY = "a key that both of the machines hold"
FOUR = {"q1": 4, "q2": 4}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings(folder: Path, **more: str) -> Config:
    folder.mkdir(exist_ok=True)
    url = f"sqlite:///{folder.parent}/shared.sqlite"
    return Config(instance=folder, database_url=url, secret_key="s" * 40, testing=True, ballotbox_key=KEY, **more)


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[tuple[Flask, Flask]]:
    """The one with the box, and one that names its address; both on one database."""
    port = free_port()
    with_box = create_app(settings(tmp_path / "one", ballotbox_listen=f"127.0.0.1:{port}"))
    other = create_app(settings(tmp_path / "other", ballotbox=f"http://127.0.0.1:{port}"))
    with with_box.app_context():
        migrate.to_newest()
    server = box_serving.listen(with_box)
    box_serving.start(server)
    yield with_box, other
    server.close()
    for app in (with_box, other):
        with app.app_context():
            db.engine.dispose()


def test_a_round_of_one_machine_is_counted_on_the_other(machines: tuple[Flask, Flask]) -> None:
    with_box, other = machines
    with other.app_context():
        opened = make_open_round(make_person("Ana Rivera"), crowd := make_crowd(9))
        papers = [take_paper(each, opened) for each in crowd]
        assert [put_in(with_box, opened, paper, FOUR) for paper in papers] == [204] * 9
        assert put_in(other, opened, papers[0], FOUR) == 404  # no box here, and nobody who forwards a ballot
        owner = db.session.scalars(select(Person).where(Person.id == opened.owner_id)).one()
        assert closing.close_early(owner, opened.id) is None
        closed = again(opened)
        assert (closed.state, closed.handed_out, closed.discarded_at is not None) == (RoundState.RELEASED, 9, True)
        db.session.remove()
    assert not counting.file_of(other.config["PEERAPP"]).exists()


def test_without_the_box_nothing_is_lost_and_the_round_waits(machines: tuple[Flask, Flask], tmp_path: Path) -> None:
    alone = create_app(settings(tmp_path / "alone", ballotbox=f"http://127.0.0.1:{free_port()}"))
    with alone.app_context():
        draft_owner, crowd = make_person("Ana Rivera"), make_crowd(8)
        opened = make_open_round(draft_owner, crowd)
        assert opened.state is RoundState.OPENING
        db.session.remove()
        db.engine.dispose()


def test_nobody_listens_unless_told(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path / "one"))
    assert box_serving.listen(app) is None
