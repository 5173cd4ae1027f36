"""Workbooks of customers on the disk, read within limits of memory."""

from pathlib import Path

from crm.adapters.customer_tables import XlsxWriter, opened

MEGABYTES = 256
"""As deploy gives crm."""


def written(path: Path, *rows: tuple[str, ...]) -> Path:
    book = XlsxWriter(path)
    for each in rows:
        book.row(each)
    book.close()
    return path


def test_a_heading_with_commas_is_one_heading(tmp_path: Path) -> None:
    table = written(tmp_path / "table", ("phone", "name, first, last"), ("79161234567", "Anna; Petrova"))

    read = [(each.line, each.cells) for each in opened(table, MEGABYTES)]

    assert read == [(1, ("phone", "name, first, last")), (2, ("79161234567", "Anna; Petrova"))]


def test_a_workbook_of_tens_of_thousands_is_read_within_what_crm_has(tmp_path: Path) -> None:
    rows = (("phone", "name"), *((f"7916{number:07}", f"Customer {number}") for number in range(20_000)))

    assert sum(1 for _ in opened(written(tmp_path / "table", *rows), MEGABYTES)) == 20_001
