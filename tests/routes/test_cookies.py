"""Every cookie is ours alone: out of reach of scripts and of other sites, and on https bound to the host."""

import re

import pytest

from peerapp import create_app, migrate
from peerapp.db import db
from tests.cast import PASSWORD, enter
from tests.conftest import settings
from tests.factories import make_goal
from tests.passwords import give_password


@pytest.fixture(params=["http://localhost", "https://peers.example.com"])
def base(request):
    return request.param


@pytest.fixture
def cookies(base, tmp_path):
    """What the browser was told to keep, after signing in, choosing a theme and a language."""
    app = create_app(settings(tmp_path, f"sqlite:///{tmp_path}/peerapp.sqlite", base_url=base))
    app.extensions["first_run_is_over"] = True
    with app.app_context():
        migrate.to_newest()
        give_password(enter()["ana"])
        client = app.test_client()
        page = client.get("/sign-in", base_url=base)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        answers = [
            client.post(path, data=form | {"csrf_token": token}, base_url=base, headers={"Referer": base})
            for path, form in (
                ("/settings/theme", {"theme": "dark"}),
                ("/settings/language", {"language": "de"}),
                ("/sign-in", {"email": "ana.rivera@example.com", "password": PASSWORD}),
            )
        ]
        yield [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
        db.session.remove()
        db.engine.dispose()


def test_every_cookie_is_closed_to_scripts_and_other_sites(cookies, base):
    assert {cookie.partition("=")[0].removeprefix("__Host-") for cookie in cookies} == {
        "peerapp", "theme", "language", "browser",
    }  # fmt: skip
    for cookie in cookies:
        parts = cookie.split("; ")
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
        assert "Domain" not in cookie
        assert ("Secure" in parts, cookie.startswith("__Host-")) == (base.startswith("https"),) * 2


def test_messages_that_nobody_reads_do_not_pile_up_in_the_cookie(as_, cast, ana_and_ben):
    ana, goal = as_("ana"), make_goal(ana_and_ben, by=cast["ana"])
    for version in range(1, 31):
        place = {"column": ("next", "doing")[version % 2], "version": version}
        assert ana.post(f"/pairs/{ana_and_ben.id}/goals/{goal.id}/move", place).status_code == 303
    with ana.session_transaction() as session:
        assert len(session["_flashes"]) == 5
