"""Two people do anything, in any order, with old screens, without a network, and with answers that get lost: in the
end both see the same board, every change that was acknowledged is there, no card appears twice or nowhere."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import delete, select

from peerapp import once
from peerapp.actions import goals, moves, notes, undo
from peerapp.db import db
from peerapp.models import Comment, Goal, GoalArea, GoalConfirmation, GoalEvent, NoteBlock, Step, Submission
from peerapp.once import new_key
from peerapp.rules.conflict import Merge, merge
from peerapp.rules.states import SessionState
from tests.factories import make_session
from tests.together import TEXTS, Card, Change, Screen

WHO = st.sampled_from(["ana", "ben"])
COLUMNS = st.sampled_from(["ideas", "next", "doing", "done", "parked"])
LOST = st.booleans()  # whether the first answer gets lost and the same is sent again
NAMES = st.sets(st.sampled_from(TEXTS), min_size=1)
ANY = st.integers(0, 10**6)  # which of those there are
SAVED, CLASH = 303, 409


class TwoPeople(RuleBasedStateMachine):
    """`cards` is what has to be there; `screens` is what each saw last; `waiting` what each does without a network."""

    browsers: dict[str, Any]
    ids: dict[str, str]
    pair: str
    session: str

    def __init__(self) -> None:
        super().__init__()
        self.forget()
        self.cards: dict[str, Card] = {}
        self.notes: dict[str, dict[str, Any]] = {}
        self.screens = {name: Screen({}, {}, {}) for name in self.browsers}
        self.waiting: dict[str, list[Callable[[], None]] | None] = dict.fromkeys(self.browsers)
        self.forms: dict[str, tuple[str, dict[str, str], int]] = {}
        self.words = (f"words {number}" for number in count())
        self.make("ana", "next", False)

    def forget(self) -> None:
        for table in (GoalEvent, GoalArea, GoalConfirmation, Step, Comment, Goal, NoteBlock, Submission):
            db.session.execute(delete(table))
        db.session.commit()

    # what everybody can do

    @rule(who=WHO, column=st.sampled_from(["ideas", "next", "doing", "parked"]), lost=LOST)
    def make(self, who: str, column: str, lost: bool) -> None:
        title, key = next(self.words), new_key()
        fields = {"title": title, "areas": "time", "owner": "me", "column": column, "once": key}

        def send() -> None:
            assert self.post(who, f"{self.pair}/goals", fields, lost) == SAVED
            board = self.look(who)
            [card] = [each for each in board.cards() if each not in self.cards]
            assert (board.order[column][-1], board.titles[card]) == (card, title)
            self.cards[card] = Card({"column": column, "archived": "", **dict.fromkeys(TEXTS, ""), "title": title})
            self.cards[card].changes.append(Change(who, "made", {"archived": "yes"}, {"archived": ""}, 1))

        self.now_or_later(who, send)

    @rule(who=WHO, which=ANY, column=COLUMNS, under=ANY, lost=LOST)
    def move(self, who: str, which: int, column: str, under: int, lost: bool) -> None:
        if not (seen := self.screens[who]).cards():
            return
        card = seen.cards()[which % len(seen.cards())]
        others = ["", *(each for each in seen.order[column] if each != card)]
        fields = {"column": column, "after": others[under % len(others)], "version": seen.versions[card]}
        self.now_or_later(who, lambda: self.send_move(who, card, fields, lost))

    def send_move(self, who: str, card: str, fields: dict[str, Any], lost: bool) -> None:
        own, was = self.cards[card], self.look(who)
        status = self.post(who, f"{self.pair}/goals/{card}/move", fields, lost)
        board = self.look(who)
        others = {column: [each for each in cards if each != card] for column, cards in was.order.items()}
        assert {column: [each for each in cards if each != card] for column, cards in board.order.items()} == others
        if status == SAVED and board.order != was.order:
            assert not any(each.is_place for each in own.since(fields["version"])), "moved over the other's move"
            self.told(own, Change(who, "moved", {"column": own.state["column"]}, {"column": fields["column"]}, 0))
        else:
            assert status == SAVED or any(each.is_place for each in own.since(fields["version"])) or own.is_away
            assert board == was

    @rule(which=ANY, both=st.booleans(), who=WHO)
    def open_forms(self, which: int, both: bool, who: str) -> None:
        for each in self.browsers if both else [who]:
            self.open_form(each, which)

    def open_form(self, who: str, which: int) -> None:
        here = [card for card in self.screens[who].cards() if not self.cards[card].is_away]
        if here and self.waiting[who] is None:
            card = here[which % len(here)]
            self.forms[who] = card, dict(self.cards[card].state), self.cards[card].version

    @precondition(lambda self: self.forms)
    @rule(order=st.permutations(["ana", "ben"]), names=st.tuples(NAMES, NAMES), lost=LOST, both=st.booleans())
    def save_forms(self, order: list[str], names: tuple[set[str], ...], lost: bool, both: bool) -> None:
        for who, fields in list(zip(order, names, strict=True))[: 1 + both]:
            if who in self.forms:
                self.save_form(who, fields, lost)

    def save_form(self, who: str, names: set[str], lost: bool) -> None:
        card, began, seen = self.forms.pop(who)
        wanted = {name: next(self.words) if name in names else began[name] for name in TEXTS}

        def send() -> None:
            own = self.cards[card]
            owner = "me" if own.changes[0].who == who else "you"
            fields = {**wanted, "areas": "time", "owner": owner, "version": seen}
            status = self.post(who, f"{self.pair}/goals/{card}/edit", fields, lost)
            clashes = [name for name in names if own.state[name] not in (began[name], wanted[name])]
            assert status == (CLASH if clashes else SAVED)
            if not clashes:
                self.told(own, Change(who, "edited", {}, {name: wanted[name] for name in names}, 0))

        self.now_or_later(who, send)

    @rule(who=WHO, which=ANY, lost=LOST)
    def put_away_or_back(self, who: str, which: int, lost: bool) -> None:
        known = [card for card in self.cards if self.cards[card].is_away or card in self.screens[who].versions]
        if not known:
            return
        card = known[which % len(known)]
        is_away = self.cards[card].is_away
        seen = self.screens[who].versions.get(card, self.cards[card].version)

        def send() -> None:
            own, act = self.cards[card], "restore" if is_away else "archive"
            status = self.post(who, f"{self.pair}/goals/{card}/{act}", {"version": seen}, lost)
            if own.is_away == (not is_away):
                assert status == SAVED  # the other was there first, with the same
            elif act == "archive" and any(own.since(seen)):
                assert status == CLASH
            else:
                assert status == SAVED
                self.told(own, Change(who, act, {}, {"archived": "" if is_away else "yes"}, 0))

        self.now_or_later(who, send)

    @rule(who=WHO, lost=LOST)
    def undo(self, who: str, lost: bool) -> None:
        if self.waiting[who] is not None:
            return
        mine = [
            (each.order, own, each)
            for own in self.cards.values()
            for each in own.changes
            if each.who == who and not each.undone and each.kind != "undone"
        ]
        status = self.post(who, f"{self.pair}/undo", {"once": new_key()}, lost and bool(mine))
        _, own, last = max(mine, key=lambda each: each[0], default=(0, None, None))
        if own is None or last is None or own.is_newer_than(last):
            assert status in (CLASH, SAVED if lost else CLASH)
            return
        assert status == SAVED
        last.undone = True
        own.change(who, "undone", dict(last.before))

    @rule(who=WHO, lost=LOST)
    def type_a_note(self, who: str, lost: bool) -> None:
        text, key = next(self.words), new_key()

        def send() -> None:
            there = f"{self.session}/notes/typed"
            for _ in range(2 if lost else 1):
                told = self.browsers[who].post(there, {"body": text, "once": key}, follow_redirects=True).json
            self.notes[told["block"]] = {"body": text, "seen": told["seen"]}

        self.now_or_later(who, send)

    @precondition(lambda self: self.notes)
    @rule(who=WHO, which=ANY, lost=LOST, is_stale=st.booleans())
    def type_on(self, who: str, which: int, lost: bool, is_stale: bool) -> None:
        block = list(self.notes)[which % len(self.notes)]
        text, seen = next(self.words), self.notes[block]["seen"] - is_stale

        def send() -> None:
            own = self.notes[block]
            fields = {"body": text, "seen": seen}
            status = self.post(who, f"{self.session}/notes/{block}/typed", fields, lost)
            assert status == (200 if own["seen"] == seen else CLASH)
            if status != CLASH:
                self.notes[block] = {"body": text, "seen": seen + 1}

        self.now_or_later(who, send)

    # the network

    @rule(who=WHO)
    def lose_the_network(self, who: str) -> None:
        if self.waiting[who] is None:
            self.waiting[who] = []

    @rule(who=WHO)
    def find_the_network(self, who: str) -> None:
        waiting, self.waiting[who] = self.waiting[who], None
        for send in waiting or []:
            send()
        self.look(who)

    @rule()
    def converge(self) -> None:
        for who in self.browsers:
            if self.waiting[who] is None:
                self.compare(self.look(who))

    def teardown(self) -> None:
        for who in self.browsers:
            self.find_the_network(who)
        one, other = (self.look(who) for who in self.browsers)
        assert one == other
        self.compare(one)
        goals = {str(goal.id): goal for goal in db.session.scalars(select(Goal))}
        for card, own in self.cards.items():
            assert {name: getattr(goals[card], name) for name in TEXTS} == {name: own.state[name] for name in TEXTS}
        bodies = {str(block.id): (block.body, block.version) for block in db.session.scalars(select(NoteBlock))}
        assert bodies == {block: (note["body"], note["seen"]) for block, note in self.notes.items()}

    # how

    def compare(self, board: Screen) -> None:
        standing = {card: own for card, own in self.cards.items() if not own.is_away}
        assert sorted(board.cards()) == sorted(standing), "a card twice or nowhere"
        assert board.versions == {card: own.version for card, own in standing.items()}
        assert board.titles == {card: own.state["title"] for card, own in standing.items()}
        assert {card: board.column_of(card) for card in standing} == {
            card: own.state["column"] for card, own in standing.items()
        }

    def look(self, who: str) -> Screen:
        answer = self.browsers[who].get(f"{self.pair}/board")
        assert answer.status_code == 200
        self.screens[who] = Screen.of(answer.text)
        return self.screens[who]

    def post(self, who: str, path: str, fields: dict[str, Any], lost: bool) -> int:
        answers = [self.browsers[who].post(path, fields) for _ in range(2 if lost else 1)]
        assert answers[-1].status_code < 500
        return int(answers[-1].status_code)

    def now_or_later(self, who: str, send: Callable[[], None]) -> None:
        waiting = self.waiting[who]
        if waiting is None:
            send()
        else:
            waiting.append(send)

    def told(self, own: Card, change: Change) -> None:
        own.change(change.who, change.kind, change.after)


@pytest.fixture
def machine(as_, ana_and_ben, cast) -> type[TwoPeople]:
    session = make_session(ana_and_ben, state=SessionState.RUNNING)
    db.session.commit()
    TwoPeople.browsers = {name: as_(name) for name in ("ana", "ben")}
    TwoPeople.pair = f"/pairs/{ana_and_ben.id}"
    TwoPeople.session = f"/pairs/{ana_and_ben.id}/sessions/{session.id}"
    return TwoPeople


HOW = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck), stateful_step_count=20)


def test_two_people_and_a_bad_network_lose_nothing(machine: type[TwoPeople], long: bool) -> None:
    much = settings(HOW, max_examples=1_000 if long else 30, stateful_step_count=60 if long else 20)
    run_state_machine_as_test(machine, settings=much)


def no_clash(merged: Merge[Any]) -> Merge[Any]:
    return Merge({**merged.fields, **{each.field: each.mine for each in merged.clashes}}, ())


FAULTS = {
    "the last one who writes wins": (goals, "merge", lambda *three: no_clash(merge(*three))),
    "a move goes over a move": (moves, "_meanwhile", lambda *_: None),
    "a form counts twice": (once, "insert_unless_there", lambda *_, **__: True),
    "a note is typed over": (notes, "STALE", None),
    "undo goes over what is newer": (undo, "_is_newer_than", lambda _: False),
}


@pytest.mark.one_database
@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_seen_when(fault: str, machine: type[TwoPeople], monkeypatch: pytest.MonkeyPatch, long: bool) -> None:
    if not long:
        pytest.skip("a fault may take some hundred plays to show")
    monkeypatch.setattr(*FAULTS[fault])
    much = settings(HOW, max_examples=800, phases=[Phase.generate], report_multiple_bugs=False, derandomize=True)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=much)
