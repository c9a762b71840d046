import time
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from hypothesis import given, strategies as st

from peerapp.rules.roster import parse
from peerapp.rules.roster_columns import Field
from peerapp.rules.roster_plan import Known, plan

HEADER = "personnel number,name,e-mail,unit,manager\n"
ANA = Known(UUID(int=1), "1", "ana@a.example", "Ana Sol", "IT")
BEN = Known(UUID(int=2), "2", "ben@a.example", "Ben Oak", "IT", manager="ana@a.example")
FILE = HEADER + "1,Ana Sol,ana@a.example,IT,\n2,Ben Oak,ben@a.example,IT,ana@a.example\n"


def planned(text, *known):
    return plan(parse(text.encode(), known_emails={person.email for person in known}), known)


def applied(result, known):
    """What an import writes, in small: the same people as they stand afterwards."""
    people = {person.id: person for person in known}
    ids = dict(result.people) | {row.email: uuid4() for row in result.new}
    for row in result.new:
        people[ids[row.email]] = Known(ids[row.email], row.key, row.email, row.name)
    email_of = {person.id: person.email for person in people.values()}
    for change in (*result.changed, *result.returning):
        people[change.person.id] = written(people[change.person.id], change.row, change.fields, ids, email_of)
    for row in result.new:
        said = [(field, value) for field, value in row.values.items()]
        people[ids[row.email]] = written_values(people[ids[row.email]], said, ids, email_of)
    for change in result.email_changes:
        people[change.person.id] = replace(people[change.person.id], proposed_email=change.row.email)
    for person in result.leaving:
        people[person.id] = replace(person, active=False)
    moved = {email: people[id_].email for id_, email in email_of.items()}
    return [replace(person, manager=moved.get(person.manager, person.manager)) for person in people.values()]


def written(person, row, changes, ids, email_of):
    return replace(written_values(person, [(c.field, c.after) for c in changes], ids, email_of), active=True)


def written_values(person, said, ids, email_of):
    for field, value in said:
        if field is Field.NUMBER:
            person = replace(person, key=value)
        elif field is Field.MANAGER:
            person = replace(person, manager=email_of.get(ids.get(value), ""))
        else:
            person = replace(person, **{field.value: value})
    return person


def test_the_same_file_again_changes_nothing():
    result = planned(FILE, ANA, BEN)
    assert (result.changes_nothing, result.unchanged) == (True, 2)


def test_a_first_file_makes_everybody_new():
    assert [row.name for row in planned(FILE).new] == ["Ana Sol", "Ben Oak"]


def test_what_changed_is_told_field_by_field_with_before_and_after():
    result = planned(
        FILE.replace("Ana Sol", "Ana Sun").replace("Oak,ben@a.example,IT", "Oak,ben@a.example,HR"), ANA, BEN
    )
    told = [(change.person.name, c.field, c.before, c.after) for change in result.changed for c in change.fields]
    assert told == [("Ana Sol", Field.NAME, "Ana Sol", "Ana Sun"), ("Ben Oak", Field.UNIT, "IT", "HR")]


def test_who_is_not_in_the_file_leaves_and_comes_back_with_a_later_one():
    caro = Known(uuid4(), "3", "caro@a.example", "Caro")
    assert planned(FILE, ANA, BEN, caro).leaving == (caro,)
    back = planned(FILE + "3,Caro,caro@a.example,,\n", ANA, BEN, replace(caro, active=False))
    assert [change.person.key for change in back.returning] == ["3"]


def test_an_administrator_never_leaves_by_a_file():
    assert planned(FILE, ANA, BEN, Known(uuid4(), "ada@a.example", "ada@a.example", "Ada", stays=True)).leaving == ()


def test_nobody_leaves_while_a_row_is_bad():
    result = planned(FILE.replace("ben@a.example,IT", "ben,IT"), ANA, BEN)
    assert (result.leaving, result.held_back) == ((), 1)


def test_more_than_a_tenth_leaving_asks_twice():
    team = [Known(uuid4(), str(n), f"p{n}@a.example", f"P{n}") for n in range(20)]
    text = "staff id,name,e-mail\n" + "".join(f"{p.key},{p.name},{p.email}\n" for p in team)
    without = [text.replace(f"{p.key},{p.name},{p.email}\n", "") for p in team[:1]]
    assert not planned(text.replace("1,P1,p1@a.example\n", "", 1), *team).asks_twice
    assert planned("staff id,name,e-mail\n" + "".join(text.splitlines(keepends=True)[4:]), *team).asks_twice
    assert not planned(without[0], *team).asks_twice


def test_an_account_in_use_gets_a_new_e_mail_only_as_a_proposal():
    used = replace(ANA, used=True)
    result = planned(FILE.replace("ana@", "anna@"), used, BEN)
    assert [(change.person, change.row.email) for change in result.email_changes] == [(used, "anna@a.example")]
    assert result.changed == ()  # Ben's manager is still Ana


def test_a_proposed_e_mail_is_not_proposed_again():
    waiting = replace(ANA, used=True, proposed_email="anna@a.example")
    assert planned(FILE.replace("ana@", "anna@"), waiting, BEN).changes_nothing


def test_the_address_of_a_leaver_who_used_the_account_is_not_changed_by_coming_back():
    result = planned(FILE.replace("ana@", "anna@"), replace(ANA, used=True, active=False), BEN)
    assert [c.field for change in result.returning for c in change.fields] == []
    assert len(result.email_changes) == 1


def test_an_account_never_used_takes_the_new_e_mail_at_once():
    result = planned(FILE.replace("ana@", "anna@"), ANA, BEN)
    assert [(c.field, c.after) for change in result.changed for c in change.fields] == [(Field.EMAIL, "anna@a.example")]
    assert result.email_changes == ()


def test_an_administrators_address_is_never_simply_replaced():
    result = planned(FILE.replace("ana@", "anna@"), replace(ANA, stays=True), BEN)
    assert (result.changed, len(result.email_changes)) == ((), 1)


def test_the_personnel_number_wins_over_the_address_whichever_line_comes_first():
    lines = [",Eve,ana@a.example,,\n", "1,Ana Sol,anna@a.example,IT,\n"]
    told = {"".join(order): planned(HEADER + "".join(order), ANA) for order in (lines, lines[::-1])}
    assert {result.changed[0].row.name for result in told.values()} == {"Ana Sol"}
    assert [len(result.conflicts) for result in told.values()] == [1, 1]


def test_language_and_time_zone_are_the_persons_own_once_the_account_is_used():
    text = "name,e-mail,language,time zone\nAna Sol,ana@a.example,de,Europe/Berlin\n"
    assert planned(text, replace(ANA, used=True)).changes_nothing
    assert len(planned(text, ANA).changed[0].fields) == 2


def test_a_personnel_number_is_learned_through_the_e_mail():
    by_email = replace(ANA, key="ana@a.example")
    result = planned(FILE, by_email, BEN)
    assert [(c.field, c.before, c.after) for c in result.changed[0].fields] == [(Field.NUMBER, "", "1")]


def test_a_file_without_numbers_still_knows_people_by_e_mail():
    assert planned("name,e-mail\nAna Sol,ana@a.example\nBen Oak,ben@a.example\n", ANA, BEN).changes_nothing


def test_an_address_of_somebody_else_on_file_is_a_conflict_and_not_a_takeover():
    result = planned(HEADER + "7,Eve,ana@a.example,,\n2,Ben Oak,ben@a.example,IT,\n", ANA, BEN)
    assert [str(p.refusal) for p in result.conflicts] == ["This e-mail belongs to personnel number 1 on file."]
    assert (result.new, result.leaving) == ((), ())


def test_two_people_cannot_swap_their_addresses_in_one_file():
    result = planned(HEADER + "1,Ana Sol,ben@a.example,IT,\n2,Ben Oak,ana@a.example,IT,\n", ANA, BEN)
    assert [problem.line for problem in result.conflicts] == [2, 3]


def test_a_new_manager_is_found_among_the_new():
    result = planned(FILE.replace("IT,ana@", "IT,zoe@") + "9,Zoe,zoe@a.example,,\n", ANA, BEN)
    assert [(c.before, c.after) for change in result.changed for c in change.fields] == [
        ("ana@a.example", "zoe@a.example")
    ]
    assert "zoe@a.example" not in result.people


def test_five_thousand_people_are_read_and_planned_in_well_under_two_seconds():
    known = [Known(UUID(int=n), str(n), f"p{n}@a.example", f"P {n}", "IT", "Ulm", "p0@a.example") for n in range(5_000)]
    rows = (f"{n},P {n},p{n}@a.example,HR,Ulm,{'p0@a.example' if n else ''},2024-02-01,en,UTC\n" for n in range(5_000))
    header = "number,name,e-mail,unit,site,manager,start date,language,time zone\n".replace("number", "staff id")
    began = time.process_time()
    result = planned(header + "".join(rows), *known)
    assert time.process_time() - began < 2
    assert len(result.changed) == 5_000


CELLS = st.tuples(
    st.sampled_from(["", "1", "2", "3", "4"]),
    st.sampled_from(["Ana", "Ben"]),
    st.sampled_from([f"{name}@a.example" for name in ("ana", "ben", "caro", "zoe")]),
    st.sampled_from(["IT", ""]),
    st.sampled_from(["", "", "olu@a.example", "ana@a.example"]),
)
ROWS = st.lists(CELLS, max_size=4, unique_by=(lambda cells: cells[2], lambda cells: cells[0] or cells[2]))
FILES = ROWS.map(lambda rows: HEADER + "9,Olu,olu@a.example,,\n" + "".join(",".join(row) + "\n" for row in rows))


def after_two(first, second):
    known = applied(planned(first), [])
    return applied(planned(second, *known), known)


@given(FILES, FILES, FILES, st.booleans())
def test_whatever_a_file_does_doing_it_again_does_nothing(first, second, third, used):
    known = [replace(person, used=used) for person in after_two(first, second)]
    result = planned(third, *known)
    again = planned(third, *applied(result, known))
    assert again.changes_nothing or result.conflicts  # the rest of a file may give free what one of its rows asked for


@given(FILES, FILES, FILES)
def test_every_row_is_told_once_and_no_two_people_share_a_key_or_an_address(first, second, third):
    known = after_two(first, second)
    roster = parse(third.encode(), known_emails={person.email for person in known})
    result = plan(roster, known)
    matched = {change.person.id for change in (*result.changed, *result.returning, *result.email_changes)}
    assert len(result.new) + len(matched) + result.unchanged + len(result.conflicts) == len(roster.rows)
    after = applied(result, known)
    assert len({person.email for person in after}) == len({person.key for person in after}) == len(after)


def test_the_start_date_is_compared_as_a_date():
    person = replace(ANA, started_on=date(2024, 2, 1))
    assert planned("name,e-mail,start\nAna Sol,ana@a.example,1.2.2024\n", person).changes_nothing
