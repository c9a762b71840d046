"""Attack 8 on what the browser really sends: does the private key know a paper of the shipped scripts again?"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

import peerapp
from peerapp import paper_keys
from peerapp.ballotbox.papers import verifies
from peerapp.rules.blind_signature import SigningKey, message, prepared
from peerapp.rules.manifest import EXPONENT, KEY_BYTES
from tests.adversary.chance import is_more_than_chance
from tests.adversary.recognising import factor, hits, seen

BrowserAs = Callable[..., Page]
Record = dict[str, str]
PEOPLE = 20
FINGERPRINT = b"f" * 32
DIGEST = SALT = 48
MAKE = """async ({ n, fingerprint, people }) => {
  const { newRecord } = await import("/static/now/js/answer/sending.js");
  const { fromHex } = await import("/static/now/js/answer/bytes.js");
  const made = [];
  for (let person = 0; person < people; person += 1) {
    const facts = { round: "x", fingerprint, part: 0 };
    made.push(await newRecord({ root: "", facts, modulus: fromHex(n), answers: {} }));
  }
  return made;
}"""
BLINDED = "const factor = r ? toInt(r) : randomBelow(n, length);"


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return paper_keys.new()


def records(browser_as: BrowserAs, key: SigningKey, *, is_blinded: bool) -> list[Record]:
    """As many papers as a page makes them; without blinding, with a blind.js whose factor is 1."""
    page = browser_as(None, bypass_csp=True)
    if not is_blinded:
        source = (Path(peerapp.__file__).parent / "static/js/blind.js").read_text()
        assert source.count(BLINDED) == 1
        broken = source.replace(BLINDED, "const factor = 1n;")
        page.route("**/js/blind.js", lambda route: route.fulfill(body=broken, content_type="text/javascript"))
    page.goto("/signin")
    given: dict[str, Any] = {"n": paper_keys.modulus(key).hex(), "fingerprint": FINGERPRINT.hex(), "people": PEOPLE}
    made: list[Record] = page.evaluate(MAKE, given)
    return made


def signed(key: SigningKey, record: Record) -> tuple[bytes, bytes]:
    """The blinded value, and the signature that the browser makes of what it gets for it."""
    blinded, n = bytes.fromhex(record["blinded"]), key.n
    answer = int.from_bytes(paper_keys.sign(key, blinded), "big")
    signature = (answer * int(record["inverse"], 16) % n).to_bytes(KEY_BYTES, "big")
    text = prepared(bytes.fromhex(record["serial"]), message(FINGERPRINT, 0))
    assert verifies(paper_keys.modulus(key), text, signature)
    return blinded, signature


def salt_of(key: SigningKey, signature: bytes) -> bytes:
    """The last bytes of the block that a signature encodes, its mask taken off."""
    encoded = pow(int.from_bytes(signature, "big"), EXPONENT, key.n).to_bytes(KEY_BYTES, "big")
    block, digest = encoded[: -DIGEST - 1], encoded[-DIGEST - 1 : -1]
    mask = b"".join(hashlib.sha384(digest + count.to_bytes(4, "big")).digest() for count in range(5))[: len(block)]
    return bytes(one ^ other for one, other in zip(block, mask, strict=True))[-SALT:]


def test_the_key_does_not_recognise_a_paper_that_the_browser_made(browser_as: BrowserAs, key: SigningKey) -> None:
    made = records(browser_as, key, is_blinded=True)
    papers = [signed(key, each) for each in made]
    factors = [factor(key, *each) for each in papers]
    assert len(set(factors)) == len({each["serial"] for each in made}) == PEOPLE
    assert len({salt_of(key, signature) for _blinded, signature in papers}) == PEOPLE
    assert min(each.bit_length() for each in factors) >= 2_000
    assert not is_more_than_chance(hits(seen(key, papers)), PEOPLE, 1 / PEOPLE)


def test_the_attack_recognises_every_paper_of_a_browser_that_does_not_blind(
    browser_as: BrowserAs, key: SigningKey
) -> None:
    papers = [signed(key, each) for each in records(browser_as, key, is_blinded=False)]
    assert {factor(key, *each) for each in papers} == {1}
    assert hits(seen(key, papers)) == PEOPLE
