"""`sh run.sh bench`: what do our pages cost, as ratios to the plain page measured in the same run?"""

import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import update

from peerapp import create_app, migrate
from peerapp.config import Config
from peerapp.db import db
from peerapp.models import Goal, Pair, Person
from tests.bench import data, reference
from tests.bench.measure import Subject, caller, cpu, environ
from tests.clients import session_cookie
from tests.statements import counted

SECRET = "a secret key that is long enough to measure with"
GROWN = 10_000


@dataclass(frozen=True)
class House:
    """Our app, filled, with the session cookie of Ana and the ids she uses."""

    app: Flask
    cookie: str
    pair_id: UUID
    goal_id: UUID
    session_path: str
    person_id: UUID

    def paths(self) -> dict[str, str]:
        pair = f"/pairs/{self.pair_id}"
        return {
            "home": "/",
            "board of 30 goals": f"{pair}/board",
            "goal": f"{pair}/goals/{self.goal_id}",
            "journal": f"{pair}/journal",
            "session": self.session_path,
            "profile": f"/people/{self.person_id}",
            "directory": "/people",
            "notices": "/notices",
        }


def make_house(goals: int, sessions: int, people: int, shown: int = 30) -> House:
    folder = Path(tempfile.mkdtemp(prefix="peerapp-bench-"))
    app = create_app(Config(instance=folder, database_url=f"sqlite:///{folder}/p.sqlite", secret_key=SECRET))
    with app.app_context():
        migrate.to_newest()
        ana, pair = data.fill(goals, sessions, people, shown=shown)
        goal = db.session.scalars(db.select(Goal.id).where(Goal.pair_id == pair.id).limit(1)).one()
        ben = db.session.scalars(db.select(Person.id).where(Person.name == "Ben Okafor")).one()
        session = db.session.scalars(db.select(data.Session.id).where(data.Session.number == 1)).one()
        cookie = session_cookie(app, ana)
        db.session.commit()
        return House(app, f"peerapp={cookie}", pair.id, goal, f"/pairs/{pair.id}/sessions/{session}", ben)


def touch(house: House) -> Callable[[], None]:
    """Somebody changed the board a moment ago."""

    def change() -> None:
        with house.app.app_context():
            db.session.execute(update(Pair).where(Pair.id == house.pair_id).values(version=Pair.version + 1))
            db.session.commit()

    return change


def subjects(house: House, restless: House, plain: Flask) -> dict[str, Subject]:
    user = reference.signed_in(plain)
    plain_cookie = "session=" + user.get_cookie("session").value
    made = {
        "plain page (reference)": Subject(caller(plain, environ(plain, plain_cookie, "/"))),
        "bare route, one row": Subject(caller(plain, environ(plain, "", "/bare"))),
    }
    for name, path in house.paths().items():
        made[name] = Subject(caller(house.app, environ(house.app, house.cookie, path)))
    board, changing = house.paths()["board of 30 goals"], restless.paths()["board of 30 goals"]
    made["board, first view after a change"] = Subject(
        caller(restless.app, environ(restless.app, restless.cookie, changing)), touch(restless)
    )
    tag = ptag(house, board)
    if tag:
        headers = [("HX-Request", "true"), ("HX-Target", "div#board"), ("HX-PTag", tag)]
        made["board, unchanged (304)"] = Subject(
            caller(house.app, environ(house.app, house.cookie, board, headers), 304)
        )
    return made


def ptag(house: House, path: str) -> str:
    """The tag that the page hands out for its next check, or nothing."""
    client = house.app.test_client()
    client.set_cookie("peerapp", house.cookie.removeprefix("peerapp="))
    return client.get(path, headers={"HX-Request": "true", "HX-Target": "div#board"}).headers.get("HX-PTag", "")


TARGETS: Mapping[str, tuple[str, float]] = {
    "board of 30 goals": ("plain page (reference)", 0.6),
    "board, first view after a change": ("plain page (reference)", 1.0),
    "board, unchanged (304)": ("plain page (reference)", 0.4),
    "home": ("plain page (reference)", 1.2),
    "journal": ("plain page (reference)", 1.2),
    "profile": ("plain page (reference)", 1.2),
    "directory": ("plain page (reference)", 1.2),
}


def report_cost(house: House, restless: House, plain: Flask) -> bool:
    spent = cpu(subjects(house, restless, plain))
    print("CPU per request\n")
    print(f"| {'page':34} | {'µs':>6} | {'ratio':>6} | {'target':>6} |\n|{'-' * 36}|{'-' * 8}|{'-' * 8}|{'-' * 8}|")
    reached = True
    for name, seconds in spent.items():
        base, target = TARGETS.get(name, ("plain page (reference)", 0.0))
        ratio = seconds / spent[base]
        reached &= not target or ratio <= target
        shown = f"{target:.1f}" if target else ""
        print(
            f"| {name:34} | {seconds * 1e6:6.0f} | {ratio:6.2f} | {shown:>6} |{'' if not target or ratio <= target else ' over'}"
        )
    return reached


def report_growth(small: House, grown: House) -> bool:
    """From 10 to 10,000 of everything: CPU within 1.1 times, the same statements, bytes bounded."""
    print(f"\nFrom 10 to {GROWN:,} goals, sessions and people\n")
    print(f"| {'page':20} | CPU ratio | statements | kB |\n|{'-' * 22}|-----------|------------|----|")
    reached = True
    for name in ("home", "board of 30 goals", "journal", "directory", "session", "notices"):
        calls = [
            Subject(caller(house.app, environ(house.app, house.cookie, house.paths()[name])))
            for house in (small, grown)
        ]
        spent = cpu({"small": calls[0], "grown": calls[1]}, rounds=15)
        ratio = spent["grown"] / spent["small"]
        statements = [_statements(house, name) for house in (small, grown)]
        size = [len(call.call()) / 1000 for call in calls]
        reached &= statements[0] == statements[1]
        print(f"| {name:20} | {ratio:9.2f} | {statements[0]} to {statements[1]} | {size[0]:.0f} to {size[1]:.0f} |")
    return reached


def _statements(house: House, name: str) -> int:
    call = caller(house.app, environ(house.app, house.cookie, house.paths()[name]))
    with house.app.app_context(), counted() as sent:
        call()
    return len(sent)


def report_wire(house: House) -> None:
    """What a first view of home and board costs over the wire, compressed."""
    client = house.app.test_client()
    client.set_cookie("peerapp", house.cookie.removeprefix("peerapp="))
    print("\nOver the wire, first view (gzip)\n")
    for name in ("home", "board of 30 goals"):
        page: Any = client.get(house.paths()[name], headers={"Accept-Encoding": "gzip"})
        text = client.get(house.paths()[name]).text
        needed = sorted({part.split('"')[0].split("#")[0] for part in text.split('="/static/')[1:]})
        sizes = [len(client.get("/static/" + each, headers={"Accept-Encoding": "gzip"}).data) for each in needed]
        print(
            f"{name}: {(len(page.data) + sum(sizes)) / 1000:.1f} kB in {1 + len(needed)} requests, {len(page.data) / 1000:.1f} kB afterwards"
        )


def main() -> int:
    plain = reference.make(Path(tempfile.mkdtemp(prefix="peerapp-plain-")))
    house = make_house(goals=30, sessions=12, people=60)
    reached = report_cost(house, make_house(goals=30, sessions=12, people=60), plain)
    reached &= report_growth(make_house(10, 10, 10, shown=10), make_house(GROWN, GROWN, GROWN, shown=10))
    report_wire(house)
    print("\nEvery target is reached." if reached else "\nNot every target is reached.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
