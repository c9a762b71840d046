"""peerapp as the README runs it on several cores: its gunicorn line and its nginx lines, on ports and folders of our own."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from socket import create_connection
from time import monotonic, sleep

from tests.conftest import SECRET, missing
from tests.reliability.house import ROOT, a_port

README = (ROOT / "README.md").read_text()
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", str(ROOT / ".setup" / "nginx" / "usr" / "sbin")])
CONFIG = """
daemon off;
{user}
pid {folder}/nginx.pid;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    {temporary}
    server {{
        listen 127.0.0.1:{port};
        {location}
    }}
}}
"""


def gunicorn_line() -> tuple[dict[str, str], list[str]]:
    """Its variables and its words."""
    found = re.search(r"^    ((?:\w+=\w+ )*)\.venv/bin/(gunicorn .*)$", README, re.MULTILINE)
    assert found
    return dict(each.split("=") for each in found[1].split()), shlex.split(found[2])


def nginx_lines() -> str:
    found = re.search(r"^    location /peerapp/ \{\n.*?^    \}$", README, re.MULTILINE | re.DOTALL)
    assert found
    return found[0]


@contextmanager
def front(folder: Path, database_url: str) -> Iterator[str]:
    """Where a browser finds it."""
    nginx = shutil.which("nginx", path=PLACES)
    if not nginx:
        missing("nginx")
    inner, outer = a_port(), a_port()
    address = f"http://127.0.0.1:{outer}/peerapp"
    with ExitStack() as running:
        variables, (name, *arguments) = gunicorn_line()
        documented = arguments[arguments.index("--bind") + 1]
        arguments[arguments.index(documented)] = f"127.0.0.1:{inner}"
        environment = settings(folder, database_url, address) | variables
        running.enter_context(process([sys.executable, "-m", name, *arguments], folder, inner, environment))
        file = folder / "nginx.conf"
        file.write_text(config(folder, outer, nginx_lines().replace(documented, f"127.0.0.1:{inner}")))
        command = [nginx or "", "-e", "stderr", "-p", str(folder), "-c", str(file)]
        running.enter_context(process(command, folder, outer, dict(os.environ)))
        yield address


def settings(folder: Path, database_url: str, address: str) -> dict[str, str]:
    return os.environ | {
        "PEERAPP_INSTANCE": str(folder / "instance"),
        "PEERAPP_DATABASE_URL": database_url,
        "PEERAPP_BASE_URL": address,
        "PEERAPP_SECRET_KEY": SECRET,
        "PEERAPP_TRUSTED_PROXIES": "1",
    }


def config(folder: Path, port: int, location: str) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n    ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""  # else its worker may not look into the folder of a test
    return CONFIG.format(folder=folder, port=port, location=location, temporary=temporary, user=user)


@contextmanager
def process(command: list[str], folder: Path, port: int, environment: dict[str, str]) -> Iterator[None]:
    """Running, and listening on this port."""
    with (folder / f"{port}.log").open("w") as log:
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        begun = monotonic()
        while running.poll() is None and monotonic() - begun < 30:
            with suppress(OSError), create_connection(("127.0.0.1", port), 1):
                break
            sleep(0.02)
        else:
            raise AssertionError((folder / f"{port}.log").read_text())
        yield
    finally:
        running.terminate()
        running.wait(20)
