"""What a supplier says of an offer, and what one order, or one purchase, holds of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kernel.money import Money

from procurement.domain.availability import Availability


@dataclass(frozen=True, slots=True)
class Terms:
    """What a supplier says of an offer. `category` is a path (`A / B`); what it and `attributes` say is not told on."""

    product_id: str
    title: str
    price: Money
    purchase_price: Money | None
    availability: Availability
    category: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])
    vendor: str | None = None

    @property
    def cost(self) -> Money:
        """What a piece costs us: the purchase price where the supplier tells it."""
        return self.purchase_price or self.price


@dataclass(frozen=True, slots=True)
class Hold:
    """What one order holds. `round` fences: a command of that round or an older one, coming late, changes nothing.

    `needs_yes`: held on the supplier's word that he has it, not on a count; whether he said yes is the allocation's to
    know. A hold of nothing is the fence alone; it may be forgotten once `until` has passed.
    """

    quantity: int
    round: int
    needs_yes: bool
    until: datetime
