"""A table's rows by its mapping: the same raw rows that every format's reader makes. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from procurement.domain.feed import BadRow, RawRow, Row
from procurement.domain.feed_meanings import Meaning
from procurement.domain.feed_sight import FeedMapping, Line, Sight, Use
from procurement.domain.feed_terms import read_row
from procurement.domain.stock_words import is_a_number_of_pieces, pieces_in, says_there

NAMES: Mapping[Meaning, str] = {
    Meaning.TITLE: "name",
    Meaning.PRICE: "price",
    Meaning.PURCHASE_PRICE: "purchase_price",
    Meaning.VENDOR: "vendor",
    Meaning.VENDOR_CODE: "vendorCode",
    Meaning.CURRENCY: "currencyId",
    Meaning.BARCODE: "barcode",
}
"""The names by which rows are read, as YML has them."""


def raw_rows(lines: Iterable[Line], mapping: FeedMapping, part: str) -> Iterator[RawRow]:
    """The offers. A line with one cell filled is a heading, and the category of what follows; an empty one is nothing."""
    uses = _by_meaning(mapping.uses)
    heading = ""
    for line in lines:
        if line.fault:
            yield RawRow(line.number, "", {}, {}, part=part, fault=line.fault)
            continue
        filled = [cell for cell in line.cells if cell]
        if len(filled) > 1:
            yield raw_row(line, uses, heading, part)
        elif filled and not filled[0].replace(" ", "").isdigit():
            heading = filled[0]


def raw_row(line: Line, uses: Mapping[Meaning, Sequence[Use]], heading: str, part: str) -> RawRow:
    """One offer."""
    texts = {name: found for meaning, name in NAMES.items() if (found := _cells(line, uses.get(meaning, ())))}
    for name in ("price", "purchase_price"):
        if name in texts:
            texts[name] = tuple(map(_without_sign, texts[name]))
    available, count = stock_of(
        _cells(line, uses.get(Meaning.COUNT, ())), _cells(line, uses.get(Meaning.AVAILABILITY, ()))
    )
    if count:
        texts["count"] = (count,)
    return RawRow(
        line=line.number,
        code="".join(_cells(line, uses.get(Meaning.CODE, ()))),
        attributes={"available": available},
        texts=texts,
        category=" / ".join(_cells(line, uses.get(Meaning.CATEGORY, ()))) or heading,
        params={
            use.name: line.cells[use.column]
            for use in uses.get(Meaning.ATTRIBUTE, ())
            if use.column < len(line.cells) and line.cells[use.column]
        },
        part=part,
    )


def stock_of(counts: Sequence[str], said: Sequence[str]) -> tuple[str, str]:
    """Whether it is there, and how many: of several warehouses the sum; words where a number should stand say only that
    there is some (R22). What is neither goes on as it is, for the row to be called bad.
    """
    available = "".join(said)
    if available and is_a_number_of_pieces(available):
        counts, available = (*counts, available), ""
    words = [says_there(each) for each in counts if not is_a_number_of_pieces(each)]
    strange = [each for each in counts if not is_a_number_of_pieces(each) and says_there(each) is None]
    if strange:
        return "", strange[0]
    numbers = [pieces_in(each) for each in counts if is_a_number_of_pieces(each)]
    there = says_there(available) if available else None
    if available and there is None:
        return available, ""
    if there is False or (not numbers and words and True not in words):
        return "false", ""
    if True in words or "" in numbers:
        return "true", ""
    return "true" if there else "", summed(numbers)


def summed(numbers: Sequence[str]) -> str:
    """One number as it is written; of several the whole pieces, where none is below zero."""
    if len(numbers) < 2:  # noqa: PLR2004
        return "".join(numbers)
    return str(sum(max(0, _whole(number)) for number in numbers))


def as_read(sight: Sight, mapping: FeedMapping, supplier_id: str) -> list[Row | BadRow]:
    """The first rows as they would be read by this mapping."""
    return [read_row(raw, supplier_id) for raw in raw_rows(sight.rows, mapping, sight.part)]


def _by_meaning(uses: Sequence[Use]) -> dict[Meaning, Sequence[Use]]:
    ordered = sorted(uses, key=lambda use: use.meaning)
    return {meaning: tuple(group) for meaning, group in groupby(ordered, key=lambda use: use.meaning)}


def _cells(line: Line, uses: Sequence[Use]) -> tuple[str, ...]:
    return tuple(cell for use in uses if use.column < len(line.cells) and (cell := line.cells[use.column]))


def _without_sign(amount: str) -> str:
    bare = amount.strip().rstrip(".").rstrip()
    for sign in ("руб", "RUB", "rub", "р", "₽"):
        bare = bare.removesuffix(sign).rstrip()
    return bare


def _whole(number: str) -> int:
    digits = number.lstrip("><=≥≤ ").rstrip("+ ").replace("\xa0", "").replace(" ", "")
    head = digits.replace(",", ".").partition(".")[0]
    return int(head) if head.lstrip("-").isdigit() else 0
