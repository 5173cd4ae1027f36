"""What a killed supervisor left running: ended before anything is started in its place."""

import contextlib

import psutil

from opblok.supervision.seen import Seen

POLITELY = 15.0


def end_leftovers(seen: Seen | None) -> list[str]:
    """Stop them in order: services first, servers last. The names of those that were still there.

    On Linux they were told to end when their supervisor died, and mostly are gone.
    """
    found = (
        [(part.name, process) for part in reversed(seen.parts) if (process := part.process())] if seen else []
    )
    for _, process in found:
        end(process)
    return [name for name, _ in found]


def end(process: psutil.Process, within: float = POLITELY) -> None:
    """SIGTERM, and SIGKILL to who does not listen."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.terminate()
        try:
            process.wait(within)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(within)
