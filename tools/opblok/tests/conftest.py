"""Small processes to be supervised: one that serves, one that dies, one that does not listen."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from chassis.embedded.program import Program
from opblok.supervision.part import Part

PREFACE = """
import pathlib, signal, sys, time
name, folder = sys.argv[1], pathlib.Path(sys.argv[2])
def note(what):
    with open(folder / "notes", "a") as notes: notes.write(f"{name} {what}\\n")
"""
SERVES = """
def end(*_):
    time.sleep(0.1)
    note("ended")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
note("began"); (folder / f"{name}.ready").touch(); time.sleep(60)
"""
DIES = "note('began'); print('the lamp is out', flush=True); sys.exit(7)"
DEAF = "signal.signal(signal.SIGTERM, signal.SIG_IGN); (folder / f'{name}.ready').touch(); time.sleep(60)"

MakePart = Callable[..., Part]


@pytest.fixture
def part(tmp_path: Path) -> MakePart:
    def make(name: str, does: str = SERVES, *, ready_within: float = 10.0, stop_within: float = 5.0) -> Part:
        argv = (sys.executable, "-c", PREFACE + does, name, str(tmp_path))
        return Part(
            Program(name, argv, tmp_path / f"{name}.log", stop_within=stop_within),
            f"nowhere/{name}",
            is_ready=(tmp_path / f"{name}.ready").exists,
            ready_within=ready_within,
        )

    return make


@pytest.fixture
def notes(tmp_path: Path) -> Callable[[], list[str]]:
    """What the processes noted so far."""

    def read() -> list[str]:
        file = tmp_path / "notes"
        return file.read_text().splitlines() if file.exists() else []

    return read
