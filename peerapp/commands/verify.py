"""`peerapp verify ROUND`: does what the database holds of a round belong together, and to the receipts?"""

import json
from pathlib import Path
from uuid import UUID

import click

from peerapp.ballotbox import verify as the_check
from peerapp.commands.running import Stopped, in_app
from peerapp.queries import proofs


@click.command()
@click.argument("round_id", metavar="ROUND", type=click.UUID)
@click.option("--fingerprint", help="The one you saw when you were asked; without it, the one that the database has.")
@click.option(
    "--receipt", "receipts", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that a browser kept; may be given several times.",
)  # fmt: skip
@in_app
def verify(round_id: UUID, fingerprint: str | None, receipts: tuple[Path, ...]) -> None:
    """Check the release of ROUND (the id in its address); exit status 1 when something does not hold.

    The same check as the stand-alone script that the help page offers. That one trusts nothing of this machine.
    """
    proof = proofs.proof_of(round_id)
    if proof is None:
        raise Stopped("This round has no release: it is still open, was withheld, or there is no round with this id.")
    found = the_check.findings(proof, (fingerprint or proofs.fingerprint_of(round_id)).lower().strip(), _read(receipts))
    for each in found:
        click.echo(f"{'ok ' if each.holds else 'NO '} {each.what}")
    if not all(each.holds for each in found):
        raise click.exceptions.Exit(1)


def _read(receipts: tuple[Path, ...]) -> list[dict[str, str]]:
    return [_receipt_in(path) for path in receipts]


def _receipt_in(path: Path) -> dict[str, str]:
    try:
        receipt: dict[str, str] = json.loads(path.read_text("utf-8"))
        bytes.fromhex(receipt["serial"] + receipt["signature"])
    except OSError as error:
        raise Stopped(f"{path} cannot be read: {error.strerror}.") from None
    except (KeyError, TypeError, ValueError):
        words = "is not a receipt. A receipt is the file that your browser kept after you answered."
        raise Stopped(f"{path} {words}") from None
    return receipt
