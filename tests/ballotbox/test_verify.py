"""Does the stand-alone check believe what is true, and nothing else?"""

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from peerapp.ballotbox import verify
from peerapp.ballotbox.box import Box
from peerapp.rules import blind_signature, manifest, publication, release_rules
from tests.ballotbox.kit import OpenRound, Paper, a_round

Proof = dict[str, Any]


def receipt_of(paper: Paper) -> dict[str, str]:
    return {"serial": paper.serial.hex(), "signature": paper.signature.hex()}


@pytest.fixture
def papers(opened: OpenRound) -> list[Paper]:
    return [opened.paper() for _ in range(9)]


@pytest.fixture
def proof(box: Box, opened: OpenRound, papers: list[Paper]) -> Proof:
    for paper in papers[:8]:
        box.count(opened.id, opened.body({"q1": 4, "c1": "„Keep“ it."}, paper))
    collected = box.collect(opened.id, opened.fingerprint.hex(), early=True)
    return {
        "manifest": opened.text,
        "release": collected.release,
        "serials": list(collected.serials),
        "handed_out": 9,
    }


def doubts(proof: Proof, opened: OpenRound, *receipts: dict[str, str]) -> list[str]:
    return [each.what for each in verify.findings(proof, opened.fingerprint.hex(), receipts) if not each.holds]


def test_a_true_release_and_every_receipt_hold(proof: Proof, opened: OpenRound, papers: list[Paper]) -> None:
    assert doubts(proof, opened, *map(receipt_of, papers[:8])) == []


def test_a_paper_that_was_not_counted_is_noticed(proof: Proof, opened: OpenRound, papers: list[Paper]) -> None:
    (doubt,) = doubts(proof, opened, receipt_of(papers[8]))
    assert doubt.endswith("and its paper was counted.")


def test_a_receipt_of_another_round_is_noticed(proof: Proof, opened: OpenRound) -> None:
    (doubt,) = doubts(proof, opened, receipt_of(a_round().paper()))
    assert doubt.endswith("was signed for this round.")


def changed(text: str, **fields: Any) -> str:
    return json.dumps(json.loads(text) | fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        (lambda p: p | {"manifest": changed(p["manifest"], minimum=6)}, "fingerprint you saw"),
        (lambda p: p | {"manifest": p["manifest"] + " "}, "canonical"),
        (lambda p: p | {"release": changed(p["release"], fingerprint="00" * 32)}, "belongs"),
        (lambda p: p | {"release": changed(p["release"], minimum=6)}, "kept the minimum"),
        (lambda p: p | {"release": changed(p["release"], comments=[])}, "questions that were asked"),
        (lambda p: p | {"serials": p["serials"][1:]}, "vouches"),
        (lambda p: p | {"serials": p["serials"][::-1]}, "sorted"),
        (lambda p: p | {"serials": [*p["serials"], p["serials"][-1]]}, "twice"),
        (lambda p: p | {"handed_out": 7}, "No more papers than people"),
        (lambda p: p | {"handed_out": 13}, "No more papers than people"),
        (lambda p: p | {"manifest": changed(p["manifest"], parts=[])}, "form of a proof"),
        (lambda p: {}, "form of a proof"),
    ],
)
def test_whatever_was_changed_afterwards_is_noticed(
    proof: Proof, opened: OpenRound, change: Callable[[Proof], Proof], doubt: str
) -> None:
    assert any(doubt in each for each in doubts(change(proof), opened))


@pytest.mark.parametrize("key", [{"e": 3}, {"n": "AQAB"}])
def test_a_weak_key_is_noticed(proof: Proof, opened: OpenRound, key: dict[str, Any]) -> None:
    parts = json.loads(proof["manifest"])["parts"]
    parts[0]["key"] |= key
    assert any(
        "2,048 bits" in each for each in doubts(proof | {"manifest": changed(proof["manifest"], parts=parts)}, opened)
    )


def test_a_withheld_round_publishes_no_list(box: Box, opened: OpenRound) -> None:
    collected = box.collect(opened.id, opened.fingerprint.hex(), early=True)
    withheld = {"manifest": opened.text, "release": collected.release, "serials": [], "handed_out": 3}
    assert doubts(withheld, opened) == []
    assert doubts(withheld | {"serials": ["0" * 20]}, opened) == ["Below the minimum nothing is published."]


def test_it_runs_alone_with_nothing_of_ours(
    tmp_path: Path, proof: Proof, opened: OpenRound, papers: list[Paper]
) -> None:
    script = tmp_path / "verify.py"
    script.write_bytes(Path(verify.__file__).read_bytes())
    (tmp_path / "proof.json").write_text(json.dumps(proof))
    (tmp_path / "mine.json").write_text(json.dumps(receipt_of(papers[0])))
    command = [sys.executable, "-I", script, tmp_path / "proof.json", opened.fingerprint.hex(), tmp_path / "mine.json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert "8 papers came back of 9 handed out to 12 people asked" in run.stdout
    assert all(line.startswith("ok ") for line in run.stdout.splitlines())


def test_it_ends_with_1_for_a_doubt_and_2_for_a_file_it_cannot_read(tmp_path: Path, proof: Proof) -> None:
    (tmp_path / "proof.json").write_text(json.dumps(proof))
    assert verify.main([str(tmp_path / "proof.json"), "00" * 32]) == 1
    assert verify.main([str(tmp_path / "none.json"), "00" * 32]) == 2


def test_it_knows_the_servers_numbers_without_asking_it() -> None:
    assert (verify.DOMAIN, verify.SALT_BYTES) == (blind_signature.DOMAIN, blind_signature.SALT_BYTES)
    assert (verify.EXPONENT, verify.BITS) == (manifest.EXPONENT, manifest.KEY_BYTES * 8)
    assert publication.SERIAL_DIGITS == verify.SERIAL_DIGITS
    assert (verify.LEAST_ANSWERS, verify.LEAST_PEOPLE) == (release_rules.MINIMUM_FLOOR, release_rules.AUDIENCE_MIN)
    imported = [
        node for node in ast.walk(ast.parse(Path(verify.__file__).read_text())) if isinstance(node, ast.ImportFrom)
    ]
    assert not [node for node in imported if (node.module or "").startswith("peerapp")]
