from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from peerapp.rules.signing_in import (
    EVERYWHERE_WINDOW,
    LONGEST_WAIT,
    WINDOW,
    Count,
    Failures,
    is_mostly,
    refused_password,
    refused_try,
    source_of,
    wait_before_trying,
)

JUST_NOW = timedelta(0)
COUNTS = st.builds(
    Count, st.integers(0, 10**9), st.timedeltas(JUST_NOW, timedelta(days=9)), st.timedeltas(JUST_NOW, WINDOW)
)


def just_now(failures, left=WINDOW):
    return Count(failures, JUST_NOW, left)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (9, 480), (10, 900), (500, 900)]
)
def test_the_wait_doubles_after_five_tries_up_to_a_quarter_of_an_hour(failures, seconds):
    assert wait_before_trying(Failures(here=just_now(failures)), known_device=False).seconds == seconds


def test_waiting_counts_from_the_last_failure():
    assert not wait_before_trying(Failures(here=Count(6, timedelta(seconds=60), WINDOW)), known_device=False)


def test_many_sources_against_one_account_hold_strangers_back_but_not_the_owner():
    attacked = Failures(account=just_now(30), everywhere=just_now(10_000))
    assert wait_before_trying(attacked, known_device=False) == WINDOW
    assert not wait_before_trying(attacked, known_device=True)


def test_a_new_source_waits_for_an_account_that_is_under_attack():
    attacked = Failures(account=Count(30, timedelta(minutes=20), timedelta(minutes=5)))
    assert wait_before_trying(attacked, known_device=False) == timedelta(minutes=5)


def test_even_a_known_device_waits_for_its_own_failures():
    assert wait_before_trying(Failures(here=just_now(10)), known_device=True)


def test_the_global_cap_is_slow_and_short():
    everywhere = just_now(120, left=EVERYWHERE_WINDOW)
    assert wait_before_trying(Failures(everywhere=everywhere), known_device=False) == timedelta(minutes=1)


def test_the_sentence_gives_whole_minutes():
    assert refused_try(JUST_NOW) is None
    assert "wait a minute" in str(refused_try(timedelta(seconds=30)))
    assert "wait 2 minutes" in str(refused_try(timedelta(seconds=61)))


@given(st.builds(Failures, COUNTS, COUNTS, COUNTS, COUNTS), st.booleans())
def test_nobody_waits_longer_than_the_window(failures, known):
    wait = wait_before_trying(failures, known_device=known)
    assert JUST_NOW <= wait <= (LONGEST_WAIT if known else WINDOW)


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        (None, "unknown"),
        ("'; drop table", "unknown"),
    ],
)
def test_a_source_is_an_address_or_its_64(address, source):
    assert source_of(address) == source


@pytest.mark.parametrize(
    ("password", "score", "said"),
    [
        ("a" * 11, 4, "at least 12"),
        ("a" * 129, 4, "at most 128"),
        ("passwordpassword", 1, "easy to guess"),
        ("Summer2026!!", 2, "easy to guess"),
    ],
)
def test_a_weak_password_is_refused_with_what_would_help(password, score, said):
    assert said in str(refused_password(password, score))


@pytest.mark.parametrize("password", ["lamp orbit mustard", "ü" * 12, "a" * 128])
def test_a_long_and_surprising_password_needs_no_digits_or_signs(password):
    assert refused_password(password, 3) is None


@pytest.mark.parametrize(
    ("password", "mostly"),
    [
        ("ada novak ada novak", True),
        ("AdaNovak2026!", True),
        ("ada.novak@example.com", True),
        ("Novak orbit mustard", False),
        ("orbit mustard lamp", False),
    ],
)
def test_a_password_of_ones_own_name_is_no_secret(password, mostly):
    assert is_mostly(password, ["Ada Novak", "Ada", "Novak", "ada.novak@example.com", "example", "com"]) is mostly
