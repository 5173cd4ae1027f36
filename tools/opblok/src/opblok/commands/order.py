"""`opblok order`: an order's story, asked of the services that took part in it."""

from datetime import datetime
from typing import Annotated, Any

import typer

from opblok.asking import Services
from opblok.saying import as_json, give_up, out, table

app = typer.Typer(no_args_is_help=True, help="An order's story.")

SOURCES = {
    "orders": "/orders/{id}/timeline",
    "procurement": "/allocations/{id}/timeline",
    "logistics": "/shipments/{id}.1/timeline",
}
"""Where an order's own timeline is; an order's shipments have one together."""

LISTS = (
    ("logistics", "/incidents", "linked", "incident_id"),
    ("quality", "/calls", "order_id", "call_id"),
    ("claims", "/claims?view=all", "order_id", "claim_id"),
)
"""What there may be of an order, by which query and under which key; each has a timeline."""


@app.callback()
def group() -> None:
    """An order's story."""


@app.command()
def timeline(
    order_id: str, *, json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False
) -> None:
    """Show what happened to an order in all services, by time."""
    story = gathered(Services(), order_id)
    if json:
        as_json(story)
    else:
        out.print(drawn(order_id, story))


def gathered(services: Services, order_id: str) -> list[dict[str, Any]]:
    """Entries of all services, the oldest first. A service that never heard of the order adds nothing."""
    entries: list[dict[str, Any]] = []
    for service, path in SOURCES.items():
        told = services.find(service, path.format(id=order_id))
        if told is None and service == "orders":
            give_up(f"orders knows no order {order_id}.", code=2)
        entries += [{"service": service, **entry} for entry in entries_of(told)]
    for service, path, query, key in LISTS:
        for each in listed(services, service, f"{path}{'&' if '?' in path else '?'}{query}={order_id}"):
            told = services.find(service, f"{path.partition('?')[0]}/{each[key]}/timeline")
            entries += [{"service": service, **entry} for entry in entries_of(told)]
    return sorted(entries, key=lambda each: (each["at"], each["service"], each["number"]))


def listed(services: Services, service: str, path: str) -> list[dict[str, Any]]:
    """The first page of a list."""
    found: dict[str, Any] | None = services.find(service, path)
    return found["items"] if found else []


def entries_of(told: dict[str, Any] | None) -> list[dict[str, Any]]:
    return told["entries"] if told else []


def drawn(order_id: str, story: list[dict[str, Any]]) -> Any:
    shown = table(f"Order {order_id}", "when", "service", "what", "who", "facts told", "why")
    for each in story:
        when = datetime.fromisoformat(each["at"]).astimezone().strftime("%d.%m %H:%M:%S")
        what, told = "\n".join(each["what"]), str(len(each["told"]) or "")
        shown.add_row(when, each["service"], what, each["who"], told, because(each["why"]))
    return shown


def because(why: str) -> str:
    """A cause in a word or two; `--json` has it whole."""
    kind, _, rest = why.partition("/")
    if kind == "deadline":
        return f"deadline {rest.split('/')[2]}" if rest.count("/") > 1 else "deadline"
    return "command" if why.startswith(("command:", "key:")) else f"fact {why[:13]}"
