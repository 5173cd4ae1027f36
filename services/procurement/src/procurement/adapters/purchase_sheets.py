"""A purchase as it goes to the supplier: a table for his system or his eyes, or the text of a letter (R43).

A title that begins like a formula is not one: in CSV it gets an apostrophe, as OWASP asks (CSV injection,
https://owasp.org/www-community/attacks/CSV_Injection), in XLSX it is written as a string.
"""

import csv
import io
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from kernel.spreadsheet import harmless

from procurement.domain.earmarks import Line
from procurement.domain.purchase import Purchase

xlsxwriter: Any = import_module("xlsxwriter")
"""It ships no types."""

HEADINGS = {
    "ru": ("Код", "Товар", "Количество", "Цена, руб.", "Сумма, руб."),
    "en": ("Code", "Goods", "Quantity", "Price, RUB", "Sum, RUB"),
}
TOTALS = {"ru": "Итого", "en": "Total"}
LETTERS = {
    "ru": "Здравствуйте!\n\nПросим поставить по заказу {number} на {day}:\n\n{lines}\n\nИтого: {total} руб.\n\nПодтвердите, пожалуйста, получение и срок.\n",
    "en": "Hello,\n\nplease deliver by our order {number} of {day}:\n\n{lines}\n\nTotal: {total} RUB.\n\nPlease confirm that you got it, and by when you deliver.\n",
}
IN_LETTERS = {
    "ru": "{n}. {title} (код {code}): {quantity} шт. по {price} руб.",
    "en": "{n}. {title} (code {code}): {quantity} at {price} RUB",
}


def as_csv(purchase: Purchase, lines: Sequence[Line], language: str) -> bytes:
    """Parted by semicolons, with a byte order mark, as spreadsheets in Russia open it by a click."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS[language])
    for line in lines:
        writer.writerow([harmless(str(each)) for each in _row(purchase, line)])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(purchase: Purchase, lines: Sequence[Line], language: str) -> bytes:
    """A workbook of one sheet; sums are numbers, all else is text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet, money = book.add_worksheet(TOTALS[language]), book.add_format({"num_format": "0.00"})
    for column, heading in enumerate(HEADINGS[language]):
        sheet.write_string(0, column, heading)
    for number, line in enumerate(lines, start=1):
        code, title, quantity, price, total = _row(purchase, line)
        sheet.write_string(number, 0, str(code))
        sheet.write_string(number, 1, str(title))
        sheet.write_number(number, 2, int(quantity))
        sheet.write_number(number, 3, float(price), money)
        sheet.write_number(number, 4, float(total), money)
    book.close()
    return out.getvalue()


def as_text(purchase: Purchase, lines: Sequence[Line], language: str) -> bytes:
    """The text of a letter to the supplier."""
    told = [
        IN_LETTERS[language].format(
            n=n,
            title=line.title,
            code=code_of(purchase, line),
            quantity=line.quantity,
            price=f"{line.unit_cost.major():.2f}",
        )
        for n, line in enumerate(lines, start=1)
    ]
    total = sum(line.total.minor for line in lines)
    return (
        LETTERS[language]
        .format(
            number=purchase.purchase_id,
            day=f"{purchase.buying.day:%d.%m.%Y}",
            lines="\n".join(told),
            total=f"{total / 100:.2f}",
        )
        .encode()
    )


def code_of(purchase: Purchase, line: Line) -> str:
    """The supplier's own code of the goods."""
    return line.offer_id.removeprefix(f"{purchase.supplier_id}:")


def _row(purchase: Purchase, line: Line) -> tuple[str, str, int, str, str]:
    price, total = line.unit_cost.major(), line.total.major()
    return code_of(purchase, line), line.title, line.quantity, f"{price:.2f}", f"{total:.2f}"
