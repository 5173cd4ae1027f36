"""A program of its own that turns a workbook (XLSX, XLS, ODS) into one CSV for each visible sheet.

A workbook is read whole, so it is read here, within limits of memory and time: one that is made to do harm, or that
the library fails on, ends this program and not the service. Cells have the values that were stored; no formula is evaluated.
`python -m procurement.adapters.workbook_child FILE FOLDER MEGABYTES SECONDS`
"""

import csv
import datetime as dt
import json
import resource
import sys
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MOST_SHEETS = 30
MOST_COLUMNS = 200
LONGEST_CELL = 2000
UNREADABLE = 3

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def main(file: Path, folder: Path, megabytes: int, seconds: int) -> int:
    """0, or `UNREADABLE` with the reason on the standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with file.open("rb") as opened:
            names = written(CalamineWorkbook.from_filelike(opened), folder)
    except (CalamineError, OSError, MemoryError, ValueError) as wrong:
        sys.stdout.write(str(wrong)[:200] or type(wrong).__name__)
        return UNREADABLE
    (folder / "sheets.json").write_text(json.dumps(names))
    return 0


def written(workbook: CalamineWorkbook, folder: Path) -> list[str]:
    """The names of the sheets, whose rows lie in `0.csv`, `1.csv` and so on."""
    sheets = [each for each in workbook.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet]
    shown = [each for each in sheets if each.visible is SheetVisibleEnum.Visible] or sheets
    names = [each.name for each in shown[:MOST_SHEETS]]
    for number, name in enumerate(names):
        with (folder / f"{number}.csv").open("w", newline="", encoding="utf-8", errors="replace") as into:
            csv.writer(into).writerows(rows(workbook.get_sheet_by_name(name)))
    return names


def rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """Rows from the sheet's first one and cells from its first column on, each row on one line."""
    if sheet.start is None:
        return
    before = list(repeat("", sheet.start[1]))
    for row in sheet.iter_rows():
        yield trimmed([text(cell) for cell in chain(before, row[:MOST_COLUMNS])])


def trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def text(cell: Cell) -> str:
    """A value as a person would type it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    return " ".join(str(cell)[:LONGEST_CELL].split())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
