"""`peerapp people import FILE`: the same preview, the same care, in a terminal."""

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from peerapp.cli import main
from peerapp.db import db
from peerapp.models import Import, Person
from peerapp.rules.states import ImportState
from tests.conftest import SECRET
from tests.people_files import person, the_company

NIA = "Nia Sol,nia@example.com,Product,mia.holm@example.com,"


@pytest.fixture
def bring_in(app, cast, tmp_path):
    """Run the command on a file with this content; cast and command share the database."""
    settings = app.config["PEERAPP"]
    environment = {
        "PEERAPP_INSTANCE": str(settings.instance),
        "PEERAPP_DATABASE_URL": settings.database_url,
        "PEERAPP_SECRET_KEY": SECRET,
    }

    def run(content, *options, typed=None):
        file = tmp_path / "people.csv"
        file.write_bytes(content)
        db.session.rollback()
        return CliRunner(env=environment).invoke(main, ["people", "import", str(file), *options], input=typed)

    return run


def people():
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(Person))


def test_a_dry_run_says_everything_and_writes_nothing(bring_in):
    done = bring_in(the_company(NIA, without=["zoe"]), "--dry-run")
    assert (done.exit_code, people()) == (0, 8)
    assert "New:\n  Nia Sol <nia@example.com>\n" in done.output
    assert "Leaving:\n  Zoe Park <zoe.park@example.com>\n" in done.output
    assert "1 new, 0 changed, 0 back, 1 leaving, 6 unchanged, 0 problems." in done.output


def test_it_asks_before_it_writes(bring_in):
    assert (bring_in(the_company(NIA), typed="n\n").exit_code, people()) == (2, 8)
    done = bring_in(the_company(NIA), typed="y\n")
    assert (done.exit_code, people()) == (0, 9)
    assert db.session.scalars(select(Import.state)).all() == [ImportState.APPLIED]


def test_yes_writes_without_asking_and_a_second_time_changes_nothing(bring_in):
    content = the_company(NIA)
    assert bring_in(content, "--yes").exit_code == 0
    again = bring_in(content, "--yes")
    assert (again.exit_code, "0 new, 0 changed" in again.output, people()) == (0, True, 9)
    assert db.session.scalar(select(func.count()).select_from(Import)) == 1


def test_many_leavers_need_their_number_even_with_yes(bring_in):
    content = the_company(without=["zoe", "ben"])
    refused = bring_in(content, "--yes")
    assert (refused.exit_code, "Add --deactivate 2" in refused.output) == (2, True)
    assert bring_in(content, "--yes", "--deactivate", "3").exit_code == 2
    assert person("zoe.park@example.com").is_active
    assert bring_in(content, "--yes", "--deactivate", "2").exit_code == 0
    assert not person("zoe.park@example.com").is_active


def test_many_leavers_are_asked_twice_at_the_keyboard(bring_in):
    content = the_company(without=["zoe", "ben"])
    assert bring_in(content, typed="n\n").exit_code == 2
    assert bring_in(content, typed="y\nn\n").exit_code == 2
    assert person("zoe.park@example.com").is_active
    assert bring_in(content, typed="y\ny\n").exit_code == 0


def test_bad_lines_are_named_and_the_rest_is_written(bring_in):
    done = bring_in(the_company(NIA, "Pia,not an address,,,", without=["zoe"]), "--yes")
    assert (done.exit_code, people(), person("zoe.park@example.com").is_active) == (1, 9, True)
    assert "Line 9, E-mail: “not an address” is not an e-mail address." in done.output
    assert "unchanged, 1 problem. Nobody leaves until every line is in order; 1 would." in done.output


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"name,e-mail\n\xff,a@example.com\n", b"x" * 11_000_000])
def test_what_is_no_people_file_is_one_sentence_and_no_trace(bring_in, content):
    done = bring_in(content, "--yes")
    assert (done.exit_code, done.output.count("\n"), done.output[:9]) == (2, 1, "peerapp: ")


def test_nothing_typed_in_a_file_steers_the_terminal(bring_in):
    done = bring_in(b"name,e-mail,\x1b[31mred\n\x1b[2Jx,nobody,\n", "--dry-run")
    assert "\x1b" not in done.output


def test_a_missing_file_is_said_plainly(bring_in):
    missing = CliRunner().invoke(main, ["people", "import", "/nowhere/people.csv"])
    assert (missing.exit_code, "No such file" in missing.output) == (2, True)
