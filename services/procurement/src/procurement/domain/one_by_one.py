"""The greedy answer to a tender: need by need, the best offer by the usual ranking (R41). What a careful buyer does by
hand, and what remains when no solver answers. It keeps to the same limits.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from kernel.money import Money

from procurement.domain.awarding import Award, Awards, goods
from procurement.domain.ranking import USUAL, Candidate, Weights, rank
from procurement.domain.tender import Bid, Need, Tender


def one_by_one(tender: Tender, weights: Weights = USUAL) -> Awards:
    """Need by need; a supplier who does not come to his minimum is left out, the least bought from first, and all is
    sought again without him.
    """
    without: set[str] = set()
    while True:
        awards = Awards(tuple(_Round(tender, weights, without).run()))
        short = {
            supplier_id: total - tender.house(supplier_id).minimum
            for supplier_id, total in goods(tender, awards).items()
            if total < tender.house(supplier_id).minimum
        }
        if not short:
            return awards
        without.add(min(short, key=lambda supplier_id: (short[supplier_id], supplier_id)))


@dataclass(slots=True)
class _Round:
    tender: Tender
    weights: Weights
    without: Collection[str]
    taken: dict[str, int] = field(default_factory=dict[str, int])
    used: set[str] = field(default_factory=set[str])
    spent: int = 0

    def run(self) -> Iterator[Award]:
        for need in self.tender.needs:
            yield from self._serve(need)

    def _serve(self, need: Need) -> Iterator[Award]:
        left = need.quantity
        bids = [bid for bid in self.tender.answering(need) if bid.supplier_id not in self.without]
        while left and bids:
            best = self._best(bids, left)
            if best is None:
                return
            bids.remove(best)
            pieces = min(left, self._to_be_had(best, left), self._affordable(best))
            if pieces > 0:
                left -= pieces
                self._take(best, pieces)
                yield Award(need.need_id, best.offer_id, pieces)

    def _best(self, bids: list[Bid], quantity: int) -> Bid | None:
        ranked = rank([self._candidate(bid) for bid in bids], quantity, self.weights)
        return self.tender.bid[ranked[0].candidate.offer_id] if ranked else None

    def _candidate(self, bid: Bid) -> Candidate:
        house = self.tender.house(bid.supplier_id)
        return Candidate(
            offer_id=bid.offer_id,
            supplier_id=bid.supplier_id,
            product_id=bid.product_id,
            cost=Money(bid.cost),
            free=None if bid.free is None else self._to_be_had(bid, 0),
            lead_days=bid.lead_days,
            delivery_fee=Money(house.fee) if house.fee else None,
            minimum_order=Money(house.minimum) if house.minimum else None,
        )

    def _to_be_had(self, bid: Bid, wanted: int) -> int:
        return wanted if bid.free is None else bid.free - self.taken.get(bid.offer_id, 0)

    def _affordable(self, bid: Bid) -> int:
        if self.tender.budget is None or not bid.cost:
            return bid.free if bid.free is not None else 2**31
        fee = 0 if bid.supplier_id in self.used else self.tender.house(bid.supplier_id).fee
        return (self.tender.budget - self.spent - fee) // bid.cost

    def _take(self, bid: Bid, pieces: int) -> None:
        fee = 0 if bid.supplier_id in self.used else self.tender.house(bid.supplier_id).fee
        self.used.add(bid.supplier_id)
        self.spent += fee + bid.cost * pieces
        self.taken[bid.offer_id] = self.taken.get(bid.offer_id, 0) + pieces
