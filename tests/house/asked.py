"""Rounds in the world of the house, in every state, so that each of their routes can be asked for by everybody.

Ana asks Ben and a crowd, Mia reads; Finn asks Ana; Gus asks others. A route finds the state it is about: those of a
draft a draft, the answer form a round that Ana is asked in, a result one that has closed.
"""

from flask import current_app
from sqlalchemy import delete

from peerapp.db import db
from peerapp.models import Letter, Person, Round
from tests.factories import make_person
from tests.house.objects import SECRET, Ids
from tests.house.scopes import Kind
from tests.rounds import make_closed_round, make_draft, make_open_round

OF_DRAFTS = ("round_drafts", "round_people", "round_opening")
FOUR = {"q1": 4, "q2": 4, "c1": "Short and to the point."}
EACH = 8  # as few as may be asked


def rounds_of(ana: Person, ben: Person, finn: Person, *, mia: Person, kim: Person, gus: Person) -> dict[Kind, Ids]:
    """The ids by kind; a name such as `results.round_id` is the `round_id` of the routes of that blueprint only."""
    mine = [ben, *(make_person(f"Asked By{each} Ana") for each in range(EACH))]
    finns = [ana, *(make_person(f"Asked By{each} Finn") for each in range(EACH))]
    guss = [make_person(f"Asked By{each} Gus") for each in range(EACH)]
    named = {"readers": [mia], "may_be_shown": [kim], "why": SECRET}
    opened = make_open_round(ana, mine, **named)
    released = make_closed_round(current_app, ana, mine, [FOUR] * EACH, title="How was it?", **named)
    draft = make_draft(ana, [ana, *mine[:3]], **named)
    to_answer = make_open_round(finn, finns)
    withheld = make_closed_round(current_app, finn, finns, [], title="Nobody said")
    foreign, foreign_draft = make_open_round(gus, guss, why=SECRET), make_draft(gus, guss, why=SECRET)
    db.session.execute(delete(Letter))  # nothing is on its way
    return {
        Kind.OWN: _ids(draft, opened, released, to_answer),
        Kind.ENDED: _ids(opened, released, released, withheld),
        Kind.FOREIGN: _ids(foreign_draft, foreign, foreign, foreign),
    }


def _ids(draft: Round, shown: Round, read: Round, answered: Round) -> Ids:
    return {
        **{f"{noun}.round_id": draft.id for noun in OF_DRAFTS},
        "rounds.round_id": shown.id,
        "results.round_id": read.id,
        "answering.round_id": answered.id,
        "public_id": shown.public_id,
    }
