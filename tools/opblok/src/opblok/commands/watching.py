"""`opblok ps` and `opblok logs`: looking at what runs."""

import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import psutil
import typer

from opblok.home import Home, home
from opblok.saying import as_json, give_up, out, say, table
from opblok.screen import coloured
from opblok.supervision.lock import is_held
from opblok.supervision.seen import PartSeen, Seen, State, read

BETWEEN_LOOKS = 0.3

Json = Annotated[bool, typer.Option("--json", help="For programs: JSON instead of a table.")]


def ps(*, json: Json = False) -> None:
    """Show what runs: state, process, restarts, uptime, memory. Exit code 3 when something is not ready."""
    place = home()
    seen = read(place.seen)
    supervised = is_held(place.lock)
    rows = [row(part, supervised=supervised) for part in seen.parts] if seen else []
    if json:
        as_json({"phase": phase(seen, supervised=supervised), "parts": rows})
    elif seen and (supervised or any(each["pid"] for each in rows)):
        show(seen, rows, supervised=supervised)
    else:
        say("Nothing is running; `opblok up` starts it.")
    if not rows or any(each["state"] != State.READY for each in rows):
        raise SystemExit(3)


def phase(seen: Seen | None, *, supervised: bool) -> str:
    if supervised and seen:
        return seen.phase
    return "starting" if supervised else "stopped"


def row(part: PartSeen, *, supervised: bool) -> dict[str, Any]:
    process = part.process()
    state = part.state if process or supervised else State.STOPPED
    memory = uptime = None
    if process:
        try:
            memory, uptime = process.memory_info().rss, time.time() - process.create_time()
        except psutil.Error:
            process = None
    return {
        "name": part.name,
        "state": str(state),
        "pid": process.pid if process else None,
        "restarts": part.restarts,
        "uptime_seconds": round(uptime, 1) if uptime is not None else None,
        "memory_bytes": memory,
        "address": part.address,
        "why": part.why,
    }


def show(seen: Seen, rows: list[dict[str, Any]], *, supervised: bool) -> None:
    shown = table("", "part", "state", "pid", "restarts", "up for", "memory", "address", "")
    for part, each in zip(seen.parts, rows, strict=True):
        memory = f"{each['memory_bytes'] / 1e6:.0f} MB" if each["memory_bytes"] else ""
        pid = str(each["pid"] or "")
        shown.add_row(
            *(part.name, coloured(part), pid, str(each["restarts"])),
            *(for_people(each["uptime_seconds"]), memory, part.address, part.why),
        )
    out.print(shown)
    if not supervised:
        say(
            "No supervisor: these were left by a killed one. `opblok down` stops them, `opblok up` starts afresh."
        )


def for_people(seconds: float | None) -> str:
    """42 s, 3 min 05 s, 2 h 10 min."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02d} min"
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


Name = Annotated[str | None, typer.Argument(help="A part: orders, kafka, supervisor ... Without it: all.")]
Follow = Annotated[bool, typer.Option("--follow", "-f", help="Go on as the log grows.")]
Lines = Annotated[int, typer.Option("--lines", "-n", min=0, help="How many of the last lines to show first.")]


def logs(name: Name = None, *, follow: Follow = False, lines: Lines = 50) -> None:
    """Show what a part has logged."""
    chosen = files(home(), name)
    for file in chosen:
        for line in last(file, lines):
            tell(file, line, alone=len(chosen) == 1)
    if follow:
        grow(chosen)


def files(place: Home, name: str | None) -> list[Path]:
    there = sorted(place.logs.glob("*.log"))
    chosen = [each for each in there if name in (None, each.stem)]
    if not chosen:
        known = ", ".join(each.stem for each in there) or "none yet"
        give_up(f"there is no log {name or ''} in {place.logs}.", f"logs there are: {known}.")
    return chosen


def last(file: Path, lines: int) -> Iterator[str]:
    with file.open(errors="replace") as opened:
        yield from deque(opened, maxlen=lines)


def grow(chosen: list[Path]) -> None:
    places = {file: file.stat().st_size for file in chosen}
    try:
        while True:
            for file in chosen:
                places[file] = tell_new(file, places[file], alone=len(chosen) == 1)
            time.sleep(BETWEEN_LOOKS)
    except KeyboardInterrupt:
        return


def tell_new(file: Path, place: int, *, alone: bool) -> int:
    """What was written since; from the beginning again when the log was rotated."""
    with file.open(errors="replace") as opened:
        opened.seek(place if file.stat().st_size >= place else 0)
        for line in opened:
            tell(file, line, alone=alone)
        return opened.tell()


def tell(file: Path, line: str, *, alone: bool) -> None:
    out.print(line.rstrip("\n") if alone else f"{file.stem:>12} | {line.rstrip()}", markup=False)
