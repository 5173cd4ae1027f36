"""An answer to a tender: who gets what; what it costs, weighed and paid; and whether it keeps to all the limits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from procurement.domain.tender import Tender


@dataclass(frozen=True, slots=True)
class Award:
    """So many pieces of a need from one offer."""

    need_id: str
    offer_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Awards:
    """`top_ups` are pieces beyond the needs by offer, bought for our own stock to reach a supplier's minimum."""

    awards: tuple[Award, ...] = ()
    top_ups: Mapping[str, int] = field(default_factory=dict[str, int])

    def taken(self) -> dict[str, int]:
        """Pieces by offer, top-ups too."""
        found = {offer: pieces for offer, pieces in self.top_ups.items() if pieces}
        for award in self.awards:
            found[award.offer_id] = found.get(award.offer_id, 0) + award.quantity
        return found

    def got(self) -> dict[str, int]:
        """Pieces by need."""
        found: dict[str, int] = {}
        for award in self.awards:
            found[award.need_id] = found.get(award.need_id, 0) + award.quantity
        return found


def missing(tender: Tender, awards: Awards) -> dict[str, int]:
    """What needs go without, by need."""
    got = awards.got()
    left = {need.need_id: need.quantity - got.get(need.need_id, 0) for need in tender.needs}
    return {need_id: pieces for need_id, pieces in left.items() if pieces}


def goods(tender: Tender, awards: Awards) -> dict[str, int]:
    """What is paid for goods, by supplier used."""
    paid: dict[str, int] = {}
    for offer_id, pieces in awards.taken().items():
        bid = tender.bid[offer_id]
        paid[bid.supplier_id] = paid.get(bid.supplier_id, 0) + bid.cost * pieces
    return paid


def paid(tender: Tender, awards: Awards) -> int:
    """Money that leaves us: goods and the fee of each supplier used."""
    by_supplier = goods(tender, awards)
    return sum(by_supplier.values()) + sum(tender.house(each).fee for each in by_supplier)


def weighed(tender: Tender, awards: Awards) -> int:
    """What the best answer has the least of: money, waiting, doubt, shelves and what is missed (R41)."""
    lacking = missing(tender, awards)
    return (
        sum(tender.weighed(tender.bid[each.offer_id]) * each.quantity for each in awards.awards)
        + sum(tender.shelved(tender.bid[offer]) * pieces for offer, pieces in awards.top_ups.items())
        + sum(tender.house(supplier_id).fee for supplier_id in goods(tender, awards))
        + sum(tender.need[need_id].missing_cost * pieces for need_id, pieces in lacking.items())
    )


def faults(tender: Tender, awards: Awards) -> list[str]:
    """What is wrong with an answer; none when it keeps to every limit. A solver's word is never taken without this."""
    return [*_of_awards(tender, awards), *_of_counts(tender, awards), *_of_money(tender, awards)]


def _of_awards(tender: Tender, awards: Awards) -> Iterator[str]:
    for each in awards.awards:
        need, bid = tender.need[each.need_id], tender.bid[each.offer_id]
        if each.quantity < 1:
            yield f"{each.need_id}: nothing awarded"
        if bid not in tender.answering(need):
            yield f"{each.need_id}: {bid.offer_id} is other goods, or too late"
    for need_id, pieces in missing(tender, awards).items():
        if pieces < 0:
            yield f"{need_id}: more than is needed"


def _of_counts(tender: Tender, awards: Awards) -> Iterator[str]:
    for offer_id, pieces in awards.taken().items():
        free = tender.bid[offer_id].free
        if free is not None and pieces > free:
            yield f"{offer_id}: more than was counted"
    for offer_id, pieces in awards.top_ups.items():
        if not 0 <= pieces <= tender.most_topped_up(tender.bid[offer_id]):
            yield f"{offer_id}: topped up with too much"


def _of_money(tender: Tender, awards: Awards) -> Iterator[str]:
    for supplier_id, total in goods(tender, awards).items():
        if total < tender.house(supplier_id).minimum:
            yield f"{supplier_id}: below the minimum order"
    if tender.budget is not None and paid(tender, awards) > tender.budget:
        yield "beyond the budget of the day"
