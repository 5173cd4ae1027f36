"""A program to be run as a child process: what to call, where it logs, how it ends with its parent."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Program:
    """`stop_within`: seconds it may take to end by itself after a SIGTERM."""

    name: str
    argv: tuple[str, ...]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    stop_within: float = 10.0


def spawn(program: Program, *, if_parent_dies: signal.Signals = signal.SIGTERM) -> subprocess.Popen[bytes]:
    """Start it in a session of its own, so that the Ctrl-C of a terminal reaches only the parent.

    Call it from the main thread: Linux counts the end of the calling thread as the death of the parent.
    """
    program.log.parent.mkdir(parents=True, exist_ok=True)
    # appending, so that a log can be truncated under a running process
    with program.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 (our own argv)
            program.argv,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, **program.environment},
            start_new_session=True,
            preexec_fn=tether(if_parent_dies),  # noqa: PLW1509 (one system call, nothing allocated)
        )


def tether(signal_at_death: signal.Signals) -> Callable[[], None] | None:
    """What makes a child end with its parent, where the system can do it."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    number = int(signal_at_death)

    def tie() -> None:
        prctl(PR_SET_PDEATHSIG, number)

    return tie


def last_lines(log: Path, count: int = 15, reach: int = 16_384) -> str:
    """The end of a log, for a message that explains a death."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - reach))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-count:])
