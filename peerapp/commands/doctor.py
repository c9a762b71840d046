"""`peerapp doctor`: what is wrong here, and the line that mends it."""

import click

from peerapp import config, create_app, doctor as checks
from peerapp.config import ConfigError
from peerapp.findings import Finding


@click.command()
def doctor() -> None:
    """Look at this installation; exit status 1 when something is wrong."""
    settings = config.load(config.instance_folder())
    wrong = 0
    for finding in checks.of_the_machine(settings):
        wrong += _tell(finding)
    try:
        app = create_app(settings)
    except ConfigError as error:
        wrong += _tell(Finding("Database", "another process holds it", str(error)))
    else:
        with app.app_context():
            for finding in checks.of_the_database():
                wrong += _tell(finding)
    click.echo("\nAll is well." if not wrong else f"\nTo mend: {wrong}.")
    if wrong:
        raise click.exceptions.Exit(1)


def _tell(finding: Finding) -> int:
    """Print it; 1 when it is something to mend."""
    click.echo(f"{'wrong' if finding.mend else 'ok':<6} {finding.about}: {finding.words}")
    if finding.mend:
        click.echo(f"       {finding.mend}")
    return int(bool(finding.mend))
