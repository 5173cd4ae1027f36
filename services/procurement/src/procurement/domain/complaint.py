"""A claim of a customer's, as far as procurement hears of it: which products it counts against (R46). Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from procurement.domain.allocation import Allocation

GOODS = "goods"
"""The kind of claim that is about what was bought, not about its delivery or who answered."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """As claims tells of it. `since`: when it was first heard of."""

    claim_id: str
    order_id: str
    kind: str
    since: datetime
    withdrawn: bool = False

    @property
    def counts(self) -> bool:
        """A claim on goods is trouble with them whoever was right in the end; one taken back is none (R46)."""
        return self.kind == GOODS and not self.withdrawn


@dataclass(frozen=True, slots=True)
class HearClaim:
    """How a claim of an order is now."""

    claim_id: str
    order_id: str
    kind: str
    withdrawn: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class ClaimHeard:
    now: Complaint


def decide(command: HearClaim, known: Complaint | None) -> Sequence[ClaimHeard]:
    """It is as was told; it was first heard of when it was."""
    since = known.since if known else command.at
    now = Complaint(command.claim_id, command.order_id, command.kind, since, command.withdrawn)
    return [] if now == known else [ClaimHeard(now)]


def evolve(known: Complaint | None, change: ClaimHeard) -> Complaint:
    """The claim after what was heard."""
    return change.now if known is None else replace(change.now, since=known.since)


def goods_of(allocation: Allocation) -> frozenset[str]:
    """What the customer of an order got; what he wants, as long as nothing has left (R46)."""
    left = {product for sent in allocation.sent.values() for product in sent.products.values()}
    return frozenset(left or (want.product_id for want in allocation.wanted))


def claims_by_product(complaints: Iterable[Complaint], orders: Mapping[str, Allocation]) -> Mapping[str, int]:
    """How many claims count against each product. A claim names an order only: it counts against all that it holds, once
    each, so that one claim never closes a sale and several with nothing in common but a product show which it is (R46).
    """
    counted = Counter[str]()
    for each in complaints:
        if each.counts and each.order_id in orders:
            counted.update(goods_of(orders[each.order_id]))
    return counted
