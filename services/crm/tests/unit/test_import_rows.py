"""What a row of a table of customers says (R97)."""

import csv
from pathlib import Path

import pytest
from crm.adapters.delimited import records
from crm.domain.import_reading import rows
from crm.domain.import_rows import Column, Row, columns_of, plain, row_of
from crm.domain.refusals import NotATable
from hypothesis import given
from hypothesis import strategies as st
from kernel.personal import Personal
from kernel.spreadsheet import harmless

PHONE, NAME = Column.PHONE, Column.NAME


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Телефон", PHONE), ("мобильный телефон", PHONE), ("Phone 2", PHONE), ("phone_number", PHONE), ("ФИО", NAME),
        ("Full name", NAME), ("Адрес доставки", Column.ADDRESS), ("Ответственный", Column.OWNER),
        ("Manager", Column.OWNER), ("Не звонить", Column.NO_CALLS), ("Комментарий", None), ("", None),
    ],
)  # fmt: skip
def test_headings_in_both_languages_tell_what_a_column_is(heading: str, column: Column | None) -> None:
    assert columns_of([heading, "Тел."], {}) == (column, PHONE)


def test_what_somebody_says_of_a_heading_counts() -> None:
    assert columns_of(["Тел", "Второй"], {"второй": PHONE, "ТЕЛ": None}) == (None, PHONE)
    with pytest.raises(NotATable):
        columns_of(["Тел"], {"Имя клиента": NAME})


def test_without_headings_nothing_of_the_first_person_is_repeated() -> None:
    with pytest.raises(NotATable) as no:
        columns_of(["Пелагея", "+79161234567"], {})

    assert "Пелагея" not in f"{no.value}{no.value.about}"
    assert "9161234567" not in f"{no.value}{no.value.about}"


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("8 (916) 123-45-67", ["+79161234567"]), ("79161234567", ["+79161234567"]), ("9161234567", ["+79161234567"]),
        ("+49 30 901820", ["+4930901820"]), ("8 495 123-45-67, доб. 12", ["+74951234567"]),
        ("89161234567; 84951234567", ["+79161234567", "+74951234567"]),
        ("89161234567, 8 495 1234567", ["+79161234567", "+74951234567"]), ("'+79161234567", ["+79161234567"]),
        ("89161234567; +7 916 123 45 67", ["+79161234567"]),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(cell: str, numbers: list[str]) -> None:
    row = row_of(2, [cell], (PHONE,))

    assert row is not None
    assert ([each.e164 for each in row.phones], row.fault) == (numbers, "")


def test_a_row_that_says_too_little_or_too_much_is_a_fault_and_an_empty_one_is_nothing() -> None:
    assert row_of(2, ["123", "Anna"], (PHONE, NAME)) == Row(2, fault="bad_phone")
    assert row_of(2, ["", "Anna"], (PHONE, NAME)) == Row(2, fault="no_phone")
    assert row_of(2, ["89161234567", "Anna", "more"], (PHONE, NAME)) == Row(
        2, fault="more_cells_than_headings"
    )
    assert row_of(2, ["", " "], (PHONE, NAME)) is None
    kept = row_of(2, ["89161234567; 12", "Anna", "да"], (PHONE, NAME, Column.NO_CALLS))
    assert kept
    assert (kept.notes, kept.name, kept.no_calls) == (("bad_phone",), Personal("Anna"), True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_seen_by_themselves(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    file = tmp_path / "file"
    with file.open("w", encoding=encoding, newline="") as into:
        csv.writer(into, delimiter=delimiter).writerows([["Имя", "Телефон"], ["Пелагея", "89161234567"]])

    (row,) = rows(records(file), {})

    assert (row.line, row.name, row.phones[0].e164) == (2, Personal("Пелагея"), "+79161234567")


def test_a_quotation_mark_that_is_not_closed_costs_its_row_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "file"
    good = [f"8916123{n:04d};N{n}" for n in range(60)]
    file.write_text(
        "\n".join(["Телефон;Имя", *good[:30], '89169999999;"Open', *good[30:], "", '"two', 'lines";x'])
    )

    read = list(rows(records(file), {}))

    assert [(each.line, each.fault) for each in read if each.fault] == [(32, "unreadable"), (64, "bad_phone")]
    assert len(read) == 62


def test_a_number_that_stood_before_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("phone,name\n89161234567,A\n89161234568,B\n+79161234567; 89161234568,C\n")

    assert [each.double_of for each in rows(records(file), {})] == [None, None, 2]


@given(st.text(max_size=20))
def test_no_cell_is_a_formula_and_each_comes_back(text: str) -> None:
    out = harmless(text)

    assert not out.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    if text == text.strip() and not text.startswith("'"):
        assert plain(out) == text
