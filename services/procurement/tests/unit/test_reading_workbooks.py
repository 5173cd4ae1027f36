"""XLSX and its kin: sheets, headers, formulas by their stored values; and workbooks made to do harm."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from procurement.application.ports import NotAFeed
from procurement.domain.availability import counted

openpyxl: Any = import_module("openpyxl")
xlsxwriter: Any = import_module("xlsxwriter")
"""Neither ships types."""


def made(write: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    write(book)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def price_list(book: Any) -> None:
    cover, sheet = book.worksheets[0], book.create_sheet("Прайс")
    cover["B2"] = "Добро пожаловать"
    sheet.merge_cells("B2:F2")
    sheet["B2"] = "Прайс-лист на 25.11.2026"
    for place, text in zip(
        "BCDEFG", ("Код", "Наименование", "Цена", "Остаток", "Штрихкод", "Поступление"), strict=True
    ):
        sheet[f"{place}4"] = text
    sheet["C5"] = "Лампы"
    sheet.append([None, 1001, "Лампа латунная", 1499.5, 12.0, 4006381333931, dt.date(2026, 3, 2)])
    sheet.append([None, "L-2", "Лампа\nмедная", "1 200,00", "много", None, None])
    sheet.append([])
    sheet.append([None, "L-3", '=HYPERLINK("http://evil")', "#N/A", 3, None, None])
    sheet.append([None, "L-4", "Цепь", 90, 3, None, None])
    book.create_sheet("Скрытый").sheet_state = "hidden"


def test_sheet_and_header_are_found_and_numbers_read_as_they_were_typed(look: Callable[..., Any]) -> None:
    read = look(made(price_list))

    assert (read.asked.part, read.asked.header_line) == ("Прайс", 4)
    lamp, copper = read.terms["1001"], read.terms["L-2"]
    assert (lamp.title, lamp.price.minor, lamp.availability) == ("Лампа латунная", 149_950, counted(12))
    assert (lamp.product_id, lamp.category) == ("gtin-04006381333931", "Лампы")
    assert (copper.title, copper.price.minor) == ("Лампа медная", 120_000)


def test_a_bad_row_is_named_by_its_sheet_and_row(look: Callable[..., Any]) -> None:
    read = look(made(price_list))

    assert [(row.part, row.line, row.code) for row in read.bad] == [("Прайс", 9, "L-3")]
    assert [row.line for row in read.good] == [6, 7, 10]


def test_a_formula_has_the_value_that_was_stored(look: Callable[..., Any], tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "lamps.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Код", "Название", "Цена"])
    sheet.write_row(1, 0, ["A", "Лампа"])
    sheet.write_formula(1, 2, "=1+1", value=99)
    book.close()

    assert look(tmp_path / "lamps.xlsx").terms["A"].price.minor == 99_00


def test_all_sheets_of_one_header_are_read(look: Callable[..., Any]) -> None:
    def write(book: Any) -> None:
        for n, sheet in enumerate(
            [book.worksheets[0], book.create_sheet("Цепи"), book.create_sheet("Заметки")]
        ):
            if sheet.title != "Заметки":
                sheet.append(["Код", "Название", "Цена"])
            sheet.append([f"A{n}", f"Лампа {n}", 10 + n])

    read = look(made(write))

    assert [(row.code, row.line) for row in read.good] == [("A0", 2), ("A1", 2)]


def test_other_workbooks_are_read_as_well(look: Callable[..., Any], feeds: Path) -> None:
    read = look(feeds / "lamps.ods")

    assert [(row.code, row.terms.price.minor) for row in read.good] == [("L1", 149_950), ("L2", 80_000)]


def test_a_workbook_cut_in_the_middle_is_refused(look: Callable[..., Any]) -> None:
    whole = made(price_list)

    with pytest.raises(NotAFeed, match="can't be read"):
        look(whole[: len(whole) // 2])


def test_what_only_looks_like_a_workbook_is_refused(look: Callable[..., Any]) -> None:
    for spoilt in (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 5000, b"PK\x03\x04" + b"x" * 500):
        with pytest.raises(NotAFeed):
            look(spoilt)


def sheet_with(xml: str) -> bytes:
    """A workbook whose first sheet is this."""
    from_, into = io.BytesIO(made(lambda book: book.worksheets[0].append(["Код"]))), io.BytesIO()
    with zipfile.ZipFile(from_) as source, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as target:
        for each in source.namelist():
            target.writestr(each, xml if each.endswith("sheet1.xml") else source.read(each))
    return into.getvalue()


def test_a_cell_at_the_end_of_the_world_ends_the_reader_and_not_the_service(look: Callable[..., Any]) -> None:
    far = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )

    with pytest.raises(NotAFeed, match="memory"):
        look(sheet_with(far), megabytes=1024)


def test_a_workbook_that_unpacks_beyond_its_limit_is_refused(look: Callable[..., Any]) -> None:
    with pytest.raises(NotAFeed, match="far larger"):
        look(sheet_with(" " * (40 * 2**20)))
