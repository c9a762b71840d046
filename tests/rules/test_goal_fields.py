from peerapp.rules.goal_fields import as_it_was, differing


def test_walking_back_through_the_changes_gives_the_earlier_texts():
    now = {"title": "C", "why": "y"}
    assert as_it_was(now, [{"title": "B"}, {"why": "x"}, {"title": "A"}]) == {"title": "A", "why": "x"}


def test_walking_back_leaves_out_what_was_not_asked_for():
    assert as_it_was({"title": "B"}, [{"column": "ideas", "title": "A"}]) == {"title": "A"}


def test_only_what_differs_is_a_change():
    assert differing({"title": "A", "why": "x"}, {"title": "B", "why": "x"}) == ({"title": "A"}, {"title": "B"})
