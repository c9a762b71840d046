"""Guessers are slowed down before anything is hashed, the owner never, and nobody learns who has an account."""

import pytest
import time_machine
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import SignInTry
from tests.cast import PASSWORD
from tests.passwords import give_password, hashes_counted

ANA = {"email": "ana.rivera@example.com", "password": PASSWORD}
WRONG = ANA | {"password": "not the password"}
UNKNOWN = WRONG | {"email": "nobody@example.com"}


@pytest.fixture
def ana(cast):
    give_password(cast["ana"])
    return cast["ana"]


def guess(client, form, times, address="192.0.2.1"):
    """The answers to so many tries from there."""
    return [client.post("/sign-in", form, environ_base={"REMOTE_ADDR": address}) for _ in range(times)]


def statuses(responses):
    return [response.status_code for response in responses]


@pytest.mark.parametrize("form", [WRONG, UNKNOWN], ids=["an account", "none"])
def test_the_sixth_failure_has_to_wait_and_hashes_nothing(visitor, ana, form):
    guess(visitor, form, 5)
    with hashes_counted() as hasher:
        [response] = guess(visitor, form, 1)
    assert (response.status_code, response.headers["Retry-After"], hasher.computed) == (429, "30", 0)
    assert "Please wait a minute and try again." in response.text
    assert form["email"] in response.text


def test_known_and_unknown_accounts_are_answered_alike_all_the_way(visitor, ana):
    assert statuses(guess(visitor, WRONG, 8)) == statuses(guess(visitor, UNKNOWN, 8)) == [422] * 5 + [429] * 3


def test_waiting_helps_and_waiting_tries_do_not_count(visitor, ana):
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=False) as clock:
        guess(visitor, WRONG, 20)
        clock.shift(31)
        assert statuses(guess(visitor, ANA, 1)) == [303]


def test_a_network_of_ipv6_addresses_is_one_source(visitor, ana):
    guess(visitor, WRONG, 5, "2001:db8:1:2::1")
    assert statuses(guess(visitor, WRONG, 1, "2001:db8:1:2::ffff")) == [429]
    assert statuses(guess(visitor, WRONG, 1, "2001:db8:1:3::1")) == [422]


def test_an_account_attacked_from_everywhere_closes_for_strangers_but_not_for_its_owner(app, visitor, ana):
    guess(visitor, ANA, 1)
    visitor.post("/sign-out")
    attacker = app.test_client()
    for number in range(30):
        guess(attacker, WRONG, 1, f"198.51.100.{number}")
    assert statuses(guess(attacker, ANA, 1, "203.0.113.9")) == [429]
    assert statuses(guess(visitor, ANA, 1, "203.0.113.9")) == [303]


def test_a_known_browser_may_not_guess_for_ever_either(visitor, ana):
    guess(visitor, ANA, 1)
    visitor.post("/sign-out")
    assert statuses(guess(visitor, WRONG, 6)) == [422] * 5 + [429]


def test_a_browser_known_to_one_account_is_a_stranger_to_the_others(app, visitor, ana, cast):
    ben = WRONG | {"email": "ben.okafor@example.com"}
    guess(visitor, ANA, 1)
    for number in range(30):
        guess(app.test_client(), ben, 1, f"198.51.100.{number}")
    assert statuses(guess(visitor, ben, 1, "203.0.113.9")) == [429]


def test_a_forged_browser_cookie_is_a_stranger(visitor, ana):
    visitor.set_cookie("browser", '["word", ["account"]].forged')
    assert statuses(guess(visitor, WRONG, 6))[-1] == 429


def test_the_table_names_nobody(visitor, ana):
    guess(visitor, WRONG, 1)
    keys = db.session.scalars(select(SignInTry.key)).all()
    assert all(len(key) == 64 and int(key, 16) >= 0 for key in keys)


def test_a_clock_set_back_by_two_days_locks_nobody_out(visitor, ana):
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=False):
        guess(visitor, WRONG, 6)
    with time_machine.travel("2026-11-20 09:00:00+00:00", tick=False):
        assert statuses(guess(visitor, ANA, 1)) == [303]


def test_when_too_many_hash_at_once_the_next_is_asked_to_come_back(app, visitor, ana):
    queue = app.extensions["passwords"]
    with queue.seat(), queue.seat():
        [response] = guess(visitor, ANA, 1)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "3")
    assert "Many people are signing in" in response.text
    assert not db.session.scalars(select(SignInTry)).all()
