"""What goes back when an import is taken back, and what stays."""

from uuid import UUID

from hypothesis import given, strategies as st

from peerapp.rules.roster import parse
from peerapp.rules.roster_order import managers_first
from peerapp.rules.roster_plan import Known, plan
from peerapp.rules.roster_seal import seal
from peerapp.rules.roster_undo import removable, restored

NOBODY = {"key": set(), "email": set()}
ANA, BEN, CARO = (UUID(int=number) for number in (1, 2, 3))
PEOPLE = st.integers(1, 8).map(lambda number: UUID(int=number))


def test_what_the_import_changed_goes_back():
    back = restored({"site": "Bonn"}, {"site": "Kiel"}, {"site": "Kiel"}, NOBODY)
    assert (back.columns, back.kept) == ({"site": "Bonn"}, ())


def test_what_somebody_changed_since_stays_and_is_named():
    back = restored({"site": "Bonn"}, {"site": "Kiel"}, {"site": "Jena"}, NOBODY)
    assert (back.columns, back.kept) == ({}, ("site",))


def test_what_is_already_as_it_was_needs_nothing():
    back = restored({"site": "Bonn"}, {"site": "Kiel"}, {"site": "Bonn"}, NOBODY)
    assert (back.columns, back.kept) == ({}, ())


def test_an_address_that_somebody_else_has_by_now_does_not_go_back():
    taken = {"key": set(), "email": {"ana@a.example"}}
    back = restored({"email": "ana@a.example"}, {"email": "ana@b.example"}, {"email": "ana@b.example"}, taken)
    assert (back.columns, back.kept) == ({}, ("email",))


def test_who_is_named_elsewhere_stays_and_keeps_their_managers():
    assert removable({ANA: BEN, BEN: CARO, CARO: None}, {ANA}) == set()
    assert removable({ANA: BEN, BEN: CARO, CARO: None}, {BEN}) == {ANA}


@given(st.dictionaries(PEOPLE, st.none() | PEOPLE), st.sets(PEOPLE))
def test_nobody_who_goes_is_the_manager_of_somebody_who_stays(added, needed):
    gone = removable(added, needed)
    assert gone <= set(added) - needed
    assert not {manager for person, manager in added.items() if person not in gone} & gone


@given(st.lists(st.integers(0, 7), min_size=1, max_size=8))
def test_every_row_stands_behind_the_row_of_its_manager(bosses):
    lines = [f"P{at},p{at}@a.example,{f'p{boss}@a.example' if boss < at else ''}" for at, boss in enumerate(bosses)]
    rows = parse("\n".join(["name,e-mail,manager", *reversed(lines)]).encode()).rows
    seen = set()
    for row in managers_first(rows):
        assert row.manager in seen | {""}
        seen.add(row.email)
    assert len(seen) == len(rows)


def sealed(text, *known):
    roster = parse(text.encode(), known_emails={person.email for person in known})
    return seal(roster, plan(roster, known))


def test_the_seal_is_the_same_for_the_same_effect_and_another_for_another():
    text = "name,e-mail,site\nAna,ana@a.example,Bonn\n"
    ana = Known(ANA, "ana@a.example", "ana@a.example", "Ana", site="Kiel")
    moved = Known(ANA, "ana@a.example", "ana@a.example", "Ana", site="Jena")
    assert sealed(text, ana) == sealed(text, ana)
    assert len({sealed(text, ana), sealed(text, moved), sealed(text), sealed(text + "Ben,b@a.example,\n", ana)}) == 4
