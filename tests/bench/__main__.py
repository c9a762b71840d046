"""`sh run.sh bench [requests]`: what do our pages cost? Every target is printed, and those that are missed are named.

`requests` is how many the memory is measured after (10,000). It never fails: a slow machine is no mistake.
"""

import sys
import tempfile
from pathlib import Path

from tests.bench import house, process, reference
from tests.bench.house import House
from tests.bench.measure import Subject, caller, cpu, environ
from tests.bench.subjects import BARE, BARE_ORM, PAGES, PLAIN, RELEASE
from tests.bench.wire import first_view

GROWN = 10_000
ANSWERS = (8, 100_000)
FIRST_VIEW_KB, LATER_KB = 60, 12
FIRST_VIEW = {"home": 6, "board of 30 goals": 6, "session": 7}  # requests; a session has a file of its own
MEMORY_MB, START_SECONDS = 90, 2
GROWTH, MEASURED_AFTER = 1.1, 10_000
missed: list[str] = []


def main(arguments: list[str]) -> None:
    requests = int(arguments[0]) if arguments else MEASURED_AFTER
    report_cost(house.make(goals=30, sessions=12, people=60), house.make(goals=30, sessions=12, people=60))
    report_growth(house.make(10, 10, 10, shown=10), house.make(GROWN, GROWN, GROWN, shown=10))
    report_release(*(house.make(10, 10, 10, answers=answers) for answers in ANSWERS))
    report_wire(house.make(goals=30, sessions=12, people=60))
    report_process(requests)
    print("\nMissed: " + "; ".join(missed) if missed else "\nEvery target is reached.")


def held(what: str, value: float, target: float | None, digits: int = 2) -> str:
    """The target as it is printed beside the figure; a miss is noted."""
    if target is None:
        return ""
    if value <= target:
        return f"{target:g}"
    missed.append(f"{what} {value:.{digits}f} where {target:g} is asked")
    return f"{target:g}  MISSED"


def report_cost(calm: House, restless: House) -> None:
    """`restless` is changed all the time, so it has a database of its own."""
    subjects = references()
    for page in PAGES:
        subjects[page.name] = (restless if page.changes else calm).subject(page)
    spent = cpu(subjects)
    print("CPU per request, as a ratio to the reference of the line\n")
    print(f"| {'page':38} | {'µs':>6} | {'ratio':>6} | target |\n|{'-' * 40}|{'-' * 8}|{'-' * 8}|--------|")
    for name in (PLAIN, BARE, BARE_ORM):
        print(f"| {name:38} | {spent[name] * 1e6:6.0f} |        |        |")
    for page in PAGES:
        ratio = spent[page.name] / spent[page.against]
        told = held(page.name, ratio, page.target)
        print(f"| {page.name:38} | {spent[page.name] * 1e6:6.0f} | {ratio:6.2f} | {told:6} |")
    print(f"\nThe live check is {spent[PAGES[-1].name] / spent[BARE_ORM]:.2f} of the row by Flask-SQLAlchemy.")


def references() -> dict[str, Subject]:
    folder = Path(tempfile.mkdtemp(prefix="peerapp-plain-"))
    plain, bare_orm = reference.make(folder), reference.make_bare_orm(folder)
    cookie = "session=" + reference.signed_in(plain).get_cookie("session").value
    return {
        PLAIN: Subject(caller(plain, environ(plain, cookie, "/"))),
        BARE: Subject(caller(plain, environ(plain, "", "/bare"))),
        BARE_ORM: Subject(caller(bare_orm, environ(bare_orm, "", "/1"))),
    }


def report_growth(small: House, grown: House) -> None:
    """CPU within 1.1 times, the same statements, bytes bounded."""
    print(f"\nFrom 10 to {GROWN:,} goals, sessions and people\n")
    print(f"| {'page':20} | CPU ratio | target | statements | kB       |")
    print(f"|{'-' * 22}|-----------|--------|------------|----------|")
    for page in (page for page in PAGES if page.grows):
        pages = [each.subject(page) for each in (small, grown)]
        spent = cpu({"small": pages[0], "grown": pages[1]}, rounds=20)
        ratio = spent["grown"] / spent["small"]
        asked = [each.statements(page) for each in (small, grown)]
        size = [len(each.call()) / 1000 for each in pages]
        told = held(f"growth of {page.name}", ratio, GROWTH)
        if asked[0] != asked[1]:
            missed.append(f"{page.name} asks {asked[1]} times where it asked {asked[0]}")
        print(
            f"| {page.name:20} | {ratio:9.2f} | {told:6} | {asked[0]:2} to {asked[1]:2}   | {size[0]:3.0f} to {size[1]:.0f}"
        )


def report_release(small: House, grown: House) -> None:
    """The page of a result, from the smallest round to one of a hundred thousand, a third of whom wrote something."""
    pages = [each.subject(RELEASE) for each in (small, grown)]
    spent = cpu({"small": pages[0], "grown": pages[1]}, rounds=20)
    ratio = spent["grown"] / spent["small"]
    asked = [each.statements(RELEASE) for each in (small, grown)]
    told = held("release of 100,000 answers", ratio, GROWTH)
    print(f"\nRelease of {ANSWERS[0]} and of {ANSWERS[1]:,} answers: CPU ratio {ratio:.2f} (at most {told}),")
    print(
        f"{asked[0]} and {asked[1]} statements, {len(pages[0].call()) / 1000:.0f} and {len(pages[1].call()) / 1000:.0f} kB"
    )


def report_wire(calm: House) -> None:
    print("\nOver the wire (gzip, headers left out)\n")
    for page in (page for page in PAGES if page.name in FIRST_VIEW):
        view = first_view(calm, page)
        first = held(f"first view of {page.name}, kB", view.kb, FIRST_VIEW_KB, 1)
        number = held(f"first view of {page.name}, requests", view.requests, FIRST_VIEW[page.name], 0)
        later = held(f"later view of {page.name}, kB", view.later_kb, LATER_KB, 1)
        print(
            f"{page.name}: {view.kb:.1f} kB (at most {first}) in {view.requests} requests (at most {number}), "
            f"{view.later_kb:.1f} kB afterwards (at most {later})"
        )


def report_process(requests: int) -> None:
    found = process.measure(Path(tempfile.mkdtemp(prefix="peerapp-process-")), requests)
    print("\nOne process with the demo company, over HTTP\n")
    start = held("start to first page, s", found.seconds_to_first_page, START_SECONDS)
    memory = held(f"memory after {found.requests:,} requests, MB", found.mb, MEMORY_MB, 0)
    print(f"start to first page: {found.seconds_to_first_page:.2f} s (at most {start}), {found.cpu:.2f} s of them CPU")
    print(
        f"memory after {found.requests:,} requests: {found.mb:.0f} MB (at most {memory}), never above {found.most:.0f}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
