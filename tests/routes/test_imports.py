"""A coordinator brings people in through the browser: upload, look, confirm, undo."""

import io
import re

import pytest
from sqlalchemy import func, select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Import, Person
from peerapp.rules import limits
from peerapp.rules.roster import parse
from peerapp.rules.states import ImportState
from tests.factories import make_person
from tests.people_files import file_of, person, the_company

NIA = "Nia Sol,nia@example.com,Product,mia.holm@example.com,"
START = "/programme/import"


def upload(client, content, name="people.csv", **fields):
    file = io.BytesIO(content), name
    answer = client.post(START, {"file": file, **fields}, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the client keeps a large body in a file
    return answer


def previewed(client, content):
    """The address of the preview, and its page."""
    answer = upload(client, content)
    assert answer.status_code == 303, answer.text
    return answer.location, client.get(answer.location)


def seal_on(page):
    return re.search(r'name="seen" value="([0-9a-f]+)"', page.text)[1]


def people():
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(Person))


def test_a_file_is_shown_first_and_written_after_a_yes(as_):
    olu = as_("olu")
    there, page = previewed(olu, the_company(NIA))
    assert ("Nothing is written yet" in page.text, "nia@example.com" in page.text, people()) == (True, True, 8)
    answer = olu.post(f"{there}/confirm", {"seen": seal_on(page)})
    assert (answer.status_code, answer.location, people()) == (303, there, 9)
    assert "people.csv is written" in olu.get(there).text


def test_each_change_shows_before_and_after_and_who_leaves_is_named(as_):
    olu = as_("olu")
    lines = ["Ana Rivera,ana.rivera@example.com,Sales,,", "Lou Gone,lou.gone@example.com,,,"]
    _there, page = previewed(olu, the_company(*lines, without=["ana", "zoe"]))
    assert "Unit: <del>Product</del>" in page.text
    assert "<ins>Sales</ins>" in page.text
    assert re.search(r'<tr class="leaving"><th scope="row">Zoe Park', page.text)
    assert re.search(r"Back again.*Lou Gone", page.text, re.DOTALL)


def test_every_bad_line_is_named_with_its_reason_and_nobody_leaves(as_):
    olu = as_("olu")
    content = the_company("Nia,not an address,,,", ",pia@example.com,,,", NIA, without=["zoe"])
    there, page = previewed(olu, content)
    assert "“not an address” is not an e-mail address." in page.text
    assert re.search(
        r'<tr class="wrong">\s*<th scope="row" class="num">9</th>\s*<td>Name</td>\s*<td>It is missing', page.text
    )
    assert "1 person is not in the file. Nobody leaves until" in page.text
    olu.post(f"{there}/confirm", {"seen": seal_on(page)})
    assert (people(), person("zoe.park@example.com").is_active) == (9, True)


def test_a_file_that_takes_many_away_asks_twice_and_names_the_number(as_):
    olu = as_("olu")
    there, page = previewed(olu, the_company(without=["zoe", "ben"]))
    assert "Yes, 2 of 7 people leave." in page.text
    first = olu.post(f"{there}/confirm", {"seen": seal_on(page)})
    assert (first.status_code, person("zoe.park@example.com").is_active) == (422, True)
    assert "There is a problem" in first.text
    olu.post(f"{there}/confirm", {"seen": seal_on(page), "leavers": "1"})
    assert not person("zoe.park@example.com").is_active


def test_who_holds_a_role_is_said_to_stay(as_):
    _there, page = previewed(as_("olu"), the_company(without=["ada"]))
    assert re.search(r"Not in the file, and staying.*Ada Novak", page.text, re.DOTALL)


def test_a_page_that_is_behind_is_shown_anew_and_nothing_is_written(as_, cast):
    olu = as_("olu")
    there, page = previewed(olu, the_company(NIA))
    make_person("Pia Late", email="pia@example.com")
    answer = olu.post(f"{there}/confirm", {"seen": seal_on(page)})
    assert (answer.status_code, people()) == (409, 9)
    assert "People were changed in the meantime" in answer.text
    assert "Pia Late" in answer.text
    olu.post(f"{there}/confirm", {"seen": seal_on(answer), "leavers": "1"})
    assert person("nia@example.com").is_active


def test_a_second_yes_finds_it_done(as_):
    olu = as_("olu")
    there, page = previewed(olu, the_company(NIA))
    answers = [olu.post(f"{there}/confirm", {"seen": seal_on(page)}) for _twice in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, there)] * 2
    assert people() == 9


def test_the_same_upload_twice_is_one_file(as_):
    olu = as_("olu")
    answers = [upload(olu, the_company(NIA), once="a" * 32) for _twice in range(2)]
    assert answers[0].location == answers[1].location
    assert db.session.scalar(select(func.count()).select_from(Import)) == 1


def test_the_same_file_again_says_that_it_changes_nothing(as_):
    olu = as_("olu")
    content = the_company(NIA)
    there, page = previewed(olu, content)
    olu.post(f"{there}/confirm", {"seen": seal_on(page)})
    _there, again = previewed(olu, content)
    assert ("This file changes nothing" in again.text, 'name="seen"' in again.text) == (True, False)


def test_the_last_import_is_undone_from_its_page_and_an_earlier_one_is_not(as_):
    olu = as_("olu")
    pages = [previewed(olu, content) for content in (the_company(NIA), the_company(NIA, "Pia,pia@example.com,,,"))]
    olu.post(f"{pages[0][0]}/confirm", {"seen": seal_on(pages[0][1])})
    again = olu.get(pages[1][0])
    olu.post(f"{pages[1][0]}/confirm", {"seen": seal_on(again)})
    assert [f"{there}/undo" in olu.get(there).text for there, _page in pages] == [False, True]
    assert olu.post(f"{pages[0][0]}/undo").status_code == 303
    assert people() == 10
    olu.post(f"{pages[1][0]}/undo")
    assert people() == 9
    assert "is undone" in olu.get(pages[1][0]).text
    assert "undone" in olu.get(START).text


def test_what_stays_after_an_undo_is_named(as_):
    olu = as_("olu")
    there, page = previewed(
        olu, the_company("Ana Sun,ana.rivera@example.com,Product,mia.holm@example.com,", without=["ana"])
    )
    olu.post(f"{there}/confirm", {"seen": seal_on(page)})
    person("ana.rivera@example.com").rename("Ana Moon")
    olu.post(f"{there}/undo")
    assert re.search(r"stays:.*Ana Moon: Name", olu.get(there).text, re.DOTALL)


def test_a_dropped_file_is_gone(as_):
    olu = as_("olu")
    there, _page = previewed(olu, the_company(NIA))
    assert olu.post(f"{there}/discard").location == START
    assert olu.get(there).status_code == 404


def test_a_file_that_is_being_written_says_how_far_it_is_and_asks_again(as_):
    olu = as_("olu")
    there, _page = previewed(olu, the_company(NIA))
    found = db.session.scalars(select(Import)).one()
    found.state, found.writing_until = ImportState.APPLYING, clock.now().replace(year=2100)
    db.session.commit()
    page = olu.get(there)
    assert '<noscript><meta http-equiv="refresh"' in page.text
    part = olu.get(there, headers={"HX-Request": "true", "HX-Target": "div#import_progress"})
    assert part.text.strip().startswith('<div class="panel" id="import_progress"')
    found.state = ImportState.APPLIED
    over = olu.get(there, headers={"HX-Request": "true", "HX-Target": "div#import_progress"})
    assert over.headers["HX-Refresh"] == "true"
    assert olu.post(f"{there}/discard").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Import)) == 1


def test_a_killed_writer_leaves_a_preview_that_can_be_confirmed(as_):
    olu = as_("olu")
    there, _page = previewed(olu, the_company(NIA))
    found = db.session.scalars(select(Import)).one()
    found.state, found.writing_until = ImportState.APPLYING, clock.now().replace(year=2000)
    page = olu.get(there)
    assert "so nothing was written at all" in page.text
    olu.post(f"{there}/confirm", {"seen": seal_on(page)})
    assert people() == 9


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"name,e-mail\n", "There are no people below the first line."),
        (b"%PDF-1.7 \xff", "This is a PDF."),
        (b"PK\x03\x04xlsx", "This is a spreadsheet or ZIP file."),
        (b"name,e-mail\nA\x00,a@example.com\n", "This is not a text file."),
        ("name,e-mail\nJörg,j@example.com\n".encode("latin-1"), "Line 2 is not UTF-8."),
        (b"name,e-mail\n" + b"A,a@example.com\n" * 20_001, "This file has more than 20000 people."),
        (b"name,e-mail\n" + b"x" * (10 * 1024 * 1024), "This file is larger than 10 MB"),
    ],
    ids=["empty", "header only", "pdf", "xlsx", "nul", "latin-1", "20,001 rows", "11 MB"],
)  # fmt: skip
def test_what_is_no_people_file_is_refused_in_one_sentence(as_, content, sentence):
    answer = upload(as_("olu"), content)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert db.session.scalars(select(Import)).all() == []


def test_a_file_of_fifty_megabytes_is_too_much(as_):
    answer = upload(as_("olu"), b"x" * 50_000_000)
    assert answer.status_code == 413
    assert f"{limits.IMPORT_MAX_BYTES // 1024**2} MB for a file" in answer.text


def test_no_file_at_all_is_asked_for(as_):
    answer = as_("olu").post(START, {}, content_type="multipart/form-data")
    assert (answer.status_code, "Choose a file first." in answer.text) == (422, True)


def test_a_file_name_is_only_a_name(as_):
    there = upload(as_("olu"), the_company(NIA), name="../../etc/<b>\x07x.csv").location
    assert db.session.scalars(select(Import.file_name)).one() == "<b>x.csv"
    assert "<b>x.csv" not in as_("olu").get(there).text


def test_long_lists_show_their_beginning_and_how_many_more(as_):
    lines = [f"Person {at},p{at}@example.com,,," for at in range(250)]
    _there, page = previewed(as_("olu"), the_company(*lines))
    assert (page.text.count('<tr class="new">'), "and 50 more" in page.text) == (200, True)


def test_problems_can_be_taken_home_and_no_cell_of_them_is_a_formula(as_):
    olu = as_("olu")
    there, _page = previewed(olu, the_company("=1+1,=cmd()@nowhere,,,", "Nia,nia@example.com,,boss@example.com,"))
    answer = olu.get(f"{there}/problems.csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=problems.csv"
    assert "9,E-mail,“=cmd()@nowhere” is not an e-mail address." in answer.text
    assert not re.search(r'(^|[,;"])[=+@-]', answer.text, re.MULTILINE)


@pytest.mark.parametrize(("language", "separator"), [("en", ","), ("de", ";")])
def test_the_sample_is_a_people_file_without_a_fault(as_, cast, language, separator):
    cast["olu"].language = language
    answer = as_("olu").get(f"{START}/sample.csv")
    roster = parse(answer.data)
    assert (len(roster.rows), roster.problems, roster.ignored) == (3, (), ())
    assert answer.text.startswith(f"\ufeffname{separator}e-mail")


def test_nobody_but_a_coordinator_finds_any_of_it(as_, visitor):
    there, page = previewed(as_("olu"), the_company(NIA))
    for name in ("ana", "mia", "ada"):
        client = as_(name)
        addresses = (START, there, f"{there}/problems.csv", f"{START}/sample.csv")
        assert {client.get(address).status_code for address in addresses} == {404}
        posts = [client.post(f"{there}/{verb}", {"seen": seal_on(page)}) for verb in ("confirm", "undo", "discard")]
        assert {post.status_code for post in posts} | {upload(client, file_of()).status_code} == {404}
    assert visitor.get(there).status_code == 303
    assert people() == 8
