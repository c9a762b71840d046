"""The goals that the templates put on a board: warm, concrete, in the words of the one who will work on them."""

from dataclasses import dataclass

from peerapp.rules.areas import Area
from peerapp.rules.states import Column
from peerapp.rules.words import N_


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """One goal to be put on a board. `for_both`: both own it and both say when it is done."""

    title: str
    areas: tuple[Area, ...]
    why: str
    success_sign: str
    next_step: str
    need: str
    steps: tuple[str, ...]
    for_both: bool = False
    column: Column = Column.NEXT


SMART = (
    GoalDraft(
        title=N_("Give a ten-minute talk to my unit by the end of next month"),
        areas=(Area.COMMUNICATION,),
        why=N_("I want to be asked for my view, and people need to have heard me once for that."),
        success_sign=N_("I have given the talk, and two people asked a question afterwards."),
        next_step=N_("Pick the topic and ask for a slot in the unit meeting."),
        need=N_("Ten minutes in a unit meeting; one rehearsal with you as the audience."),
        steps=(
            N_("Say in one sentence what I want to reach"),
            N_("Decide how we will see that it is reached"),
            N_("Check that it is in my own hands and fits the time I have"),
            N_("Set the date and put it here"),
            N_("Tell one person besides us"),
        ),
    ),
)
IF_THEN = (
    GoalDraft(
        title=N_("If I open my mail in the morning, then I first write down my one task for the day"),
        areas=(Area.TIME,),
        why=N_("My day is over before I get to what matters most to me."),
        success_sign=N_("On four of five days the one task was done before lunch."),
        next_step=N_("Put a note where I will see it tomorrow morning."),
        need=N_("A short message from you after the first week: how did it go?"),
        steps=(
            N_("Name the moment: if this happens …"),
            N_("Name the one small thing: … then I do that"),
            N_("Say what usually gets in the way, and plan for it"),
            N_("Try it for a week"),
            N_("Look at the week together and change one thing"),
        ),
    ),
)
GROW = (
    GoalDraft(
        title=N_("Find a way forward in something that is stuck"),
        areas=(Area.INTERPERSONAL,),
        why=N_("I have turned this over on my own long enough; four questions and a listener will help."),
        success_sign=N_("I leave the session with one step that I want to take, and a day for it."),
        next_step=N_("Write down in three lines what is stuck."),
        need=N_("Twenty minutes of a session in which you ask and I answer."),
        steps=(
            N_("Goal: what would be good to have reached by the end of today?"),
            N_("Reality: what is going on, and what have I already tried?"),
            N_("Options: what could I do, and what else, and what else?"),
            N_("Will: what will I do, by when, and how sure am I from 1 to 10?"),
        ),
    ),
)
SWAP = (
    GoalDraft(
        title=N_("Swap one skill each: I teach you one and you teach me one"),
        areas=(Area.FUNCTIONAL, Area.COLLABORATION),
        why=N_("Each of us knows something that would take the other weeks to find out alone."),
        success_sign=N_("Each of us has used the new skill once in real work, without help."),
        next_step=N_("Each names one thing to learn and one thing to show."),
        need=N_("Two sessions, and a real piece of work to practise on."),
        steps=(
            N_("Agree what each of us teaches"),
            N_("First lesson: you show me, I do it with you watching"),
            N_("Second lesson: I show you, you do it with me watching"),
            N_("Each uses it once in real work"),
            N_("Tell each other what made the teaching good"),
        ),
        for_both=True,
    ),
)
FIRST_DAYS = (
    GoalDraft(
        title=N_("Days 1 to 30: find my way around"),
        areas=(Area.INTERPERSONAL, Area.FUNCTIONAL),
        why=N_("When I know who does what, I can ask the right person instead of guessing."),
        success_sign=N_("I can name the person to ask for the five things I need most."),
        next_step=N_("List the five questions that I have this week."),
        need=N_("Introductions to three people you like working with."),
        steps=(
            N_("Have a coffee with three people outside my unit"),
            N_("Draw how work comes to us and where it goes"),
            N_("Collect the words and short forms that nobody explains"),
            N_("Ask my manager what a good first month looks like"),
        ),
    ),
    GoalDraft(
        title=N_("Days 31 to 60: bring one thing of my own to the end"),
        areas=(Area.FUNCTIONAL, Area.TIME),
        why=N_("Finishing something small shows me how things get done here."),
        success_sign=N_("One piece of work with my name on it is in use."),
        next_step=N_("Choose something that fits into two weeks."),
        need=N_("Half a day a week for it, agreed with my manager."),
        steps=(
            N_("Agree the task and what is good enough"),
            N_("Show a rough version early"),
            N_("Ask one colleague what they would do differently"),
            N_("Hand it over and say thank you"),
        ),
        column=Column.IDEAS,
    ),
    GoalDraft(
        title=N_("Days 61 to 90: look back and choose what comes next"),
        areas=(Area.LEADERSHIP, Area.COMMUNICATION),
        why=N_("I see with fresh eyes what others no longer see. That fades, so I want to use it."),
        success_sign=N_(
            "I have told my unit one thing that could be easier, and agreed two goals for the next half-year."
        ),
        next_step=N_("Write down three things that surprised me."),
        need=N_("A talk of half an hour with my manager."),
        steps=(
            N_("List what I have learned and what I still miss"),
            N_("Suggest one thing that could be easier"),
            N_("Agree two goals for the next half-year"),
            N_("Offer help to whoever starts next"),
        ),
        column=Column.IDEAS,
    ),
)
EVENT = (
    GoalDraft(
        title=N_("Settle what the event is for and what it may cost"),
        areas=(Area.LEADERSHIP, Area.COMMUNICATION),
        why=N_("I would like to run an event for colleagues, and to say clearly what I need for it."),
        success_sign=N_("Purpose, date, room and budget fit on one page, and somebody has said yes to it."),
        next_step=N_("Write in two sentences who should come and what they take home."),
        need=N_("A yes to the budget and to about a day of my time each week."),
        steps=(
            N_("Purpose, audience and number of guests"),
            N_("Budget: room, food, material, travel, and a tenth in reserve"),
            N_("Date, room and equipment, checked for clashes"),
            N_("Ask for the yes, with the one page in hand"),
        ),
    ),
    GoalDraft(
        title=N_("Win the speakers and invite the guests"),
        areas=(Area.COMMUNICATION, Area.INTERPERSONAL),
        why=N_("People come for people; a good ask makes it easy for a speaker to say yes."),
        success_sign=N_("Every slot has a name and a stand-in, and the invitation is out four weeks before."),
        next_step=N_("Make a list of six possible speakers, with some who rarely get asked."),
        need=N_("Introductions to people in other units."),
        steps=(
            N_("Ask the first three speakers, each with a reason why them"),
            N_("Agree topic, length and what each needs"),
            N_("Write and send the invitation, and remind kindly once"),
        ),
        column=Column.IDEAS,
    ),
    GoalDraft(
        title=N_("Write the run sheet and share out the work"),
        areas=(Area.TIME, Area.COLLABORATION),
        why=N_("With a run sheet, everybody knows what happens next, and I can enjoy the day."),
        success_sign=N_("A helper who was never at a meeting can run any quarter of an hour from the sheet."),
        next_step=N_("Sketch the day in blocks of fifteen minutes."),
        need=N_("Three helpers on the day, and a rehearsal of half an hour."),
        steps=(
            N_("The day in blocks: what, who, where, with what"),
            N_("A plan for a late speaker, a full room and a broken projector"),
            N_("Walk through it in the room"),
            N_("Send the sheet to everybody who helps"),
        ),
        column=Column.IDEAS,
    ),
    GoalDraft(
        title=N_("Thank everybody and write down what we learned"),
        areas=(Area.COLLABORATION,),
        why=N_("The next person who runs an event should start where we stopped."),
        success_sign=N_("Thanks are out within two days, and one page of lessons is where others find it."),
        next_step=N_("Put half an hour for it in the calendar, the day after."),
        need=N_("Honest words from three guests."),
        steps=(
            N_("Thank speakers, helpers and hosts by name"),
            N_("Ask three guests what to keep and what to try"),
            N_("Close the budget"),
            N_("Share the page and the run sheet"),
        ),
        column=Column.IDEAS,
    ),
)
