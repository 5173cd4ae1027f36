"""`opblok clock`: the time of a development stack, which can be moved forward."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar

import httpx
import typer
from chassis.moving_clock import move_forward, read_ahead
from pymongo import AsyncMongoClient
from pymongo.errors import PyMongoError

from opblok.asking import address
from opblok.durations import duration
from opblok.home import home
from opblok.saying import as_json, give_up, given, say
from opblok.stack.settings import SERVICES, StackSettings
from opblok.supervision.seen import read

app = typer.Typer(no_args_is_help=True, help="The clock of a development stack.")
T = TypeVar("T")
FOLLOWED_WITHIN = 10.0
Client = AsyncMongoClient[dict[str, Any]]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of a line.")]


@app.command()
def show(*, json: Json = False) -> None:
    """Say what time it is in the services."""
    tell(asked(read_ahead), json=json)


@app.command()
def forward(by: Annotated[str, typer.Argument(help="30m, 4h, 1d12h ...")], *, json: Json = False) -> None:
    """Let time pass at once, in all services; deadlines that have come fire."""
    try:
        span = duration(by)
    except ValueError as wrong:
        give_up(str(wrong), code=2)
    ahead = asked(lambda client: move_forward(client, span))
    wait_until_followed(datetime.now(UTC) + ahead)
    tell(ahead, json=json)


def tell(ahead: timedelta, *, json: bool) -> None:
    now = datetime.now(UTC) + ahead
    if json:
        as_json({"now": now.isoformat(), "ahead_seconds": ahead.total_seconds()})
    else:
        say(f"{now.astimezone():%A %d.%m.%Y %H:%M:%S %z}" + (f" (moved forward by {ahead})" if ahead else ""))


def asked(question: Callable[[Client], Awaitable[T]]) -> T:
    """Ask the MongoDB of the running stack, else the one of OPBLOK_MONGO."""
    seen = read(home().seen)
    mine = given(StackSettings).mongo
    where = mine.get_secret_value() if mine else (seen.mongo if seen else "")
    if not where:
        give_up("no stack runs here, so there is no clock.", "`opblok up`, or set OPBLOK_MONGO.")

    async def ask() -> T:
        async with Client(where, serverSelectionTimeoutMS=3000) as client:
            return await question(client)

    try:
        return asyncio.run(ask())
    except PyMongoError as silent:
        give_up(f"MongoDB does not answer: {type(silent).__name__}.", "`opblok ps` shows whether it runs.")


def wait_until_followed(moment: datetime) -> None:
    limit = time.monotonic() + FOLLOWED_WITHIN
    while late := [service for service in SERVICES if not shows(service, moment)]:
        if time.monotonic() > limit:
            give_up(
                f"the clock is moved, but {', '.join(late)} did not follow.",
                "they follow in OPBLOK_MODE=development only; `opblok ps` shows whether they run.",
            )
        time.sleep(0.1)


def shows(service: str, moment: datetime) -> bool:
    """Whether a service's own clock has come to this moment."""
    try:
        told = httpx.get(f"{address(service)}/health/ready", timeout=2.0).json().get("now")
    except (httpx.TransportError, ValueError):
        return False
    return told is not None and datetime.fromisoformat(told) >= moment
