"""A program of its own that turns the first visible sheet of a workbook into CSV, one row a line, within limits of memory and time: a
workbook made to do harm ends this program and not the service. Formulas are not evaluated.
`python -m crm.adapters.workbook_child FILE INTO MEGABYTES SECONDS`
"""

import csv
import datetime as dt
import resource
import sys
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MOST_COLUMNS = 100
LONGEST_CELL = 1000
UNREADABLE = 3

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def main(file: Path, into: Path, megabytes: int, seconds: int) -> int:
    """0, or `UNREADABLE`."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with file.open("rb") as opened, into.open("w", newline="", encoding="utf-8", errors="replace") as out:
            csv.writer(out, delimiter=";").writerows(rows(_sheet(CalamineWorkbook.from_filelike(opened))))
    except (CalamineError, OSError, MemoryError, ValueError, IndexError):
        return UNREADABLE
    return 0


def _sheet(workbook: CalamineWorkbook) -> CalamineSheet:
    sheets = [each for each in workbook.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet]
    shown = [each for each in sheets if each.visible is SheetVisibleEnum.Visible] or sheets
    return workbook.get_sheet_by_name(shown[0].name)


def rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """Rows from the sheet's first one on, each on one line; an empty one keeps its number."""
    if sheet.start is None:
        return
    before = list(repeat("", sheet.start[1]))
    for row in sheet.iter_rows():
        yield [text(cell) for cell in chain(before, row[:MOST_COLUMNS])]


def text(cell: Cell) -> str:
    """A value as a person would type it: a number that was kept as 79161234567.0 is a telephone's again."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    lines = (" ".join(line.split()) for line in str(cell)[:LONGEST_CELL].splitlines())
    return "; ".join(line for line in lines if line)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
