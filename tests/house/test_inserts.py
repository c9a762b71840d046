"""The insert that races are decided by tells the truth on both databases."""

from peerapp import clock
from peerapp.db import insert_unless_there
from peerapp.models import Submission


def test_the_second_of_two_equal_rows_is_not_inserted(cast):
    row = {"person_id": cast["ana"].id, "key": "k", "at": clock.now(), "location": ""}
    assert [insert_unless_there(Submission, **row) for _ in range(2)] == [True, False]
    assert insert_unless_there(Submission, **row | {"person_id": cast["ben"].id})
