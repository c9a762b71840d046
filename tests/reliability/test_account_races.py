"""Two requests at the same moment: a link, a code and a role have exactly one effect, and a guesser gains no try."""

from datetime import UTC, datetime
from functools import partial

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select, update

from peerapp.actions import links, roles
from peerapp.db import db
from peerapp.models import Letter, Notice, OneTimeLink, Person, RoleGrant, SignIn
from peerapp.models.people import Role
from peerapp.models.signins import LinkPurpose
from peerapp.passwords import Passwords
from tests.cast import PASSWORD
from tests.passwords import give_password
from tests.races import at_once, statuses_at_once

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROUNDS = 4
ROUNDS_LONG = 1_000
FINGERS = 4


@pytest.fixture
def rounds(long):
    return range(ROUNDS_LONG if long else ROUNDS)


@pytest.fixture(autouse=True)
def enough_seats(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "passwords", Passwords(app.extensions["passwords"].hasher, seats=FINGERS))


def browsers(app):
    return [app.test_client() for _ in range(FINGERS)]


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_a_link_sets_one_password_however_often_it_is_sent(app, cast, rounds):
    for number in rounds:
        link = links.make(cast["ana"], LinkPurpose.RESET_PASSWORD).removeprefix("http://localhost:8000")
        db.session.commit()
        form = {"password": f"orbit lamp mustard velvet {number}"}
        answers = statuses_at_once(*[partial(each.post, link, form) for each in browsers(app)])
        assert answers == [303, 404, 404, 404]
        assert (count(Notice), count(Letter), count(SignIn)) == (number + 1, number + 1, 1)


def test_a_first_code_makes_one_administrator(app, rounds):
    for _ in rounds:
        app.extensions["first_run_is_over"] = False
        code = links.make_first_code()
        db.session.commit()
        forms = [
            {
                "code": code,
                "name": f"Ada {number}",
                "email": f"ada{number}@example.com",
                "password": "orbit lamp mustard velvet",
                "language": "en",
                "time_zone": "UTC",
            }
            for number in range(FINGERS)
        ]
        answers = at_once(
            *[partial(each.post, "/first", form) for each, form in zip(browsers(app), forms, strict=True)]
        )
        assert [each.location for each in answers].count("/system") == 1  # who is too late is led home, to sign in
        assert (count(Person), count(RoleGrant), count(SignIn), count(OneTimeLink)) == (1, 1, 1, 0)
        for table in (SignIn, RoleGrant, Person):
            db.session.query(table).delete()
        db.session.commit()


def test_two_administrators_cannot_take_the_role_from_each_other_at_once(as_, cast, rounds):
    for _ in rounds:
        roles.give(cast["zoe"], Role.ADMINISTRATOR, by=None)
        roles.give(cast["ada"], Role.ADMINISTRATOR, by=None)
        db.session.commit()
        take = "/system/roles/take"
        from_zoe = partial(as_("ada").post, take, {"person": str(cast["zoe"].id), "role": "administrator"})
        from_ada = partial(as_("zoe").post, take, {"person": str(cast["ada"].id), "role": "administrator"})
        assert 303 in statuses_at_once(from_zoe, from_ada)
        assert db.session.scalar(select(func.count()).where(RoleGrant.role == Role.ADMINISTRATOR)) == 1


def test_a_guesser_with_many_hands_has_no_more_tries(app, cast):
    give_password(cast["ana"])
    wrong = {"email": cast["ana"].email, "password": "wrong"}
    answers = []
    for _ in range(4):
        answers += statuses_at_once(*[partial(each.post, "/sign-in", wrong) for each in browsers(app)])
    assert sorted(answers) == [422] * 5 + [429] * 11


def test_many_sign_in_at_once_and_all_come_in(app, cast, rounds):
    names = ["ana", "ben", "caro", "mia"]
    for name in names:
        give_password(cast[name])
    forms = [{"email": cast[name].email, "password": PASSWORD} for name in names]
    for number in rounds:
        doors = zip(browsers(app), forms, strict=True)
        assert statuses_at_once(*[partial(each.post, "/sign-in", form) for each, form in doors]) == [303] * 4
        assert count(SignIn) == 4 * (number + 1)


def test_a_password_is_changed_once_by_two_who_know_the_old_one(as_, cast, rounds):
    for number in rounds:
        give_password(cast["ana"])
        fingers = [as_("ana") for _ in range(2)]
        form = {"old": PASSWORD, "password": f"orbit lamp mustard velvet {number}"}
        answers = at_once(*[partial(each.post, "/settings/password", form) for each in fingers])
        assert min(each.status_code for each in answers) == 303
        assert count(Notice) == number + 1
        assert sum(each.get("/settings").status_code == 200 for each in fingers) == 1
        db.session.query(SignIn).delete()
        db.session.commit()


@pytest.mark.parametrize("change", [{"left_at": NOON}, {"password_hash": "of another password"}])
def test_whoever_leaves_or_gets_another_password_while_this_one_is_checked_stays_out(app, cast, visitor, change):
    give_password(cast["ana"])
    ana = cast["ana"].id

    class Meanwhile(PasswordHasher):
        def verify(self, *words):
            db.session.execute(update(Person).where(Person.id == ana).values(**change))
            db.session.commit()
            return super().verify(*words)

    app.extensions["passwords"] = Passwords(Meanwhile(time_cost=1, memory_cost=8, parallelism=1), seats=1)
    answer = visitor.post("/sign-in", {"email": cast["ana"].email, "password": PASSWORD})
    assert (answer.status_code, count(SignIn)) == (422, 0)
