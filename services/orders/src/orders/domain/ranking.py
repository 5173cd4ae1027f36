"""Which substitute to offer first, and why: a sum of points, each with its reason in words and as data (R25)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from kernel.money import Money

from orders.domain.reasons import (
    Reason,
    attributes_reason,
    availability_reason,
    category_reason,
    margin_reason,
    past_reason,
    price_reason,
)


class Availability(StrEnum):
    """How sure it is that there are some (R22)."""

    COUNTED = "counted"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product as procurement knows it. `cost` is what it costs us, if we may know; `quantity` only where it was counted."""

    product_id: str
    title: str
    price: Money
    availability: Availability
    category: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])
    cost: Money | None = None
    quantity: int | None = None
    lead_days: int = 0
    sale_closed: bool = False


class Past(NamedTuple):
    """How often customers took this instead of that, and how often they did not."""

    accepted: int = 0
    declined: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """What is to be replaced: how many pieces, at what price the customer was told; and the product, if it is known."""

    product_id: str
    quantity: int
    told: Money
    known: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """`difference` is what the whole line would cost more, or less, below zero."""

    rank: int
    candidate: Candidate
    points: int
    difference: Money
    reasons: tuple[Reason, ...]


def rank(missing: Missing, candidates: Iterable[Candidate], past: Mapping[str, Past]) -> tuple[Ranked, ...]:
    """The best first; of equals the cheaper, then the one that comes sooner.

    Never what is not to be sold (R46), is not to be had in this number, or is priced in another currency.
    """
    able = [each for each in candidates if may_stand_for(each, missing)]
    found = [(each, reasons_for(each, missing, past.get(each.product_id, Past()))) for each in able]
    scored = sorted(found, key=lambda each: (-_points(each[1]), each[0].price, each[0].lead_days, each[0].product_id))  # fmt: skip
    return tuple(
        Ranked(n, each, _points(reasons), (each.price - missing.told) * missing.quantity, reasons)
        for n, (each, reasons) in enumerate(scored, start=1)
    )


def may_stand_for(candidate: Candidate, missing: Missing) -> bool:
    """Whether it may be offered at all (R22, R46)."""
    counted = candidate.availability is Availability.COUNTED
    enough = not counted or candidate.quantity is None or candidate.quantity >= missing.quantity
    return (
        not candidate.sale_closed
        and candidate.product_id != missing.product_id
        and candidate.availability is not Availability.NONE
        and enough
        and candidate.price.currency == missing.told.currency
    )


def reasons_for(candidate: Candidate, missing: Missing, past: Past) -> tuple[Reason, ...]:
    """What speaks for it, the weightiest first."""
    known = missing.known
    found = (
        category_reason(known.category if known else None, candidate.category),
        attributes_reason(known.attributes if known else {}, candidate.attributes),
        price_reason(missing.told, candidate.price),
        availability_reason(
            counted=candidate.availability is Availability.COUNTED, quantity=candidate.quantity
        ),
        past_reason(past.accepted, past.declined),
        margin_reason(candidate.price, candidate.cost),
    )
    return tuple(sorted((each for each in found if each), key=lambda each: -each.points))


def _points(reasons: Iterable[Reason]) -> int:
    return sum(each.points for each in reasons)
