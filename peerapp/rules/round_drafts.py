"""What may somebody ask for, what does a draft begin with, and how do its questions change while it is one?

The text of a question is frozen in the language of the round: `said` translates into it.
"""

from collections.abc import Callable, Collection, Mapping

from peerapp.rules.audiences import AudienceKind
from peerapp.rules.question_bank import Purpose, offered
from peerapp.rules.questions import Kind, Question
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

Questions = tuple[Question, ...]
Said = Callable[[str], str]
RECOMMENDED = 6  # questions, so that nobody needs more than two minutes
OPEN_DAYS = 14  # how long a round is open unless somebody says otherwise

NOT_YOURS = Refusal(
    N_("Coordinators ask about the pair programme, and managers about their own unit. Everybody asks about themselves.")
)
TOO_MANY_DRAFTS = Refusal(N_("You have many drafts already. Open one of them, or delete one."))
TOO_MANY_READERS = Refusal(N_("At most %(most)s people can be named as readers."))
TOO_MANY_PICKED = Refusal(N_("At most %(most)s people can be picked by hand. Ask whole units instead."))
OWN_UNIT = Refusal(N_("A round about your unit asks your unit; others can be asked besides."))

AUDIENCES: Mapping[Purpose, tuple[AudienceKind, ...]] = {
    Purpose.PROGRAMME: (AudienceKind.PROGRAMME, AudienceKind.UNITS, AudienceKind.PEOPLE),
    Purpose.UNIT: (AudienceKind.UNITS, AudienceKind.PROGRAMME),
    Purpose.MYSELF: (AudienceKind.PEOPLE, AudienceKind.UNITS, AudienceKind.PROGRAMME),
}
TITLES: Mapping[Purpose, str] = {
    Purpose.PROGRAMME: N_("How is our pair programme?"),
    Purpose.UNIT: N_("How do we work in our unit?"),
    Purpose.MYSELF: N_("How do I work with others?"),
}
STARTERS: Mapping[Purpose, tuple[str, ...]] = {
    Purpose.PROGRAMME: ("pair.both", "pair.goals", "pair.next", "end.suggest", "open.keep", "open.try"),
    Purpose.UNIT: ("pulse.energy", "pulse.learned", "pulse.help", "pulse.say", "open.keep", "open.try"),
    Purpose.MYSELF: (
        "coworker.interpersonal", "coworker.time", "coworker.collaboration", "coworker.communication",
        "open.keep", "open.try",
    ),
}  # fmt: skip
GROUPS: Mapping[str, str] = {
    "pulse": N_("Work"),
    "pair": N_("The pair"),
    "coworker": N_("Working together"),
    "end": N_("Looking back"),
    "open": N_("In their own words"),
}


def purposes_of(*, coordinates: bool, manages: bool) -> tuple[Purpose, ...]:
    """What this person may ask about. `manages`: somebody who works here reports to them, in a unit of their own."""
    may = {
        Purpose.PROGRAMME: coordinates,
        Purpose.UNIT: coordinates or manages,
        Purpose.MYSELF: True,
    }
    return tuple(purpose for purpose in Purpose if may[purpose])


def begun(purpose: Purpose, said: Said) -> Questions:
    """The questions that a new draft begins with."""
    return with_bank((), STARTERS[purpose], purpose, said)


def with_bank(questions: Questions, keys: Collection[str], purpose: Purpose, said: Said) -> Questions:
    """The same and those of the bank that are not asked yet, in the order in which the bank offers them."""
    asked = {each.bank for each in questions}
    for each in offered(purpose):
        if each.key in keys and each.key not in asked:
            questions = (*questions, Question(_free(questions), each.kind, said(each.text), each.key))
    return questions


def with_own(questions: Questions, kind: Kind, text: str) -> Questions:
    return (*questions, Question(_free(questions), kind, text))


def without(questions: Questions, question_id: str) -> Questions:
    return tuple(each for each in questions if each.id != question_id)


def moved(questions: Questions, question_id: str, by: int) -> Questions:
    """One place up (-1) or down (1); where there is no such place, or no such question, nothing moves."""
    order = list(questions)
    at = next((place for place, each in enumerate(order) if each.id == question_id), None)
    if at is not None and 0 <= at + by < len(order):
        order.insert(at + by, order.pop(at))
    return tuple(order)


def reworded(questions: Questions, own: Mapping[str, tuple[Kind, str]]) -> Questions:
    """Own questions with the words and the kind that were typed now. Those of the bank keep theirs."""
    known = {each.id for each in questions}
    again = [Question(each.id, *own[each.id]) if each.id in own and not each.bank else each for each in questions]
    for question_id in own.keys() - known:  # removed in another window meanwhile: the words are kept
        again.append(Question(_free(tuple(again)), *own[question_id]))
    return tuple(again)


def group_of(key: str) -> str:
    """Under which heading the bank shows this question."""
    return GROUPS[key.partition(".")[0]]


def _free(questions: Questions) -> str:
    """An id that no question has."""
    taken = {each.id for each in questions}
    return next(name for number in range(1, len(taken) + 2) if (name := f"q{number}") not in taken)
