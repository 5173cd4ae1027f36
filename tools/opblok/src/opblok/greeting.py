"""What is said when all is up: where everything is, and what to try first."""

import sys
from pathlib import Path

from opblok.home import home
from opblok.saying import out, say, table
from opblok.stack.settings import SERVICES
from opblok.supervision.seen import Seen

ABOUT = {
    "crm": "shop, staff, customers, tokens",
    "procurement": "suppliers, offers, stock, allocation",
    "orders": "orders and their contact clock",
    "logistics": "carriers' terms, promises, capacity",
    "notifications": "messages to customers",
    "quality": "the question after each delivery, NPS, SLA",
    "claims": "claims under the law's clock",
    "telephony_router": "who an incoming call goes to",
    "kafka": "the log of facts",
    "mongodb": "the documents",
    "zipkin": "traces: one order's way through the services",
}


def greet(seen: Seen) -> None:
    addresses = table("", "part", "address", "what it is")
    for part in seen.parts:
        page = f"{part.address}/docs" if part.name in SERVICES else part.address
        addresses.add_row(part.name, page, ABOUT.get(part.name, ""))
    out.print()
    out.print(addresses)
    out.print()
    say("What to try first:")
    for command, why in first_steps():
        out.print(f"  {command:<46} {why}", markup=False)
    out.print()
    say(
        f"Logs, data and secrets (passwords of the first staff: secrets/bootstrap.json) are in {home().folder}."
    )


def first_steps() -> list[tuple[str, str]]:
    me = called()
    return [
        ("make demo", "a working day of the shop, played over HTTP"),
        (f"{me} ps", "what runs, since when, how much memory"),
        (f"{me} facts tail", "the facts, as the services tell them"),
        (f"{me} token --as owner", "a token for the addresses above"),
        (f"{me} logs orders -f", "what a service says"),
        (f"{me} clock forward 4h", "let time pass and see what happens"),
    ]


def called() -> str:
    """The way this command was called, so that what is shown can be typed."""
    mine = Path(sys.argv[0])
    if mine.name != "opblok":
        return "opblok"
    try:
        return str(mine.relative_to(Path.cwd()))
    except ValueError:
        return "opblok" if mine.parent == Path() else str(mine)
