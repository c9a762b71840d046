"""How does a letter leave the house? By SMTP, or onto the console in the demo.

`smtp://` speaks TLS when the server offers it, `smtps://` from the first byte. A password is never sent without TLS
and only to a server whose certificate is good; without one, any certificate will do, for the alternative is none.
(A certificate authority of one's own is named by SSL_CERT_FILE.) Nobody waits for long: five seconds for the
connection, and a conversation is cut off after three quarters of a minute, however slowly the server drips.
"""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from socket import SHUT_RDWR
from threading import Timer
from urllib.parse import unquote, urlsplit

import click

CONNECT_SECONDS = 5
ANSWER_SECONDS = 20
CONVERSATION_SECONDS = 45
NEVER = 500  # replies from here on are final
HERE = {"localhost", "127.0.0.1", "::1"}
Send = Callable[[EmailMessage], None]


class MailError(Exception):
    """It could not be sent; the message says why, for the administrator's page."""


class UnreachableError(MailError):
    """The server cannot be spoken to: no letter would go through."""


class LaterError(MailError):
    """The server does not take this letter at present."""


class RefusedError(MailError):
    """The server will never take this letter."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where letters are handed in, as `mail_url` names it."""

    host: str
    port: int
    tls_at_once: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, mail_url: str) -> "Server":
        url = urlsplit(mail_url)
        at_once = url.scheme == "smtps"
        port = url.port or (465 if at_once else 25)
        return cls(url.hostname or "localhost", port, at_once, unquote(url.username or ""), unquote(url.password or ""))


@contextmanager
def post(mail_url: str, own_name: str) -> Iterator[Send]:
    """What sends a letter, for as long as the connection is open. Raises MailError; so does each sending."""
    if mail_url.startswith("console:"):
        yield _show
        return
    with _connected(Server.of(mail_url), own_name) as smtp:
        yield lambda message: _hand_in(smtp, message)


def _show(message: EmailMessage) -> None:
    headers = "".join(f"{name}: {message[name]}\n" for name in ("From", "To", "Subject"))
    click.echo(f"\n{headers}")
    for part in message.walk():
        if part.get_content_maintype() == "text":
            click.echo(part.get_content())


@contextmanager
def _connected(server: Server, own_name: str) -> Iterator[SMTP]:
    context = _tls(server)
    smtp = (
        SMTP_SSL(local_hostname=own_name, timeout=CONNECT_SECONDS, context=context)
        if server.tls_at_once
        else SMTP(local_hostname=own_name, timeout=CONNECT_SECONDS)
    )
    smtp._host = server.host  # type: ignore[attr-defined]  # noqa: SLF001 - TLS checks this name, and smtplib sets it only where nothing can cut it off
    try:
        with _at_most(CONVERSATION_SECONDS, smtp):
            _greet(smtp, server, context)
    except (SMTPException, OSError) as error:
        smtp.close()
        raise UnreachableError(_said(error)) from None
    try:
        yield smtp
    finally:
        with suppress(SMTPException, OSError), _at_most(CONNECT_SECONDS, smtp):
            smtp.quit()
        smtp.close()


def _greet(smtp: SMTP, server: Server, context: ssl.SSLContext) -> None:
    code, answer = smtp.connect(server.host, server.port)
    if code != 220:  # noqa: PLR2004 - SMTP's "ready"
        raise SMTPResponseException(code, answer)
    assert smtp.sock is not None
    smtp.sock.settimeout(ANSWER_SECONDS)
    smtp.ehlo_or_helo_if_needed()
    if not server.tls_at_once and smtp.has_extn("starttls"):
        smtp.starttls(context=context)
        smtp.ehlo()
    if server.user:
        if not isinstance(smtp.sock, ssl.SSLSocket) and server.host not in HERE:
            raise SMTPException("The server offers no TLS, and the password is not sent without it.")
        smtp.login(server.user, server.password)


def _hand_in(smtp: SMTP, message: EmailMessage) -> None:
    try:
        with _at_most(CONVERSATION_SECONDS, smtp):
            smtp.send_message(message)
    except SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise _verdict(code, _said(SMTPResponseException(code, answer))) from None
    except SMTPNotSupportedError as error:
        raise RefusedError(_said(error)) from None
    except SMTPResponseException as error:
        raise _verdict(error.smtp_code, _said(error)) from None
    except (SMTPServerDisconnected, OSError) as error:
        raise UnreachableError(_said(error)) from None
    except (SMTPException, ValueError) as error:
        raise RefusedError(_said(error)) from None


def _verdict(code: int, said: str) -> MailError:
    return RefusedError(said) if code >= NEVER else LaterError(said)


def _said(error: Exception) -> str:
    """What to show of it, on one line."""
    if isinstance(error, SMTPResponseException):
        answer = error.smtp_error
        words = f"{error.smtp_code} {answer.decode('utf-8', 'replace') if isinstance(answer, bytes) else answer}"
    else:
        words = str(error) or type(error).__name__
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())[:200]


def _tls(server: Server) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.host in HERE or not (server.user or server.tls_at_once):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


@contextmanager
def _at_most(seconds: float, smtp: SMTP) -> Iterator[None]:
    """Cut the connection off when the time is over: a timeout of the socket alone begins anew with every byte."""
    timer = Timer(seconds, _cut, [smtp])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(smtp: SMTP) -> None:
    with suppress(OSError, AttributeError):  # it may have closed by itself
        smtp.sock.shutdown(SHUT_RDWR)  # type: ignore[union-attr]  # the AttributeError above
