import pytest
from hypothesis import example, given, strategies as st

from peerapp.rules import limits
from peerapp.rules.refusal import Refusal
from peerapp.rules.roster import parse
from peerapp.rules.roster_columns import FIELD_NAMES, Field, field_of
from peerapp.rules.roster_file import read

HEADER = "name,e-mail,unit\n"


def lines_and_cells(text):
    return [(record.line, record.cells) for record in read(text.encode()).records]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends_make_no_difference(encoding, separator, line_end):
    text = separator.join(["Name", "E-Mail"]) + line_end + separator.join(["Zoë", "zoe@a.example"]) + line_end
    roster = parse(text.encode(encoding))
    assert [(row.line, row.name, row.email) for row in roster.rows] == [(2, "Zoë", "zoe@a.example")]


def test_the_separator_is_the_one_of_the_header_outside_quotation_marks():
    sheet = read(b'"Name, in full; please",e-mail,name\nx,ana@a.example,"Ana; the first"\n')
    assert sheet.records[0].cells == ("x", "ana@a.example", "Ana; the first")


def test_a_quoted_line_break_stays_in_its_cell_and_lines_are_counted_as_in_an_editor():
    text = HEADER + 'Ana,ana@a.example,"Sales\nNorth"\n\nBen,ben@a.example,IT\n'
    assert lines_and_cells(text) == [
        (2, ("Ana", "ana@a.example", "Sales\nNorth")),
        (5, ("Ben", "ben@a.example", "IT")),
    ]


def test_doubled_quotation_marks_are_one():
    assert lines_and_cells(HEADER + '"Ana ""An"" B",ana@a.example,"a,b"\n')[0][1] == (
        'Ana "An" B',
        "ana@a.example",
        "a,b",
    )


def test_a_line_that_only_names_the_separator_is_passed_over():
    sheet = read(b"sep=;\r\nname;e-mail\r\nAna;ana@a.example\r\n")
    assert sheet.records[0].line == 3


def test_columns_that_mean_nothing_to_us_are_named_not_refused():
    assert read(b"name,e-mail,shoe size,\nAna,ana@a.example,38,\n").ignored == ("shoe size",)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("E-MAIL", Field.EMAIL),
        ("e mail address", Field.EMAIL),
        ("E-Mail-Adresse", Field.EMAIL),
        ("Full name", Field.NAME),
        ("Abteilung", Field.UNIT),
        ("Standort", Field.SITE),
        ("manager's e-mail", Field.MANAGER),
        ("Manager’s E-Mail", Field.MANAGER),
        ("E-Mail der Führungskraft", Field.MANAGER),
        ("Fuehrungskraft", Field.MANAGER),
        ("Start_Date", Field.STARTED_ON),
        ("Eintrittsdatum", Field.STARTED_ON),
        ("Sprache", Field.LANGUAGE),
        ("time-zone", Field.TIME_ZONE),
        ("Personal-Nr.", Field.NUMBER),
        ("age", None),
    ],
)
def test_headers_are_read_in_any_case_and_in_two_languages(header, field):
    assert field_of(header) == field


@pytest.mark.parametrize("field", Field)
def test_every_field_is_read_by_the_name_that_we_show(field):
    assert field_of(FIELD_NAMES[field]) is field


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "empty"),
        (b"%PDF-1.7 name,e-mail", "PDF"),
        (b"PK\x03\x04name", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old spreadsheet"),
        ("name,e-mail\nAna,ana@a.example".encode("utf-16"), "UTF-16"),
        ("name,e-mail\nAna,ana@a.example".encode("utf-16-be"), "not a text file"),
        (b"name,e-mail\nAna\0,ana@a.example", "not a text file"),
        ("name,e-mail\nZoë,zoe@a.example".encode("cp1252"), "Line 2 is not UTF-8"),
        (b"Ana,ana@a.example\nBen,ben@a.example\n", "has to name the columns"),
        (b"name;unit\nAna;IT\n", "no column for the e-mail"),
        (b"e-mail;unit\nana@a.example;IT\n", "no column for the name"),
        (b"name,e-mail,mail\nAna,ana@a.example,x\n", "mean the same: “e-mail” and “mail”"),
        (b"name,e-mail\n\n , \n", "no people below"),
        (b'name,e-mail\nAna,ana@a.example\n"Ben,ben@a.example\nCaro,c@a.example\n', "line 3 is not closed"),
        (b'name,e-mail\nAna,ana@a.example\n"Ben"x,ben@a.example\n', "line 3 is not closed"),
        (b'sep=;\nname;e-mail\n"Ana', "line 3 is not closed"),
        (b"name,e-mail\n" + b"x" * limits.IMPORT_MAX_BYTES, "larger than 10 MB"),
        (b"name,e-mail\n" + b"Ana,a@a.example\n" * (limits.IMPORT_MAX_ROWS + 1), "more than 20000 people"),
    ],
)
def test_what_is_no_list_of_people_is_told_in_one_sentence(data, said):
    refusal = read(data)
    assert isinstance(refusal, Refusal)
    assert said in str(refusal)


@given(st.binary(max_size=300) | st.binary(max_size=300).map(b"name,e-mail,start date\n".__add__))
@example(b'name,e-mail\n"')
@example(b"name,e-mail\n\x85\xc2")
def test_no_bytes_are_an_error(data):
    assert parse(data) is not None


@given(st.text(alphabet='name,e-mail;"\n\r\té@.example1/2026', max_size=200).map('name,"e-mail"\n'.__add__))
def test_no_text_is_an_error_and_every_problem_names_a_line_of_the_file(text):
    roster = parse(text.encode())
    if not isinstance(roster, Refusal):
        assert all(2 <= problem.line <= text.count("\n") + text.count("\r") + 1 for problem in roster.problems)
