"""A program of its own that turns a workbook (XLSX, XLS, ODS) into one CSV for each visible sheet.

A workbook is read whole, so it is read here, within limits of memory, time and disk: one that is made to do harm, or that
the library fails on, ends this program and not the service. Cells have the values that were stored; no formula is evaluated.
`python -m chassis.workbook_child FILE FOLDER LIMITS`; needs `opblok-chassis[workbooks]`.
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

from chassis.workbooks import DELIMITER, ENCODING, NAMES, UNREADABLE, Limits

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def main(file: Path, folder: Path, limits: Limits) -> int:
    """0, or `UNREADABLE` with the reason on the standard output."""
    bound(limits)
    try:
        with file.open("rb") as opened:
            names = written(CalamineWorkbook.from_filelike(opened), folder, limits)
    except (CalamineError, OSError, MemoryError, ValueError) as wrong:
        sys.stdout.write(str(wrong)[:200] or type(wrong).__name__)
        return UNREADABLE
    (folder / NAMES).write_text(json.dumps(names), encoding="utf-8")
    return 0


def bound(limits: Limits) -> None:
    """Set the limits of this process, for the rest of its life."""
    for what, most in (
        (resource.RLIMIT_AS, limits.megabytes << 20),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, limits.sheet_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def written(workbook: CalamineWorkbook, folder: Path, limits: Limits) -> list[str]:
    """The names of the sheets, whose rows lie in `0.csv`, `1.csv` and so on."""
    sheets = [each for each in workbook.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet]
    shown = [each for each in sheets if each.visible is SheetVisibleEnum.Visible] or sheets
    names = [each.name for each in shown[: limits.sheets]]
    for number, name in enumerate(names):
        path = folder / f"{number}.csv"
        with path.open("w", newline="", encoding=ENCODING, errors="replace") as into:
            csv.writer(into, delimiter=DELIMITER).writerows(rows(workbook.get_sheet_by_name(name), limits))
    return names


def rows(sheet: CalamineSheet, limits: Limits) -> Iterator[list[str]]:
    """Rows from the sheet's first one and cells from its first column on, each row on one line; an empty one keeps its number."""
    if sheet.start is None:
        return
    before = list(repeat("", sheet.start[1]))
    for row in sheet.iter_rows():
        yield trimmed([text(cell, limits) for cell in chain(before, row[: limits.columns])])


def trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def text(cell: Cell, limits: Limits) -> str:
    """A value as a person would type it: a number that was kept as 79161234567.0 is a telephone's again."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    lines = (" ".join(line.split()) for line in str(cell)[: limits.longest_cell].splitlines())
    return limits.line_break.join(line for line in lines if line)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), Limits(**json.loads(sys.argv[3]))))
