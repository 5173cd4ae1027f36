"""What is to be bought at once: what is needed, who offers it, and what all of it is weighed by (R41, R42).

All sums are minor units of one currency; what is bought in another is no part of a tender.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

THOUSAND = 1000
WISH = "wish:"
"""Where the ids of needs begin that are of our own stock, and of no order."""


@dataclass(frozen=True, slots=True)
class Need:
    """Pieces of one product, for an order's line or for our own stock.

    `latest` is the most working days that it may wait, None for any. `missing_cost` is what a piece that is not bought
    costs us, in minor units: for an order far more than any offer, for a wish the most that we would pay. `counted`: only
    counted stock will do. `at` is where it has pieces now, which it keeps rather than swap them with another; `without`
    are offers that failed it.
    """

    need_id: str
    product_id: str
    quantity: int
    missing_cost: int
    latest: int | None = None
    counted: bool = False
    at: tuple[tuple[str, int], ...] = ()
    without: frozenset[str] = frozenset()

    def takes(self, bid: "Bid") -> bool:
        """Whether such an offer can serve it in time."""
        if bid.free == 0 or bid.offer_id in self.without or (self.counted and bid.free is None):
            return False
        return self.latest is None or bid.lead_days <= self.latest


@dataclass(frozen=True, slots=True)
class Bid:
    """An offer as a tender sees it: `cost` a piece, `free` pieces (None where nobody counted), working days."""

    offer_id: str
    supplier_id: str
    product_id: str
    cost: int
    free: int | None
    lead_days: int


@dataclass(frozen=True, slots=True)
class House:
    """A supplier as a tender sees him: the fee of one delivery, the least he takes an order for (0: any), and how far
    he is to be relied on, in thousandths.
    """

    supplier_id: str
    fee: int = 0
    minimum: int = 0
    reliability: int = THOUSAND


@dataclass(frozen=True, slots=True)
class Weighing:
    """Money prices of what is not money, in hundredths of a piece's price (R41).

    `day` for a working day of waiting; an uncounted stock is worth `days_for_uncounted` days; `unreliable` for a
    supplier whom nobody can rely on at all, less for others in proportion. A piece bought beyond what is needed, to
    reach a minimum, goes to our own stock and costs us `shelf`; 0 `top_up` pieces an offer forbid that.
    """

    day: int = 1
    days_for_uncounted: int = 2
    unreliable: int = 20
    shelf: int = 25
    top_up: int = 20


@dataclass(frozen=True)
class Tender:
    """The whole question. `budget` is what may be paid in all today, fees included; None for no limit (R42)."""

    needs: tuple[Need, ...]
    bids: tuple[Bid, ...]
    houses: Mapping[str, House]
    budget: int | None = None
    weighing: Weighing = field(default_factory=Weighing)

    @cached_property
    def by_product(self) -> Mapping[str, Sequence[Bid]]:
        """Who offers what, sorted, so that the same question is always put in the same way."""
        found: dict[str, list[Bid]] = {}
        for bid in sorted(self.bids, key=lambda each: each.offer_id):
            found.setdefault(bid.product_id, []).append(bid)
        return found

    @cached_property
    def bid(self) -> Mapping[str, Bid]:
        return {bid.offer_id: bid for bid in self.bids}

    @cached_property
    def need(self) -> Mapping[str, Need]:
        return {need.need_id: need for need in self.needs}

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The offers that can serve some need in time."""
        return frozenset(bid.offer_id for need in self.needs for bid in self.answering(need))

    def house(self, supplier_id: str) -> House:
        return self.houses.get(supplier_id) or House(supplier_id)

    def answering(self, need: Need) -> list[Bid]:
        """The bids that can serve a need in time."""
        return [bid for bid in self.by_product.get(need.product_id, ()) if need.takes(bid)]

    def weighed(self, bid: Bid) -> int:
        """What a needed piece costs us there: its price, and the money price of waiting and of not being sure (R41)."""
        by = self.weighing
        days = bid.lead_days + (by.days_for_uncounted if bid.free is None else 0)
        doubt = THOUSAND - self.house(bid.supplier_id).reliability
        return (
            bid.cost + bid.cost * by.day * days // 100 + bid.cost * by.unreliable * doubt // (100 * THOUSAND)
        )

    def shelved(self, bid: Bid) -> int:
        """What a piece costs us that nobody needs yet: what we expect to lose of its price, and at least a unit."""
        return max(1, bid.cost * self.weighing.shelf // 100)

    def most_topped_up(self, bid: Bid) -> int:
        """How many pieces beyond the needs may be bought: only of goods that somebody wants today, and so sell; never of
        stock that nobody counted.
        """
        return min(self.weighing.top_up, bid.free or 0) if bid.offer_id in self.wanted else 0


def dearly_missed(bids: Sequence[Bid], houses: Mapping[str, House]) -> int:
    """What a piece missing from an order costs: ten times the dearest offer, its fee and its minimum, so that an order
    goes without only where nothing else can be done.
    """
    dearest = max((bid.cost for bid in bids), default=1)
    about = [houses[bid.supplier_id] for bid in bids if bid.supplier_id in houses]
    return 10 * (dearest + max((house.fee + house.minimum for house in about), default=0))
