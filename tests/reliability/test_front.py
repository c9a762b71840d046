"""As the README runs it on several cores: gunicorn behind nginx, below a path of a site that has others."""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from time import monotonic, sleep
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from flask import current_app

from peerapp import migrate
from tests.cast import PASSWORD
from tests.house.test_sub_path import ADDRESS
from tests.passwords import give_password
from tests.reliability.conftest import app_on, new_database_at
from tests.reliability.front import front
from tests.reliability.house import url_of
from tests.reliability.writers import Scene, kept, leave_alone

HALF_SENT, FORM = 40, "application/x-www-form-urlencoded"
EVIL = {"X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("front")


@pytest.fixture(scope="module")
def scene(postgresql: str, folder: Path) -> Iterator[Scene]:
    with new_database_at(postgresql) as url, app_on(url, folder / "app"):
        migrate.to_newest()
        scene = Scene()
        give_password(scene.ana)
        leave_alone()
        yield scene


@pytest.fixture(scope="module")
def address(scene: Scene, folder: Path) -> Iterator[str]:
    with front(folder, url_of(current_app)) as there:
        yield there


class Browser:
    """Cookies, redirects and nothing else."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self.status, self.url, self.text, self.type = 0, "", "", ""

    def get(self, path: str, **headers: str) -> str:
        return self._open(Request(urljoin(self.address, path), headers=headers))

    def post(self, path: str, **fields: str) -> str:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.text)
        assert token
        return self._open(Request(urljoin(self.address, path), urlencode(fields | {"csrf_token": token[1]}).encode()))

    def listen(self, url: str) -> HTTPResponse:
        answer: HTTPResponse = self._opener.open(Request(url), timeout=20)
        return answer

    def _open(self, request: Request) -> str:
        try:
            answer = self._opener.open(request, timeout=20)
        except HTTPError as error:
            answer = error
        with answer:
            self.status, self.url, self.type = answer.status, answer.url, answer.headers["Content-Type"]
            self.text = answer.read().decode()
        return self.text

    @property
    def addresses(self) -> list[str]:
        return [one or other for one, other in ADDRESS.findall(self.text)]


@pytest.fixture(scope="module")
def ana(address: str, scene: Scene) -> Browser:
    """Signed in by the form, on her way to the board."""
    browser = Browser(address)
    browser.get(f"{address}{scene.board}")
    there = re.search(r'name="next" value="([^"]+)"', browser.text)
    assert there
    browser.post(f"{address}/sign-in", email=scene.ana.email, password=PASSWORD, next=there[1])
    return browser


def test_whoever_signs_in_comes_to_the_page_they_wanted(ana: Browser, address: str, scene: Scene) -> None:
    assert (ana.status, ana.url) == (200, f"{address}{scene.board}")
    assert "Ben" in ana.get(ana.url)


def test_every_address_of_a_page_leads_to_it_again(ana: Browser, address: str, scene: Scene) -> None:
    for path, status in ((scene.board, 200), ("/", 200), ("/never/was", 404)):
        ana.get(address + path)
        below = [each for each in ana.addresses if not f"{each}/".startswith("/peerapp/")]
        assert (ana.status, below, len(ana.addresses) > 2) == (status, [], True)


def test_what_a_page_loads_is_there(ana: Browser, address: str, scene: Scene) -> None:
    ana.get(address + scene.board)
    files = {urlsplit(each).path for each in ana.addresses if "/static/" in each}
    types = {Path(each).suffix: ana.get(each) and (ana.status, ana.type.split(";")[0]) for each in files}
    assert types == {".css": (200, "text/css"), ".js": (200, "text/javascript"), ".svg": (200, "image/svg+xml")}


def test_what_is_sent_is_kept_by_either_process(ana: Browser, address: str, scene: Scene) -> None:
    ana.get(address + scene.comments.removesuffix("/comments"))
    statuses = [(ana.post(address + scene.comments, body=f"comment {each}"), ana.status)[1] for each in range(12)]
    assert statuses == [200] * 12
    assert sorted(kept()) == sorted(f"comment {each}" for each in range(12))


def test_what_a_browser_says_about_proxies_is_not_believed(ana: Browser, address: str, scene: Scene) -> None:
    for path in (scene.board, "/never/was"):
        assert "evil" not in ana.get(address + path, **EVIL)
    stranger = Browser(address)
    stranger.get(address + scene.board, **EVIL)
    assert stranger.url == f"{address}/sign-in?next=/peerapp{scene.board}"


def test_forty_who_send_half_a_form_hold_nobody_up(ana: Browser, address: str, scene: Scene) -> None:
    place = urlsplit(address)
    lines = ("POST /peerapp/sign-in HTTP/1.1", f"Host: {place.netloc}", "Content-Length: 1000", f"Content-Type: {FORM}")
    half = "\r\n".join([*lines, "", "email="])
    with ExitStack() as slow:
        for _ in range(HALF_SENT):
            connection = slow.enter_context(socket.create_connection((place.hostname or "", place.port or 0)))
            connection.sendall(half.encode())
        sleep(0.3)  # all of them have arrived
        begun = monotonic()
        ana.get(address + scene.board)
        assert (ana.status, monotonic() - begun < 2) == (200, True)


def test_a_change_passes_nginx_at_once_whichever_process_holds_the_stream(
    ana: Browser, address: str, scene: Scene
) -> None:
    ana.get(address + scene.comments.removesuffix("/comments"))
    with ExitStack() as streams:
        begun = monotonic()
        heard = [
            streams.enter_context(ana.listen(f"{address}{scene.board.removesuffix('board')}live")) for _ in range(2)
        ]
        first = [next(version_in(each)) for each in heard]
        ana.post(address + scene.comments, body="Heard at once")
        assert [next(version_in(each)) for each in heard] == [each + 1 for each in first]
        assert monotonic() - begun < 4  # a stream that is held back says the next thing after fifteen seconds


def version_in(lines: HTTPResponse) -> Iterator[int]:
    """What a stream says next."""
    yield next(int(line[4:]) for line in lines if line.startswith(b"id: "))
