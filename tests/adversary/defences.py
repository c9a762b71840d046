"""Every defence of an anonymous round: where it stands, what the house looks like without it, and who notices.

`test_defences.py` takes each of them out of a copy of the house and sees the named test fail there.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """In this file below `peerapp`, these words for those."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Defence:
    """What is taken out, and the test below `tests` that must fail without it."""

    edits: tuple[Edit, ...]
    test: str


def _one(file: str, old: str, new: str, test: str) -> Defence:
    return Defence((Edit(file, old, new),), test)


BOX, CONTENT, STORE, DOOR = (f"ballotbox/{each}.py" for each in ("box", "content", "store", "app"))
ANSWER, RULES = "static/js/answer/", "rules/release_rules.py"
TEST_BOX, TEST_STORE, TEST_DOOR = (f"ballotbox/test_{each}.py::" for each in ("box", "store", "app"))
PAPERS, PUBLISHED, TRACES, WORDS = (
    f"adversary/test_{each}.py::" for each in ("papers", "publication", "traces", "words")
)
WHOLE, FORM, WALLS = "actions/test_rounds_whole.py::", "browser/test_answering.py::", "browser/test_walls.py::"
SORTED = Edit(CONTENT, "insort(self.comments[question_id], answer)", "self.comments[question_id].append(answer)")
MUST_BE_SORTED = Edit(CONTENT, "all(_are_texts(texts, operator.le)", "all(_are_texts(texts, lambda *_: True)")

DEFENCES: dict[str, Defence] = {
    # what a browser does
    "blinding": _one(
        "static/js/blind.js", "const factor = r ? toInt(r) : randomBelow(n, length);", "const factor = 1n;",
        "browser/test_unrecognised.py::test_the_key_does_not_recognise_a_paper_that_the_browser_made",
    ),
    "the browser compares the manifest": _one(
        ANSWER + "promise.js", 'hold(hexOf(await sha256(bytes)) === facts.fingerprint, "fingerprint");', "",
        WALLS + "test_the_browser_holds_the_attack_off[fingerprint compared]",
    ),
    "the browser looks at the key": _one(
        ANSWER + "promise.js", 'hold(part.key.e === EXPONENT, "key");', "",
        FORM + "test_a_weak_key_or_a_small_part_is_noticed_even_with_a_fitting_fingerprint",
    ),
    "the manifest is fetched without a cookie": _one(
        ANSWER + "promise.js", 'credentials: "omit", ', "",
        "browser/test_round.py::test_eight_people_answer_and_nothing_tells_who_said_what",
    ),
    "a ballot is sent without a cookie": _one(
        ANSWER + "sending.js", 'credentials: "omit", ', "",
        "browser/test_round.py::test_eight_people_answer_and_nothing_tells_who_said_what",
    ),
    "what is pending is forgotten": _one(
        ANSWER + "sending.js", "drawer.forget(record.round);", ";",
        WALLS + "test_the_browser_holds_the_attack_off[pending forgotten]",
    ),
    "the page is wiped when it is left": _one(
        ANSWER + "page.js", 'addEventListener("pagehide", forgetAll);', "",
        WALLS + "test_the_browser_holds_the_attack_off[wiped when left]",
    ),
    "no form leaves the page": _one(
        "routes/answering.py", """"form-action 'none'\"""", """"form-action 'self'\"""",
        "routes/test_answering.py::test_nothing_on_the_form_could_be_sent_by_the_browser_itself",
    ),
    # the registrar
    "one paper for one person": _one(
        "actions/papers.py", "return entry.blinded_hash == blinded_hash", "return True",
        "routes/test_answering.py::test_a_paper_is_signed_once_and_again_for_the_same_value_only",
    ),
    "the key works on a value of its own": _one(
        "rules/blind_signature.py", "key.power_d(value * pow(r, EXPONENT, key.n) % key.n) * pow(r, -1, key.n) % key.n",
        "key.power_d(value)",
        "ballotbox/test_blind_signature.py::test_the_key_never_works_on_the_value_that_somebody_sent",
    ),
    "a signature is looked at before it leaves": _one(
        "rules/blind_signature.py", "if pow(signature, EXPONENT, key.n) != value:", "if signature == value:",
        "ballotbox/test_blind_signature.py::test_a_signature_that_came_out_wrong_never_leaves_the_house",
    ),
    "nothing but a mark when a paper is taken": _one(
        "routes/answering.py", "    return Response(given.signature, content_type=BYTES)",
        "    from peerapp.actions.notices import tell\n"
        "    from peerapp.rules.notice_kinds import NoticeKind\n"
        "    tell(viewer(), NoticeKind.ROUND_NEXT, '/', name='Ana', title='Thank you')\n"
        "    return Response(given.signature, content_type=BYTES)",
        TRACES + "test_an_answer_changes_the_mark_on_the_roll_and_nothing_else",
    ),
    "a reminder goes to the whole roll": _one(
        "actions/rounds_told.py", ".where(RollEntry.round_id == round_.id)",
        ".where(RollEntry.round_id == round_.id, RollEntry.handed_out.is_(False))",
        TRACES + "test_a_reminder_goes_to_everybody_in_the_same_words",
    ),
    "marks are wiped at closing": _one(
        "actions/closing.py", ".values(handed_out=False, blinded_hash=None)", ".values(part=RollEntry.part)",
        WHOLE + "test_after_closing_no_mark_and_no_key_is_left",
    ),
    "keys are wiped at closing": _one(
        "actions/closing.py", "    db.session.execute(delete(RoundKey).where(RoundKey.round_id == round_id))\n", "",
        WHOLE + "test_after_closing_no_mark_and_no_key_is_left",
    ),
    "the manifest is made again from the rows": _one(
        "actions/closing.py", "fingerprint = _fingerprint(found)", "fingerprint = found.fingerprint",
        TRACES + "test_a_round_changed_past_every_guard_ends_without_a_release",
    ),
    "triggers of the main database": _one(
        "migrations/versions/0002_anonymous_rounds.py",
        "BEFORE {event} ON {table} WHEN {condition}", "BEFORE {event} ON {table} WHEN 0",
        WHOLE + "test_plain_sql_cannot_change_an_open_round",
    ),
    # the door of the box
    "a cookie is refused": _one(
        DOOR, '("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_PROXY_AUTHORIZATION")', "()",
        TEST_DOOR + "test_what_says_who_sends_is_refused_and_the_paper_stays_good",
    ),
    "another site is refused": _one(
        DOOR, 'environ.get("HTTP_ORIGIN", NOBODY) not in self._origins', "False",
        TEST_DOOR + "test_another_site_may_not",
    ),
    "the exact length": Defence(
        (
            Edit(DOOR, "return None if int(length) == SIZE else HTTPStatus.BAD_REQUEST", "return None"),
            Edit("rules/ballot.py", "if len(body) != SIZE:", "if not body:"),
        ),
        TEST_DOOR + "test_one_byte_more_or_less_is_no_ballot",
    ),
    "an error tells nothing": _one(
        DOOR, "except Exception:", "except ZeroDivisionError:",
        WORDS + "test_a_broken_box_says_nothing_of_the_ballot[BallotApp-False]",
    ),
    # what the box takes
    "a signature is verified": _one(
        "ballotbox/papers.py", "return False", "return True", TEST_BOX + "test_a_forged_paper_is_not_counted"
    ),
    "spent serials": _one(
        BOX, "if serial in counted.serials:", "if False:",
        PAPERS + "test_one_paper_counts_once_however_often_it_is_sent_at_once",
    ),
    "the closing second": _one(
        BOX, "head.release is not None or self._clock() >= head.manifest.closes_at", "head.release is not None",
        TEST_BOX + "test_from_the_closing_second_on_it_is_too_late",
    ),
    "a text is normalised": _one(
        "rules/ballot.py", "text = normalised(value)", "text = value",
        WORDS + "test_a_mark_that_nobody_sees_is_not_in_the_release",
    ),
    # what the box keeps
    "comments are sorted": _one(
        SORTED.file, SORTED.old, SORTED.new,
        TEST_STORE + "test_in_the_open_file_comments_and_serials_stand_in_their_own_order_never_in_that_of_arrival",
    ),
    "comments have to be sorted": _one(
        MUST_BE_SORTED.file, MUST_BE_SORTED.old, MUST_BE_SORTED.new,
        TEST_STORE
        + "test_more_answers_than_papers_missing_rows_or_an_order_of_arrival_end_the_round_without_a_release",
    ),
    "comments are and have to be sorted": Defence(
        (SORTED, MUST_BE_SORTED), PUBLISHED + "test_two_comments_of_one_person_stand_in_no_order_together"
    ),
    "white space by chance": _one(
        CONTENT, 'return text + "".join(WHITE_SPACE[byte & 3] for byte in secrets.token_bytes(FILLING))', "return text",
        TEST_STORE + "test_a_blank_paper_changes_the_text_of_every_counted_row",
    ),
    "a journal that is truncated": _one(
        STORE, '"journal_mode=TRUNCATE"', '"journal_mode=WAL"',
        TEST_STORE + "test_a_commit_leaves_an_empty_journal_and_no_other_file",
    ),
    "what is deleted is zeroed": _one(
        STORE, '"secure_delete=ON"', '"secure_delete=OFF"',
        TEST_STORE + "test_after_closing_no_answer_is_left_in_any_byte",
    ),
    "triggers of the box": _one(
        "ballotbox/schema.py", "BEFORE UPDATE OF round_id, part, manifest, public_key, closes_at ON box",
        "BEFORE UPDATE OF round_id, part, manifest, public_key, closes_at ON box WHEN 0",
        TEST_STORE + "test_plain_sql_cannot_change_an_open_round",
    ),
    "whoever collects has the key of the seam": _one(
        "ballotbox/listener.py", "if not is_same(given, expected) or not is_fresh(time, self._clock()):", "if False:",
        "ballotbox/test_remote.py::test_what_is_not_signed_for_this_very_request_is_refused",
    ),
    # what is published
    "one frozen release": _one(
        BOX, "content.freeze(connection, head, frozen)", "pass",
        PUBLISHED + "test_one_late_answer_changes_nothing_that_is_published",
    ),
    "comments are shuffled by the system's chance": _one(
        BOX, "secrets.SystemRandom().shuffle", "lambda texts: None",
        TEST_BOX + "test_twenty_comments_are_never_released_as_they_were_kept",
    ),
    "the minimum": Defence(
        (
            Edit("rules/release.py", "return Withheld(minimum)\n    return Release(", "pass\n    return Release("),
            Edit("rules/release.py", "return Withheld(minimum)\n    return _shown(", "pass\n    return _shown("),
            Edit("rules/release_rules.py", 'raise ValueError("too few answers to tell of")', 'return "0-4"'),
        ),
        TEST_BOX + "test_below_the_minimum_nothing_comes_out_at_all",
    ),
    "a part is withheld with a small one": _one(
        "rules/splits.py", "while withheld and rest and", "while False and withheld and rest and",
        PUBLISHED + "test_no_combination_of_cells_is_about_fewer_than_the_minimum",
    ),
    "steps": _one(
        RULES, "Tier(10, Shape.MEAN, 50)", "Tier(10, Shape.MEAN, 10)",
        "rules/test_release_together.py::test_all_others_together_pin_the_last_answer_in_5_to_15_of_100_rounds",
    ),
    "top-coding": _one(
        RULES, "MEAN_TOP, MEAN_BOTTOM = 450, 150", "MEAN_TOP, MEAN_BOTTOM = 500, 100",
        PUBLISHED + "test_a_release_never_says_that_all_were_of_one_mind",
    ),
    "few answers hide comments": _one(
        RULES, "COMMENT_ANSWERS_MIN = 8", "COMMENT_ANSWERS_MIN = 5",
        "rules/test_release.py::test_comments_need_eight_answers_in_the_round_and_three_comments",
    ),
    # who is asked
    "a small audience is refused": _one(
        "rules/rounds.py", "SMALL_AUDIENCE if len(plan.audience) < AUDIENCE_MIN else None", "None",
        "rules/test_rounds.py::test_a_round_that_could_not_be_anonymous_is_refused_with_a_reason",
    ),
    "the overlap rule is called": _one(
        "rules/rounds.py",
        "overlap((plan.audience, *plan.parts.values()), ((each.audience, *each.parts) for each in others))", "None",
        "rules/test_rounds.py::test_an_audience_that_differs_by_few_from_another_rounds_is_refused",
    ),
    "other rounds are fetched": _one(
        "actions/opening.py", "audiences.asked_elsewhere(now)", "()",
        WHOLE + "test_nearly_the_same_people_cannot_be_asked_twice",
    ),
}  # fmt: skip

# Looked at in every run of the suite: quick ones, from three rooms of the house.
SAMPLED = ("a text is normalised", "a signature is verified", "comments are shuffled by the system's chance")
