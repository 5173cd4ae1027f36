"""What a sourcing asks: the lines of all orders that wait to be bought, what is wished for our own stock, and who offers it
(R28, R41, R42).

No order is sourced to come later than where it is held now, nor from stock that nobody counted; and what orders hold
already is theirs to keep.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kernel.calendar import WorkingCalendar
from kernel.money import Money

from procurement.application.candidates import Sourced, Sourcing
from procurement.application.demanding import Demanding
from procurement.application.scoring import Scoring
from procurement.domain.allocation import Allocation, Part
from procurement.domain.allocation_rounds import to_buy
from procurement.domain.offer import OWN
from procurement.domain.proposing import Call
from procurement.domain.tender import THOUSAND, WISH, Bid, House, Need, Tender, Weighing, dearly_missed

MOST_NEEDS = 2000
FURTHEST = 366
DEAREST = 10**9
"""Ten million roubles a piece: beyond that a solver's binary fractions are not exact to the kopeck."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Pieces for our own stock, and the most that one of them may cost us; None: buy them whatever they cost."""

    product_id: str
    quantity: int
    most: Money | None = None


@dataclass(slots=True)
class _Lines:
    parts: dict[str, list[Part]] = field(default_factory=dict[str, list[Part]])
    orders: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    products: dict[str, str] = field(default_factory=dict[str, str])
    supply: dict[str, Allocation] = field(default_factory=dict[str, Allocation])


@dataclass(frozen=True, slots=True)
class Tendering:
    """Puts the question."""

    demanding: Demanding
    sourcing: Sourcing
    scoring: Scoring
    weighing: Weighing

    async def call(
        self, wishes: Sequence[Wish], budget: int | None, calendar: WorkingCalendar, today: date, at: datetime
    ) -> Call:
        """All that waits to be bought; the oldest orders first when there are too many at once."""
        lines = self._lines(await self.demanding.waiting())
        products = {*lines.products.values(), *(wish.product_id for wish in wishes)}
        sourced = [each for product in sorted(products) for each in await self.sourcing.of_product(product)]
        held = Counter[str]()
        for part in (part for parts in lines.parts.values() for part in parts):
            held[part.offer_id] += part.quantity
        known = [each for each in sourced if _is_asked(each, held, at)]
        bids = tuple(_bid(each, held[each.offer.offer_id]) for each in known)
        houses = await self._houses(known, at)
        needs = [*self._of_orders(lines, bids, houses, calendar, today), *_wished(wishes, bids, houses)]
        tender = Tender(tuple(needs), bids, houses, budget, self.weighing)
        return Call(tender, lines.parts, lines.orders)

    def _lines(self, waiting: Sequence[Allocation]) -> _Lines:
        lines = _Lines()
        for allocation in waiting:
            products = {want.line_no: want.product_id for want in allocation.wanted}
            for part in to_buy(allocation):
                need_id = f"{allocation.order_id}/{part.line_no}"
                is_new = need_id not in lines.parts
                if part.line_no not in products or (is_new and len(lines.parts) >= MOST_NEEDS):
                    continue
                lines.parts.setdefault(need_id, []).append(part)
                lines.orders[need_id] = (allocation.order_id, part.line_no)
                lines.products[need_id] = products[part.line_no]
                lines.supply[need_id] = allocation
        return lines

    def _of_orders(
        self,
        lines: _Lines,
        bids: Sequence[Bid],
        houses: Mapping[str, House],
        calendar: WorkingCalendar,
        today: date,
    ) -> list[Need]:
        leads, by_product = {bid.offer_id: bid.lead_days for bid in bids}, _by_product(bids)
        needs: list[Need] = []
        for need_id, parts in lines.parts.items():
            product = lines.products[need_id]
            told = _working_days(calendar, today, max(part.expected_on for part in parts))
            here = max(leads.get(part.offer_id, 0) for part in parts)
            needs.append(
                Need(
                    need_id,
                    product,
                    sum(part.quantity for part in parts),
                    dearly_missed(by_product.get(product, ()), houses),
                    latest=max(told, here),
                    counted=True,
                    at=tuple((part.offer_id, part.quantity) for part in parts),
                    without=lines.supply[need_id].excluded - {part.offer_id for part in parts},
                )
            )
        return needs

    async def _houses(self, known: Sequence[Sourced], at: datetime) -> dict[str, House]:
        suppliers = {each.supplier.supplier_id: each.supplier for each in known if each.supplier}
        relied = await self.scoring.reliability(sorted(suppliers), at)
        return {
            name: House(
                name,
                (supplier.conditions.delivery_fee or Money(0)).minor,
                (supplier.conditions.minimum_order or Money(0)).minor,
                round(THOUSAND * relied.get(name, 1.0)),
            )
            for name, supplier in suppliers.items()
        }


def _wished(wishes: Sequence[Wish], bids: Sequence[Bid], houses: Mapping[str, House]) -> list[Need]:
    by_product = _by_product(bids)
    return [
        Need(
            f"{WISH}{number}",
            wish.product_id,
            wish.quantity,
            wish.most.minor if wish.most else dearly_missed(by_product.get(wish.product_id, ()), houses),
        )
        for number, wish in enumerate(wishes, start=1)
    ]


def _is_asked(sourced: Sourced, held: Mapping[str, int], at: datetime) -> bool:
    offer = sourced.offer
    if offer.supplier_id == OWN or offer.terms.cost.minor > DEAREST:
        return False
    return sourced.sells(at) or held.get(offer.offer_id, 0) > 0


def _bid(sourced: Sourced, held: int) -> Bid:
    """What orders hold here is to be had as well: it is they who ask. Uncounted pieces that are held were confirmed."""
    offer, supplier = sourced.offer, sourced.supplier
    free = None if offer.free is None else offer.free + held
    return Bid(
        offer.offer_id,
        offer.supplier_id,
        offer.terms.product_id,
        offer.terms.cost.minor,
        held if free is None and held else free,
        supplier.conditions.lead_days if supplier else 0,
    )


def _by_product(bids: Sequence[Bid]) -> dict[str, list[Bid]]:
    found: dict[str, list[Bid]] = {}
    for bid in bids:
        found.setdefault(bid.product_id, []).append(bid)
    return found


def _working_days(calendar: WorkingCalendar, today: date, until: date) -> int:
    """The most working days after today that are not after the day."""
    days = 0
    while days < FURTHEST and calendar.nth_working_day(today, days + 1) <= until:
        days += 1
    return days
