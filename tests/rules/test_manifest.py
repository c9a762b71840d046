import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from peerapp.rules.manifest import BadManifestError, Manifest, Part, moment_from, moment_text, parse, text_of
from peerapp.rules.questions import Kind, Question
from peerapp.rules.sealing import canonical, fingerprint, roll_digest, sealed

SALT = b"s" * 32
OPENS = datetime(2026, 11, 23, 9, tzinfo=UTC)
ENERGY = Question("q1", Kind.AGREEMENT, "This month my work gave me energy.", "pulse.energy")
KEEP = Question("c1", Kind.COMMENT, "Eine Sache, die bleiben soll – für immer.")


def a_part(name="", size=8, key=b"\xc0" + b"\x01" * 255):
    return Part(name, size, roll_digest(SALT, [uuid4() for _ in range(size)]), key)


def a_manifest(**changes):
    given = Manifest(
        round_id=UUID(int=7),
        questions=(ENERGY, KEEP),
        minimum=5,
        opens_at=OPENS,
        closes_at=OPENS + timedelta(days=14),
        title=sealed(SALT, "title", "How was it?"),
        owner=sealed(SALT, "owner", "Dana Whit"),
        readers=(sealed(SALT, "readers", "Noor Haddad"),),
        sharing=(),
        parts=(a_part(),),
    )
    return replace(given, **changes)


def test_a_manifest_is_read_as_it_was_written():
    manifest = a_manifest(parts=(a_part("Sales"), a_part("Support", 12, b"\xd0" + b"\x03" * 255)))
    assert parse(text_of(manifest)) == manifest


def test_one_manifest_has_one_text_and_any_change_another_fingerprint():
    manifest = a_manifest()
    changes = {
        "minimum": 6,
        "closes_at": manifest.closes_at + timedelta(seconds=1),
        "readers": (*manifest.readers, sealed(SALT, "readers", "Zoe")),
        "questions": (ENERGY,),
        "parts": (a_part(),),
    }
    seen = {fingerprint(text_of(replace(manifest, **{field: value}))) for field, value in changes.items()}
    assert len(seen | {fingerprint(text_of(manifest))}) == len(changes) + 1


@pytest.mark.parametrize(
    "change",
    [lambda text: text + " ", lambda text: text.replace(',"', ', "', 1), lambda text: text.replace("für", "f\\u00fcr")],
)
def test_another_spelling_of_the_same_is_refused(change):
    with pytest.raises(BadManifestError, match="canonical"):
        parse(change(text_of(a_manifest())))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("minimum", 4, "minimum"),
        ("questions", (KEEP,), "scale questions"),
        ("questions", tuple(replace(ENERGY, id=f"q{n}") for n in range(13)), "scale questions"),
        ("questions", (ENERGY, *(replace(KEEP, id=f"c{n}") for n in range(4))), "comments"),
        ("questions", (ENERGY, ENERGY), "unique"),
        ("questions", (replace(ENERGY, id="q 1"),), "unique"),
        ("questions", (replace(ENERGY, text=" "),), "question texts"),
        ("questions", (replace(ENERGY, text="x" * 201),), "question texts"),
        ("closes_at", OPENS, "closes"),
        ("parts", (), "parts"),
        ("parts", (a_part(size=7),), "at least 8"),
        ("parts", (a_part("Sales"),), "split"),
        ("parts", (a_part("Sales"), a_part("Support")), "key of its own"),
        ("parts", (a_part(key=b"\x01" * 256),), "2,048"),
        ("parts", (a_part(key=b"\xff" * 255),), "2,048"),
        ("readers", (), "reads"),
        ("owner", "Dana Whit", "digests"),
    ],
)
def test_a_manifest_that_promises_too_little_is_refused(field, value, said):
    with pytest.raises(BadManifestError, match=said):
        parse(text_of(a_manifest(**{field: value})))


@pytest.mark.parametrize(
    "change",
    [
        {"minimum": "5"},
        {"minimum": True},
        {"minimum": 5.0},
        {"round": "nobody"},
        {"questions": [{}]},
        {"questions": None},
        {"parts": [{"key": {"e": 3}}]},
        {"opens_at": "tomorrow"},
        {"version": 2},
        {"more": 1},
    ],
)
def test_what_is_no_manifest_is_refused(change):
    with pytest.raises(BadManifestError):
        parse(canonical(json.loads(text_of(a_manifest())) | change))


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", "[" * 100_000, '{"round":"\\ud800"}'])
def test_what_is_no_json_object_is_refused(text):
    with pytest.raises(BadManifestError):
        parse(text)


def test_a_manifest_names_nobody():
    text = text_of(a_manifest())
    assert not [name for name in ("Dana", "Noor", "How was it?") if name in text]


def test_a_digest_depends_on_salt_field_and_text():
    seen = {sealed(salt, what, text) for salt in (b"1", b"2") for what in ("title", "owner") for text in ("a", "b")}
    assert len(seen) == 8


def test_a_roll_has_one_digest_in_any_order():
    people = [uuid4() for _ in range(8)]
    assert roll_digest(SALT, people) == roll_digest(SALT, reversed(people))
    assert roll_digest(SALT, people) != roll_digest(SALT, people[1:])


def test_moments_are_told_in_utc_to_the_second():
    assert moment_from(moment_text(OPENS)) == OPENS
    assert moment_text(datetime.fromisoformat("2026-12-04T18:00:00.5+01:00")) == "2026-12-04T17:00:00Z"
