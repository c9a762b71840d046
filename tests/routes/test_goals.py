"""A goal's own pages: made, changed by two people, archived, told in its history. Bad input gets a sentence."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Comment, Goal, GoalEvent, Notice, Step
from peerapp.rules import limits
from peerapp.rules.states import Column, PairState
from tests.factories import make_goal, make_pair

GOAL = {"title": "Brief three speakers", "areas": "communication", "owner": "both"}


@pytest.fixture
def goal(ana_and_ben, cast):
    return make_goal(ana_and_ben, "Learn SQL", by=cast["ana"], owner_id=cast["ana"].id)


@pytest.fixture
def url(goal):
    return f"/pairs/{goal.pair_id}/goals/{goal.id}"


def stored(column=Goal.title):
    return db.session.scalars(select(column)).one()


def undo_in(html):
    return re.search(r'action="([^"]+)" data-undo', html).group(1).replace("&amp;", "&")


# --- making --------------------------------------------------------------------------------------


def test_title_area_and_owner_make_a_goal(as_, ana_and_ben):
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/goals", GOAL | {"column": "next"})
    goal = db.session.scalars(select(Goal)).one()
    assert (answer.status_code, goal.title, goal.column, goal.owner_id) == (303, "Brief three speakers", "next", None)
    assert answer.location.startswith(f"/pairs/{ana_and_ben.id}/board?shown=next")


def test_a_double_click_makes_one_goal(as_, ana_and_ben):
    ana = as_("ana")
    for _ in range(2):
        ana.post(f"/pairs/{ana_and_ben.id}/goals", GOAL | {"once": "a" * 32})
    assert db.session.scalar(select(func.count()).select_from(Goal)) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Say in a few words what you want to reach."),
        ({"title": "x" * 121}, "Keep this under 120 characters."),
        ({"areas": ""}, "Tick at least one skill area."),
        ({"areas": "magic"}, "Tick at least one skill area."),
        ({"owner": "zoe"}, "Say whose goal it is."),
        ({"due_on": "31.12."}, "Write the day like this: 2026-11-26."),
        ({"due_on": "0202-12-04"}, "Check the year."),
        ({"why": "x" * 601}, "Keep this under 600 characters."),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence_and_nothing_is_lost(as_, ana_and_ben, wrong, sentence):
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/goals", GOAL | {"need": "A Friday"} | wrong)
    assert (answer.status_code, sentence in answer.text, "A Friday" in answer.text) == (422, True, True)
    assert db.session.scalar(select(func.count()).select_from(Goal)) == 0


def test_a_goal_does_not_start_done(as_, ana_and_ben):
    as_("ana").post(f"/pairs/{ana_and_ben.id}/goals", GOAL | {"column": "done"})
    assert stored(Goal.column) == Column.IDEAS


def test_a_full_board_says_so(as_, ana_and_ben, cast):
    for number in range(limits.GOALS_MAX):
        db.session.add(
            Goal(pair_id=ana_and_ben.id, title="x", column=Column.NEXT, position=f"i{number:03}", made_at=clock.now(),
                 made_by_id=cast["ana"].id)
        )  # fmt: skip
    db.session.commit()
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/goals", GOAL)
    assert (answer.status_code, "The board is full: it holds 200 goals." in answer.text) == (422, True)


# --- changing ------------------------------------------------------------------------------------

FIELDS = GOAL | {"title": "Learn SQL", "owner": "me"}


def test_a_goal_is_changed_and_taken_back(as_, url):
    ana = as_("ana")
    answer = ana.post(f"{url}/edit", FIELDS | {"title": "Learn R", "due_on": "2026-12-04", "version": 1})
    page = ana.get(answer.location).text
    assert (stored(), "Learn R" in page, "by 4 Dec" in page or "4 Dec" in page) == ("Learn R", True, True)
    assert ana.post(undo_in(page)).location == url
    assert stored() == "Learn SQL"


def test_line_breaks_of_a_browser_are_no_change(as_, url, goal):
    ana = as_("ana")
    ana.post(f"{url}/edit", FIELDS | {"why": "one\ntwo", "version": 1})
    ana.post(f"{url}/edit", FIELDS | {"why": "one\r\ntwo\r\n", "version": 2})
    assert stored(Goal.version) == 2


def test_two_who_change_the_same_words_see_both_and_choose_for_each_field(as_, url):
    as_("ben").post(f"{url}/edit", FIELDS | {"owner": "you", "title": "Learn R", "why": "theirs", "version": 1})
    clash = as_("ana").post(
        f"{url}/edit", FIELDS | {"title": "Learn Excel", "why": "mine", "need": "A day", "version": 1}
    )
    assert clash.status_code == 409
    assert all(each in clash.text for each in ("Learn R", "Learn Excel", "mine", "theirs", "Keep mine", "Keep theirs"))
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', clash.text))
    sent.pop("csrf_token")
    answer = as_("ana").post(f"{url}/edit", sent | {"keep_title": "mine", "keep_why": "theirs"})
    assert answer.status_code == 303
    assert (stored(), stored(Goal.why), stored(Goal.need)) == ("Learn Excel", "theirs", "A day")


def test_merged_words_are_checked_like_any_others(as_, url):
    as_("ben").post(f"{url}/edit", FIELDS | {"owner": "you", "title": "Learn R", "version": 1})
    sent = FIELDS | {"title": "Mine", "version": 2, "keep_title": "merged", "merged_title": "x" * 121}
    answer = as_("ana").post(f"{url}/edit", sent)
    assert (answer.status_code, "x" * 121 in answer.text) == (422, True)


def test_a_clash_about_owner_date_and_areas_is_told_in_words(as_, url):
    theirs = {
        "title": "Learn SQL",
        "areas": ["time", "leadership"],
        "owner": "both",
        "due_on": "2031-12-04",
        "version": 1,
    }
    as_("ben").post(f"{url}/edit", theirs)
    mine = theirs | {"areas": ["functional"], "owner": "you", "due_on": "2031-12-05"}
    clash = as_("ana").post(f"{url}/edit", mine)
    assert clash.status_code == 409
    assert all(
        each in clash.text for each in ("both of you", "Ben", "4 Dec 2031", "5 Dec 2031", "Functional knowledge")
    )


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "9" * 30, "1.5"])
def test_a_page_without_its_version_is_too_old(as_, url, version):
    answer = as_("ana").post(f"{url}/edit", FIELDS | {"title": "Typed", "version": version})
    assert (answer.status_code, "Typed" in answer.text, stored()) == (422, True, "Learn SQL")


def test_the_owner_of_what_is_done_stays(as_, ana_and_ben, cast):
    done = make_goal(ana_and_ben, "Done", by=cast["ana"], column=Column.DONE)
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/goals/{done.id}/edit", GOAL | {"owner": "me", "version": 1})
    assert (answer.status_code, "keeps its owner" in answer.text) == (422, True)


# --- moving --------------------------------------------------------------------------------------


def test_a_move_answers_with_the_board_where_the_card_is_and_an_undo(as_, url, goal):
    ana = as_("ana")
    answer = ana.post(f"{url}/move", {"column": "doing", "after": "", "version": 1})
    assert (answer.status_code, answer.location) == (303, f"/pairs/{goal.pair_id}/board?shown=doing#goal_{goal.id}")
    page = ana.get(answer.location).text
    assert "“Learn SQL” is in Doing now." in page
    ana.post(undo_in(page))
    assert stored(Goal.column) == Column.IDEAS


def test_a_menu_moves_by_address_and_button_alone(as_, url):
    as_("ana").post(f"{url}/move?version=1", {"column": "parked"})
    assert stored(Goal.column) == Column.PARKED


def test_by_one_up_is_relative_to_what_is_there(as_, ana_and_ben, cast, goal):
    below = make_goal(ana_and_ben, "below", by=cast["ana"], after=goal)
    as_("ana").post(f"/pairs/{ana_and_ben.id}/goals/{below.id}/move", {"by": "up", "version": 1})
    order = db.session.scalars(select(Goal.title).order_by(Goal.position)).all()
    assert order == ["below", "Learn SQL"]


def test_a_move_the_other_was_faster_with_says_where_it_is_and_can_be_done_anyway(as_, url):
    as_("ben").post(f"{url}/move", {"column": "next", "version": 1})
    clash = as_("ana").post(f"{url}/move", {"column": "parked", "version": 1})
    assert clash.status_code == 409
    assert "Ben moved it from Ideas to Next." in clash.text
    sent = dict(re.findall(r'<input type="hidden" name="(column|version|after|by)" value="([^"]*)"', clash.text))
    assert "Move it anyway" in clash.text
    assert as_("ana").post(f"{url}/move", sent).status_code == 303
    assert stored(Goal.column) == Column.PARKED


@pytest.mark.parametrize(
    "wrong", [{}, {"column": "heaven"}, {"by": "sideways"}, {"column": "next", "after": "not-an-id"}, {"column": "next", "version": "x"}]
)  # fmt: skip
def test_a_move_to_nowhere_is_a_sentence(as_, url, wrong):
    answer = as_("ana").post(f"{url}/move", {"version": 1} | wrong)
    assert (answer.status_code, "There is a problem" in answer.text, stored(Goal.column)) == (422, True, "ideas")


def test_a_htmx_move_comes_back_as_the_block_with_its_message(as_, url, goal):
    ana, asking = as_("ana"), {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#board"}
    answer = ana.post(f"{url}/move", {"column": "next", "version": 1}, headers=asking)
    block = ana.get(answer.location, headers=asking).text
    assert block.strip().startswith('<div id="board"')
    assert "hx-partial" in block
    assert "“Learn SQL” is in Next now." in block


def test_a_clash_takes_the_place_of_the_board(as_, url):
    as_("ben").post(f"{url}/move", {"column": "next", "version": 1})
    asking = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#board"}
    clash = as_("ana").post(f"{url}/move", {"column": "parked", "version": 1}, headers=asking)
    assert (clash.status_code, clash.headers["HX-Retarget"]) == (409, "body")


def test_a_goal_of_both_waits_for_the_other_and_says_so(as_, ana_and_ben, cast):
    joint = make_goal(ana_and_ben, "Joint", by=cast["ana"], column=Column.DOING)
    board, url = f"/pairs/{ana_and_ben.id}/board", f"/pairs/{ana_and_ben.id}/goals/{joint.id}"
    as_("ana").post(f"{url}/move", {"column": "done", "version": 1})
    assert "You say done · waiting for Ben" in as_("ana").get(board).text
    assert "Ana says done · waiting for you" in as_("ben").get(board).text
    assert "Ana says this is done. Do you agree?" in as_("ben").get(url).text
    assert stored(Notice.path) == url
    as_("ben").post(f"{url}/move", {"column": "done", "version": 2, "to": "goal"})
    assert stored(Goal.column) == Column.DONE


def test_not_yet_after_all(as_, ana_and_ben, cast):
    joint = make_goal(ana_and_ben, "Joint", by=cast["ana"], column=Column.DOING)
    url = f"/pairs/{ana_and_ben.id}/goals/{joint.id}"
    as_("ana").post(f"{url}/move", {"column": "done", "version": 1})
    as_("ana").post(f"{url}/not-yet")
    assert "waiting for" not in as_("ana").get(f"/pairs/{ana_and_ben.id}/board").text


def test_a_third_goal_under_way_is_said_kindly(as_, ana_and_ben, cast, url):
    for _ in range(2):
        make_goal(ana_and_ben, by=cast["ana"], owner_id=cast["ana"].id, column=Column.DOING)
    answer = as_("ana").post(f"{url}/move", {"column": "doing", "version": 1})
    assert answer.status_code == 303
    assert "it is up to you" in as_("ana").get(answer.location).text


# --- archive -------------------------------------------------------------------------------------


def test_a_goal_goes_to_the_archive_and_comes_back(as_, url, goal):
    ana = as_("ana")
    ana.post(f"{url}/archive", {"version": 1})
    assert "Learn SQL" in ana.get(f"/pairs/{goal.pair_id}/board/archive").text
    assert "in the archive since" in ana.get(url).text
    ana.post(f"{url}/restore")
    assert stored(Goal.archived_at) is None


def test_archiving_what_changed_meanwhile_asks(as_, url):
    as_("ben").post(f"{url}/edit", FIELDS | {"owner": "you", "title": "Learn R", "version": 1})
    answer = as_("ana").post(f"{url}/archive", {"version": 1})
    assert (answer.status_code, "Archive it anyway" in answer.text, "Learn R" in answer.text) == (409, True, True)
    as_("ana").post(f"{url}/archive", {"version": 2})
    assert stored(Goal.archived_at) is not None


# --- steps ---------------------------------------------------------------------------------------


def test_steps_are_added_ticked_reworded_moved_and_removed(as_, url):
    ana = as_("ana")
    for words in ("Ask", "Agree"):
        ana.post(f"{url}/steps", {"words": words, "version": 1})
    first, second = db.session.scalars(select(Step.id).order_by(Step.position)).all()
    ana.post(f"{url}/steps/{first}/tick", {"done": "1"})
    ana.post(f"{url}/steps/{second}/edit", {"words": "Agree on it", "version": 4})
    ana.post(f"{url}/steps/{second}/move", {"by": "up"})
    page = ana.get(url).text
    assert "1 of 2 steps" in page
    assert page.index("Agree on it") < page.index(">Ask<")
    ana.post(f"{url}/steps/{first}/remove", {"version": 6})
    assert ">Ask<" not in ana.get(url).text


@pytest.mark.parametrize(("words", "sentence"), [(" ", "Write down the step."), ("x" * 201, "Keep this under 200")])
def test_a_step_that_does_not_fit_comes_back(as_, url, words, sentence):
    answer = as_("ana").post(f"{url}/steps", {"words": words, "version": 1})
    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_two_who_reword_a_step_at_once_see_both(as_, url):
    as_("ana").post(f"{url}/steps", {"words": "Ask", "version": 1})
    step = stored(Step.id)
    as_("ben").post(f"{url}/steps/{step}/edit", {"words": "Ask Priya", "version": 2})
    clash = as_("ana").post(f"{url}/steps/{step}/edit", {"words": "Ask Tom", "version": 2})
    assert (clash.status_code, "Ask Priya" in clash.text, "Ask Tom" in clash.text) == (409, True, True)
    settled = {"words": "Ask Tom", "version": 3, "keep_words": "merged", "merged_words": "Ask Priya and Tom"}
    as_("ana").post(f"{url}/steps/{step}/edit", settled)
    assert stored(Step.words) == "Ask Priya and Tom"


def test_rewording_a_step_the_other_removed_keeps_the_words(as_, url):
    as_("ana").post(f"{url}/steps", {"words": "Ask", "version": 1})
    step = stored(Step.id)
    as_("ben").post(f"{url}/steps/{step}/remove", {"version": 2})
    answer = as_("ana").post(f"{url}/steps/{step}/edit", {"words": "Ask Tom", "version": 2})
    assert (answer.status_code, 'value="Ask Tom"' in answer.text) == (409, True)


# --- comments ------------------------------------------------------------------------------------


def test_a_comment_is_markdown_and_nothing_else(as_, url):
    as_("ana").post(f"{url}/comments", {"body": "**Well** done <script>alert(1)</script> [x](javascript:alert(1))"})
    html = as_("ben").get(url).text
    assert "<strong>Well</strong>" in html
    assert "<script>alert" not in html
    assert 'href="javascript' not in html


def test_one_takes_back_ones_own_comment_and_its_words_are_gone(as_, url):
    as_("ana").post(f"{url}/comments", {"body": "Too hasty"})
    comment = stored(Comment.id)
    assert as_("ben").post(f"{url}/comments/{comment}/retract").status_code == 403
    assert as_("ana").post(f"{url}/comments/{comment}/retract").status_code == 303
    assert stored(Comment.body) == ""
    assert "Taken back." in as_("ben").get(url).text


def test_ones_own_comment_can_be_taken_back_after_the_end(as_, cast):
    pair = make_pair(cast["ana"], cast["ben"], PairState.ENDED)
    goal = make_goal(pair, by=cast["ana"])
    comment = Comment(goal_id=goal.id, author_id=cast["ana"].id, body="Mine", written_at=clock.now())
    db.session.add(comment)
    db.session.commit()
    as_("ana").post(f"/pairs/{pair.id}/goals/{goal.id}/comments/{comment.id}/retract")
    assert stored(Comment.body) == ""


def test_an_empty_comment_is_a_sentence(as_, url):
    answer = as_("ana").post(f"{url}/comments", {"body": " \n "})
    assert (answer.status_code, "Write something first." in answer.text) == (422, True)


# --- history -------------------------------------------------------------------------------------


def test_the_history_tells_who_changed_what_and_brings_words_back(as_, url):
    as_("ana").post(f"{url}/edit", FIELDS | {"title": "Learn R", "version": 1})
    as_("ben").post(f"{url}/move", {"column": "next", "version": 2})
    html = as_("ana").get(f"{url}/history").text
    assert "You changed it." in html
    assert "<del>Learn SQL</del> → <ins>Learn R</ins>" in html
    assert "Ben moved it from Ideas to Next." in html
    edited = db.session.scalars(select(GoalEvent.id).where(GoalEvent.version == 2)).one()
    as_("ben").post(f"{url}/history/{edited}/restore", {"version": 3})
    assert stored() == "Learn SQL"


def test_bringing_back_what_the_other_just_reworded_is_a_clash(as_, url):
    as_("ana").post(f"{url}/edit", FIELDS | {"title": "Learn R", "version": 1})
    edited = stored(GoalEvent.id)
    as_("ben").post(f"{url}/edit", FIELDS | {"owner": "you", "title": "Learn Excel", "version": 2})
    answer = as_("ana").post(f"{url}/history/{edited}/restore", {"version": 2})
    assert (answer.status_code, "Learn Excel" in answer.text, "Learn SQL" in answer.text) == (409, True, True)


def test_every_kind_of_change_is_told(as_, url, goal):
    ana = as_("ana")
    for words in ("One", "Two"):
        ana.post(f"{url}/steps", {"words": words, "version": 1})
    one, two = db.session.scalars(select(Step.id).order_by(Step.position)).all()
    ana.post(f"{url}/steps/{one}/tick", {"done": "1"})
    ana.post(f"{url}/steps/{one}/tick", {"done": "0"})
    ana.post(f"{url}/steps/{two}/move", {"by": "up"})
    ana.post(f"{url}/steps/{two}/edit", {"words": "Second", "version": 6})
    ana.post(f"{url}/steps/{two}/remove", {"version": 7})
    ana.post(f"{url}/archive", {"version": 8})
    ana.post(f"{url}/restore")
    ana.post(f"/pairs/{goal.pair_id}/undo")
    html = ana.get(f"{url}/history").text
    for told in (
        "You added the step “One”.", "You ticked the step “One”.", "You opened the step “One” again.",
        "You moved the step “Two”.", "You reworded the step “Two”: “Second”.", "You removed the step “Second”.",
        "You put it into the archive.", "You brought it back from the archive.", "taken back", "You took a change back.",
    ):  # fmt: skip
        assert told in html, told


def test_the_history_of_an_archived_goal_is_still_reached(as_, url):
    as_("ana").post(f"{url}/archive", {"version": 1})
    page = as_("ana").get(url).text
    assert f'href="{url}/history"' in page
    assert "You put it into the archive." in as_("ana").get(f"{url}/history").text


def test_a_long_history_is_read_page_by_page(as_, url):
    ana = as_("ana")
    for number in range(27):
        ana.post(f"{url}/edit", FIELDS | {"title": f"Title {number:02}", "version": number + 1})
    first = ana.get(f"{url}/history").text
    older = re.search(r'rel="next" href="([^"]+)"', first).group(1)
    assert "Learn SQL" not in first
    assert "Learn SQL" in ana.get(older).text


# --- templates -----------------------------------------------------------------------------------


def test_a_template_asks_three_things_and_brings_its_steps(as_, ana_and_ben):
    ana, url = as_("ana"), f"/pairs/{ana_and_ben.id}/templates/smart"
    form = ana.get(url).text
    assert len(re.findall(r'id="f_(title|success_sign|due_on)"', form)) == 3
    ana.post(url, {"title": "Talk for ten minutes", "success_sign": "A question", "due_on": "2031-01-31"})
    goal = db.session.scalars(select(Goal)).one()
    assert (goal.title, goal.success_sign, goal.due_on.year, goal.column) == (
        "Talk for ten minutes",
        "A question",
        2031,
        "next",
    )
    assert goal.why
    assert db.session.scalar(select(func.count()).select_from(Step)) == 5


@pytest.mark.parametrize(("key", "count"), [("first-90-days", 3), ("event", 4)])
def test_a_whole_board_in_one_click_and_back_in_another(as_, ana_and_ben, key, count):
    ana = as_("ana")
    answer = ana.post(f"/pairs/{ana_and_ben.id}/templates/{key}", {"once": "b" * 32})
    ana.post(f"/pairs/{ana_and_ben.id}/templates/{key}", {"once": "b" * 32})
    assert db.session.scalar(select(func.count()).select_from(Goal)) == count
    ana.post(undo_in(ana.get(answer.location).text))
    assert db.session.scalars(select(Goal.archived_at)).all().count(None) == 0


def test_a_skill_swap_is_a_goal_of_both(as_, ana_and_ben):
    as_("ana").post(f"/pairs/{ana_and_ben.id}/templates/swap", {"title": "Swap", "success_sign": "", "due_on": ""})
    assert stored(Goal.owner_id) is None


@pytest.mark.parametrize("key", ["nothing", "SMART", "%00"])
def test_a_template_that_is_none_is_not_found(as_, ana_and_ben, key):
    assert as_("ana").get(f"/pairs/{ana_and_ben.id}/templates/{key}").status_code == 404


def test_a_template_that_does_not_fit_comes_back(as_, ana_and_ben):
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/templates/smart", {"title": "", "success_sign": "Seen"})
    assert (answer.status_code, "Seen" in answer.text) == (422, True)


# --- whose is it ---------------------------------------------------------------------------------

GETS = ["", "/edit", "/move", "/history"]
POSTS = ["/edit", "/move", "/not-yet", "/archive", "/restore", "/steps", "/comments"]


@pytest.mark.parametrize("path", GETS)
def test_a_goal_of_another_pair_is_not_there(as_, cast, goal, path):
    other = make_pair(cast["ana"], cast["zoe"])
    mixed = as_("ana").get(f"/pairs/{other.id}/goals/{goal.id}{path}")
    missing = as_("ana").get(f"/pairs/{other.id}/goals/{uuid4()}{path}")
    stranger = as_("zoe").get(f"/pairs/{goal.pair_id}/goals/{goal.id}{path}")
    assert (mixed.status_code, missing.status_code, stranger.status_code) == (404, 404, 404)
    assert mixed.text == missing.text == stranger.text


@pytest.mark.parametrize("path", POSTS)
def test_a_goal_of_another_pair_takes_nothing(as_, cast, goal, path):
    other = make_pair(cast["ana"], cast["zoe"])
    sent = FIELDS | {"version": 1, "column": "done", "words": "x", "body": "x"}
    for who, pair_id in (("ana", other.id), ("zoe", goal.pair_id), ("mia", goal.pair_id)):
        assert as_(who).post(f"/pairs/{pair_id}/goals/{goal.id}{path}", sent).status_code == 404
    assert stored(Goal.version) == 1


def test_a_step_comment_or_change_of_another_goal_is_not_there(as_, ana_and_ben, cast, url):
    ana, other = as_("ana"), make_goal(ana_and_ben, "other", by=cast["ana"])
    other_url = f"/pairs/{ana_and_ben.id}/goals/{other.id}"
    ana.post(f"{other_url}/steps", {"words": "x", "version": 1})
    ana.post(f"{other_url}/comments", {"body": "x"})
    step, comment, event = stored(Step.id), stored(Comment.id), stored(GoalEvent.id)
    for path in ("tick", "edit", "move", "remove"):
        assert ana.post(f"{url}/steps/{step}/{path}", {"words": "y", "by": "up", "version": 1}).status_code == 404
    assert ana.get(f"{url}/steps/{step}/edit").status_code == 404
    assert ana.post(f"{url}/comments/{comment}/retract").status_code == 404
    assert ana.post(f"{url}/history/{event}/restore", {"version": 1}).status_code == 404
