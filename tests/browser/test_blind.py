"""Do the browser's modules do what the server's do, byte for byte?"""

import json
import secrets
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error, Page

from peerapp import paper_keys
from peerapp.ballotbox.papers import verifies
from peerapp.rules import ballot
from peerapp.rules.ballot_text import normalised
from peerapp.rules.blind_signature import SigningKey
from tests.ballotbox.rfc9474 import RANDOMIZED, vectors

Run = Callable[..., Any]
TAKEN = """async ([name, code, given]) => {
  const module = await import(`/static/now/js/${name}.js`);
  const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const hex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return await (0, eval)(code)(module, given, bytes, hex);
}"""


@pytest.fixture
def run(browser_as: Callable[..., Page]) -> Run:
    """Call a function of a module in the browser; bytes travel as hex."""
    page = browser_as(None, bypass_csp=True)
    page.goto("/signin")
    return lambda name, code, **given: page.evaluate(TAKEN, [name, code, given])


def is_worth_a_look(code: int) -> bool:
    kind, is_changed = unicodedata.category(chr(code)), unicodedata.normalize("NFKC", chr(code)) != chr(code)
    return kind != "Cn" and (kind not in {"Lo", "Co", "Cs"} or is_changed or code % 97 == 0)


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return paper_keys.new()


def numbers(vector: dict[str, Any]) -> dict[str, str]:
    """A vector's values as hex, numbers as long as the modulus."""
    r = pow(vector["inv"], -1, vector["n"])
    return {
        name: value.to_bytes(512, "big").hex() for name, value in (("n", vector["n"]), ("r", r), ("inv", vector["inv"]))
    }


def test_the_vectors_of_the_rfc_come_out_byte_for_byte(run: Run) -> None:
    salted = [vector for vector in vectors() if len(vector["salt"]) == 48]
    assert len(salted) == 2
    for vector in salted:
        given = {name: value.hex() for name, value in vector.items() if isinstance(value, bytes)} | numbers(vector)
        made = run(
            "blind",
            """async ({ prepare, blind, finalize, verify }, v, bytes, hex) => {
              const n = bytes(v.n);
              const text = prepare(bytes(v.msg), bytes(v.msg_prefix));
              const { blinded, inverse } = await blind(n, text, { salt: bytes(v.salt), r: bytes(v.r) });
              const signature = await finalize(n, text, bytes(v.blind_sig), inverse);
              return [hex(text), hex(blinded), hex(inverse), hex(signature), await verify(n, text, signature)];
            }""",
            **given,
        )
        assert made == [given["input_msg"], given["blinded_msg"], given["inv"], given["sig"], True]


def test_a_changed_text_or_signature_does_not_verify(run: Run) -> None:
    vector = next(each for each in vectors() if each["name"] == RANDOMIZED)
    given = {"n": numbers(vector)["n"], "text": vector["input_msg"].hex(), "sig": vector["sig"].hex()}
    found = run(
        "blind",
        """async ({ verify }, v, bytes) => {
          const [n, text, sig] = [bytes(v.n), bytes(v.text), bytes(v.sig)];
          const changed = (data, at) => data.map((byte, place) => place === at ? byte ^ 1 : byte);
          return Promise.all([verify(n, text, sig), verify(n, changed(text, 3), sig), verify(n, text, changed(sig, 511)),
            verify(n, text, sig.slice(1)), verify(n, text, n), verify(n, text, new Uint8Array(512))]);
        }""",
        **given,
    )
    assert found == [True, False, False, False, False, False]


def test_a_paper_blinded_in_the_browser_and_signed_by_the_server_verifies(run: Run, key: SigningKey) -> None:
    n = paper_keys.modulus(key).hex()
    text, blinded, inverse = run(
        "blind",
        """async ({ prepare, blind }, v, bytes, hex) => {
          const text = prepare(bytes(v.message));
          const { blinded, inverse } = await blind(bytes(v.n), text);
          return [hex(text), hex(blinded), hex(inverse)];
        }""",
        n=n,
        message=b"a paper".hex(),
    )
    signed = paper_keys.sign(key, bytes.fromhex(blinded)).hex()
    signature = run(
        "blind",
        "async ({ finalize }, v, bytes, hex) => hex(await finalize(bytes(v.n), bytes(v.text), bytes(v.signed), bytes(v.inverse)))",
        n=n,
        text=text,
        signed=signed,
        inverse=inverse,
    )
    assert verifies(bytes.fromhex(n), bytes.fromhex(text), bytes.fromhex(signature))
    assert (len(text), text[64:]) == (64 + 14, b"a paper".hex())


def test_a_server_that_signs_something_else_is_noticed(run: Run, key: SigningKey) -> None:
    wrong = paper_keys.sign(key, secrets.token_bytes(255).rjust(256, b"\0")).hex()
    with pytest.raises(Error, match="not a signature of this text"):
        run(
            "blind",
            """async ({ prepare, blind, finalize }, v, bytes, hex) => {
              const text = prepare(bytes("00"));
              const { inverse } = await blind(bytes(v.n), text);
              return hex(await finalize(bytes(v.n), text, bytes(v.wrong), inverse));
            }""",
            n=paper_keys.modulus(key).hex(),
            wrong=wrong,
        )


def test_every_paper_has_a_serial_of_its_own(run: Run) -> None:
    serials = run("blind", "({ prepare }, v, bytes, hex) => [1, 2, 3, 4].map(() => hex(prepare(bytes('00'))))")
    assert len(set(serials)) == 4


def test_the_browser_normalises_every_character_as_the_box_does(run: Run) -> None:
    """Of large blocks a sample. What this Python's Unicode does not know yet may become something else in a newer browser."""
    known = [code for code in range(0x110000) if is_worth_a_look(code)]
    found = run(
        "ballot_text",
        "({ normalised }, { known }) => known.map((code) => normalised(`a${String.fromCodePoint(code)} b`))",
        known=known,
    )
    differing = [code for code, text in zip(known, found, strict=True) if normalised(f"a{chr(code)} b") != text]
    assert differing == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  a \u200b b\n\n",
        "e\u034f\u0301",
        "ﷺ" * 40,
        "😀" * 600,
        "a\u0300\u0327\u0301",
        "\u1100\u115f\u1161",
        "half \ud83d",
    ],
)
def test_the_browser_normalises_and_counts_texts_as_the_box_does(run: Run, text: str) -> None:
    given = json.loads(json.dumps(text))
    code = "({ normalised, lengthOf }, v) => { const n = normalised(JSON.parse(v.text)); return [n, lengthOf(n)]; }"
    assert run("ballot_text", code, text=json.dumps(given)) == [normalised(text), len(normalised(text))]


def test_a_ballot_built_in_the_browser_is_the_one_the_box_expects(run: Run) -> None:
    serial, signature, fingerprint = b"s" * 32, b"g" * 256, b"f" * 32
    answers = {"q1": 4, "q2": 1, "c1": '„Keep“ \\ "it" 😀.'}
    made = run(
        "ballot_body",
        "({ build }, v, bytes, hex) => hex(build(bytes(v.serial), bytes(v.signature), bytes(v.fingerprint), v.answers))",
        serial=serial.hex(),
        signature=signature.hex(),
        fingerprint=fingerprint.hex(),
        answers=answers,
    )
    assert bytes.fromhex(made) == ballot.build(serial, signature, fingerprint, answers)


def test_the_longest_ballot_fits_and_a_longer_one_is_an_error(run: Run) -> None:
    code = """({ build }, { people }) => build(new Uint8Array(32), new Uint8Array(256), new Uint8Array(32),
      Object.fromEntries([1, 2, 3].map((number) => [`c${number}`, "😀".repeat(people)]))).length"""
    assert run("ballot_body", code, people=600) == ballot.SIZE
    with pytest.raises(Error, match="RangeError"):
        run("ballot_body", code, people=6_000)
