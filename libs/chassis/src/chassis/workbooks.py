"""XLSX, XLS and ODS: their visible sheets as CSV on the disk, read by a program of its own (`workbook_child`)."""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

CHILD = "chassis.workbook_child"
UNREADABLE = 3
NAMES = "sheets.json"
ENCODING, DELIMITER = "utf-8", ","
"""Of the sheets as they lie on the disk."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one workbook may take. `megabytes`: addresses of the program that reads it, its own included;
    `seconds`: of a processor, and twice as many by the clock; `sheet_bytes`: disk for one sheet. What is beyond `sheets`, `columns`
    and `longest_cell` (characters) is left out. `line_break`: what a line's end inside of a cell becomes.
    """

    megabytes: int
    seconds: int
    sheet_bytes: int
    sheets: int
    columns: int
    longest_cell: int
    line_break: str = " "


@dataclass(frozen=True, slots=True)
class Sheet:
    """Its rows, one a line, in a file that lasts as long as its folder does."""

    name: str
    path: Path


class NotAWorkbook(Exception):
    """It can't be read, or not within its limits; the words may quote the file."""


def sheets(path: Path, folder: Path, limits: Limits) -> list[Sheet]:
    """The visible sheets, in a new folder; all of them where none is visible. Raise `NotAWorkbook`."""
    folder.mkdir()
    asked = [sys.executable, "-m", CHILD, str(path), str(folder), json.dumps(asdict(limits))]
    try:
        child = subprocess.run(asked, capture_output=True, timeout=2 * limits.seconds, check=False)  # noqa: S603 - our own program
    except subprocess.TimeoutExpired:
        raise NotAWorkbook("the workbook takes too long to read") from None
    if child.returncode == UNREADABLE:
        raise NotAWorkbook(f"the workbook can't be read: {child.stdout.decode(errors='replace')[:200]}")
    if child.returncode:
        raise NotAWorkbook(
            "the workbook can't be read: it needs more memory or time than it may, or is spoilt"
        )
    names: list[str] = json.loads((folder / NAMES).read_text(encoding="utf-8"))
    return [Sheet(name, folder / f"{number}.csv") for number, name in enumerate(names)]
