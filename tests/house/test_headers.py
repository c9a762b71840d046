"""Does every answer carry what protects its reader: pages, refusals, errors, files and redirects, on http and https?"""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask, request
from sqlalchemy import select
from werkzeug.test import TestResponse

from peerapp import create_app, migrate
from peerapp.db import db
from peerapp.models import Letter, Person
from peerapp.version import VERSION
from tests import cast as the_cast
from tests.clients import PeerClient
from tests.conftest import settings
from tests.house.asking import Browsers, as_role, rules
from tests.house.openapi import asked_of, fields_of, filled_in
from tests.house.pages import errors, pages, refused
from tests.house.scopes import Role
from tests.house.world import World, make_world
from tests.passwords import give_password
from tests.rules.test_next_url import ATTACKS

HTTPS = "https://peers.example.com"
pytestmark = pytest.mark.one_database


@pytest.fixture
def world(app: Flask) -> World:
    return make_world()


@pytest.fixture(scope="module")
def secure_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An installation that people reach by https."""
    folder = tmp_path_factory.mktemp("secure")
    app = create_app(settings(folder, f"sqlite:///{folder}/peerapp.sqlite", base_url=HTTPS))
    app.test_client_class = PeerClient
    with app.app_context():
        migrate.to_newest()
        give_password(the_cast.enter()["ana"])
        yield app
        db.session.remove()
        db.engine.dispose()


def every_answer(app: Flask, world: World) -> Iterator[tuple[str, TestResponse]]:
    browsers = Browsers(app, world)
    for page in pages(app, world):
        yield str(page), browsers.of(page.role).get(page.path)
    yield from errors(app, world)
    yield from refused(app, world)
    visitor = browsers.of(Role.VISITOR)
    assets = app.extensions["assets"]
    yield from ((name, visitor.get(f"/static/{assets.tree}/{name}")) for name in assets.files)
    yield "no such file", visitor.get("/static/0/nothing.css")
    yield "asked for options", visitor.options("/settings")
    yield "asked for its head", visitor.head("/help")


def weaknesses(response: TestResponse) -> list[str]:
    """What is missing in the headers."""
    headers, found = response.headers, []
    policy = dict(part.strip().split(" ", 1) for part in headers.get("Content-Security-Policy", "x x").split(";"))
    if "unsafe" in str(policy) or (policy.get("default-src"), policy.get("frame-ancestors")) != ("'none'", "'none'"):
        found.append("a weak Content-Security-Policy")
    if policy.get("form-action") == "'none'":  # the answer form: nothing that is typed there may leave by a form
        policy["form-action"] = "'self'"
    if {policy.get(name) for name in ("script-src", "style-src", "form-action")} != {"'self'"}:
        found.append("scripts, styles or forms from elsewhere")
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    found += [name for name, value in wanted.items() if headers.get(name) != value]
    if headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        found.append("Referrer-Policy")
    is_file = response.request.path.startswith("/static/") and response.status_code == 200
    if headers.get("Cache-Control") != ("public, max-age=31536000, immutable" if is_file else "no-store"):
        found.append(f"Cache-Control: {headers.get('Cache-Control')}")
    if "charset=utf-8" not in headers.get("Content-Type", "").lower() and response.mimetype.startswith("text/"):
        found.append(f"Content-Type: {headers.get('Content-Type')}")
    if re.search(r"werkzeug|python|flask|sqlalchemy", str(headers), re.IGNORECASE) or VERSION in headers.get(
        "Server", ""
    ):
        found.append("tells what it is made of")
    return found


def test_every_answer_carries_what_protects_its_reader(app: Flask, world: World) -> None:
    found = {told: weaknesses(response) for told, response in every_answer(app, world)}
    assert {told: weak for told, weak in found.items() if weak} == {}
    assert len(found) > 250


def test_whoever_signs_out_keeps_the_receipts_of_their_papers(app: Flask, world: World) -> None:
    """Drafts and papers on their way are erased by the script that kept them (tests/browser/test_answering.py)."""
    response = as_role(app, world, Role.MEMBER).post("/sign-out")
    assert "Clear-Site-Data" not in response.headers


@pytest.mark.parametrize("base_url", [HTTPS, "http://localhost"])
def test_cookies_are_for_us_alone(app: Flask, world: World, secure_app: Flask, base_url: str) -> None:
    """Which app it is follows from the address."""
    is_secure = base_url == HTTPS
    client = (secure_app if is_secure else app).test_client()
    shown = client.get("/sign-in", base_url=base_url)
    token = token_in(shown)
    given = [
        shown,
        client.post("/settings/theme", token | {"theme": "dark", "next": "/"}, base_url=base_url),
        client.post("/settings/language", token | {"language": "de", "next": "/"}, base_url=base_url),
        *([client.post("/sign-in", token | ANA, base_url=base_url)] if is_secure else []),
    ]
    cookies = {name: each for response in given for name, each in cookies_of(response)}
    assert len(cookies) == (4 if is_secure else 3)
    for name, cookie in cookies.items():
        assert (bool(cookie["httponly"]), cookie["samesite"], cookie["path"], cookie["domain"]) == (
            True,
            "Lax",
            "/",
            "",
        )
        assert (bool(cookie["secure"]), name.startswith("__Host-")) == (is_secure, is_secure)


ANA = {"email": "ana.rivera@example.com", "password": the_cast.PASSWORD, "next": "", "kept": ""}


def token_in(page: TestResponse) -> dict[str, str]:
    return {"csrf_token": re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[0]}


def cookies_of(response: TestResponse) -> Iterator[tuple[str, dict[str, str]]]:
    for line in response.headers.getlist("Set-Cookie"):
        yield from SimpleCookie(line).items()


@pytest.mark.parametrize("path", ["/sign-in", "/settings", "/never/was", "/static/0/app.css", "/health"])
def test_https_is_kept_to_for_two_years(secure_app: Flask, path: str) -> None:
    response = secure_app.test_client().get(path, base_url=HTTPS)
    assert response.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_plain_http_is_not_told_to_become_https(visitor: PeerClient) -> None:
    assert "Strict-Transport-Security" not in visitor.get("/sign-in").headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "evil.example:8000",
        "peers.example.com",
        "localhost@evil.example",
        "",
        "[::1]",
        "a b",
    ],
)
def test_another_name_for_this_house_is_refused(visitor: PeerClient, host: str) -> None:
    response = visitor.get("/sign-in", headers={"Host": host})
    assert response.status_code == 400
    assert "evil" not in response.text + str(response.headers)


def test_nobody_tells_us_our_name(visitor: PeerClient) -> None:
    names = ("X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "Forwarded", "X-Original-Host", "X-Forwarded-Prefix")
    response = visitor.get("/settings", headers=dict.fromkeys(names, "evil.example"))
    assert response.location == "/sign-in?next=/settings"


@pytest.mark.parametrize(("proxies", "believed"), [(0, "127.0.0.1"), (1, "192.0.2.7"), (2, "192.0.2.6")])
def test_an_address_is_believed_from_as_many_proxies_as_are_set(tmp_path: Path, proxies: int, believed: str) -> None:
    app = create_app(settings(tmp_path, f"sqlite:///{tmp_path}/peerapp.sqlite", trusted_proxies=proxies))
    seen: list[str | None] = []
    app.before_request_funcs[None].insert(0, lambda: seen.append(request.remote_addr))
    with app.app_context():
        app.test_client().get("/never/was", headers={"X-Forwarded-For": "192.0.2.5, 192.0.2.6, 192.0.2.7"})
        db.engine.dispose()
    assert seen == [believed]


def test_a_link_in_a_letter_leads_to_the_configured_address(visitor: PeerClient, cast: dict[str, Person]) -> None:
    here = "http://127.0.0.1:1234"
    typed = token_in(visitor.get("/forgotten", base_url=here)) | {"email": cast["ana"].email}
    assert visitor.post("/forgotten", typed, base_url=here).status_code == 303
    links = re.findall(r"https?://\S+", db.session.scalars(select(Letter.body)).one())
    assert links
    assert [link for link in links if not link.startswith("http://localhost:8000/")] == []


def test_every_next_leads_to_a_path_of_ours(app: Flask, world: World) -> None:
    """Wherever a view reads `next`, from a form or from the address."""
    lost, asked = [], 0
    for rule in rules(app):
        takes = "next" in fields_of(app, rule.endpoint) and "POST" in (rule.methods or ())
        reads = "next" in asked_of(app, rule.endpoint) and "GET" in (rule.methods or ())
        for attack in filter(None, ATTACKS) if takes or reads else ():
            client = as_role(app, world, Role.MEMBER)
            typed = filled_in(app, rule.endpoint) | {"next": attack.encode("utf-8", "replace").decode()}
            response = (
                client.post(rule.rule, typed) if takes else client.get(rule.rule, query_string={"next": typed["next"]})
            )
            asked += 1
            if "evil" in response.headers.get("Location", "") or re.match(
                r"//|/\\|\w+:", response.headers.get("Location", "/")
            ):
                lost.append((rule.rule, attack, response.location))
    assert lost == []
    assert asked >= 4 * len(ATTACKS) - 8
