"""One transaction a request: what a success does is kept, what a refusal began is forgotten, and a GET never writes."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from flask import Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from peerapp import create_app
from peerapp.access import public
from peerapp.db import db
from peerapp.models import Pair, Unit
from tests.clients import PeerClient
from tests.statements import WroteWhileReading, forbid_writes_while_reading


@pytest.fixture
def probe(app: Flask) -> Iterator[PeerClient]:
    """An app of its own on the same database, with a route that adds a unit and answers the status in its path."""
    other = create_app(app.config["PEERAPP"])
    other.extensions["first_run_is_over"] = True
    other.test_client_class = PeerClient

    @public
    def probe(status: int) -> ResponseReturnValue:
        db.session.add(Unit(name=f"Unit {status}"))
        db.session.flush()
        return "", status

    other.add_url_rule("/probe/<int:status>", "probe", probe, methods=["GET", "POST"])
    with other.app_context():
        forbid_writes_while_reading(db.engine)
    client = other.test_client()
    assert isinstance(client, PeerClient)
    yield client
    with other.app_context():
        db.engine.dispose()


def units() -> int:
    return db.session.scalar(select(func.count()).select_from(Unit)) or 0


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (303, 1), (409, 0), (422, 0), (500, 0)])
def test_a_success_is_kept_and_a_refusal_leaves_nothing(probe: PeerClient, status: int, kept: int) -> None:
    probe.post(f"/probe/{status}")
    assert units() == kept


def test_a_get_that_writes_fails_its_test(probe: PeerClient) -> None:
    with pytest.raises(WroteWhileReading):
        probe.get("/probe/200")


def test_a_form_of_another_site_is_refused_whatever_it_carries(probe: PeerClient) -> None:
    answer = probe.post("/probe/200", headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, units()) == (400, 0)


def test_a_form_without_a_token_is_refused(probe: PeerClient) -> None:
    answer = probe.post("/probe/200", csrf=False)
    assert answer.status_code in {400, 401}
    assert units() == 0


def test_nul_bytes_are_nobodys_words(probe: PeerClient) -> None:
    assert probe.post("/probe/200", {"words": "a\x00b"}).status_code == 400
    assert probe.get("/health?x=%00").status_code == 400
    assert probe.get("/%ff%00").status_code == 404


def test_health_answers_without_signing_in(visitor: PeerClient) -> None:
    assert visitor.get("/health").text == "ok\n"


def test_a_file_is_taken_only_where_a_file_is_meant(visitor: PeerClient) -> None:
    assert visitor.post("/forgotten", {"email": (BytesIO(b"no words"), "a.txt")}).status_code == 400
    assert visitor.post("/programme/import", {"file": (BytesIO(b"no words"), "a.txt")}).status_code == 401


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-22T10:00", "x", ""]
)
def test_what_is_no_moment_asks_for_the_first_page(
    as_: Callable[[str], PeerClient], ana_and_ben: Pair, moment: str
) -> None:
    page = as_("ana").get(f"/pairs/{ana_and_ben.id}/board/archive", query_string={"before": moment})
    assert page.status_code == 200
