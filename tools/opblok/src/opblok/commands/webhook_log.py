"""`opblok webhooks deliveries` and `delivery`: the log of what was sent."""

import time
from typing import Annotated, Any

import typer
from rich.status import Status

from opblok.asking import Services
from opblok.saying import as_json, err, out, say, table

HOOKS, ENDPOINTS, DELIVERIES = "notifications", "/webhook-endpoints", "/webhook-deliveries"
A_PAGE = 200
LOOK_EVERY = 0.5
TRY_WITHIN = 90.0
"""A try takes as long as OPBLOK_WEBHOOK_TIMEOUT at most, which is a minute or less."""

Json = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]
Endpoint = Annotated[str, typer.Argument(help="The id that `opblok webhooks list` shows.")]
State = Annotated[str | None, typer.Option(help="Only these: waiting, sending, delivered or failed.")]
Limit = Annotated[int, typer.Option(min=1, max=A_PAGE, help="How many at most.")]
After = Annotated[str | None, typer.Option(help="Go on where a page ended: what it said after `--after`.")]


def deliveries(
    endpoint: Endpoint, *, state: State = None, limit: Limit = 50, after: After = None, json: Json = False
) -> None:
    """List what is sent to one, the newest first, a page at a time."""
    asked = {"endpoint_id": endpoint, "state": state, "limit": limit, "cursor": after}
    page = Services().get(HOOKS, DELIVERIES, **{name: value for name, value in asked.items() if value})
    if json:
        as_json(page)
        return
    shown = table("", "id", "fact", "told at", "state", "tries", "last try", "next try")
    for each in page["items"]:
        state_ = f"{each['state']} ({each['reason']})" if each["reason"] else each["state"]
        last = came_of(each["log"][-1]) if each["log"] else ""
        tries, again = str(each["tries"]), each["next_try_at"] or ""
        shown.add_row(each["delivery_id"], each["type"], each["event_time"], state_, tries, last, again)
    out.print(shown)
    if page["next"]:
        say(f"There are more: --after {page['next']}")


def delivery(id_: Annotated[str, typer.Argument(metavar="ID")], *, json: Json = False) -> None:
    """Show one delivery with its log: each try, what came of it, and when the next is."""
    found = Services().get(HOOKS, f"{DELIVERIES}/{id_}")
    if json:
        as_json(found)
    else:
        drawn(found)


def drawn(found: dict[str, Any]) -> None:
    """One of them, whole."""
    why = f" ({found['reason']})" if found["reason"] else ""
    say(f"{found['delivery_id']}: {found['type']} {found['event_id']} is {found['state']}{why}.")
    shown = table("", "try at", "what came of it", "milliseconds")
    for each in found["log"]:
        shown.add_row(each["at"], came_of(each), str(each["milliseconds"]))
    out.print(shown)
    if found["next_try_at"]:
        say(f"Next try at {found['next_try_at']}.")


def came_of(tried: dict[str, Any]) -> str:
    return str(tried["status"] or tried["fault"])


def settled(services: Services, path: str) -> dict[str, Any]:
    """A delivery after its first try."""
    until = time.monotonic() + TRY_WITHIN
    with Status("sent; waiting for the answer", console=err):
        while True:
            found = services.get(HOOKS, path)
            if found["log"] or found["state"] == "failed" or time.monotonic() > until:
                return found
            time.sleep(LOOK_EVERY)


def everything(services: Services, path: str, **query: str) -> list[dict[str, Any]]:
    """A list to its end."""
    found: list[dict[str, Any]] = []
    more: dict[str, str] = {}
    while True:
        page = services.get(HOOKS, path, limit=A_PAGE, **query, **more)
        found += page["items"]
        if page["next"] is None:
            return found
        more = {"cursor": page["next"]}
