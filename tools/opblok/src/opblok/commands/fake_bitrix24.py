"""`opblok fake-bitrix24`: an invented Bitrix24 to try the bridge against. It is a part of the tests and ships with the source only:
a shop's installation must hold nothing that pretends to be its CRM.
"""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from opblok.saying import say

FAKE = Path("tests") / "fakes" / "bitrix24" / "__main__.py"


def fake_bitrix24(
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8191,
    contacts: Annotated[int, typer.Option(help="How many contacts it has.")] = 100,
    lose: Annotated[float, typer.Option(help="Share of its events that are lost.", min=0, max=1)] = 0.0,
    repeat: Annotated[float, typer.Option(help="Share of its events that come twice.", min=0, max=1)] = 0.0,
) -> None:
    """Run a fake Bitrix24 until interrupted. Needs a checkout of the source."""
    root = checkout([Path.cwd(), Path(__file__)])
    if root is None:
        say("The fake Bitrix24 is a part of opblok's tests: run this inside a checkout of the source.")
        raise typer.Exit(2)
    told = {"--port": port, "--contacts": contacts, "--lose": lose, "--repeat": repeat}
    options = [word for name, value in told.items() for word in (name, str(value))]
    asked = [sys.executable, "-m", "tests.fakes.bitrix24", *options]
    raise typer.Exit(subprocess.run(asked, cwd=root, check=False).returncode)  # noqa: S603 - our own module


def checkout(places: list[Path]) -> Path | None:
    """The root of a checkout that one of these places lies in."""
    roots = (folder for place in places for folder in (place, *place.parents))
    return next((folder for folder in roots if (folder / FAKE).is_file()), None)
