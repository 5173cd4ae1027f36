"""Workbooks of strangers: sheets as people see them, and one made to do harm ends its reader and not us."""

import csv
import datetime as dt
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from chassis.workbooks import DELIMITER, ENCODING, Limits, NotAWorkbook, Sheet, sheets

openpyxl: Any = import_module("openpyxl")
"""It ships no types."""
LIMITS = Limits(megabytes=1024, seconds=60, sheet_bytes=1 << 20, sheets=2, columns=4, longest_cell=20)
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def made(path: Path, **written: Iterable[Iterable[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in written.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name.startswith("hidden") else "visible"
    book.save(path)
    return path


def read(sheet: Sheet) -> list[list[str]]:
    with sheet.path.open(encoding=ENCODING, newline="") as file:
        return list(csv.reader(file, delimiter=DELIMITER))


def test_values_are_as_a_person_would_type_them(tmp_path: Path) -> None:
    when = dt.datetime(2026, 3, 2)  # noqa: DTZ001 - cells have no zone
    rows = [
        ["a", 79161234567.0, 1.5, True],
        [],
        [when, "two\n lines", when.replace(hour=9), None],
        ["", "=1+1"],
    ]

    (sheet,) = sheets(made(tmp_path / "a.xlsx", people=rows), tmp_path / "out", LIMITS)

    assert sheet.name == "people"
    assert read(sheet) == [
        ["a", "79161234567", "1.5", "true"],
        [],
        ["2026-03-02", "two lines", "2026-03-02 09:00:00"],
    ]


def test_a_line_break_may_be_told_from_a_blank(tmp_path: Path) -> None:
    file = made(tmp_path / "a.xlsx", people=[["one\ntwo"]])

    (sheet,) = sheets(file, tmp_path / "out", replace(LIMITS, line_break="; "))

    assert read(sheet) == [["one; two"]]


def test_what_is_beyond_the_limits_is_left_out(tmp_path: Path) -> None:
    rows = [["x" * 30, 2, 3, 4, 5]]
    file = made(tmp_path / "a.xlsx", hidden=rows, one=rows, two=rows, three=rows)

    found = sheets(file, tmp_path / "out", LIMITS)

    assert [each.name for each in found] == ["one", "two"]
    assert read(found[0]) == [["x" * 20, "2", "3", "4"]]


def sheet_of(rows: str, tmp_path: Path) -> Path:
    """A workbook whose sheet is this."""
    whole, bad = made(tmp_path / "whole.xlsx", people=[["a"]]), tmp_path / "bad.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as target:
        for each in source.namelist():
            xml = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
            target.writestr(each, xml if each.endswith("sheet1.xml") else source.read(each))
    return bad


def test_a_cell_at_the_end_of_the_world_is_refused_for_its_memory(tmp_path: Path) -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    with pytest.raises(NotAWorkbook, match="memory"):
        sheets(sheet_of(far, tmp_path), tmp_path / "out", LIMITS)


def test_rows_that_would_fill_the_disk_are_refused(tmp_path: Path) -> None:
    many = '<row><c t="inlineStr"><is><t>twenty letters, each</t></is></c></row>' * 60_000

    with pytest.raises(NotAWorkbook, match="can't be read"):
        sheets(sheet_of(many, tmp_path), tmp_path / "out", LIMITS)

    assert max(each.stat().st_size for each in (tmp_path / "out").iterdir()) <= LIMITS.sheet_bytes


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"PK\x03\x04nothing")

    with pytest.raises(NotAWorkbook, match="can't be read"):
        sheets(file, tmp_path / "out", LIMITS)
