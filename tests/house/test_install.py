"""Can a stranger with nothing but this folder get peerapp to run?"""

import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def run(*command: str | Path, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)


# --- the wheel -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Built from a copy, so that nothing left over from an earlier build gets in."""
    copy = tmp_path_factory.mktemp("source")
    shutil.copytree(ROOT / "peerapp", copy / "peerapp", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    built = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", copy)
    assert built.returncode == 0, built.stdout + built.stderr
    return next((copy / "dist").glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """A new environment with the wheel in it; what peerapp stands on is borrowed from this one."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", home)
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(home), "platbase": str(home)}))
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    pip = (sys.executable, "-m", "pip", "--python", home / "bin/python", "install", "--no-deps", "--no-index", wheel)
    done = run(*pip)
    assert done.returncode == 0, done.stdout + done.stderr
    return home


def test_the_wheel_holds_every_file_of_the_package(wheel):
    ours = (path for path in (ROOT / "peerapp").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    wanted = {path.relative_to(ROOT).as_posix() for path in ours}
    assert wanted - set(ZipFile(wheel).namelist()) == set()
    assert {path.split("/")[1] for path in wanted} >= {"templates", "static", "migrations"}


def test_the_installed_wheel_runs_its_own_files(installed, tmp_path):
    found = run(installed / "bin/python", "-c", "import peerapp; print(peerapp.__file__)", cwd=tmp_path)
    assert Path(found.stdout.strip()).is_relative_to(installed), found.stderr


def test_the_installed_wheel_tells_its_version(installed, tmp_path):
    told = run(installed / "bin/peerapp", "--version", cwd=tmp_path)
    assert (told.returncode, PROJECT["version"] in told.stdout) == (0, True), told.stderr


def test_the_installed_wheel_makes_its_database(installed, tmp_path):
    made = run(installed / "bin/peerapp", "migrate", cwd=tmp_path, env={"PEERAPP_INSTANCE": str(tmp_path / "data")})
    assert (made.returncode, (tmp_path / "data").is_dir()) == (0, True), made.stderr


# --- what it stands on ---------------------------------------------------------------------------


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return {
        canonicalize_name(name): version
        for name, _, version in (pin.partition("==") for pin in lines if pin[:1] != "#")
    }


def everything_needed() -> set[str]:
    """Names of all distributions that peerapp with its test tools brings here, directly or not."""
    wanted = [Requirement(text) for text in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"])]
    found: set[tuple[str, frozenset[str]]] = set()
    while wanted:
        need = wanted.pop()
        seen = (canonicalize_name(need.name), frozenset(need.extras))
        if seen in found or not applies(need, frozenset({""})):
            continue
        found.add(seen)
        below = (Requirement(text) for text in distribution(need.name).requires or [])
        wanted += [each for each in below if applies(each, seen[1] | {""})]
    return {name for name, _ in found}


def applies(need: Requirement, extras: frozenset[str]) -> bool:
    return need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras)


def test_everything_installed_for_peerapp_is_pinned_at_its_version():
    pinned = pins()
    assert {name: pinned.get(name) for name in everything_needed()} == {
        name: distribution(name).version for name in everything_needed()
    }


def test_constraints_hold_names_and_exact_versions_only():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    strange = [line for line in lines if not re.fullmatch(r"#.*|[\w.-]+==[\w.]+", line)]
    assert (strange, [line for line in lines if "://" in line]) == ([], [])


def test_every_dependency_stands_with_its_reason():
    text = (ROOT / "pyproject.toml").read_text()
    needs = (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"])
    assert [need for need in needs if not re.search(rf'^ *"{re.escape(need)}", +# \w', text, re.MULTILINE)] == []
