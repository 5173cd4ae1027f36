"""`opblok feed`: a supplier's catalogue from a file."""

import time
import uuid
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.status import Status

from opblok.asking import Services
from opblok.saying import as_json, err, out, say, table

app = typer.Typer(no_args_is_help=True, help="Suppliers' catalogues.")
BETWEEN_LOOKS = 0.3
UPLOAD_WITHIN = 600.0
ENDS = {"held", "done", "discarded", "failed"}
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A YML feed (XML).")]
Stale = Annotated[bool, typer.Option("--accept-stale", help="Allocate from it though it is dated long ago.")]
Json = Annotated[bool, typer.Option("--json", help="The import as procurement answers it.")]


@app.callback()
def group() -> None:
    """Suppliers' catalogues."""


@app.command("import")
def import_(supplier: str, file: File, *, accept_stale: Stale = False, json: Json = False) -> None:
    """Give a file to procurement and watch its import. Exit code 4 when it waits for a person, 1 when it failed."""
    services = Services(timeout=UPLOAD_WITHIN)
    with file.open("rb") as feed:
        received = services.ask(
            "POST",
            "procurement",
            f"/suppliers/{supplier}/feeds",
            files={"file": (file.name, feed, "application/xml")},
            data={"accept_stale": "true"} if accept_stale else {},
            headers={"Idempotency-Key": uuid.uuid4().hex},
        ).json()
    found = watched(services, received.get("import_id") or received["id"])
    if json:
        as_json(found)
    else:
        report(found)
    raise SystemExit({"done": 0, "held": 4}.get(found["stage"], 1))


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
    say(f"Import {found.get('import_id') or found.get('id')} is {found['stage']}: {tally(found)}")
    if found.get("reason"):
        say(str(found["reason"]))
    bad = bad_rows(found)
    if bad:
        rows = table("Bad rows", *bad[0])
        for each in bad:
            rows.add_row(*(str(value) for value in each.values()))
        out.print(rows)
    if found["stage"] == "held":
        say("It would take away most of what this supplier has: a person must approve or discard it.")


def tally(found: dict[str, Any]) -> str:
    said = [f"{value} {name}" for name, value in counts(found).items() if isinstance(value, int) and value]
    return ", ".join(said) or "nothing read yet"


def bad_rows(found: dict[str, Any]) -> list[dict[str, Any]]:
    return found.get("bad_rows") or counts(found).get("bad_rows") or []


def counts(found: dict[str, Any]) -> dict[str, Any]:
    inner: dict[str, Any] = found.get("tally") or found
    return inner
