"""What an exchange of 1C leaves to choose: which type of price is ours to sell at and to buy at, which warehouses count. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from procurement.domain.feed_meanings import Meaning, meant_by_header
from procurement.domain.feed_sight import FeedMapping, Guess, Kind, Line, Sight, Use, fingerprint
from procurement.domain.feed_table import summed

FIXED = (
    ("Ид", Meaning.CODE),
    ("Наименование", Meaning.TITLE),
    ("Артикул", Meaning.VENDOR_CODE),
    ("Изготовитель", Meaning.VENDOR),
    ("Группа", Meaning.CATEGORY),
    ("Количество", Meaning.NOTHING),
)
"""Columns that the format itself gives their meaning; prices and warehouses follow them."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Ids of price types; of warehouses, None for all."""

    price: str
    purchase_price: str
    warehouses: frozenset[str] | None


def sight_of_exchange(
    prices: Sequence[str], warehouses: Sequence[str], names: Mapping[str, str], rows: Sequence[Line]
) -> Sight:
    """An exchange as a table: each price type and each warehouse is a column."""
    header = (
        *(name for name, _ in FIXED),
        *(f"Цена: {names.get(each) or each}" for each in prices),
        *(f"Склад: {names.get(each) or each}" for each in warehouses),
    )
    fixed = [Guess(Use(n, meaning), 1.0) for n, (_, meaning) in enumerate(FIXED)]
    stock = [
        Guess(Use(len(FIXED) + len(prices) + n, Meaning.COUNT), 1.0 if len(warehouses) == 1 else 0.6)
        for n in range(len(warehouses))
    ]
    return Sight(
        kind=Kind.COMMERCEML,
        fingerprint=fingerprint(Kind.COMMERCEML, [*prices, "", *warehouses]),
        part="",
        header_line=0,
        header=tuple(header),
        rows=tuple(rows),
        guesses=(*fixed, *_priced([names.get(each, "") for each in prices]), *stock),
    )


def choices(mapping: FeedMapping, prices: Sequence[str], warehouses: Sequence[str]) -> Choices:
    """What a mapping chose. All warehouses and none are the same: whatever there is."""
    chosen = [*("" for _ in FIXED), *prices, *warehouses]
    found = {use.meaning: chosen[use.column] for use in mapping.uses if use.column < len(chosen)}
    counted = {chosen[use.column] for use in mapping.uses if use.meaning is Meaning.COUNT}
    every = not counted or counted == set(warehouses)
    return Choices(
        found.get(Meaning.PRICE, ""),
        found.get(Meaning.PURCHASE_PRICE, ""),
        None if every else frozenset(counted),
    )


def counted_in(stocks: Mapping[str, str], count: str, warehouses: frozenset[str] | None) -> str:
    """Pieces in the chosen warehouses; without a choice in all, or what is told of no warehouse at all. Empty: nobody
    counted (R22). A warehouse that an offer does not name has nothing of it, where others are named.
    """
    if warehouses is None:
        return summed(list(stocks.values())) if stocks else count
    if not stocks:
        return "0" if count and not count.strip("0.,") else ""
    return summed(["0", *(pieces for each, pieces in stocks.items() if each in warehouses)])


def _priced(names: Sequence[str]) -> list[Guess]:
    bought = [n for n, name in enumerate(names) if Meaning.PURCHASE_PRICE in meant_by_header(name)]
    sold = [n for n in range(len(names)) if n not in bought] or bought
    retail = [n for n in sold if Meaning.PRICE in meant_by_header(names[n])]
    price = next(iter(retail or sold), None)
    alone = len(names) == 1
    return [
        Guess(
            Use(len(FIXED) + n, _price_meaning(n, price, bought)),
            1.0 if alone else 0.8 if n in bought or n in retail else 0.4,
        )
        for n in range(len(names))
    ]


def _price_meaning(n: int, price: int | None, bought: Sequence[int]) -> Meaning:
    if n == price:
        return Meaning.PRICE
    return Meaning.PURCHASE_PRICE if bought and n == bought[0] else Meaning.NOTHING
