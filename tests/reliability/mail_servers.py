"""Mail servers as one meets them: good, refusing, silent, dripping. All on 127.0.0.1, all in this process."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope

CERTIFICATE = Path(__file__).parent / "localhost.pem"


class Box:
    """Keeps what arrives; `answers` are what it says to each letter in turn, then always yes."""

    def __init__(self, *answers: str) -> None:
        self.letters: list[Envelope] = []
        self.answers = list(answers)
        self.logins: list[tuple[bytes, bytes]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith("250"):
            self.letters.append(envelope)
        return answer

    def lets_in(self, _server: Any, _session: Any, _envelope: Any, _mechanism: Any, login: Any) -> AuthResult:
        self.logins.append((login.login, login.password))
        return AuthResult(success=login.password == b"p@ss/word", handled=False)

    @property
    def texts(self) -> list[str]:
        return [bytes(letter.content or b"").decode() for letter in self.letters]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


@contextmanager
def serving(box: Box, **options: Any) -> Iterator[str]:
    """The address of a mail server that puts letters into the box."""
    server = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
    server.start()
    try:
        yield f"127.0.0.1:{server.port}"
    finally:
        server.stop()


@contextmanager
def speaking(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """The address of a server that treats each caller as `talk` says, until the event is set."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=_listen, args=(door, talk, over), daemon=True)
        thread.start()
        yield f"127.0.0.1:{door.getsockname()[1]}"
        over.set()
        door.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def silent(_caller: socket.socket, over: threading.Event) -> None:
    over.wait()


def dripping(caller: socket.socket, over: threading.Event) -> None:
    """Greets at one sign every tenth of a second, without end."""
    while not over.wait(0.1):
        caller.sendall(b"2")


def hanging_up(caller: socket.socket, _over: threading.Event) -> None:
    caller.sendall(b"220 hello\r\n")


def _listen(door: socket.socket, talk: Callable[[socket.socket, threading.Event], None], over: threading.Event) -> None:
    while not over.is_set():
        with suppress(OSError):
            caller, _ = door.accept()
            with caller:
                talk(caller, over)
