"""A card moves relative to its neighbours as they are now; a goal of both is done when both say so."""

from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from peerapp.actions import goals as goal_actions, moves
from peerapp.actions.goals import Meanwhile
from peerapp.db import db
from peerapp.models import Goal, GoalEvent, Notice
from peerapp.queries import board, goals
from peerapp.rules import ordering
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import Column
from tests.factories import make_goal, make_pair


@pytest.fixture
def ana(cast):
    return cast["ana"]


@pytest.fixture
def ben(cast):
    return cast["ben"]


@pytest.fixture
def three(ana_and_ben, ana):
    """Goals a, b, c of Ana's among the ideas."""
    made = [None]
    for title in "abc":
        made.append(make_goal(ana_and_ben, title, by=ana, owner_id=ana.id, after=made[-1]))
    return made[1:]


def load(goal, person):
    return goals.goal_of(person, goal.pair_id, goal.id)


def titles(pair, column):
    return "".join(db.session.get_one(Goal, card).title for card, _ in board.order_in(pair.id, column))


def move(goal, person, column, after=None, seen=None):
    goal = load(goal, person)
    return moves.move(goal, person, column, after, goal.version if seen is None else seen)


def test_a_card_lands_under_its_neighbour(three, ana, ana_and_ben):
    a, b, c = three
    move(a, ana, Column.IDEAS, after=b.id)
    assert titles(ana_and_ben, Column.IDEAS) == "bac"
    move(c, ana, Column.IDEAS)
    assert titles(ana_and_ben, Column.IDEAS) == "cba"


def test_a_card_moves_to_another_column_and_says_where_from(three, ana, ana_and_ben):
    a, b, _ = three
    event = move(b, ana, Column.DOING)
    assert (event.before["column"], event.before["after"], event.after["column"]) == ("ideas", str(a.id), "doing")
    assert (titles(ana_and_ben, Column.IDEAS), titles(ana_and_ben, Column.DOING)) == ("ac", "b")


def test_a_card_that_stands_there_already_does_not_move(three, ana):
    a, b, _ = three
    assert move(b, ana, Column.IDEAS, after=a.id) is None
    assert load(b, ana).version == 1


def test_a_neighbour_that_moved_away_is_replaced_by_the_one_above_it(three, ana, ben, ana_and_ben):
    _, b, c = three
    move(b, ben, Column.DOING)
    move(c, ana, Column.IDEAS)
    move(c, ana, Column.IDEAS, after=b.id)
    assert titles(ana_and_ben, Column.IDEAS) == "ac"


def test_a_neighbour_in_the_archive_still_marks_its_place(three, ana, ben, ana_and_ben):
    a, b, _ = three
    goal_actions.archive(load(b, ben), ben, 1)
    move(a, ana, Column.DOING)
    move(a, ana, Column.IDEAS, after=b.id)
    assert titles(ana_and_ben, Column.IDEAS) == "ac"


@pytest.mark.parametrize("kind", ["never was", "of another pair"])
def test_a_neighbour_that_is_not_ours_means_the_top(three, ana, cast, ana_and_ben, kind):
    foreign = make_goal(make_pair(cast["zoe"], cast["olu"]), by=cast["zoe"])
    move(three[2], ana, Column.IDEAS, after=foreign.id if kind == "of another pair" else uuid4())
    assert titles(ana_and_ben, Column.IDEAS) == "cab"


def test_a_card_under_itself_stays(three, ana):
    assert move(three[1], ana, Column.IDEAS, after=three[1].id) is None


def test_a_gap_worn_too_fine_is_spread_and_keeps_its_order(three, ana, ana_and_ben):
    a, b, c = three
    fine = "i0" + "1" * ordering.MAX_LENGTH
    for goal, key in ((a, "i0"), (b, fine), (c, fine + "1")):
        db.session.execute(update(Goal).where(Goal.id == goal.id).values(position=key))
    db.session.commit()
    move(a, ana, Column.IDEAS, after=b.id)
    assert titles(ana_and_ben, Column.IDEAS) == "bac"
    assert max(len(key) for _, key in board.order_in(ana_and_ben.id, Column.IDEAS)) == 2


def test_equal_keys_are_spread_too(three, ana, ana_and_ben):
    db.session.execute(update(Goal).values(position="i0"))
    db.session.commit()
    first, second, third = (db.session.get_one(Goal, card) for card, _ in board.order_in(ana_and_ben.id, Column.IDEAS))
    move(third, ana, Column.IDEAS, after=first.id)
    assert titles(ana_and_ben, Column.IDEAS) == first.title + third.title + second.title


def test_a_card_the_other_moved_meanwhile_is_not_moved_again(three, ana, ben, ana_and_ben):
    a, _, _ = three
    theirs = move(a, ben, Column.NEXT)
    clash = move(a, ana, Column.PARKED, seen=1)
    assert isinstance(clash, Meanwhile)
    assert [event.id for event in clash.events] == [theirs.id]
    assert titles(ana_and_ben, Column.NEXT) == "a"


def test_both_moving_it_to_the_same_place_is_no_clash(three, ana, ben):
    a, _, _ = three
    move(a, ben, Column.NEXT)
    assert move(a, ana, Column.NEXT, seen=1) is None


def test_an_edit_meanwhile_does_not_stop_a_move(three, ana, ben):
    a, _, _ = three
    goal_actions.edit(load(a, ben), ben, {"title": "A"}, 1)
    assert isinstance(move(a, ana, Column.NEXT, seen=1), GoalEvent)


def test_a_card_archived_meanwhile_says_so(three, ana, ben):
    a, _, _ = three
    goal_actions.archive(load(a, ben), ben, 1)
    assert isinstance(move(a, ana, Column.NEXT, seen=1), Meanwhile)
    assert isinstance(move(a, ana, Column.NEXT), Refusal)


def test_done_remembers_when_and_forgets_it_when_it_is_not_done_any_more(three, ana):
    a, _, _ = three
    move(a, ana, Column.DONE)
    assert load(a, ana).done_at is not None
    move(a, ana, Column.DOING)
    assert load(a, ana).done_at is None


# --- goals of both -------------------------------------------------------------------------------


@pytest.fixture
def joint(ana_and_ben, ana):
    return make_goal(ana_and_ben, "joint", by=ana, column=Column.DOING)


def test_the_first_to_say_done_leaves_it_where_it_is_and_the_other_is_asked(joint, ana, ben):
    move(joint, ana, Column.DONE)
    goal = load(joint, ana)
    assert (goal.column, goal.confirmed) == (Column.DOING, [str(ana.id)])
    notice = db.session.scalars(select(Notice)).one()
    assert (notice.person_id, notice.kind) == (ben.id, NoticeKind.GOAL_TO_CONFIRM)


def test_it_moves_when_the_second_says_so_too(joint, ana, ben):
    move(joint, ana, Column.DONE)
    move(joint, ben, Column.DONE, seen=1)
    goal = load(joint, ana)
    assert (goal.column, len(goal.confirmed)) == (Column.DONE, 2)


def test_saying_done_twice_is_said_once(joint, ana):
    move(joint, ana, Column.DONE)
    assert move(joint, ana, Column.DONE) is None
    assert len(db.session.scalars(select(Notice)).all()) == 1


def test_done_can_be_taken_back_before_the_other_agrees(joint, ana):
    move(joint, ana, Column.DONE)
    moves.say_not_yet(load(joint, ana), ana)
    assert load(joint, ana).confirmed == []


def test_leaving_done_asks_both_again(joint, ana, ben):
    for person in (ana, ben):
        move(joint, person, Column.DONE)
    move(joint, ana, Column.DOING)
    assert load(joint, ana).confirmed == []
    move(joint, ana, Column.DONE)
    assert load(joint, ana).column is Column.DOING


def test_two_who_move_what_is_done_within_done_stay_agreed(joint, ana, ben, ana_and_ben):
    other = make_goal(ana_and_ben, "other", by=ana, owner_id=ana.id, column=Column.DONE)
    for person in (ana, ben):
        move(joint, person, Column.DONE)
    move(joint, ana, Column.DONE, after=other.id)
    assert len(load(joint, ana).confirmed) == 2


@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_moves_keep_every_column_as_a_list_would(ana_and_ben, ana, seed):
    dice = Random(seed)
    made = [make_goal(ana_and_ben, str(number), by=ana, owner_id=ana.id, column=Column.PARKED) for number in range(8)]
    lists = {column: [] for column in Column}
    lists[Column.PARKED] = [card for card, _ in board.order_in(ana_and_ben.id, Column.PARKED)]
    for _ in range(100):
        goal, column = dice.choice(made), dice.choice(list(Column))
        for cards in lists.values():
            if goal.id in cards:
                cards.remove(goal.id)
        under = dice.choice([None, *lists[column]])
        lists[column].insert(0 if under is None else lists[column].index(under) + 1, goal.id)
        move(goal, ana, column, after=under)
        assert [card for card, _ in board.order_in(ana_and_ben.id, column)] == lists[column]
