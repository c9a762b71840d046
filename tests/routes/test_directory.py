"""People find each other by what they share, and nobody finds what they should not."""

import re
from uuid import uuid4

import pytest

from peerapp import clock
from peerapp.db import db
from peerapp.models import Person
from peerapp.models.profiles import Direction, StyleChoice
from peerapp.rules.areas import Area
from peerapp.rules.states import PairState
from tests.factories import make_pair, make_person, make_request, make_skill, make_story

OFFERED, WANTED = Direction.OFFERED, Direction.WANTED


def chooses(person: Person, **styles: str) -> None:
    db.session.add_all(StyleChoice(person_id=person.id, style=style, choice=choice) for style, choice in styles.items())
    db.session.commit()


def found(client, query: str) -> list[str]:
    names = re.findall(r'<h3><a href="/people/[^"]+">(\w+) ', client.get(f"/people?{query}").text)
    return sorted(names)


@pytest.mark.parametrize("path", ["/", "/people", "/profile", "/requests", "/notices", "/pairs"])
def test_the_pages_open_in_an_empty_company(as_, path):
    assert as_("ana").get(path).status_code == 200


def test_everybody_is_there_but_oneself_and_who_has_left(as_):
    assert found(as_("ana"), "") == ["Ada", "Ben", "Caro", "Mia", "Olu", "Zoe"]


@pytest.mark.parametrize("query", ["lind", "LIND", "caro%20li", "sql", "Präs", "pras", "migrations", "MIGRATION"])
def test_people_are_found_by_name_offer_and_story_whatever_the_case_and_accents(as_, cast, query):
    make_skill(cast["caro"], OFFERED, "SQL reports")
    make_skill(cast["caro"], OFFERED, "Präsentieren", Area.COMMUNICATION)
    make_story(cast["caro"], "Ran two migrations.")
    assert found(as_("ana"), f"q={query}") == ["Caro"]


@pytest.mark.parametrize("query", ["q=sql%20lind", "area=functional", "q=sq&area=functional"])
def test_words_area_and_name_narrow_the_search_together(as_, cast, query):
    make_skill(cast["caro"], OFFERED, "SQL")
    make_skill(cast["zoe"], OFFERED, "pottery", Area.TIME)
    assert found(as_("ana"), query) == ["Caro"]


def test_what_is_searched_for_stands_in_no_log_of_ours(as_, caplog):
    with caplog.at_level("DEBUG"):
        as_("ana").get("/people?q=quince&area=nonsense")
        as_("ana").get("/people/never?q=quince")
    assert "quince" not in caplog.text


def test_what_somebody_wants_to_learn_does_not_make_them_found(as_, cast):
    make_skill(cast["caro"], WANTED, "SQL")
    assert found(as_("ana"), "q=sql") == []


def test_people_are_found_by_unit(as_, cast):
    assert found(as_("ana"), f"unit={cast['zoe'].unit_id}") == ["Ada", "Olu", "Zoe"]


@pytest.mark.parametrize("query", ["q=%25", "area=juggling", "unit=none", "after=1", "q=' OR 1=1 --&unit="])
def test_nonsense_is_no_error(as_, query):
    assert as_("ana").get(f"/people?{query}").status_code == 200


def test_nobody_found_says_what_to_do(as_):
    assert "Try fewer words" in as_("ana").get("/people?q=xyzzy").text


def test_the_pages_follow_each_other_without_a_gap(as_, cast):
    for number in range(20):
        make_person(f"Kim {number:02}")
    db.session.commit()
    first = as_("ana").get("/people?q=kim").text
    after = first.partition("after=")[2][:36]
    second = as_("ana").get(f"/people?q=kim&after={after}").text
    assert [f">Kim {n:02}<" in first + second for n in range(20)] == [True] * 20
    assert sum(f">Kim {n:02}<" in first and f">Kim {n:02}<" in second for n in range(20)) == 0


def test_a_card_says_in_words_what_the_two_share(as_, cast):
    make_skill(cast["ana"], WANTED, "SQL")
    make_skill(cast["zoe"], OFFERED, "SQL queries")
    make_story(cast["zoe"], "Taught SQL to our whole unit.")
    chooses(cast["ana"], pace="brisk")
    chooses(cast["zoe"], pace="brisk")
    text = as_("ana").get("/people").text
    for words in (
        "Can show SQL queries, which you want to learn.",
        "“Taught SQL to our whole unit.”",
        "Also likes short, brisk talks.",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("mine", "theirs", "sentence"),
    [
        ((WANTED, "SQL"), (OFFERED, ""), "Shows things in Functional knowledge; you want to learn: SQL."),
        ((WANTED, ""), (OFFERED, "SQL"), "Can show SQL; you want to learn things in Functional knowledge."),
        ((OFFERED, ""), (WANTED, "SQL"), "Wants to learn: SQL; you show things in Functional knowledge."),
        ((OFFERED, "SQL"), (WANTED, ""), "Wants to learn things in Functional knowledge; you can show SQL."),
    ],
)
def test_who_only_ticked_an_area_is_not_said_to_have_named_a_skill_in_it(as_, cast, mine, theirs, sentence):
    make_skill(cast["ana"], *mine)
    make_skill(cast["zoe"], *theirs)
    for page in ("/people", f"/people/{cast['zoe'].id}"):
        text = as_("ana").get(page).text
        assert sentence in text
        assert "which you" not in text


def test_where_no_skill_is_shared_the_card_says_only_that(as_, cast):
    make_skill(cast["zoe"], OFFERED, "SQL")
    chooses(cast["ana"], pace="brisk")
    chooses(cast["zoe"], pace="brisk")
    for page in ("/people", f"/people/{cast['zoe'].id}"):
        text = as_("ana").get(page).text
        assert all(words in text for words in ("No shared skill yet. Can show SQL.", "Also likes short, brisk talks."))
        assert "Nothing in common" not in text


def test_no_figure_is_ever_shown_for_a_match(as_, cast):
    make_skill(cast["ana"], WANTED, "SQL")
    make_skill(cast["zoe"], OFFERED, "SQL")
    assert "%" not in as_("ana").get("/people").text


def test_without_a_match_the_page_promises_to_write(as_, cast):
    make_skill(cast["ana"], WANTED, "SQL")
    as_("ana").post("/profile/areas", {"wanted": "time"})
    assert "Nobody matches yet." in as_("ana").get("/people").text
    assert "We’ll write when someone does." in as_("ana").get("/people").text


def test_somebody_without_room_is_found_but_not_asked(as_, cast):
    cast["zoe"].room = 0
    db.session.commit()
    assert "no room just now" in as_("ana").get("/people?q=zoe").text
    assert f"/people/{cast['zoe'].id}/ask" not in as_("ana").get(f"/people/{cast['zoe'].id}").text


def test_who_has_no_room_is_told_once_and_offered_nobody_to_ask(as_, cast):
    cast["ana"].room = 0
    db.session.commit()
    text = as_("ana").get("/people").text
    assert (text.count("You have no room for another pair"), "Ask Zoe" in text) == (1, False)
    assert text.index("/profile#room") < text.index("Zoe Park")
    assert "/profile#room" in as_("ana").get(f"/people/{cast['zoe'].id}").text
    assert "Ask Caro" in as_("zoe").get("/people").text


@pytest.mark.parametrize(("sender", "receiver"), [("caro", "ana"), ("ana", "caro")])
def test_a_card_leads_to_the_request_that_is_open_between_the_two(as_, cast, sender, receiver):
    before = as_("ana").get("/people").text
    request = make_request(cast[sender], cast[receiver])
    text = as_("ana").get("/people").text
    assert ("Ask Caro" in before, "Ask Caro" in text, f"/requests/{request.id}" in text) == (True, False, True)
    assert "Ask Caro" in as_("zoe").get("/people").text


def test_my_peer_is_marked_as_such(as_, cast, ana_and_ben):
    assert f"/pairs/{ana_and_ben.id}" in as_("ana").get("/people?q=ben").text


def test_a_profile_shows_what_somebody_offers_wants_and_has_done(as_, cast):
    make_skill(cast["zoe"], OFFERED, "SQL")
    make_skill(cast["zoe"], WANTED, "chairing", Area.LEADERSHIP)
    make_story(cast["zoe"], "Ran two migrations.")
    text = as_("ana").get(f"/people/{cast['zoe'].id}").text
    assert all(words in text for words in ("Zoe Park", "SQL", "chairing", "Ran two migrations.", "Ask Zoe"))


def test_what_was_removed_is_shown_to_nobody(as_, cast):
    make_story(cast["zoe"], "Ran two migrations.").removed_at = clock.now()
    make_skill(cast["zoe"], OFFERED, "pottery").removed_at = clock.now()
    db.session.commit()
    text = as_("ana").get(f"/people/{cast['zoe'].id}").text
    assert ("migrations" in text, "pottery" in text) == (False, False)


def test_colleagues_see_how_somebody_likes_to_work(as_, cast):
    chooses(cast["ben"], tone="gentle")
    assert "Gently, step by step" in as_("zoe").get(f"/people/{cast['ben'].id}").text


def test_mia_reads_kims_page_as_any_colleague_does_though_she_manages_others(as_, cast):
    kim = make_person("Kim Bell")
    chooses(kim, pace="calm")
    text = as_("mia").get(f"/people/{kim.id}").text
    assert "Calm, with time to think" in text
    assert "Every colleague sees this, but nobody Kim reports to, at any level" in text
    assert ("Pace" in text, "Which pace suits you?" in text) == (True, False)


@pytest.mark.parametrize("boss", ["mia", "olu"])
def test_managers_never_see_how_somebody_likes_to_work(as_, cast, boss):
    cast["mia"].manager_id = cast["olu"].id  # and so Olu is above Ben, too
    chooses(cast["ben"], tone="gentle")
    chooses(cast[boss], tone="gentle")
    for path in (f"/people/{cast['ben'].id}", "/people?q=ben"):
        text = as_(boss).get(path).text
        assert "Ben Okafor" in text
        assert not any(words in text for words in ("Gently", "gentle feedback", "Attitude"))


def test_a_circle_of_managers_ends(as_, cast):
    cast["mia"].manager_id = cast["ana"].id
    db.session.commit()
    assert as_("ana").get("/people").status_code == 200


def test_one_may_see_oneself_as_others_do(as_, cast):
    assert "This is how colleagues see you." in as_("ana").get(f"/people/{cast['ana'].id}").text


def test_who_left_is_as_good_as_never_there(as_, cast):
    gone, made_up = (as_("ana").get(f"/people/{id_}") for id_ in (cast["lou"].id, uuid4()))
    assert (gone.status_code, gone.text) == (404, made_up.text)


def test_whoever_blocks_disappears_for_the_other_and_nobody_is_told(as_, cast):
    as_("zoe").post(f"/people/{cast['ana'].id}/block")
    ana = as_("ana")
    assert "Zoe" not in ana.get("/people").text
    for path, send in (
        ("", ana.get),
        ("/ask", ana.get),
        ("/ask", ana.post),
        ("/block", ana.post),
        ("/unblock", ana.post),
    ):
        hidden, made_up = (send(f"/people/{id_}{path}") for id_ in (cast["zoe"].id, uuid4()))
        assert (hidden.status_code, hidden.text) == (404, made_up.text)
    assert "Nothing new." in ana.get("/notices").text


def test_the_one_who_blocked_finds_the_other_no_more_but_can_take_it_back(as_, cast):
    zoe, there = as_("zoe"), f"/people/{cast['ana'].id}"
    zoe.post(f"{there}/block")
    assert "Ana" not in found(zoe, "")
    assert "You blocked Ana" in zoe.get(there).text
    assert f"{there}/unblock" in zoe.get("/profile").text
    zoe.post(f"{there}/unblock")
    assert as_("ana").get(f"/people/{cast['zoe'].id}").status_code == 200


def test_nobody_blocks_themselves(as_, cast):
    assert as_("ana").post(f"/people/{cast['ana'].id}/block").status_code == 422


def test_a_former_peer_is_found_but_not_suggested(as_, cast):
    make_skill(cast["ana"], WANTED, "SQL")
    make_skill(cast["ben"], OFFERED, "SQL")
    make_pair(cast["ana"], cast["ben"], state=PairState.ENDED)
    text = as_("ana").get("/people").text
    assert "Nobody matches yet." in text
    assert "Ben Okafor" in text
