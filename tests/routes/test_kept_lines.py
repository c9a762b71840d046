"""One connection carries check after check, as long as the browser wants it."""

import http.client
from contextlib import closing

import pytest
import waitress

from peerapp.kept_lines import keep
from tests.serving import served


@pytest.fixture
def connection():
    """To a server that has nothing new to say."""

    def nothing_new(environ, start_response):
        start_response(environ["PATH_INFO"][1:], [("HX-PTag", "17")])
        return ()

    listening = {}
    server = waitress.create_server(nothing_new, host="127.0.0.1", port=0, threads=1, map=listening)
    keep(listening)
    opened = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=5)
    with served(server, listening), closing(opened):
        yield opened


def ask(connection, status, **headers):
    connection.request("GET", f"/{status}", headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers["Connection"]


@pytest.mark.parametrize("status", [304, 204])
def test_an_answer_without_a_body_ends_no_connection(connection, status):
    assert ask(connection, status) == (status, b"", None)
    line = connection.sock
    assert ask(connection, status) == (status, b"", None)
    assert connection.sock is line is not None


def test_who_wants_the_connection_to_end_is_heard(connection):
    assert ask(connection, 304, Connection="close") == (304, b"", "close")
    assert connection.sock is None
