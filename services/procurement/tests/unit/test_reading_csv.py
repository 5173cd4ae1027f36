"""Price lists as text: whatever they are parted by and written in."""

from collections.abc import Callable
from typing import Any

import pytest
from procurement.application.ports import NotAFeed
from procurement.domain.availability import NOTHING, UNCOUNTED, counted

PRICE_LIST = """Прайс-лист ООО «Латунь» от 25.11.2026;;;;;;
;;;;;;
Код;Наименование;Цена, руб.;Опт;Остаток;Бренд;Цвет
;Лампы настольные;;;;;
L-1;"Лампа 12"" латунная; настольная";1 499,50;1 200;>10;Brass;жёлтый
L-2;Лампа медная;800,00 руб.;;нет;Brass;медь
;Цепи;;;;;
L-3;Цепь латунная;90;;много;Brass;
"""


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "koi8-r", "cp866"]
)
def test_every_encoding_of_price_lists_is_understood(look: Callable[..., Any], encoding: str) -> None:
    lamps = PRICE_LIST.replace("«", "").replace("»", "").encode(encoding)

    read = look(lamps)

    assert not read.bad
    assert read.terms["L-1"].title == 'Лампа 12" латунная; настольная'
    assert read.terms["L-1"].attributes == {"Цвет": "жёлтый"}


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_delimiter_is_found(look: Callable[..., Any], delimiter: str) -> None:
    rows = [("id", "name", "price", "qty"), *((f"L{n}", f"Brass lamp {n}", "99.90", "4") for n in range(3))]

    read = look("\r\n".join(delimiter.join(row) for row in rows).encode())

    assert [row.code for row in read.good] == ["L0", "L1", "L2"]
    assert read.good[0].terms.price.minor == 99_90
    assert read.good[0].line == 2


def test_prices_counts_and_headings_are_read_as_people_write_them(look: Callable[..., Any]) -> None:
    read = look(PRICE_LIST.encode("cp1251"))

    lamp, copper, chain = (read.terms[code] for code in ("L-1", "L-2", "L-3"))
    assert (lamp.price.minor, lamp.cost.minor, lamp.availability) == (149_950, 120_000, counted(10))
    assert (copper.price.minor, copper.availability) == (80_000, NOTHING)
    assert chain.availability == UNCOUNTED
    assert (lamp.category, chain.category) == ("Лампы настольные", "Цепи")


def test_less_than_half_a_kopeck_is_no_price_and_half_a_one_is_a_kopeck(look: Callable[..., Any]) -> None:
    read = look(b"code;title;price\nA;Lamp;0,004\nB;Lamp;0,005\nC;Lamp;10,005\n")

    assert [(row.code, row.terms.price.minor) for row in read.good] == [("B", 1), ("C", 1001)]
    assert [row.code for row in read.bad] == ["A"]


def test_each_bad_row_is_named_by_its_line_and_the_rest_goes_on(look: Callable[..., Any]) -> None:
    rows = ["code;title;price;count", "A;Lamp;10;1", "B;Lamp;NaN;1", "C;Lamp;-5;1", "D;Lamp;1e400;1", ";Lamp;10;1",
            "E;Lamp;10;many of them", "F;;10;1", "G;Lamp;10;1"]  # fmt: skip

    read = look("\n".join(rows).encode())

    assert [row.code for row in read.good] == ["A", "G"]
    assert [(row.line, row.code) for row in read.bad] == [
        (3, "B"),
        (4, "C"),
        (5, "D"),
        (6, ""),
        (7, "E"),
        (8, "F"),
    ]


def test_a_formula_is_text_and_nothing_else(look: Callable[..., Any]) -> None:
    read = look(b'code;title;price\nA;"=HYPERLINK(""http://evil"";""lamp"")";10\nB;+cmd|calc!A0;10\n')

    assert read.terms["A"].title == '=HYPERLINK("http://evil";"lamp")'
    assert read.terms["B"].title == "+cmd|calc!A0"


def test_a_row_of_a_megabyte_is_bad_and_the_rest_goes_on(look: Callable[..., Any]) -> None:
    rows = ["code;title;price", "A;Lamp;10", f"B;{'x' * 2**20};10", "C;Lamp;10"]

    read = look("\n".join(rows).encode())

    assert [row.code for row in read.good] == ["A", "C"]
    assert [(row.line, row.reason) for row in read.bad] == [(3, "longer than 200000 characters")]


def test_a_quotation_mark_that_is_never_closed_costs_one_row(look: Callable[..., Any]) -> None:
    rows = ["code;title;price", "A;Lamp;10", 'B;"Lamp;10', *(f"C{n};Lamp {n};10" for n in range(100))]

    read = look("\n".join([*rows, ""]).encode())

    assert len(read.good) == 101
    assert [(row.line, row.reason) for row in read.bad] == [(3, "a quotation mark is not closed")]


def test_a_title_may_have_several_lines(look: Callable[..., Any]) -> None:
    read = look(b'code;title;price\nA;"Brass\nlamp";10\nB;Lamp;oops\n')

    assert read.terms["A"].title == "Brass lamp"
    assert read.bad[0].line == 4


def test_ten_thousand_columns_are_no_trouble(look: Callable[..., Any]) -> None:
    wide = ";" * 10_000

    read = look(f"code;title;price{wide}\nA;Lamp;10{wide}\nB;Lamp;10{wide}\n".encode())

    assert [row.code for row in read.good] == ["A", "B"]


def test_control_characters_are_taken_out(look: Callable[..., Any]) -> None:
    read = look(b"code;title;price\nA;Br\x00as\x07s lamp\x1b[31m;10\nB\x01;Lamp;10\n")

    assert read.terms["A"].title == "Br as s lamp [31m"
    assert read.bad[0].reason == "the offer's id is too long or not printable"


def test_a_few_bytes_of_another_encoding_cost_their_rows(look: Callable[..., Any]) -> None:
    rows = ["код;наименование;цена", *(f"L{n};Лампа латунная {n};10" for n in range(50))]
    text = "\n".join(rows).encode() + b"\nX;\xcb\xe0\xec\xef\xe0;10\nY;Lamp;10\n"

    read = look(text)

    assert len(read.good) == 51
    assert [(row.line, row.reason) for row in read.bad] == [
        (52, "there are bytes that are no letters of its encoding")
    ]


def test_a_file_cut_in_the_middle_keeps_what_stood_before(look: Callable[..., Any]) -> None:
    whole = "код;наименование;цена;остаток\n" + "".join(f"L{n};Лампа {n};10;4\n" for n in range(9))

    read = look(whole.encode()[:-16])

    assert [row.code for row in read.good] == [f"L{n}" for n in range(8)]
    assert (read.broken.line, read.broken.reason) == (10, "the file ends in the middle of a row")


def test_excel_says_what_it_parts_by(look: Callable[..., Any]) -> None:
    read = look(b"sep=|\r\ncode|title|price\r\nA|Lamp; brass, old|10\r\n")

    assert read.terms["A"].title == "Lamp; brass, old"


@pytest.mark.parametrize("text", [b"not a table", b"one\ntwo\nthree\n", b"\x00\x01\x02", b";;;\n;;;\n"])
def test_what_is_no_table_is_refused(look: Callable[..., Any], text: bytes) -> None:
    with pytest.raises(NotAFeed):
        look(text)
