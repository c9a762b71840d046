import pytest

from peerapp.rules import limits
from peerapp.rules.areas import AREA_EXAMPLES, AREA_NAMES, Area
from peerapp.rules.goal_templates import TEMPLATE_BY_KEY, TEMPLATES

GOALS = [goal for template in TEMPLATES for goal in template.goals]


def test_the_six_templates_are_there():
    assert list(TEMPLATE_BY_KEY) == ["smart", "if-then", "grow", "swap", "first-90-days", "event"]


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.title)
def test_a_templates_goal_fits_on_a_card_and_has_every_field(goal):
    assert 0 < len(goal.title) <= limits.TITLE
    assert all(0 < len(text) <= limits.GOAL_FIELD for text in (goal.why, goal.success_sign, goal.next_step, goal.need))
    assert 3 <= len(goal.steps) <= limits.STEPS_MAX
    assert all(0 < len(step) <= limits.STEP for step in goal.steps)
    assert goal.areas


def test_together_they_touch_every_area():
    assert {area for template in TEMPLATES for area in template.areas} == set(Area)


def test_a_template_puts_its_first_goal_next_and_the_others_among_the_ideas():
    columns = [goal.column for goal in TEMPLATE_BY_KEY["event"].goals]
    assert columns == ["next", "ideas", "ideas", "ideas"]


def test_a_skill_swap_belongs_to_both():
    assert [goal.for_both for goal in TEMPLATE_BY_KEY["swap"].goals] == [True]


def test_every_area_has_a_name_and_examples():
    assert set(AREA_NAMES) == set(AREA_EXAMPLES) == set(Area)
    assert all(len(examples) >= 2 for examples in AREA_EXAMPLES.values())
