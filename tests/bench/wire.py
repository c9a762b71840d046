"""What does a browser load that has never been here, and what when it comes again?"""

import re
from dataclasses import dataclass

from flask.testing import FlaskClient

from tests.bench.house import House
from tests.bench.subjects import Page

ZIPPED = {"Accept-Encoding": "gzip"}
LOADED = re.compile(r'<(?:link|script|img|use)\b[^>]*?(?:href|src)="(/static/[^"#]+)')
IMPORTED = re.compile(r'(?:\bfrom|\bimport)\s*"(\.[^"]+)"')


@dataclass(frozen=True)
class View:
    """A first view with all that it loads, and the page alone, which is what comes again."""

    kb: float
    requests: int
    later_kb: float


def first_view(house: House, page: Page) -> View:
    client = house.app.test_client()
    client.set_cookie("peerapp", house.cookie.removeprefix("peerapp="))
    return view_of(client, house.path(page))


def view_of(client: FlaskClient, path: str) -> View:
    """The same for any page that this client may see."""
    body, html = len(client.get(path, headers=ZIPPED).data), client.get(path).text
    files = [len(client.get(file, headers=ZIPPED).data) for file in _files(client, html)]
    return View((body + sum(files)) / 1000, 1 + len(files), body / 1000)


def _files(client: FlaskClient, html: str) -> set[str]:
    """The files that the page names; none of its modules may name another, which would be one request more."""
    found = set(LOADED.findall(html))
    for file in found:
        if file.endswith(".js"):
            assert IMPORTED.search(client.get(file).text) is None, f"{file} loads more"
    return found
