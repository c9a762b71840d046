"""A people file is written as it was shown, all of it or nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from peerapp import clock
from peerapp.actions import imports
from peerapp.actions.imports import STALE, STOPPED
from peerapp.db import db
from peerapp.models import Import, ImportChange, Letter, Notice, OneTimeLink, Person, SignIn, Unit
from peerapp.models.signins import LinkPurpose
from peerapp.queries.imports import preview_of
from peerapp.rules.states import ImportState
from tests.factories import make_person
from tests.people_files import bring_in, file_of, kept, person, the_company
from tests.statements import counted

NIA = "Nia Sol,nia@example.com,Product,mia.holm@example.com,"


def number_of(table):
    return db.session.scalar(select(func.count()).select_from(table))


def summary(done, *names):
    return tuple(done.summary[name] for name in names)


def test_who_is_new_is_there_with_unit_and_manager(cast):
    done = bring_in(the_company(NIA))
    nia = person("nia@example.com")
    assert (nia.name, nia.sort_name, nia.key) == ("Nia Sol", "nia sol", "nia@example.com")
    assert (nia.unit_id, nia.manager_id) == (cast["ana"].unit_id, cast["mia"].id)
    assert (done.state, *summary(done, "new", "changed", "leaving")) == (ImportState.APPLIED, 1, 0, 0)


def test_new_managers_and_units_come_in_with_their_people(cast):
    done = bring_in(the_company("Nia,nia@example.com,New unit,boss@example.com,", "Boss,boss@example.com,New unit,,"))
    nia, boss = person("nia@example.com"), person("boss@example.com")
    assert (nia.manager_id, nia.unit_id) == (boss.id, boss.unit_id)
    assert [db.session.get_one(Unit, nia.unit_id).id.hex] == done.summary["units_made"]


def test_what_a_file_leaves_unsaid_is_as_the_installation_has_it(cast):
    bring_in(the_company(NIA))
    nia = person("nia@example.com")
    assert (nia.language, nia.time_zone, nia.site, nia.started_on, nia.theme, nia.room) == (
        "en", "UTC", "", None, "system", 1,
    )  # fmt: skip


def test_the_same_file_again_changes_nothing(cast):
    content = the_company(NIA, "Pia,pia@example.com,Sales,nia@example.com,77")
    bring_in(content)
    again = preview_of(content)
    assert (again.plan.changes_nothing, again.problems) == (True, ())


def test_a_change_is_written_and_recorded_with_before_and_after(cast):
    bring_in(the_company("Zoe Parker,zoe.park@example.com,Product,,900", without=["zoe"]))
    zoe = person("zoe.park@example.com")
    change = db.session.scalars(select(ImportChange).where(ImportChange.person_id == zoe.id)).one()
    assert (zoe.name, zoe.sort_name, zoe.key, zoe.unit_id) == (
        "Zoe Parker", "zoe parker", "900", cast["ana"].unit_id,
    )  # fmt: skip
    assert (change.before["name"], change.after["name"]) == ("Zoe Park", "Zoe Parker")
    assert (change.before["unit_id"], change.before["key"]) == (cast["ada"].unit_id.hex, zoe.email)


def test_a_leaver_is_deactivated_and_signed_out_and_kept(cast, as_):
    client = as_("zoe")
    bring_in(the_company(without=["zoe"]))
    assert person("zoe.park@example.com").left_at is not None
    assert db.session.scalars(select(SignIn).where(SignIn.person_id == cast["zoe"].id)).all() == []
    assert client.get("/").status_code == 303


def test_whoever_holds_a_role_does_not_leave_by_a_file(cast):
    content = the_company(without=["olu", "ada"])
    assert {known.name for known in preview_of(content).staying} == {"Olu Adeyemi", "Ada Novak"}
    bring_in(content)
    assert person("olu.adeyemi@example.com").is_active
    assert person("ada.novak@example.com").is_active


def test_who_comes_back_is_active_again(cast):
    done = bring_in(the_company("Lou Gone,lou.gone@example.com,Sales,,"))
    assert (person("lou.gone@example.com").left_at, done.summary["returning"]) == (None, 1)


def test_the_address_of_an_account_in_use_is_only_proposed_and_its_owner_told(cast):
    pia = make_person("Pia Lang", email="pia@example.com", first_signed_in_at=clock.now())
    pia.key = "77"
    db.session.commit()
    content = the_company("Pia Lang,pia@new.example,,,77", without=["pia"])
    bring_in(content)
    assert person("pia@example.com").proposed_email == "pia@new.example"
    assert [notice.path for notice in db.session.scalars(select(Notice))] == ["/settings/email"]
    assert {letter.address for letter in db.session.scalars(select(Letter))} == {"pia@example.com", "pia@new.example"}
    assert preview_of(content).plan.changes_nothing


def test_a_link_that_went_to_an_old_address_opens_nothing(cast):
    pia = make_person("Pia Lang", email="pia@example.com")
    pia.key = "77"
    now = clock.now()
    link = OneTimeLink(token_hash="x", purpose=LinkPurpose.RESET_PASSWORD, person_id=pia.id, made_at=now)
    link.expires_at = now + timedelta(hours=1)
    db.session.add(link)
    db.session.commit()
    bring_in(the_company("Pia Lang,pia@new.example,,,77", without=["pia"]))
    assert (person("pia@new.example").key, number_of(OneTimeLink)) == ("77", 0)


def test_formulas_are_kept_as_the_text_they_are(cast):
    bring_in(the_company("=cmd|'/c calc'!A0,nia@example.com,+Unit,,"))
    assert person("nia@example.com").name == "=cmd|'/c calc'!A0"


def test_a_plan_that_is_no_longer_the_one_shown_is_not_written(cast):
    found, shown = kept(the_company(NIA, without=["zoe"]))
    cast["zoe"].left_at = clock.now()
    db.session.commit()
    assert imports.claim(found, None)
    db.session.commit()
    imports.carry_out(found.id, shown)
    db.session.expire_all()
    assert (found.state, found.summary) == (ImportState.PREVIEWED, {"stopped": STALE.sentence})
    assert number_of(ImportChange) == 0


def test_a_new_file_with_a_new_manager_on_file_is_read_anew(cast):
    found, shown = kept(the_company("Nia,nia@example.com,Product,boss@example.com,"))
    assert [problem.line for problem in shown.problems] == [9]
    make_person("Boss", email="boss@example.com")
    db.session.commit()
    assert preview_of(found.content, shown).problems == ()


def test_a_file_is_claimed_once(cast):
    found, _shown = kept(the_company(NIA))
    assert imports.claim(found, cast["olu"])
    db.session.commit()
    assert not imports.claim(found, cast["ada"])


def test_a_writer_that_was_killed_can_be_followed_by_another(cast):
    found, shown = kept(the_company(NIA))
    assert imports.claim(found, cast["olu"])
    found.writing_until = clock.now() - timedelta(seconds=1)
    db.session.commit()
    assert imports.claim(found, cast["ada"])
    db.session.commit()
    for _writer in range(2):  # the first one was only slow, and comes second
        imports.carry_out(found.id, shown)
    db.session.expire_all()
    assert (found.state, found.applied_by_id) == (ImportState.APPLIED, cast["ada"].id)
    assert number_of(Person) == 9


def test_a_writer_that_fails_half_way_has_written_nothing_and_says_so(cast, monkeypatch):
    found, shown = kept(the_company(NIA, without=["zoe"]))
    assert imports.claim(found, None)
    db.session.commit()

    def fails(_number):
        raise RuntimeError("in the middle")

    monkeypatch.setattr("peerapp.progress.begin", lambda *_: fails)
    with pytest.raises(RuntimeError):
        imports.carry_out(found.id, shown)
    db.session.expire_all()
    assert (found.state, found.summary) == (ImportState.PREVIEWED, {"stopped": STOPPED.sentence})
    assert (number_of(Person), number_of(ImportChange)) == (8, 0)


def test_previews_that_nobody_confirmed_are_forgotten_after_a_day(cast):
    found, _shown = kept(the_company(NIA))
    found.made_at -= timedelta(days=2)
    db.session.commit()
    imports.keep(file_of("A,a@example.com,,,"), "b.csv", None)
    assert [left.file_name for left in db.session.scalars(select(Import))] == ["b.csv"]


def many(number, unit="Big"):
    lines = [
        f"P{at},p{at}@example.com,{unit},{f'p{at // 9}@example.com' if at else ''},{1000 + at}" for at in range(number)
    ]
    return the_company(*lines)


@pytest.mark.parametrize(("number", "at_most"), [(50, 25), (1500, 35)])
def test_a_large_file_needs_hardly_more_statements_than_a_small_one(cast, number, at_most):
    found, shown = kept(many(number))
    imports.claim(found, None)
    db.session.commit()
    with counted() as sent:
        imports.carry_out(found.id, shown)
    assert number_of(Person) == number + 8
    assert len(sent) <= at_most, len(sent)
