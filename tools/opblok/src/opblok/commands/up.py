"""`opblok up` and `opblok down`."""

import asyncio
import os
import subprocess
import sys
import time
from typing import Annotated

import psutil
import typer
from chassis.embedded.unable import CannotStart

from opblok.greeting import greet
from opblok.home import Home, home
from opblok.saying import give_up, given, say
from opblok.screen import Foreground, Screen, screen
from opblok.stack.running import Run
from opblok.stack.settings import StackSettings, from_base
from opblok.supervision.leftovers import end_leftovers
from opblok.supervision.lock import AlreadyRunning, is_held
from opblok.supervision.seen import Seen, read
from opblok.topic_making import make_topics

BETWEEN_LOOKS = 0.1
STOPS_WITHIN = 90.0

Detach = Annotated[
    bool, typer.Option("--detach", "-d", help="Return when all is up; `opblok down` stops it.")
]
PortBase = Annotated[
    int | None,
    typer.Option(min=1024, max=65000, help="Use a block of ports from here on instead of the usual ones."),
]


Traces = Annotated[
    bool, typer.Option("--traces", help="Start Zipkin, too, and see there what every request does.")
]


def up(*, detach: Detach = False, port_base: PortBase = None, traces: Traces = False) -> None:
    """Start Kafka, MongoDB and all services, and keep them running."""
    for name, value in (from_base(port_base) if port_base else {}).items():
        os.environ.setdefault(name, value)
    if traces:
        os.environ["OPBLOK_TRACES"] = "true"
    place = home()
    try:
        place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as refused:
        give_up(f"{place.folder} can't be made: {refused.strerror}.", "set OPBLOK_HOME to another folder.")
    if is_held(place.lock):
        already(place)
    elif detach:
        in_background(place)
    else:
        here(place)


def already(place: Home) -> None:
    seen = read(place.seen)
    say(f"Opblok is running already, under supervisor {seen.pid if seen else '?'}; `opblok down` stops it.")
    if seen:
        greet(seen)


def here(place: Home) -> None:
    """In this process, until Ctrl-C or `opblok down`."""
    shown = Foreground()

    def all_is_up(seen: Seen) -> None:
        shown.settle(seen)
        greet(seen)
        say("Ctrl-C stops everything.")

    run = Run(given(StackSettings), place, shown, make_topics, all_is_up)
    try:
        asyncio.run(run.until_stopped())
    except CannotStart as unable:
        give_up(unable.what, unable.remedy)
    except AlreadyRunning:
        already(place)
    else:
        say("Stopped.")


def in_background(place: Home) -> None:
    """The same in a process of its own; this one watches until all is up."""
    log = place.log("supervisor")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as opened:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "opblok", "up"],
            stdin=subprocess.DEVNULL,
            stdout=opened,
            stderr=opened,
            start_new_session=True,
        )
    seen = watch(place, supervisor, screen())
    if seen is None or seen.phase != "up":
        give_up(seen.doing if seen and seen.doing else f"it did not come up; read {log}.")
    greet(seen)
    say("`opblok down` stops everything.")


def watch(place: Home, supervisor: "subprocess.Popen[bytes]", shown: Screen) -> Seen | None:
    try:
        while True:
            seen = read(place.seen)
            ours = seen if seen and seen.pid == supervisor.pid else None
            if ours:
                shown.show(ours)
            if supervisor.poll() is not None or (ours and ours.phase == "up"):
                return ours
            time.sleep(BETWEEN_LOOKS)
    finally:
        shown.close()


def down() -> None:
    """Stop everything that `opblok up` started, in order."""
    place = home()
    seen = read(place.seen)
    if not is_held(place.lock):
        left = end_leftovers(seen)
        say(f"Stopped what was left running: {', '.join(left)}." if left else "Nothing is running.")
        return
    if seen is None:
        give_up("a supervisor is just starting.", "try again in a second.")
    psutil.Process(seen.pid).terminate()
    shown = screen()
    try:
        wait_for_end(place, shown)
    finally:
        shown.close()
    say("Stopped.")


def wait_for_end(place: Home, shown: Screen) -> None:
    limit = time.monotonic() + STOPS_WITHIN
    while is_held(place.lock):
        if seen := read(place.seen):
            shown.show(seen)
        if time.monotonic() > limit:
            give_up(f"it did not stop within {STOPS_WITHIN:.0f} s.", "`opblok ps` shows what hangs.")
        time.sleep(BETWEEN_LOOKS)
