"""Somebody opens peerapp by a name it does not answer to: a kind page for them, one line for whoever looks after it."""

import logging
from datetime import timedelta

import pytest
import time_machine

from peerapp import clock, hosts

STRANGE = "http://peers.strange.example:8000"
pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def nothing_said_yet(app):
    hosts.init_app(app)


def test_a_strange_name_gets_a_page_that_says_so_and_repeats_nothing(visitor):
    answer = visitor.get("/help/anonymity?marmalade", base_url=STRANGE)
    assert (answer.status_code, "not at home at this address" in answer.text) == (400, True)
    assert not any(word in answer.text for word in ("strange.example", "marmalade"))


def test_that_page_has_its_style(visitor, app):
    sheet = f"/static/{app.extensions['assets'].tree}/app.css"
    assert sheet in visitor.get("/", base_url=STRANGE).text
    assert visitor.get(sheet, base_url=STRANGE).status_code == 200


def test_it_speaks_the_language_of_the_browser(visitor):
    page = visitor.get("/", base_url=STRANGE, headers={"Accept-Language": "de"}).text
    assert '<html lang="de"' in page


def test_the_console_gets_one_line_with_the_setting_however_often_it_is_asked(visitor, caplog):
    for number in range(5):
        visitor.get("/", base_url=f"http://peers{number}.strange.example:8000")
    (line,) = caplog.messages
    assert 'base_url = "http://peers0.strange.example:8000"' in line
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        visitor.get("/", base_url=STRANGE)
    assert len(caplog.messages) == 2


@pytest.mark.parametrize("host", ["a\x1b[31mb", 'x"\nroot = "1', "ä.example", "a" * 300, "a b", "<b>", "", "a:b:c"])
def test_what_is_no_name_is_not_repeated(visitor, caplog, host):
    with caplog.at_level(logging.WARNING):
        answer = visitor.get("/", environ_overrides={"HTTP_HOST": host})
    assert answer.status_code == 400
    (line,) = caplog.messages
    assert (host in line and host != "", line.isprintable(), len(line) < 300) == (False, True, True)
