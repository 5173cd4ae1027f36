"""`opblok secrets`: the files of secrets that compose and Kubernetes are given."""

from pathlib import Path
from typing import Annotated

import typer

from opblok.saying import say
from opblok.stack.keeping import Keeping
from opblok.stack.server_secrets import ServerSecrets

app = typer.Typer(no_args_is_help=True, help="Files of secrets for compose and Kubernetes.")

Members = Annotated[
    str, typer.Option("--mongodb", metavar="HOST:PORT,...", help="Where the services will find MongoDB.")
]
Set = Annotated[str, typer.Option("--replica-set", help="The name of MongoDB's replica set.")]
Legal = Annotated[
    str | None, typer.Option("--legal-person", help="The shop's legal person, in the first start's file.")
]
Zone = Annotated[str | None, typer.Option("--time-zone", help="The shop's time zone (IANA name).")]


@app.callback()
def group() -> None:
    """Files of secrets for compose and Kubernetes."""


@app.command()
def make(
    folder: Path,
    *,
    mongodb: Members = "mongodb:27017",
    replica_set: Set = "rs0",
    legal_person: Legal = None,
    time_zone: Zone = None,
) -> None:
    """Make what is missing in the folder, with random content; what is there stays as it is.

    Besides keys and passwords: bootstrap.json, which crm starts with: the shop, its owner, the services' clients.
    """
    shop = {"legal_person": legal_person, "time_zone": time_zone}
    told = {name: value for name, value in shop.items() if value}
    made = ServerSecrets(Keeping(folder, staff=(), shop=told), mongodb, replica_set).make()
    say(
        f"{len(made)} files of secrets in {folder}; only its owner may enter it. Keep a copy where backups are not."
    )
    say("The owner's first password stands in bootstrap.json.")
