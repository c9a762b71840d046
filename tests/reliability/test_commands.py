"""What the administrator types: it works on a new machine, and says in one sentence what is wrong, with the line."""

import os
import re
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from time import monotonic

import pytest
from click.testing import CliRunner

from peerapp import config, create_app
from peerapp.cli import main
from peerapp.db import db
from tests.factories import make_person

TYPED = "from peerapp.cli import main; main()"
MAIL_LINE = 'mail_url = "smtp://user:password@mail.example.com:587"'
OLD_SQLITE = "import sys; sys.modules['pysqlite3'] = None; from peerapp.cli import main; main()"


@pytest.fixture
def instance(tmp_path):
    return tmp_path / "instance"


@pytest.fixture
def peerapp(instance):
    """Type a command on an instance folder of its own."""

    def run(*words, **settings):
        return CliRunner(env={"PEERAPP_INSTANCE": str(instance)} | settings).invoke(main, words, prog_name="peerapp")

    return run


def run(code, instance, *words):
    env = {"PATH": os.environ["PATH"], "PEERAPP_INSTANCE": str(instance)}
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serving(instance) -> Iterator:
    """Start `peerapp serve`; its console until the line that says it serves."""
    running = []

    def start(*words, code=TYPED):
        env = {"PATH": os.environ["PATH"], "PEERAPP_INSTANCE": str(instance), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-c", code, "serve", *words]
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        running.append(process)
        lines, begun = [], monotonic()
        while monotonic() - begun < 30 and "Ctrl+C" not in "".join(lines):
            lines.append(process.stdout.readline())
        return process, "".join(lines)

    yield start
    for process in running:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.geturl(), answer.read().decode()


def test_serve_on_an_empty_folder_prints_address_and_code_and_leads_to_the_first_page(serving):
    port = free_port()
    process, console = serving("--port", str(port))
    assert f"http://localhost:{port}" in console
    assert re.search(r"One-time code for its first page: [A-Z2-9]{4}(-[A-Z2-9]{4}){3}\n", console)
    there, page = get(f"http://localhost:{port}/")
    assert there.endswith("/first")
    assert "One-time code" in page
    process.terminate()
    assert process.wait(10) == 0


def test_serve_at_a_taken_port_says_so_and_spoils_no_code(serving, instance):
    port = str(free_port())
    serving("--port", port)
    second = run(TYPED, instance, "serve", "--port", port)
    assert (second.returncode, second.stdout) == (2, "")
    assert re.fullmatch(r"peerapp: 127.0.0.1, port \d+, cannot be used: .*--port \d+\n", second.stderr)


def test_an_old_sqlite_serves_alone(serving, instance):
    serving("--port", str(free_port()), code=OLD_SQLITE)
    second = run(OLD_SQLITE, instance, "tick")
    assert second.returncode == 2
    assert re.fullmatch(r"peerapp: Another peerapp process .* pip install pysqlite3 .*\n", second.stderr)


def test_a_new_sqlite_shares(serving, peerapp):
    serving("--port", str(free_port()))
    assert peerapp("tick").exit_code == 0


@pytest.mark.parametrize(
    ("setting", "value", "line"),
    [
        ("PEERAPP_LANGUAGE", "tlh", 'language = "en"'),
        ("PEERAPP_TIME_ZONE", "Mars", 'time_zone = "Europe/Berlin"'),
        ("PEERAPP_THREADS", "many", "threads = 4"),
        ("PEERAPP_BASE_URL", "peers", 'base_url = "https://peerapp.example.com"'),
        ("PEERAPP_DATABASE_URL", "mysql://x", "database_url ="),
        ("PEERAPP_MAIL_URL", "mail", MAIL_LINE),
        ("PEERAPP_MAIL_URL", "smtp://mail.example.com:post", MAIL_LINE),
        ("PEERAPP_MAIL_URL", "smtp://ana:12#3/4@mail.example.com:587", "/ is %2F, # is %23"),
        ("PEERAPP_SECRET_KEY_FILE", "/nowhere/key", "PEERAPP_SECRET_KEY_FILE"),
        ("PEERAPP_ORGANISATION_FILE", "/bin/sh", "is no text in UTF-8"),
        ("PEERAPP_ORGANISATION_FILE", "/proc/self/mem", "PEERAPP_ORGANISATION_FILE"),
        ("PEERAPP_IDENTITY_HEADER", "X-Remote-User: ana", 'identity_header = "X-Remote-User"'),
        ("PEERAPP_DATABASE_URL", "postgresql://127.0.0.1:1/nobody", "peerapp doctor"),
    ],
)
def test_a_wrong_setting_is_one_sentence_with_the_line_that_mends_it(peerapp, setting, value, line):
    answer = peerapp("migrate", **{setting: value})
    assert answer.exit_code == 2
    assert line in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert "Traceback" not in answer.stderr


def test_a_broken_settings_file_is_named(peerapp, instance):
    instance.mkdir()
    (instance / "peerapp.toml").write_text("language: en")
    answer = peerapp("migrate")
    assert (answer.exit_code, "peerapp.toml" in answer.stderr, "Traceback" in answer.stderr) == (2, True, False)


def test_commands_ask_for_a_migration_first(peerapp):
    answer = peerapp("roles", "list")
    assert (answer.exit_code, "Run: peerapp migrate" in answer.stderr) == (2, True)


def test_migrate_twice_is_harmless(peerapp):
    assert "is now at" in peerapp("migrate").stdout
    assert "up to date" in peerapp("migrate").stdout


def test_doctor_names_what_is_wrong_and_the_line_that_mends_it(peerapp, instance):
    peerapp("migrate")
    (instance / "secret_key").chmod(0o644)
    answer = peerapp("doctor", PEERAPP_MAIL_URL="smtp://127.0.0.1:1", PEERAPP_BASE_URL="http://peers.example.com")
    assert answer.exit_code == 1
    for line in (f"chmod 600 {instance}/secret_key", MAIL_LINE, 'base_url = "https://', "peerapp tick"):
        assert line in answer.stdout
    assert "Traceback" not in answer.stderr


def test_the_database_file_is_for_its_owner_only_and_doctor_sees_when_it_is_not(peerapp, instance):
    peerapp("migrate")
    assert {stat.S_IMODE(each.stat().st_mode) for each in instance.glob("peerapp.sqlite*")} == {0o600}
    (instance / "peerapp.sqlite").chmod(0o644)
    assert f"chmod 600 {instance}/peerapp.sqlite*" in peerapp("doctor").stdout


def test_doctor_tells_of_a_database_that_does_not_answer(peerapp):
    answer = peerapp("doctor", PEERAPP_DATABASE_URL="postgresql://127.0.0.1:1/nobody")
    assert (answer.exit_code, "wrong  Database" in answer.stdout) == (1, True)


def test_doctor_finds_an_installation_well_that_ticks_and_has_an_administrator(peerapp, instance):
    peerapp("migrate")
    peerapp("tick")
    app = create_app(config.load(instance, {}))
    with app.app_context():
        make_person("Ada Novak", email="ada@example.com")
        db.session.commit()
    assert peerapp("roles", "give", "Ada@Example.com", "administrator").stdout == "Ada Novak is administrator now.\n"
    answer = peerapp("doctor")
    assert (answer.exit_code, "All is well." in answer.stdout) == (0, True)
    assert "administrator  ada@example.com" in peerapp("roles", "list").stdout
    last = peerapp("roles", "take", "ada@example.com", "administrator")
    assert (last.exit_code, "last administrator" in last.stderr) == (2, True)
    link = peerapp("password-link", "ada@example.com")
    assert re.search(r"http://localhost:8000/link/[\w-]{43}\n", link.stdout)
    assert peerapp("password-link", "eve@example.com").exit_code == 2
