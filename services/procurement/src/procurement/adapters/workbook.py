"""XLSX, XLS and ODS: their sheets as tables, read by a program of its own (`workbook_child`)."""

import json
import subprocess
import sys
from pathlib import Path

from procurement.adapters.delimited import records
from procurement.adapters.tables import Table
from procurement.adapters.workbook_child import UNREADABLE
from procurement.application.ports import NotAFeed

CHILD = "procurement.adapters.workbook_child"
SECONDS = 600


def sheets(path: Path, folder: Path, most_megabytes: int) -> list[Table]:
    """The visible sheets. Raise `NotAFeed`."""
    folder.mkdir()
    asked = [sys.executable, "-m", CHILD, str(path), str(folder), str(most_megabytes), str(SECONDS)]
    try:
        child = subprocess.run(asked, capture_output=True, timeout=2 * SECONDS, check=False)  # noqa: S603 - our own program
    except subprocess.TimeoutExpired:
        raise NotAFeed("the workbook takes too long to read") from None
    if child.returncode == UNREADABLE:
        raise NotAFeed(f"the workbook can't be read: {child.stdout.decode(errors='replace')[:200]}")
    if child.returncode:
        raise NotAFeed(
            "the workbook can't be read: it needs more memory or time than a price list may, or is spoilt"
        )
    names: list[str] = json.loads((folder / "sheets.json").read_text())
    return [_table(folder / f"{number}.csv", name) for number, name in enumerate(names)]


def _table(path: Path, name: str) -> Table:
    return Table(name[:60], "", lambda: records(path, "utf-8", ","))
