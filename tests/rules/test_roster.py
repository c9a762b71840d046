import time
from datetime import date

import pytest

from peerapp.rules.roster import parse
from peerapp.rules.roster_columns import Field

HEADER = "personnel number;name;e-mail;unit;site;manager;start date;language;time zone\n"
ANA = "1;Ana Sol;ana@a.example;IT;Ulm;;2026-11-22;en;Europe/Berlin\n"
BEN = "2;Ben Oak;ben@a.example;IT;Ulm;ana@a.example;1.2.2024;de;UTC\n"


def problems(text, header=HEADER, **about):
    roster = parse((header + text).encode(), **about)
    return [(problem.line, problem.field, str(problem.refusal)) for problem in roster.problems]


def one(**cells):
    header = ",".join(["name", "e-mail", *cells])
    row = ",".join(["Ana", "ana@a.example", *(f'"{cell}"' for cell in cells.values())])
    return parse(f"{header}\n{row}\n".encode())


def test_a_good_row_says_everything_about_a_person():
    roster = parse((HEADER + ANA + BEN).encode())
    assert roster.rows[1].values == {
        Field.NUMBER: "2",
        Field.NAME: "Ben Oak",
        Field.EMAIL: "ben@a.example",
        Field.UNIT: "IT",
        Field.SITE: "Ulm",
        Field.MANAGER: "ana@a.example",
        Field.STARTED_ON: date(2024, 2, 1),
        Field.LANGUAGE: "de",
        Field.TIME_ZONE: "UTC",
    }


def test_an_empty_cell_clears_but_never_a_key_a_language_or_a_time_zone():
    row = parse((HEADER + ";Ana;ana@a.example;;;;;;\n").encode()).rows[0]
    assert row.values == {
        Field.NAME: "Ana",
        Field.EMAIL: "ana@a.example",
        Field.UNIT: "",
        Field.SITE: "",
        Field.MANAGER: "",
        Field.STARTED_ON: None,
    }


def test_a_column_that_is_not_in_the_file_says_nothing():
    assert set(one().rows[0].values) == {Field.NAME, Field.EMAIL}


def test_without_a_personnel_number_the_e_mail_is_the_key():
    rows = parse((HEADER + ANA + BEN.replace("2;", ";", 1)).encode()).rows
    assert [row.key for row in rows] == ["1", "ben@a.example"]


def test_texts_get_one_spelling():
    row = parse('name,e-mail,unit\n"  Zoe\u0308\nDoe ", ZOE@A.Example ,"R\u00a0&  D"\n'.encode()).rows[0]
    assert (row.name, row.email, row.values[Field.UNIT]) == ("Zoë Doe", "zoe@a.example", "R & D")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("2026-1-2", date(2026, 1, 2)),
        ("2026-11-22 00:00:00", date(2026, 11, 22)),
        ("22.11.2026", date(2026, 11, 22)),
        ("1.2.2026", date(2026, 2, 1)),
    ],
)
def test_dates_are_read_in_two_ways(typed, read):
    assert one(start=typed).rows[0].values[Field.STARTED_ON] == read


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1/2/2026", "“1/2/2026” can be read in two ways. Please write 2026-11-22 or 22.11.2026."),
        ("2026-02-30", "“2026-02-30” is not a date like 2026-11-22 or 22.11.2026."),
        ("31.4.2026", "“31.4.2026” is not a date like 2026-11-22 or 22.11.2026."),
        ("0001-01-01", "“0001-01-01” is not a date like 2026-11-22 or 22.11.2026."),
        ("٢٠٢٦-١١-٢٢", "“٢٠٢٦-١١-٢٢” is not a date like 2026-11-22 or 22.11.2026."),
        ("46000", "“46000” is not a date like 2026-11-22 or 22.11.2026."),
    ],
)
def test_a_date_that_is_none_or_could_be_two_is_refused(typed, said):
    assert [str(problem.refusal) for problem in one(start=typed).problems] == [said]


@pytest.mark.parametrize(
    ("typed", "read"), [("en", "en"), ("EN-gb", "en"), ("de_AT", "de"), ("German", "de"), ("Deutsch", "de")]
)
def test_languages_are_read_by_code_or_name(typed, read):
    assert one(language=typed).rows[0].values[Field.LANGUAGE] == read


@pytest.mark.parametrize("typed", ["europe/berlin", "Europe/Berlin", " EUROPE/BERLIN "])
def test_time_zones_are_read_in_any_case(typed):
    assert one(tz=typed).rows[0].values[Field.TIME_ZONE] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("cells", "field", "said"),
    [
        ({"tz": "Berlin"}, Field.TIME_ZONE, "“Berlin” is not a time zone like Europe/Berlin."),
        ({"tz": "../../etc/passwd"}, Field.TIME_ZONE, "“../../etc/passwd” is not a time zone like Europe/Berlin."),
        ({"language": "tlh"}, Field.LANGUAGE, "“tlh” is not a language we offer."),
        ({"unit": "x" * 121}, Field.UNIT, "It is longer than 120 characters."),
        ({"site": "Ulm\u202e"}, Field.SITE, "There is an invisible control character in it. Please type it anew."),
        ({"unit": "a\x07b"}, Field.UNIT, "There is an invisible control character in it. Please type it anew."),
        ({"staff id": "a@b"}, Field.NUMBER, "“a@b” looks like an e-mail address, not like a personnel number."),
        ({"manager": "the boss"}, Field.MANAGER, "“the boss” is not an e-mail address."),
        ({"manager": "ana@a.example"}, Field.MANAGER, "Nobody can be their own manager."),
        ({"manager": "x@a.example"}, Field.MANAGER, "“x@a.example” is neither in this file nor known."),
    ],
)
def test_a_bad_cell_is_named_with_line_column_and_reason(cells, field, said):
    roster = one(**cells)
    assert [(p.line, p.field, str(p.refusal)) for p in roster.problems] == [(2, field, said)]
    assert roster.rows == ()


@pytest.mark.parametrize(
    "typed",
    [
        "ana",
        "ana@",
        "@a.example",
        "a b@a.example",
        "ana@a",
        "ana@@a.example",
        "a..b@a.example",
        "ana@-a.example",
        "änä@a.example",
        "ana@a.example,ben@a.example",
        "ana@a.example\\",
        "<ana@a.example>",
        "a" * 65 + "@a.example",
    ],
)
def test_what_is_no_e_mail_address_is_refused(typed):
    assert "is not an e-mail address" in problems(f'Ana,"{typed}"\n', "name,e-mail\n")[0][2]


def test_a_row_names_everything_that_is_wrong_with_it_at_once():
    found = problems('"",nobody,1/2/2026\n', "name,e-mail,start\n")
    assert [field for _, field, _ in found] == [Field.NAME, Field.EMAIL, Field.STARTED_ON]


def test_an_empty_line_is_no_row():
    assert problems(" ,\nAna,ana@a.example\n,\n", "name,e-mail\n") == []


def test_too_many_and_too_few_cells_are_counted():
    found = problems("Ana,ana@a.example,x\nBen\nCaro,caro@a.example,\n", "name,e-mail\n")
    assert found == [
        (2, None, "This line has 3 cells, the first line has 2."),
        (3, None, "This line has 1 cells, the first line has 2."),
    ]


def test_people_who_stand_there_twice_are_all_named():
    found = problems(ANA + BEN + ANA.replace("1;", "3;", 1) + BEN.replace("ben@", "b@"))
    assert found == [
        (2, Field.EMAIL, "Line 4 has the same e-mail."),
        (3, Field.NUMBER, "Line 5 has the same personnel number."),
        (4, Field.EMAIL, "Line 2 has the same e-mail."),
        (5, Field.NUMBER, "Line 3 has the same personnel number."),
    ]


def test_a_manager_may_be_known_without_being_in_the_file():
    assert problems(BEN, known_emails={"ana@a.example"}) == []


def test_a_managers_bad_row_is_told_once_and_the_team_keeps_the_manager_it_has():
    roster = parse((HEADER + ANA.replace("2026-11-22", "soon") + BEN).encode())
    assert [problem.line for problem in roster.problems] == [2]
    assert Field.MANAGER not in roster.rows[0].values


def test_managers_in_a_circle_are_named_and_who_is_below_them_is_not():
    text = (
        "A,a@a.example,b@a.example\nB,b@a.example,c@a.example\nC,c@a.example,a@a.example\nD,d@a.example,a@a.example\n"
    )
    found = problems(text, "name,e-mail,manager\n")
    assert [line for line, _, _ in found] == [2, 3, 4]
    assert found[0][2] == "The managers go round in a circle: a@a.example → b@a.example → c@a.example → a@a.example."


def test_a_file_of_twenty_thousand_in_one_long_line_of_managers_is_read_in_a_moment():
    rows = (f"P{i},p{i}@a.example,p{i + 1}@a.example\n" for i in range(19_999))
    text = "name,e-mail,manager\n" + "".join(rows) + "Top,p19999@a.example,\n"
    began = time.process_time()
    assert len(parse(text.encode()).rows) == 20_000
    assert time.process_time() - began < 4
