"""XLSX, XLS and ODS: their sheets as tables."""

from pathlib import Path

from chassis import workbooks
from chassis.workbooks import DELIMITER, ENCODING, Limits, NotAWorkbook, Sheet

from procurement.adapters.delimited import LONGEST_CELL, records
from procurement.adapters.tables import Table
from procurement.application.ports import NotAFeed
from procurement.domain.feed_sight import MOST_COLUMNS

MOST_SHEETS = 30
SECONDS = 600


def sheets(path: Path, folder: Path, most_megabytes: int, most_bytes: int) -> list[Table]:
    """The visible sheets. Raise `NotAFeed`."""
    limits = Limits(most_megabytes, SECONDS, most_bytes, MOST_SHEETS, MOST_COLUMNS, LONGEST_CELL)
    try:
        return [_table(each) for each in workbooks.sheets(path, folder, limits)]
    except NotAWorkbook as wrong:
        raise NotAFeed(str(wrong)) from None


def _table(sheet: Sheet) -> Table:
    return Table(sheet.name[:60], "", lambda: records(sheet.path, ENCODING, DELIMITER))
