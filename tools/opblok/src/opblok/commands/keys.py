"""`opblok keys`: keys for a deployment that `opblok up` does not make."""

import typer

from opblok.saying import say
from opblok.stack.keeping import ring

app = typer.Typer(no_args_is_help=True, help="Keys that personal data is sealed with.")


@app.callback()
def group() -> None:
    """Keys that personal data is sealed with."""


@app.command()
def generate() -> None:
    """Print a new entry for OPBLOK_VAULT_KEYS. To rotate put it before the old ones, which still open what they sealed."""
    say(ring())
