"""Taking an import back restores exactly what it changed."""

from sqlalchemy import func, select

from peerapp import clock
from peerapp.actions import import_removal, import_undo, links
from peerapp.db import db
from peerapp.models import ImportChange, Notice, Person, RoleGrant, Unit
from peerapp.models.people import Role
from peerapp.models.signins import LinkPurpose
from peerapp.queries import roster
from peerapp.rules.states import ImportState
from tests.factories import make_pair, make_person
from tests.people_files import bring_in, person, the_company

NIA = "Nia Sol,nia@example.com,New unit,pia@example.com,"
PIA = "Pia Lang,pia@example.com,New unit,,"


def undo(done, by=None):
    refusal = import_undo.undo(done, by)
    db.session.commit()
    db.session.expire_all()
    return refusal


def test_everything_is_as_it_was_before(cast):
    before = roster.everybody()
    lines = [NIA, PIA, "Lou Gone,lou.gone@example.com,New unit,,12", "Ben Oak,ben.okafor@example.com,Sales,,9"]
    done = bring_in(the_company(*lines, without=["zoe", "ben"]))
    assert roster.everybody() != before
    assert undo(done, cast["olu"]) is None
    assert roster.everybody() == before
    assert (done.state, done.undone_by_id, done.summary["undone"]["kept"]) == (ImportState.UNDONE, cast["olu"].id, {})
    assert db.session.scalar(select(func.count()).select_from(Unit)) == 2


def test_an_import_is_undone_once(cast):
    done = bring_in(the_company(NIA, PIA))
    assert undo(done) is None
    assert undo(done).sentence.startswith("This import has already been undone")


def test_only_the_last_import_is_undone(cast):
    first = bring_in(the_company(PIA))
    second = bring_in(the_company(NIA))
    assert undo(first) == import_undo.NOT_THE_LAST
    assert undo(second) is None
    assert undo(first) == import_undo.NOT_THE_LAST


def test_what_somebody_changed_since_stays_and_is_told(cast):
    done = bring_in(the_company("Zoe Parker,zoe.park@example.com,Product,,900", without=["zoe"]))
    person("zoe.park@example.com").rename("Zoe Parker-Lang")
    db.session.commit()
    undo(done)
    zoe = person("zoe.park@example.com")
    assert (zoe.name, zoe.key, zoe.unit_id) == ("Zoe Parker-Lang", "zoe.park@example.com", cast["ada"].unit_id)
    assert done.summary["undone"]["kept"] == {zoe.id.hex: ["name"]}


def test_who_was_added_and_used_the_account_is_deactivated_not_deleted(cast, visitor):
    done = bring_in(the_company(PIA))
    pia = person("pia@example.com")
    visitor.sign_in(pia)
    pia.first_signed_in_at = clock.now()
    db.session.commit()
    undo(done)
    assert person("pia@example.com").left_at is not None
    assert visitor.get("/").status_code == 303


def test_who_was_added_and_is_named_by_others_is_deactivated_not_deleted(cast):
    done = bring_in(the_company(NIA, PIA))
    make_pair(person("nia@example.com"), cast["ana"])
    undo(done)
    nia, pia = person("nia@example.com"), person("pia@example.com")
    assert (nia.is_active, pia.is_active, nia.manager_id) == (False, False, pia.id)
    assert done.summary["undone"]["gone"] == 2
    assert db.session.scalar(select(func.count()).select_from(ImportChange)) == 0


def test_who_was_added_and_given_a_role_since_stays(cast):
    done = bring_in(the_company(PIA))
    pia = person("pia@example.com")
    db.session.add(RoleGrant(person_id=pia.id, role=Role.COORDINATOR, granted_at=clock.now()))
    db.session.commit()
    undo(done)
    assert person("pia@example.com").is_active
    assert done.summary["undone"]["kept"] == {pia.id.hex: ["left_at"]}


def test_an_unused_link_does_not_keep_anybody(cast):
    done = bring_in(the_company(PIA))
    links.make(person("pia@example.com"), LinkPurpose.FIRST_PASSWORD)
    db.session.commit()
    undo(done)
    assert db.session.scalars(select(Person).where(Person.email == "pia@example.com")).all() == []


def test_a_proposed_address_is_no_longer_proposed(cast):
    pia = make_person("Pia Lang", email="pia@example.com", first_signed_in_at=clock.now())
    pia.key = "77"
    db.session.commit()
    done = bring_in(the_company("Pia Lang,pia@new.example,,,77", without=["pia"]))
    undo(done)
    assert person("pia@example.com").proposed_email is None
    assert db.session.scalars(select(Notice)).all() == []


def test_an_address_that_was_confirmed_since_stays(cast):
    pia = make_person("Pia Lang", email="pia@example.com", first_signed_in_at=clock.now())
    pia.key = "77"
    db.session.commit()
    done = bring_in(the_company("Pia Lang,pia@new.example,,,77", without=["pia"]))
    confirmed = person("pia@example.com")
    confirmed.email, confirmed.proposed_email = "pia@new.example", None
    db.session.commit()
    undo(done)
    assert person("pia@new.example").proposed_email is None


def test_a_removal_that_ran_out_of_time_goes_on_later(cast, monkeypatch):
    monkeypatch.setattr(import_removal, "FOR_SECONDS", -1.0)
    done = bring_in(the_company(PIA))
    undo(done)
    assert person("pia@example.com").left_at is not None
    monkeypatch.setattr(import_removal, "FOR_SECONDS", 2.0)
    import_removal.go_on()
    db.session.commit()
    assert db.session.scalars(select(Person).where(Person.email == "pia@example.com")).all() == []
