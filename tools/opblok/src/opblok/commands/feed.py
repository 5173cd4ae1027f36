"""`opblok feed`: a supplier's catalogue from a file."""

import time
import uuid
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.status import Status
from rich.table import Table

from opblok.asking import Services
from opblok.commands.feed_columns import changed, columns_of, first_rows, seen, tried
from opblok.saying import as_json, err, out, say, table

app = typer.Typer(no_args_is_help=True, help="Suppliers' catalogues.")
BETWEEN_LOOKS = 0.3
BAD_ROWS_SHOWN = 20
UPLOAD_WITHIN = 600.0
COUNTS = ("good", "bad", "new", "changed", "same", "gone")
ENDS = {"mapping", "held", "done", "discarded", "failed"}
CODES = {"done": 0, "held": 4, "mapping": 5}
FORMATS = "YML, CommerceML (XML or .zip), CSV, XLSX, XLS or ODS; may be packed."
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help=FORMATS)]
Yes = Annotated[bool, typer.Option("--yes", help="Accept what is guessed of its columns without asking.")]
Uses = Annotated[
    list[str] | None,
    typer.Option("--use", metavar="HEADER=MEANING", help="What a column means instead; may be repeated."),
]
Stale = Annotated[bool, typer.Option("--accept-stale", help="Allocate from it though it is dated long ago.")]
Json = Annotated[bool, typer.Option("--json", help="The import as procurement answers it.")]


@app.callback()
def group() -> None:
    """Suppliers' catalogues."""


@app.command("import")
def import_(
    supplier: str, file: File, *, accept_stale: Stale = False, yes: Yes = False, json: Json = False
) -> None:
    """Give a file to procurement and watch its import. Exit code 4 when it waits for a person to let it through, 5 for one to say
    what its columns mean, 1 when it failed.
    """
    services = Services(timeout=UPLOAD_WITHIN)
    with file.open("rb") as feed:
        received = services.ask(
            "POST",
            "procurement",
            f"/suppliers/{supplier}/feeds",
            files={"file": (file.name, feed, "application/octet-stream")},
            data={"accept_stale": "true"} if accept_stale else {},
            headers={"Idempotency-Key": uuid.uuid4().hex},
        ).json()
    found = watched(services, received["import_id"])
    if found["stage"] == "mapping" and not (json and not yes):
        found = mapped(services, found, seen(services, found["import_id"]), yes=yes, quiet=json)
    finish(found, json=json)


@app.command("map")
def map_(import_id: str, *, use: Uses = None, yes: Yes = False) -> None:
    """Show what is guessed of a waiting import's columns, ask, and let it go on."""
    services = Services()
    found = services.get("procurement", f"/imports/{import_id}")
    sight = seen(services, import_id)
    finish(mapped(services, found, sight, yes=yes, uses=changed(sight, use or [])), json=False)


def finish(found: dict[str, Any], *, json: bool) -> None:
    if json:
        as_json(found)
    else:
        report(found)
    raise SystemExit(CODES.get(found["stage"], 1))


def mapped(
    services: Services,
    found: dict[str, Any],
    sight: dict[str, Any],
    *,
    yes: bool,
    uses: list[dict[str, Any]] | None = None,
    quiet: bool = False,
) -> dict[str, Any]:
    """The import after a person's yes; as it was after his no."""
    if not quiet:
        out.print(columns_of(sight))
        out.print(first_rows(sight if uses is None else tried(services, found["import_id"], uses)))
    if sight["missing"] and uses is None:
        say(
            f"This can't be accepted as it is: {sight['missing']}. `opblok feed map {found['import_id']} --use ...` says it otherwise."
        )
        return found
    if not (yes or typer.confirm("Is that what the columns mean? It will be remembered", err=True)):
        return found
    body = {"import_id": found["import_id"], "uses": uses}
    services.ask("PUT", "procurement", f"/suppliers/{found['supplier_id']}/mapping", json=body)
    return watched(services, found["import_id"])


def watched(services: Services, import_id: str) -> dict[str, Any]:
    """The import at its end, or when it waits for a person."""
    with Status("", console=err) as status:
        while True:
            found: dict[str, Any] = services.get("procurement", f"/imports/{import_id}")
            if found["stage"] in ENDS:
                return found
            status.update(f"{found['stage']}: {tally(found)}")
            time.sleep(BETWEEN_LOOKS)


def report(found: dict[str, Any]) -> None:
    say(f"Import {found['import_id']} is {found['stage']}: {tally(found)}")
    if found["reason"]:
        say(str(found["reason"]))
    if found["bad_rows"]:
        out.print(bad_rows(found["bad_rows"][:BAD_ROWS_SHOWN]))
        if found["bad"] > BAD_ROWS_SHOWN:
            say(f"… and {found['bad'] - BAD_ROWS_SHOWN} more; --json shows the first hundred.")
    if found["stage"] == "mapping":
        say(f"It waits for somebody to say what its columns mean: `opblok feed map {found['import_id']}`.")
    if found["stage"] == "held":
        lost, available = found["would_lose"], found["of_available"]
        say(f"It would take away {lost} of {available} offers: a person must approve or discard it.")


def bad_rows(rows: list[dict[str, Any]]) -> Table:
    shown = table("Bad rows", *rows[0])
    for row in rows:
        shown.add_row(*(str(value) for value in row.values()))
    return shown


def tally(found: dict[str, Any]) -> str:
    said = [f"{found[name]} {name}" for name in COUNTS if found.get(name)]
    return ", ".join(said) or "nothing read yet"
