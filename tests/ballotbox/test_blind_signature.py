import hashlib

import pytest

from peerapp import paper_keys
from peerapp.ballotbox.papers import verifies
from peerapp.rules.blind_signature import (
    BlindSignatureError,
    SigningKey,
    blind,
    blind_sign,
    encode,
    finalize,
    message,
    prepared,
)
from tests.ballotbox.rfc9474 import RANDOMIZED, vectors

SALT = bytes(48)
SERIAL = b"s" * 32
FINGERPRINT = b"f" * 32


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return paper_keys.new()


def signed(key, text, r=12345):
    blinded, inverse = blind(key.n, text, SALT, r)
    return finalize(key.n, paper_keys.sign(key, blinded), inverse)


def test_the_vectors_of_the_rfc_come_out_byte_for_byte():
    for vector in vectors():
        n, r = vector["n"], pow(vector["inv"], -1, vector["n"])
        text = prepared(vector["msg_prefix"], vector["msg"])
        blinded, inverse = blind(n, text, vector["salt"], r)
        blind_signature = blind_sign(SigningKey(vector["p"], vector["q"]), blinded, 7)
        assert (text, blinded, inverse) == (vector["input_msg"], vector["blinded_msg"], vector["inv"])
        assert blind_signature == vector["blind_sig"]
        assert finalize(n, blind_signature, inverse) == vector["sig"]


def test_the_encoding_of_the_rfcs_vectors_comes_out_byte_for_byte():
    for vector in vectors():
        if "encoded_msg" in vector:
            encoded = encode(vector["input_msg"], vector["n"].bit_length() - 1, vector["salt"])
            assert encoded == vector["encoded_msg"]


def test_the_rfcs_signature_of_our_variant_verifies_and_a_changed_one_does_not():
    vector = next(each for each in vectors() if each["name"] == RANDOMIZED)
    modulus = vector["n"].to_bytes(512, "big")
    assert verifies(modulus, vector["input_msg"], vector["sig"])
    assert not verifies(modulus, vector["input_msg"] + b"x", vector["sig"])
    assert not verifies(modulus, vector["input_msg"], vector["sig"][:-1] + b"\0")


def test_a_paper_verifies_for_its_own_round_and_part_only(key):
    text = prepared(SERIAL, message(FINGERPRINT, 0))
    signature = signed(key, text)
    modulus = paper_keys.modulus(key)
    assert verifies(modulus, text, signature)
    assert not verifies(modulus, prepared(SERIAL, message(FINGERPRINT, 1)), signature)
    assert not verifies(modulus, prepared(SERIAL, message(b"g" * 32, 0)), signature)
    assert not verifies(paper_keys.modulus(paper_keys.new()), text, signature)


@pytest.mark.parametrize("signature", [b"", b"\0" * 256, b"\xff" * 256, b"x" * 255, b"x" * 257])
def test_what_is_no_signature_is_no_error_either(key, signature):
    assert not verifies(paper_keys.modulus(key), b"text", signature)


def test_the_same_blinded_value_always_gets_the_same_signature(key):
    blinded, _ = blind(key.n, b"text", SALT, 99)
    assert paper_keys.sign(key, blinded) == paper_keys.sign(key, blinded)


def test_the_signer_sees_nothing_of_the_paper(key):
    seen = [blind(key.n, b"one text", SALT, r)[0] for r in (2, 3)]
    assert seen[0] != seen[1]
    assert signed(key, b"one text", 2) == signed(key, b"one text", 3)


@pytest.mark.parametrize("length", [0, 255, 257])
def test_a_blinded_value_of_another_length_is_refused(key, length):
    with pytest.raises(BlindSignatureError, match="not a blinded message"):
        paper_keys.sign(key, b"\x01" * length)


def test_a_value_that_would_tell_of_the_key_is_refused(key):
    for value in (0, key.n, key.n + 1, key.p, 2 * key.q):
        with pytest.raises(BlindSignatureError, match="not a blinded message"):
            paper_keys.sign(key, value.to_bytes(257, "big")[-256:])


def test_a_signature_that_came_out_wrong_never_leaves_the_house(key):
    class Faulty(SigningKey):
        def power_d(self, value):
            return super().power_d(value) ^ 1

    with pytest.raises(BlindSignatureError, match="signing failed"):
        paper_keys.sign(Faulty(key.p, key.q), b"\x01" * 256)


def test_the_key_never_works_on_the_value_that_somebody_sent(key):
    seen = []

    class Watched(SigningKey):
        def power_d(self, value):
            seen.append(value)
            return super().power_d(value)

    watched, blinded = Watched(key.p, key.q), blind(key.n, b"text", SALT, 99)[0]
    assert paper_keys.sign(watched, blinded) == paper_keys.sign(watched, blinded)
    assert len({int.from_bytes(blinded, "big"), *seen}) == 3


def test_a_key_comes_back_from_its_store(key):
    again = paper_keys.restored(paper_keys.kept(key))
    assert (again.n, len(paper_keys.kept(key)), len(paper_keys.modulus(again))) == (key.n, 256, 256)
    assert key.n.bit_length() == 2048


def test_what_cannot_be_inverted_is_not_blinded(key):
    with pytest.raises(BlindSignatureError, match="not invertible"):
        blind(key.n, b"text", SALT, key.p)
    with pytest.raises(BlindSignatureError, match="not a blind signature"):
        finalize(key.n, b"short", 1)


def test_the_message_names_domain_manifest_and_part():
    assert message(hashlib.sha256(b"").digest(), 3) == b"peerapp paper 1" + hashlib.sha256(b"").digest() + b"\x03"
