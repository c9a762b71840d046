"""A letter is tried again soon, then ever more rarely, and given up after days."""

from datetime import timedelta

from peerapp.rules import retries


def test_waits_double_from_a_minute_to_six_hours() -> None:
    waits = [retries.wait_after(tries) for tries in range(1, 12)]
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert waits[-1] == retries.wait_after(10_000) == timedelta(hours=6)


def test_a_server_may_be_away_over_a_weekend() -> None:
    tried = range(1, retries.TRIES_MAX)
    assert not any(retries.is_over(tries, refused=False) for tries in tried)
    assert sum((retries.wait_after(tries) for tries in tried), timedelta(0)) > timedelta(days=2, hours=12)


def test_a_refusal_is_believed_after_a_day() -> None:
    enough = retries.REFUSED_TRIES_MAX
    assert retries.is_over(enough, refused=True)
    assert not retries.is_over(enough, refused=False)
    assert sum((retries.wait_after(tries) for tries in range(1, enough)), timedelta(0)) > timedelta(hours=20)
