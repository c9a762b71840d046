from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from peerapp.rules.signing_in import (
    LONGEST_WAIT,
    WINDOW,
    Failures,
    refused_password,
    refused_try,
    source_of,
    wait_before_trying,
)

JUST_NOW = timedelta(0)
COUNTS = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (9, 480), (10, 900), (500, 900)]
)
def test_the_wait_doubles_after_five_tries_up_to_a_quarter_of_an_hour(failures, seconds):
    assert wait_before_trying(Failures(here=failures), JUST_NOW, known_device=False).seconds == seconds


def test_waiting_counts_from_the_last_failure():
    assert not wait_before_trying(Failures(here=6), timedelta(seconds=60), known_device=False)


def test_many_sources_against_one_account_hold_strangers_back_but_not_the_owner():
    attacked = Failures(account=30, everywhere=10_000)
    assert wait_before_trying(attacked, JUST_NOW, known_device=False) == WINDOW
    assert refused_try(attacked, JUST_NOW, known_device=True) is None


def test_even_a_known_device_waits_for_its_own_failures():
    assert refused_try(Failures(here=10), JUST_NOW, known_device=True) is not None


def test_the_global_cap_is_slow_and_short():
    assert wait_before_trying(Failures(everywhere=120), JUST_NOW, known_device=False) == timedelta(minutes=1)


def test_the_sentence_gives_whole_minutes():
    assert "wait a minute" in str(refused_try(Failures(here=5), JUST_NOW, known_device=False))
    assert "wait 2 minutes" in str(refused_try(Failures(here=7), timedelta(seconds=1), known_device=False))


@given(st.builds(Failures, COUNTS, COUNTS, COUNTS, COUNTS), st.timedeltas(JUST_NOW, timedelta(days=9)), st.booleans())
def test_nobody_waits_longer_than_the_window(failures, since, known):
    wait = wait_before_trying(failures, since, known_device=known)
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
