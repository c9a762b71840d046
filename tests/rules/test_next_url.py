from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given, strategies as st

from peerapp.rules.next_url import safe_next

HOST = "peers.example:8443"
ATTACKS = [
    "//evil.example",
    "///evil.example",
    "////evil.example/a",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "https://evil.example",
    "https:evil.example",
    "http:///evil.example",
    "//evil.example\\@peers.example:8443",
    "//peers.example:8443@evil.example",
    "javascript:alert(1)",
    "data:text/html,hello",
    " //evil.example",
    " /home",
    "\t/home",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "/home\r\nSet-Cookie: a=b",
    "/\x00/evil.example",
    "/\x0b/evil.example",
    "/\x7f/evil.example",
    "/\x85/evil.example",
    "/\u2028/evil.example",
    "/home\ud800",
    "/.//evil.example",
    "/./\\evil.example",
    "/..//evil.example",
    "/home/..//evil.example",
    "/home/../\\evil.example",
    "/\\[evil",
    "//[evil",
    "home",
    "?next=/home",
    "#home",
    "",
    None,
    "/" + "a" * 2_000,
]


@pytest.mark.parametrize("value", ATTACKS)
def test_an_attack_leads_nowhere(value):
    assert safe_next(value, HOST) is None


@pytest.mark.parametrize(
    "value",
    [
        "/",
        "/home",
        "/pairs/1/board?column=doing#goal",
        "/people?q=a//b&next=https://x.example",
        "/team/é",
        "/@ana",
        "/%2f%2fx",
    ],
)
def test_a_path_of_our_own_stays_as_it_is(value):
    assert safe_next(value, HOST) == value


def test_an_odd_host_is_no_reason_for_an_error():
    assert safe_next("/home", "[") is None


@given(st.text(alphabet="/\\.:@?#[]% \t\nahts", max_size=12).map("/".__add__))
@example("/./\\evil")
def test_whatever_is_let_through_stays_on_our_host(value):
    passed = safe_next(value, HOST)
    as_browsers_read_it = (passed or "/").replace("\\", "/")
    assert urlsplit(urljoin(f"https://{HOST}/a/b", as_browsers_read_it)).netloc == HOST
