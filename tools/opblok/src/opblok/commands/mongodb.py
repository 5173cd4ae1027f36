"""`opblok mongodb`: a MongoDB of one's own, made ready for the services."""

from pathlib import Path
from typing import Annotated, Any

import typer
from chassis.settings import MongoSettings
from pymongo import MongoClient
from pymongo.errors import PyMongoError
from pymongo.uri_parser import parse_uri

from opblok.saying import give_up, given, say
from opblok.stack.mongo_users import NotPrepared, initiate, make_users, passwords_in

Document = dict[str, Any]

app = typer.Typer(no_args_is_help=True, help="A MongoDB of one's own, made ready for the services.")

Secrets = Annotated[Path, typer.Option("--secrets", help="The folder that `opblok secrets make` made.")]
Member = Annotated[
    str | None,
    typer.Option(metavar="HOST:PORT", help="Make a replica set of this one member, if there is none."),
]


@app.callback()
def group() -> None:
    """A MongoDB of one's own, made ready for the services."""


@app.command()
def prepare(secrets: Secrets, *, member: Member = None) -> None:
    """Make its replica set and a user for each service, by the administrator's OPBLOK_MONGO; as often as you like."""
    settings = given(MongoSettings)
    address = settings.mongo.get_secret_value()
    try:
        if member:
            _of_one(address, member)
        with MongoClient[Document](address, serverSelectionTimeoutMS=30_000) as primary:
            made = make_users(primary, passwords_in(secrets), settings.mongo_database_prefix)
    except (NotPrepared, PyMongoError) as refused:
        give_up(f"MongoDB was not prepared: {refused}", "look at its log, and at OPBLOK_MONGO.")
    new = [name for name, is_new in made.items() if is_new]
    say(f"Users made: {', '.join(new)}." if new else "All users are as they should be.")


def _of_one(address: str, member: str) -> None:
    replica_set = str(parse_uri(address)["options"].get("replicaSet", "rs0"))
    with MongoClient[Document](address, directConnection=True, replicaSet=None) as direct:
        if initiate(direct, replica_set, member):
            say(f"Replica set {replica_set} of {member} is made.")
