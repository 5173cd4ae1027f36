"""`opblok token`: a token to try the services with."""

from typing import Annotated

import typer

from opblok.asking import token_of_client, token_of_staff
from opblok.saying import as_json, give_up, say

Staff = Annotated[
    str | None, typer.Option("--as", help="Login of one of the first staff: owner, sveta, raisa ...")
]
Client = Annotated[str | None, typer.Option("--client", help="Id of a client: site, orders ...")]
Json = Annotated[bool, typer.Option("--json", help="The issuer's whole answer.")]


def token(*, staff: Staff = None, client: Client = None, json: Json = False) -> None:
    """Print a token, made with the secrets of the embedded stack (development only)."""
    if staff and client:
        give_up("choose one of --as and --client.", code=2)
    answer = token_of_client(client) if client else token_of_staff(staff or "owner")
    if json:
        as_json(answer)
    else:
        say(answer["access_token"])
