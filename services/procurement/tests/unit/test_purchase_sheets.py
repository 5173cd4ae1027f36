"""A purchase as it goes to the supplier; no title in it is ever a formula."""

import csv
import io
from datetime import date

from chassis.testing.plugin import MONDAY_MORNING as NOW
from hypothesis import given
from hypothesis import strategies as st
from kernel.money import Money
from kernel.spreadsheet import FORMULA
from openpyxl import load_workbook
from procurement.adapters.purchase_sheets import as_csv, as_text, as_xlsx
from procurement.domain.earmarks import Line
from procurement.domain.purchase import Agreed, BuyingDay, Purchase, Stage

PURCHASE = Purchase(
    "brass-2026-03-02-1", "brass", "raisa", BuyingDay(date(2026, 3, 2), NOW, NOW), Agreed(3), Stage.READY, NOW
)


def line(title: str, code: str = "7") -> Line:
    return Line(f"brass:{code}", "lamp", title, Money(90_50), 3)


def test_a_formula_is_a_title() -> None:
    lines = [line('=HYPERLINK("http://evil";"lamp")', "+7"), line("@SUM(A1)", "-8")]

    rows = list(csv.reader(io.StringIO(as_csv(PURCHASE, lines, "en").decode("utf-8-sig")), delimiter=";"))
    sheet = load_workbook(io.BytesIO(as_xlsx(PURCHASE, lines, "en"))).active

    assert rows[1] == ["'+7", '\'=HYPERLINK("http://evil";"lamp")', "3", "90.50", "271.50"]
    assert rows[2][:2] == ["'-8", "'@SUM(A1)"]
    assert sheet is not None
    cells = list(sheet.iter_rows(min_row=2))
    assert [cell.data_type for cell in cells[0]] == ["s", "s", "n", "n", "n"]
    assert [cell.value for cell in cells[0]] == ["+7", '=HYPERLINK("http://evil";"lamp")', 3, 90.5, 271.5]


def test_a_letter_says_it_in_words() -> None:
    letter = as_text(PURCHASE, [line("Lamp {curly}"), line("Wick", "8")], "en").decode()

    assert "please deliver by our order brass-2026-03-02-1 of 02.03.2026" in letter
    assert "1. Lamp {curly} (code 7): 3 at 90.50 RUB\n2. Wick (code 8): 3 at 90.50 RUB" in letter
    assert "Total: 543.00 RUB." in letter
    assert "Итого: 271.50 руб." in as_text(PURCHASE, [line("Лампа")], "ru").decode()


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_no_title_whatever_becomes_a_formula(titles: list[str]) -> None:
    lines = [line(title) for title in titles]

    rows = list(
        csv.reader(io.StringIO(as_csv(PURCHASE, lines, "ru").decode("utf-8-sig"), newline=""), delimiter=";")
    )

    assert len(rows) == len(lines) + 1
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
