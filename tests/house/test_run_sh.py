"""Does run.sh set up a machine as it promises, and say what is missing where it cannot?"""

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELLS = [shell for shell in ("sh", "dash", "bash") if shutil.which(shell)]
NEEDED_BY_RUN_SH = ("cat", "cksum", "date", "dirname", "env", "getconf", "mkdir", "rm", "tail")


def run(*command: str | Path, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)


@pytest.fixture
def tools(tmp_path) -> Path:
    """A folder that is the whole PATH: what every Debian has, and nothing of Python. We are nobody special."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in NEEDED_BY_RUN_SH:
        (folder / name).symlink_to(shutil.which(name))
    script(folder / "id", "echo 1000")
    script(folder / "apt-get", 'echo "$@" >>"$CALLS"; exit 1')
    return folder


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A copy as an archive unpacks it, in a folder with a space and a quote in its name."""
    folder = tmp_path / "ann's copy"
    folder.mkdir()
    for name in ("run.sh", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture
def environment(checkout) -> Path:
    """A `.venv` whose pip only notes that it was called, and whose peerapp only repeats its arguments."""
    folder = checkout / ".venv/bin"
    folder.mkdir(parents=True)
    script(
        folder / "python",
        f'case "$*" in *"pip install"*) echo "$@" >>"$CALLS" ;; *) exec {sys.executable} "$@" ;; esac',
    )
    script(folder / "peerapp", 'echo "$@"')
    return folder


def may_only_read(checkout: Path) -> None:
    """As for a user to whom nothing here belongs: the log cannot be written. True of root as well."""
    log = checkout / ".setup/install.log"
    log.unlink(missing_ok=True)
    log.mkdir(parents=True)


def script(path: Path, body: str) -> None:
    path.write_text(f"#!{shutil.which('sh')}\n{body}\n")
    path.chmod(0o755)


def calls(tools: Path) -> list[str]:
    noted = tools / "calls"
    return noted.read_text().splitlines() if noted.exists() else []


def run_sh(checkout: Path, tools: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": str(tools), "CALLS": str(tools / "calls")}
    return run(shutil.which("sh"), checkout / "run.sh", *arguments, env=env, cwd=tools)


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("name", ["run.sh", ".ci/run"])
def test_the_scripts_are_valid(shell, name):
    if name == ".ci/run" and shell != "bash":
        shell = "bash"
    assert run(shell, "-n", ROOT / name).stderr == ""


@pytest.mark.parametrize("shell", SHELLS)
def test_help_lists_the_commands(shell):
    told = run(shell, ROOT / "run.sh", "help")
    assert re.findall(r"^  (\w+)", told.stdout, re.MULTILINE) == [
        "demo",
        "serve",
        "setup",
        "test",
        "check",
        "bench",
        "help",
    ]


def test_an_unknown_command_is_refused_with_the_list(checkout, tools):
    told = run_sh(checkout, tools, "dmeo")
    assert (told.returncode, told.stdout, "demo" in told.stderr) == (2, "", True)


def test_without_python_the_exact_line_to_type_is_printed(checkout, tools):
    told = run_sh(checkout, tools, "demo")
    line = "su -c 'apt-get update && apt-get install -y --no-install-recommends python3 python3-venv'"
    assert (told.returncode, line in told.stderr, calls(tools)) == (2, True, [])


def test_without_venv_only_that_is_asked_for(checkout, tools):
    script(tools / "python3", f'case "$*" in *ensurepip*) exit 1 ;; *) exec {sys.executable} "$@" ;; esac')
    assert "--no-install-recommends python3-venv'" in run_sh(checkout, tools, "demo").stderr


def test_for_the_tests_everything_missing_is_asked_for_at_once(checkout, tools):
    told = run_sh(checkout, tools, "test")
    assert (told.returncode, told.stderr.count("apt-get install")) == (2, 1)
    assert "python3 python3-venv chromium-headless-shell libatomic1" in told.stderr


def test_the_tests_take_the_browser_that_is_there_where_the_lighter_one_cannot_be_had(checkout, tools, environment):
    for name, body in {"id": "echo 0", "dpkg": "", "chromium": "", "nginx": ""}.items():
        script(tools / name, body)
    told = run_sh(checkout, tools, "test", "--version")
    assert (told.returncode, "the whole Chromium will do" in told.stderr) == (0, True), told.stderr
    assert "chromium-headless-shell" in calls(tools)[0]


def test_an_administrator_gets_the_packages_installed(checkout, tools):
    script(tools / "id", "echo 0")
    told = run_sh(checkout, tools, "demo")
    assert (told.returncode, [line.split()[-1] for line in calls(tools)]) == (2, ["python3-venv", "update"])


def test_an_unchanged_tree_is_set_up_once(checkout, tools, environment):
    first, second = (run_sh(checkout, tools, "serve", "--port", "9") for _ in range(2))
    assert (first.stdout, second.stdout) == ("serve --port 9\n", "serve --port 9\n"), first.stderr
    assert ("set up in" in first.stderr, second.stderr, len(calls(tools))) == (True, "", 2)


def test_setting_up_alone_serves_nothing_and_is_enough_for_who_may_only_read(checkout, tools, environment):
    told = run_sh(checkout, tools, "setup")
    assert (told.returncode, told.stdout, "ready" in told.stderr) == (0, "", True), told.stderr
    may_only_read(checkout)
    told = run_sh(checkout, tools, "serve")
    assert (told.returncode, told.stdout, told.stderr) == (0, "serve\n", "")


def test_who_may_only_read_is_told_who_sets_it_up(checkout, tools, environment):
    may_only_read(checkout)
    told = run_sh(checkout, tools, "serve")
    assert (told.returncode, told.stdout, "sh run.sh setup" in told.stderr, calls(tools)) == (2, "", True, [])


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_requirement_is_set_up_again(checkout, tools, environment, name):
    run_sh(checkout, tools, "serve")
    with (checkout / name).open("a") as file:
        file.write("# changed\n")
    run_sh(checkout, tools, "serve")
    assert len(calls(tools)) == 4


def test_a_failed_set_up_says_why_and_is_tried_again(checkout, tools, environment):
    script(
        environment / "python",
        f'case "$*" in *"pip install"*) echo no room; exit 3 ;; *) exec {sys.executable} "$@" ;; esac',
    )
    first, second = (run_sh(checkout, tools, "serve") for _ in range(2))
    assert ("no room" in first.stderr, "no room" in second.stderr) == (True, True)
    assert (first.returncode, second.returncode) == (1, 1)


def test_the_demo_takes_another_port_when_8000_is_taken(checkout, tools, environment):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8000))
            taken.listen()
        except OSError:
            pass  # somebody else has taken it: the same to us
        told = run_sh(checkout, tools, "demo").stdout
    assert re.fullmatch(r"demo --port \d+\n", told)
    assert told != "demo --port 8000\n"


def test_a_port_that_is_asked_for_stays(checkout, tools, environment):
    assert run_sh(checkout, tools, "demo", "--port=8123").stdout == "demo --port=8123\n"


@pytest.mark.parametrize("name", ["run.sh", ".ci/run"])
def test_the_scripts_name_no_address_to_download_from(name):
    assert re.findall(r"\w+://|--index|--find-links|--proxy", (ROOT / name).read_text()) == []
