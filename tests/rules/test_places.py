"""Only whole https addresses become links."""

import pytest

from peerapp.rules.places import is_link, is_remote, parts


def test_a_place_is_told_in_pieces() -> None:
    assert parts("Room 3 or https://meet.example.com/ana-ben from home") == [
        ("Room 3 or", False),
        ("https://meet.example.com/ana-ben", True),
        ("from home", False),
    ]


@pytest.mark.parametrize("link", ["https://meet.example.com/x?a=1#b", "https://10.0.0.8:8443/room", "https://zoom/j/1"])
def test_a_call_link_of_any_provider_is_a_link(link: str) -> None:
    assert is_link(link)
    assert is_remote(f"call: {link}")


@pytest.mark.parametrize(
    "word",
    [
        "http://meet.example.com",
        "javascript:alert(1)",
        "HTTPS://shouting.example.com",
        "https://",
        "https:///path",
        "https://.",
        "https://ana:secret@example.com",
        "https://good.example.com\\@bad.example.com",
        "https://[not-an-address",
        "https://example.com:notaport/",
        "https://exa\u200bmple\u202e.com",
        "//meet.example.com",
        "data:text/html,x",
    ],
)
def test_anything_else_stays_text(word: str) -> None:
    assert not is_link(word)
    assert parts(word) == [(word, False)]
