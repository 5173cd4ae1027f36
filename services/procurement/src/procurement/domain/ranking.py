"""Which offer to buy from, and why: the landed price of a piece, with a price on waiting and on not being sure (R41)."""

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.money import Money

from procurement.domain.offer import OWN


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that an order may be allocated from. `free` is None where nobody counted."""

    offer_id: str
    supplier_id: str
    product_id: str
    cost: Money
    free: int | None
    lead_days: int
    delivery_fee: Money | None = None
    minimum_order: Money | None = None

    @property
    def own(self) -> bool:
        return self.supplier_id == OWN


@dataclass(frozen=True, slots=True)
class Weights:
    """What waiting costs, in hundredths of the landed price for a working day; and how many days of waiting an uncounted
    stock, and an order below the supplier's minimum, are worth.
    """

    day: int = 1
    days_for_uncounted: int = 2
    days_below_minimum: int = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate in its place. `landed` is per piece, delivery to us included; `reason` is kept with the choice."""

    candidate: Candidate
    landed: Money
    score: int
    reason: str


USUAL = Weights()


def rank(candidates: Sequence[Candidate], quantity: int, weights: Weights = USUAL) -> list[Ranked]:
    """Best first: own stock (R28), then by landed price and waiting (R41); ties by lead time and id."""
    scored = [_scored(each, quantity, weights) for each in candidates if each.free != 0]
    best = sorted(
        scored,
        key=lambda one: (
            not one.candidate.own,
            one.candidate.cost.currency,
            one.score,
            one.candidate.lead_days,
            one.candidate.offer_id,
        ),
    )
    return [
        Ranked(one.candidate, one.landed, one.score, f"{one.reason}; place {place} of {len(best)}")
        for place, one in enumerate(best, start=1)
    ]


def _scored(candidate: Candidate, quantity: int, weights: Weights) -> Ranked:
    pieces = quantity if candidate.free is None else min(quantity, candidate.free)
    landed = _landed(candidate, pieces)
    if candidate.own:
        return Ranked(candidate, landed, landed.minor, "own stock")
    waiting = candidate.lead_days
    said = [f"{landed} a piece landed", f"{candidate.lead_days} working days"]
    if candidate.free is None:
        waiting += weights.days_for_uncounted
        said.append("uncounted")
    if _is_below_minimum(candidate, pieces):
        waiting += weights.days_below_minimum
        said.append("below the minimum order")
    score = landed.minor + landed.minor * weights.day * waiting // 100
    return Ranked(candidate, landed, score, ", ".join(said))


def _landed(candidate: Candidate, pieces: int) -> Money:
    fee = candidate.delivery_fee
    if fee is None or candidate.own or not pieces or fee.currency != candidate.cost.currency:
        return candidate.cost
    return candidate.cost + Money(-(-fee.minor // pieces), fee.currency)


def _is_below_minimum(candidate: Candidate, pieces: int) -> bool:
    least, total = candidate.minimum_order, candidate.cost * pieces
    return least is not None and least.currency == total.currency and total < least
