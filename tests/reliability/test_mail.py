"""Mail servers as one meets them, and nobody waits for them."""

import ssl
from collections.abc import Callable
from time import monotonic

import pytest

from peerapp import mail, outbox
from peerapp.models import Letter
from tests.reliability.conftest import the_letter
from tests.reliability.mail_servers import (
    CERTIFICATE,
    Box,
    certificate,
    dripping,
    hanging_up,
    serving,
    silent,
    speaking,
)

MailTo = Callable[[str], None]
Put = Callable[..., Letter]


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.com", mail.Server("mail.example.com", 25, tls_at_once=False)),
        ("smtps://mail.example.com", mail.Server("mail.example.com", 465, tls_at_once=True)),
        ("smtp://a%40b:p%3Aw@[::1]:587", mail.Server("::1", 587, tls_at_once=False, user="a@b", password="p:w")),
    ],
)
def test_an_address_names_server_port_user_and_password(url: str, server: mail.Server) -> None:
    assert mail.Server.of(url) == server
    assert "p:w" not in repr(server)


def test_a_password_goes_through_tls_only(mail_to: MailTo, letter: Put) -> None:
    letter()
    box = Box()
    with serving(box, tls_context=certificate(), require_starttls=True, authenticator=box.lets_in) as address:
        mail_to(f"smtp://ana:p%40ss%2Fword@{address}")
        assert outbox.send_due() == 1
    assert box.logins == [(b"ana", b"p@ss/word")]


def test_a_server_that_speaks_tls_from_the_first_byte(mail_to: MailTo, letter: Put) -> None:
    letter()
    box = Box()
    with serving(box, ssl_context=certificate()) as address:
        mail_to(f"smtps://{address}")
        assert outbox.send_due() == 1


def test_a_password_is_not_sent_to_a_stranger_without_tls(
    mail_to: MailTo, letter: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "HERE", set())
    letter()
    box = Box()
    with serving(box, authenticator=box.lets_in, auth_require_tls=False) as address:
        mail_to(f"smtp://ana:secret@{address}")
        outbox.send_due()
    assert (box.letters, box.logins) == ([], [])
    assert "password is not sent" in the_letter().last_problem


@pytest.mark.parametrize("trusted", [False, True])
def test_a_password_is_sent_only_to_a_certificate_that_is_good(
    mail_to: MailTo, letter: Put, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    monkeypatch.setattr(mail, "HERE", set())
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    letter()
    box = Box()
    with serving(box, tls_context=certificate(), authenticator=box.lets_in) as address:
        mail_to(f"smtp://ana:p%40ss%2Fword@{address}")
        assert outbox.send_due() == trusted
    assert len(box.logins) == trusted


def test_a_wrong_password_holds_every_letter_back(mail_to: MailTo, letter: Put) -> None:
    letter()
    box = Box()
    with serving(box, tls_context=certificate(), authenticator=box.lets_in) as address:
        mail_to(f"smtp://ana:wrong@{address}")
        outbox.send_due()
    assert (the_letter().tries, the_letter().last_problem[:3]) == (1, "535")


@pytest.mark.parametrize("talk", [silent, dripping, hanging_up])
def test_a_server_that_is_silent_drips_or_hangs_up_keeps_nobody_waiting(
    mail_to: MailTo, letter: Put, monkeypatch: pytest.MonkeyPatch, talk: Callable[..., None]
) -> None:
    for name, seconds in (("CONNECT_SECONDS", 0.5), ("ANSWER_SECONDS", 0.5), ("CONVERSATION_SECONDS", 1)):
        monkeypatch.setattr(mail, name, seconds)
    letter()
    begin = monotonic()
    with speaking(talk) as address:
        mail_to(f"smtp://{address}")
        assert outbox.send_due() == 0
    assert monotonic() - begin < 3
    assert the_letter().tries == 1
    assert the_letter().last_problem != ""


def test_tls_is_checked_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "HERE", set())
    strict = mail._tls(mail.Server("mail.example.com", 25, tls_at_once=False, user="ana"))  # noqa: SLF001 - the rule itself
    assert (strict.check_hostname, strict.verify_mode) == (True, ssl.CERT_REQUIRED)
