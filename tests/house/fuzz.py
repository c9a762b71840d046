"""Inputs that nobody would send by mistake, for every route; each is made from its number, so it can be made again."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask
from werkzeug.routing import Rule

from tests.house.asking import PARAMETER, expects, parameters, rules
from tests.house.corpus import HOSTILE
from tests.house.openapi import asked_of, example, fields_of
from tests.house.scopes import Gets, Kind, Role
from tests.house.world import World

SEED = "the house stands"
NUMBERS = ("0", "-1", "1", "2147483648", str(2**63), str(-(2**63) - 1), "9" * 400, "1e309", "NaN", "0x10", "1_000", " 7 ", "٣",
           "½", "1.5", "+1", "--1", "true", "null", "None", "[]", "Infinity")  # fmt: skip
DAYS = ("0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "-2026-01-01", "2026-1-1", "20261122",
        "2026-11-22T10:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-22T10:00:00+99:99",
        "2026-11-22T10:00:00Z", "1969-12-31T23:59:59+00:00", "24:00", "23:59:59.999999", "99:99", "2026-W01-1")  # fmt: skip
SIGNS = ("", " ", "\n", "\t", "\x00", "a\x00b", "\x01\x1b[31m", "\x7f", "\u202eabc", "\u200b", "\ufeff", "e" + "\u0301" * 500,
         "\U0001f469\u200d\U0001f4bb" * 30, "ﷺ" * 100, "ß" * 50, "\uffff", "\u2028\u2029", "İı", "%", "%00", "%zz", "..", "../../etc/passwd",
         "'", '"', ";", "\\", "' OR 1=1 --", "${x}", "%(name)s", "{0}", "\r\nX: y", "//evil.example", "/\\evil.example")  # fmt: skip
IDS = ("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "not-an-id", "{%s}" % ("0" * 32),
       "urn:uuid:" + "0" * 32, "0" * 32, "0" * 31, "0" * 33, "-" * 36, "g" * 36)  # fmt: skip
RAW = (
    b"\xff\xfe",
    b"\xe9t\xe9",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\x80",
    b"%FF%FE",
    b"%ED%A0%80",
    b"\x00",
)
HEADERS: dict[str, Sequence[str]] = {
    "HX-Request": ("true", "false", "x"), "HX-Target": ("main", "#main", "div#board", "{{x}}", "../x", "x" * 3000, "é"),
    "HX-Request-Type": ("partial", "full", "?"), "HX-PTag": ("x", '"', "0" * 5000), "HX-Current-URL": ("//evil", "http://[", ""),
    "If-None-Match": ('"x"', "*", "W/", '"'), "If-Modified-Since": ("never", "Thu, 01 Jan 1970 00:00:00 GMT"),
    "Accept-Language": ("de", "xx;q=2", ",,,;", "en-GB,de;q=0.5,*;q=0.1", "x" * 4000), "Accept-Encoding": ("gzip", "gzip;q=x", "*;q=0"),
    "Accept": ("*/*", "text/html;q=nan", ";;;"), "Referer": ("http://localhost/x", "http://[::1", "javascript:x", "\x80"),
    "Range": ("bytes=0-1", "bytes=-", "x=9-1"), "Sec-Fetch-Site": ("same-origin", "none", "cross-site", "?"),
    "Cookie": ("peerapp=x", "peerapp=.eJw; theme=<", "language=de; language=xx", "=", ";;;", "device=x" * 200),
    "User-Agent": ("", "Firefox" * 300, "\x80"), "X-Forwarded-For": ("1.2.3.4", "'", "x" * 500), "X-HTTP-Method-Override": ("DELETE",),
    "Date": ("x",), "Authorization": ("Basic !", "Basic Og==", "Bearer x"), "Origin": ("null", "//evil.example"),
    "Content-Encoding": ("gzip", "br"), "Transfer-Encoding": ("x",), "Expect": ("100-continue",),
}  # fmt: skip
FILES = (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xfen\x00", b"\x00" * 1000, b"name,e-mail\n" + b'"' * 5001, b"," * 20_000,
         b"name;e-mail\n" + b"a;b@example.com\n" * 500, b"\xef\xbb\xbfname,e-mail\r\n=1+1,x@example.com\r\n", b"name\n" * 3,
         "näme,e-mail\nÄ,ä@example.com".encode("latin-1"), b"e-mail,name,name\n1,2,3", b"name,e-mail\n" + b"x" * 40_000)  # fmt: skip


@dataclass
class Case:
    """One request: who sends what, and how many things are wrong with it."""

    number: int
    rule: Rule
    role: Role
    path: str
    method: str
    options: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"case {self.number}: {self.role} {self.method} {self.path[:200]} {str(self.options)[:600]}"


class Fuzzer:
    def __init__(self, app: Flask, world: World) -> None:
        self._app, self._world = app, world
        self._rules = [rule for rule in rules(app) if rule.endpoint != "static"]
        self._ids = [str(value) for ids in world.ids.values() for value in ids.values()]

    def case(self, number: int, token: Callable[[Role], str]) -> Case:
        """The case of this number. `token` gives a valid token for somebody's form."""
        random = Random(f"{SEED} {number}")
        rule = self._rules[number % len(self._rules)]
        kind = random.choices(tuple(Kind), weights=(20, 1, 3, 1, 1, 1, 1, 1))[0]
        role = self._role(random, rule, kind)
        methods = sorted((rule.methods or set()) & {"GET", "POST"})
        case = Case(number, rule, role, self._path(random, rule, kind), random.choice(methods))
        case.options["headers"] = {
            name: random.choice(HEADERS[name]) for name in random.sample(sorted(HEADERS), random.choice((0, 0, 1, 3)))
        }
        if case.method == "POST":
            case.options |= self._body(random, rule.endpoint, token(role))
        return case

    def _role(self, random: Random, rule: Rule, kind: Kind) -> Role:
        inside = [role for role in Role if expects(rule, role, kind) is Gets.IN]
        return random.choice(inside or list(Role)) if random.random() < 0.97 else random.choice(list(Role))

    def _path(self, random: Random, rule: Rule, kind: Kind) -> str:
        ids = [str(self._world.ids[kind][name]) for name in parameters(rule)]
        if ids and random.random() < 0.1:
            ids[random.randrange(len(ids))] = quote(self._value(random), safe="")[:3000] or "x"
        parts = iter(ids)
        path = PARAMETER.sub(lambda _match: next(parts), rule.rule)
        asked = sorted(asked_of(self._app, rule.endpoint) | {"before", "after", "q", "next"})
        chosen = random.choices(asked, k=random.choice((0, 0, 1, 1, 2, 4)))
        query = urlencode([(name, self._value(random)) for name in chosen], errors="surrogatepass")
        if random.random() < 0.05:
            query += "&q=" + random.choice(("%", "%FF%FE", "%00", "%u0041", "&&&==", "a[]=1&a[b]=2"))
        return f"{path}?{query}" if query else path

    def _value(self, random: Random, schema: dict[str, Any] | None = None) -> str:
        if schema and "maxLength" in schema and random.random() < 0.3:
            return random.choice(("x", "é", "😀", "x ")) * (schema["maxLength"] * random.choice((1, 2, 10)) + 1)
        if schema and "enum" in schema and random.random() < 0.3:
            return str(random.choice(schema["enum"]))
        return str(random.choice(random.choice((NUMBERS, DAYS, SIGNS, IDS, HOSTILE, self._ids))))

    def _body(self, random: Random, endpoint: str, token: str) -> dict[str, Any]:
        schemas = fields_of(self._app, endpoint)
        pairs: list[tuple[str, Any]] = []
        for name, schema in schemas.items():
            fitting = example(name, schema)
            pairs += [(name, each) for each in (fitting if isinstance(fitting, list) else [fitting])]
        for _ in range(random.choice((0, 1, 1, 2, 3))):
            pairs = self._spoilt(random, pairs, schemas)
        if random.random() < 0.98:
            pairs.append(("csrf_token", token))
        return self._wrapped(random, pairs, schemas)

    def _spoilt(self, random: Random, pairs: list[tuple[str, Any]], schemas: dict[str, Any]) -> list[tuple[str, Any]]:
        """With one more thing wrong."""
        at = random.randrange(len(pairs)) if pairs else -1
        name = pairs[at][0] if pairs else "x"
        match random.randrange(8):
            case 0 if pairs:
                return pairs[:at] + pairs[at + 1 :]
            case 1 if pairs:
                return [*pairs, (name, self._value(random))]
            case 2:
                return [*pairs, (name + random.choice(("[]", "[0]", ".x", "\x00", "é")), self._value(random))]
            case 3:
                return [*pairs, (random.choice(("once", "seen", "version", "next", "keep_title", "merged_title", "keep_body")),
                                 random.choice(("0" * 32, "merged", "theirs", self._value(random))))]  # fmt: skip
            case _ if pairs:
                return [*pairs[:at], (name, self._value(random, schemas.get(name))), *pairs[at + 1 :]]
        return pairs

    def _wrapped(  # noqa: PLR0911 - one for each wrapping
        self, random: Random, pairs: list[tuple[str, Any]], schemas: dict[str, Any]
    ) -> dict[str, Any]:
        """As a form, or as what should have been one."""
        plain = urlencode([(name, str(value)) for name, value in pairs], errors="surrogatepass").encode()
        with_file = any(schema.get("format") == "binary" for schema in schemas.values())
        roll = random.random()
        if with_file and roll < 0.8:
            file = (
                BytesIO(random.choice(FILES)),
                random.choice(("people.csv", "", "../../x", "x" * 300, "a\x00b", "é.pdf")),
            )
            token = {name: value for name, value in pairs if name == "csrf_token"}
            return {"data": {"file": file, **token}, "content_type": "multipart/form-data"}
        if roll < 0.82:
            return {"data": plain, "content_type": "application/x-www-form-urlencoded"}
        if roll < 0.88:
            return {"data": plain + b"&x=" + random.choice(RAW), "content_type": "application/x-www-form-urlencoded"}
        if roll < 0.91:
            charset = random.choice(("latin-1", "utf-16", "utf-7", "x-nothing", '"'))
            return {"data": plain, "content_type": f"application/x-www-form-urlencoded; charset={charset}"}
        if roll < 0.94:
            return {"data": json.dumps(dict(pairs)).encode(), "content_type": "application/json"}
        if roll < 0.98:
            return {"data": _multipart(random, pairs), "content_type": "multipart/form-data; boundary=b"}
        return {
            "data": plain,
            "content_type": random.choice(("", "text/plain", "multipart/form-data", "x/y; a", "a" * 999)),
        }


def _multipart(random: Random, pairs: list[tuple[str, Any]]) -> bytes:
    """By hand, with parts that libraries would not write."""
    odd = random.choice(
        ("", "; filename=x", '; filename="a\\"b"', "; charset=utf-16", "\r\nContent-Type: text/plain; charset=x")
    )
    end = random.choice((b"--b--\r\n", b"--b--", b"", b"--b\r\n"))
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"{odd if random.random() < 0.3 else ""}\r\n\r\n{value}\r\n'
        for name, value in pairs
    ]
    return "".join(parts).encode("utf-8", "surrogatepass") + random.choice((b"", *RAW)) + end
