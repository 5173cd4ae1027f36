"""A tender as a mixed-integer programme, and the programme's answer as awards. Pure; the solver is a port.

Columns: pieces of a need from a bid (x), pieces beyond the needs (t), pieces a need goes without (u), and whether a
supplier is used (y, 0 or 1). Needs of the same goods that may wait as long and are missed as dearly are one: what it
gets is dealt out in their order afterwards.

Each x has a row of its own with its supplier's y, as in the strong formulation of facility location: more rows than one for
each supplier, and a much tighter relaxation (docs/decisions/0033 has what it takes).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from procurement.domain.awarding import Award, Awards
from procurement.domain.dealing import dealt
from procurement.domain.programme import Column, Programme, Row
from procurement.domain.tender import Bid, Need, Tender

Key = tuple[str, ...]
Terms = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Formulated:
    """The programme, and what each of its columns means."""

    programme: Programme
    classes: Sequence[Sequence[Need]]
    places: Mapping[Key, int]


@dataclass(slots=True)
class _Sheet:
    columns: list[Column] = field(default_factory=list[Column])
    rows: list[Row] = field(default_factory=list[Row])
    places: dict[Key, int] = field(default_factory=dict[Key, int])

    def column(self, key: Key, cost: int, upper: int) -> int:
        self.places[key] = len(self.columns)
        self.columns.append(Column(cost, upper))
        return self.places[key]

    def row(self, terms: Terms, lower: int | None, upper: int | None) -> None:
        self.rows.append(Row(tuple(terms), lower, upper))


@dataclass(slots=True)
class _Supplier:
    used: int
    money: Terms = field(default_factory=Terms)


def formulate(tender: Tender) -> Formulated:
    """The programme whose answer is the best answer to the tender."""
    sheet, classes = _Sheet(), _classes(tender)
    suppliers = {
        each: _Supplier(sheet.column(("y", each), tender.house(each).fee, 1))
        for each in sorted({bid.supplier_id for bid in tender.bids})
    }
    taken: dict[str, Terms] = {}
    for number, needs in enumerate(classes):
        _a_class(sheet, tender, number, needs, suppliers, taken)
    for offer_id in sorted(taken):
        _an_offer(sheet, tender, tender.bid[offer_id], suppliers, taken[offer_id])
    _money(sheet, tender, suppliers)
    return Formulated(Programme(tuple(sheet.columns), tuple(sheet.rows)), classes, sheet.places)


def awarded(formulated: Formulated, values: Sequence[int]) -> Awards:
    """The programme's answer as awards: the pieces of a class are dealt out to its needs in their order."""
    awards: list[Award] = []
    top_ups: dict[str, int] = {}
    stock: dict[int, dict[str, int]] = {}
    for key, place in formulated.places.items():
        pieces = values[place]
        if pieces and key[0] == "x":
            stock.setdefault(int(key[1]), {})[key[2]] = pieces
        if pieces and key[0] == "t":
            top_ups[key[1]] = pieces
    for number, needs in enumerate(formulated.classes):
        awards.extend(dealt(needs, stock.get(number, {})))
    return Awards(tuple(awards), top_ups)


def _classes(tender: Tender) -> list[list[Need]]:
    alike: dict[tuple[str, int, int, bool, tuple[str, ...]], list[Need]] = {}
    for need in tender.needs:
        late = -1 if need.latest is None else need.latest
        key = (need.product_id, late, need.missing_cost, need.counted, tuple(sorted(need.without)))
        alike.setdefault(key, []).append(need)
    return [alike[key] for key in sorted(alike)]


def _a_class(  # noqa: PLR0917 - the sheet, what is written on it, and where sums go
    sheet: _Sheet,
    tender: Tender,
    number: int,
    needs: Sequence[Need],
    suppliers: Mapping[str, _Supplier],
    taken: dict[str, Terms],
) -> None:
    wanted = sum(need.quantity for need in needs)
    terms: Terms = [(sheet.column(("u", str(number)), needs[0].missing_cost, wanted), 1)]
    for bid in tender.answering(needs[0]):
        most = wanted if bid.free is None else min(wanted, bid.free)
        place = sheet.column(("x", str(number), bid.offer_id), tender.weighed(bid), most)
        terms.append((place, 1))
        taken.setdefault(bid.offer_id, []).append((place, 1))
        suppliers[bid.supplier_id].money.append((place, bid.cost))
        sheet.row([(place, 1), (suppliers[bid.supplier_id].used, -most)], None, 0)
    sheet.row(terms, wanted, wanted)


def _an_offer(
    sheet: _Sheet, tender: Tender, bid: Bid, suppliers: Mapping[str, _Supplier], pieces: Terms
) -> None:
    supplier, most = suppliers[bid.supplier_id], tender.most_topped_up(bid)
    if most and tender.house(bid.supplier_id).minimum:
        place = sheet.column(("t", bid.offer_id), tender.shelved(bid), most)
        pieces.append((place, 1))
        supplier.money.append((place, bid.cost))
        sheet.row([(place, 1), (supplier.used, -most)], None, 0)
    if bid.free is not None and len(pieces) > 1:
        sheet.row(pieces, None, bid.free)


def _money(sheet: _Sheet, tender: Tender, suppliers: Mapping[str, _Supplier]) -> None:
    for supplier_id, supplier in suppliers.items():
        minimum = tender.house(supplier_id).minimum
        if minimum:
            sheet.row([*supplier.money, (supplier.used, -minimum)], 0, None)
    if tender.budget is not None:
        fees = [(one.used, tender.house(each).fee) for each, one in suppliers.items()]
        sheet.row([*(term for one in suppliers.values() for term in one.money), *fees], None, tender.budget)
