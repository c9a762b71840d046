"""Two coordinators at the same moment, and a writer that is killed: a people file has one effect, or none."""

import os
import re
import signal
import subprocess
import sys
from functools import partial

import pytest
from sqlalchemy import func, select

from peerapp import migrate
from peerapp.db import db
from peerapp.models import Import, ImportChange, OneTimeLink, Person, RoleGrant, Unit
from peerapp.models.people import Role
from peerapp.queries import roster
from peerapp.rules.states import ImportState
from tests.cast import enter
from tests.conftest import SECRET
from tests.people_files import bring_in, kept, the_company
from tests.races import statuses_at_once

ROUNDS, ROUNDS_LONG = 4, 1_000
START = "/programme/import"
LINES = [f"Person {at},p{at}@example.com,Unit {at % 7},{f'p{at // 9}@example.com' if at else ''}," for at in range(40)]


@pytest.fixture
def rounds(long):
    return range(ROUNDS_LONG if long else ROUNDS)


@pytest.fixture
def both(as_, cast):
    """Two coordinators, each in a browser."""
    db.session.add(RoleGrant(person_id=cast["zoe"].id, role=Role.COORDINATOR, granted_at=cast["lou"].left_at))
    db.session.commit()
    return as_("olu"), as_("zoe")


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def file_and_yes(client, content):
    """The address of an uploaded file, and the form that confirms it."""
    found, shown = kept(content)
    return f"{START}/{found.id}", {"seen": shown.seal, "leavers": "1"}


def test_a_file_that_two_confirm_at_once_is_written_once(both, rounds):
    for _ in rounds:
        there, yes = file_and_yes(both[0], the_company(*LINES))
        answers = statuses_at_once(*[partial(each.post, f"{there}/confirm", yes) for each in both])
        assert answers == [303, 303]
        assert (count(Person), count(ImportChange)) == (48, 40)
        both[0].post(f"{there}/undo")
        assert count(Person) == 8


def test_two_files_that_are_confirmed_at_once_do_not_mix(both, rounds):
    for _ in rounds:
        files = [file_and_yes(both[0], the_company(*lines)) for lines in (LINES[:9], LINES[:3])]
        posts = [partial(c.post, f"{there}/confirm", yes) for c, (there, yes) in zip(both, files, strict=True)]
        assert set(statuses_at_once(*posts)) <= {303, 409}
        assert db.session.scalars(select(Import.state).where(Import.applied_at.is_not(None))).all() == [
            ImportState.APPLIED
        ]
        assert count(Person) in {8 + 9, 8 + 3}
        assert count(ImportChange) == count(Person) - 8
        for there, _yes in files:
            both[0].post(f"{there}/undo")
            both[0].post(f"{there}/discard")
        for done in db.session.scalars(select(Import)):
            db.session.delete(done)
        db.session.commit()


def test_two_undo_at_once_and_it_is_taken_back_once(both, rounds):
    before = roster.everybody()
    for _ in rounds:
        there, yes = file_and_yes(both[0], the_company(*LINES, without=["ben"]))
        both[0].post(f"{there}/confirm", yes)
        assert statuses_at_once(*[partial(each.post, f"{there}/undo") for each in both]) == [303, 303]
        assert (roster.everybody(), count(ImportChange), count(Unit)) == (before, 0, 2)


def test_confirming_and_dropping_at_once_ends_one_way(both, rounds):
    for _ in rounds:
        there, yes = file_and_yes(both[0], the_company(*LINES))
        posts = [partial(both[0].post, f"{there}/confirm", yes), partial(both[1].post, f"{there}/discard")]
        assert set(statuses_at_once(*posts)) <= {303, 404, 409}
        assert (count(Import), count(Person)) in {(0, 8), (1, 48)}
        both[0].post(f"{there}/undo")
        for done in db.session.scalars(select(Import)):
            db.session.delete(done)
        db.session.commit()


def test_two_first_links_at_once_leave_one_that_works(both, cast, rounds):
    for _ in rounds:
        there = f"/programme/people/{cast['ana'].id}"
        assert statuses_at_once(*[partial(each.post, f"{there}/link") for each in both]) == [303, 303]
        links = [re.search(r'id="f_link" value="[^"]+(/link/[^"]+)"', each.get(there).text)[1] for each in both]
        assert sorted(both[0].get(link).status_code for link in links) == [200, 404]
        assert count(OneTimeLink) == 1


HALF_WAY = """
from peerapp import cli
from peerapp.actions import import_writing
write = import_writing.write
def stops_half_way(found, plan, report):
    write(found, plan, report)
    print("half-way", flush=True)
    input()
import_writing.write = stops_half_way
cli.main()
"""


@pytest.fixture
def half_way(new_app):
    """A process that writes this file and waits in the middle, to be killed."""
    own = new_app.config["PEERAPP"]
    env = {"PATH": os.environ["PATH"], "PEERAPP_INSTANCE": str(own.instance), "PEERAPP_SECRET_KEY": SECRET}
    env["PEERAPP_DATABASE_URL"] = own.database_url

    def start(file):
        command = [sys.executable, "-c", HALF_WAY, "people", "import", str(file), "--yes"]
        return subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    return start


def test_a_writer_killed_in_the_middle_has_written_nothing_and_the_next_one_all(new_app, half_way, tmp_path):
    migrate.to_newest()
    enter()
    before, file = roster.everybody(), tmp_path / "people.csv"
    file.write_bytes(the_company(*LINES))
    db.session.commit()
    with half_way(file) as process:
        assert any("half-way" in line for line in process.stdout)
        process.send_signal(signal.SIGKILL)
    assert (roster.everybody(), count(Import)) == (before, 0)
    bring_in(file.read_bytes())
    assert (count(Person), count(Import)) == (48, 1)
