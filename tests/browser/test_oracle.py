"""Do our blind signatures and a published implementation of RFC 9474 understand each other, in both directions?"""

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from peerapp import paper_keys
from peerapp.ballotbox.papers import verifies
from peerapp.rules.blind_signature import SigningKey
from peerapp.rules.manifest import EXPONENT

ORACLE = Path(__file__).parent / "oracle"
MESSAGE = b"peerapp paper 1" + bytes(33)
Run = Callable[..., Any]
THEIRS = """async (given) => {
  const { RSABSSA } = await import("/oracle/index.js");
  const ours = await import("/static/now/js/blind.js");
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const hex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const load = (jwk, use) => crypto.subtle.importKey("jwk", jwk, { name: "RSA-PSS", hash: "SHA-384" }, true, [use]);
  const [secret, open] = [await load(given.key, "sign"), await load({ kty: "RSA", n: given.key.n, e: given.key.e }, "verify")];
  const suite = RSABSSA.SHA384.PSS.Randomized();
  const n = bytes(given.n);
  CODE
}"""


@pytest.fixture
def run(browser_as: Callable[..., Page]) -> Run:
    """Run code in a browser that has both implementations."""
    page = browser_as(None, bypass_csp=True)

    def send(route: Route) -> None:
        path = ORACLE / route.request.url.partition("/oracle/")[2]
        route.fulfill(body=path.read_bytes(), content_type="text/javascript")

    page.route("**/oracle/**", send)
    page.goto("/signin")
    return lambda code, **given: page.evaluate(THEIRS.replace("CODE", code), given)


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return paper_keys.new()


@pytest.fixture(scope="module")
def given(key: SigningKey) -> dict[str, Any]:
    """The key as the browser takes it, and the message."""
    d = pow(EXPONENT, -1, (key.p - 1) * (key.q - 1))
    values = {
        "n": key.n, "e": EXPONENT, "d": d, "p": key.p, "q": key.q,
        "dp": d % (key.p - 1), "dq": d % (key.q - 1), "qi": pow(key.q, -1, key.p),
    }  # fmt: skip
    jwk = {name: _base64(value) for name, value in values.items()} | {"kty": "RSA"}
    return {"key": jwk, "n": paper_keys.modulus(key).hex(), "message": MESSAGE.hex()}


def _base64(value: int) -> str:
    return urlsafe_b64encode(value.to_bytes((value.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


def test_what_we_blind_they_sign_and_what_we_unblind_they_verify(run: Run, given: dict[str, Any]) -> None:
    code = """
      const text = ours.prepare(bytes(given.message));
      const { blinded, inverse } = await ours.blind(n, text);
      const signature = await ours.finalize(n, text, await suite.blindSign(secret, blinded), inverse);
      return await suite.verify(open, signature, text);"""
    assert run(code, **given) is True


def test_what_they_blind_our_server_signs_and_what_they_unblind_it_verifies(
    run: Run, given: dict[str, Any], key: SigningKey
) -> None:
    text, blinded, inverse = run(
        """
      const text = suite.prepare(bytes(given.message));
      const { blindedMsg, inv } = await suite.blind(open, text);
      return [hex(text), hex(blindedMsg), hex(inv)];""",
        **given,
    )
    signed = paper_keys.sign(key, bytes.fromhex(blinded)).hex()
    code = "return hex(await suite.finalize(open, bytes(given.text), bytes(given.signed), bytes(given.inverse)));"
    signature = run(code, **given, text=text, signed=signed, inverse=inverse)
    assert bytes.fromhex(text)[32:] == MESSAGE
    assert verifies(paper_keys.modulus(key), bytes.fromhex(text), bytes.fromhex(signature))


def test_both_sign_the_same_blinded_value_alike(run: Run, given: dict[str, Any], key: SigningKey) -> None:
    blinded, theirs = run(
        """
      const { blinded } = await ours.blind(n, ours.prepare(bytes(given.message)));
      return [hex(blinded), hex(await suite.blindSign(secret, blinded))];""",
        **given,
    )
    assert paper_keys.sign(key, bytes.fromhex(blinded)).hex() == theirs


def test_both_refuse_the_same_signatures(run: Run, given: dict[str, Any]) -> None:
    code = """
      const text = ours.prepare(bytes(given.message));
      const { blinded, inverse } = await ours.blind(n, text);
      const good = await ours.finalize(n, text, await suite.blindSign(secret, blinded), inverse);
      const wrong = [0, 100, 255].map((at) => good.map((byte, place) => place === at ? byte ^ 1 : byte));
      const [by_us, by_them] = [[], []];
      for (const each of [good, ...wrong]) {
        by_us.push(await ours.verify(n, text, each));
        by_them.push(await suite.verify(open, each, text));
      }
      return [by_us, by_them];"""
    assert run(code, **given) == [[True, False, False, False]] * 2


def test_the_oracle_is_the_one_that_was_published() -> None:
    rows = re.findall(r"^\| `([^`]+)` .*\| `([0-9a-f]{64})` \|$", (ORACLE / "VENDORED.md").read_text(), re.MULTILINE)
    there = {
        path.relative_to(ORACLE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in ORACLE.rglob("*")
        if path.is_file() and path.name != "VENDORED.md"
    }
    assert there == dict(rows)
