"""Price gaps as a table that spreadsheets in Russia open by a click, row by row."""

import csv
import io
from collections.abc import Sequence

from kernel.spreadsheet import harmless

from procurement.domain.price_gap import PriceGap

HEADINGS = {
    "ru": (
        "Товар",
        "Название",
        "Наша цена",
        "Самая низкая",
        "У кого",
        "Самая высокая",
        "Предложений",
        "Разрыв, %",
    ),
    "en": ("Product", "Title", "Our price", "Lowest", "At", "Highest", "Offers", "Gap, %"),
}
MARK = "\ufeff"


def heading(language: str) -> bytes:
    """The first row, with a byte order mark."""
    return (MARK + _row(HEADINGS[language])).encode()


def row(gap: PriceGap) -> bytes:
    """One gap; prices in major units."""
    prices = [f"{each.major():.2f}".replace(".", ",") for each in (gap.ours, gap.lowest, gap.highest)]
    ours, lowest, highest = prices
    texts = [harmless(each) for each in (gap.product_id, gap.title)]
    cells = (*texts, ours, lowest, harmless(gap.lowest_at), highest, str(gap.offers), str(gap.percent))
    return _row(cells).encode()


def _row(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(cells)
    return out.getvalue()
