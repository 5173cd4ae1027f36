"""What can be seen of a running stack from outside: the supervisor writes it to a file, everybody else reads it."""

import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import psutil


class State(StrEnum):
    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    NOT_READY = "not ready"
    PAUSING = "restarting"
    STOPPING = "stopping"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class PartSeen:
    """`born` tells a process from a later one with the same pid."""

    name: str
    state: State
    address: str
    log: str
    pid: int | None = None
    born: float | None = None
    restarts: int = 0
    why: str = ""

    def process(self) -> psutil.Process | None:
        """The process itself, if it still lives."""
        return living(self.pid, self.born)


@dataclass(frozen=True, slots=True)
class Seen:
    """`phase`: what the supervisor is at: starting, up, stopping, stopped, failed."""

    phase: str
    doing: str = ""
    pid: int = field(default_factory=os.getpid)
    since: float = field(default_factory=time.time)
    parts: tuple[PartSeen, ...] = ()
    kafka: str = ""
    mongo: str = ""

    def address(self, name: str) -> str | None:
        return next((part.address for part in self.parts if part.name == name), None)


def living(pid: int | None, born: float | None) -> psutil.Process | None:
    """The process itself, neither dead nor a later one with its number."""
    if pid is None or born is None:
        return None
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        if abs(process.create_time() - born) < 1.0 and process.status() != psutil.STATUS_ZOMBIE:
            return process
    return None


def write(seen: Seen, file: Path) -> None:
    """Whole or not at all: a reader never meets half of it. Addresses may hold credentials, so it is the owner's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(asdict(seen), indent=1))
    fresh.replace(file)


def read(file: Path) -> Seen | None:
    """None when nothing was ever started there."""
    try:
        found: dict[str, Any] = json.loads(file.read_text())
    except FileNotFoundError:
        return None
    listed: list[dict[str, Any]] = found.pop("parts")
    for part in listed:
        part["state"] = State(part["state"])
    parts = tuple(PartSeen(**part) for part in listed)
    return Seen(**found, parts=parts)
