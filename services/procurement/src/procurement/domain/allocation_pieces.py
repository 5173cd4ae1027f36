"""What an order wants, what stands for it, and what is not to be had."""

from dataclasses import dataclass
from datetime import date, datetime

from procurement.domain.allocation_stage import Grip


@dataclass(frozen=True, slots=True)
class Want:
    """A line of the order."""

    line_no: int
    product_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line at one offer, and why this offer. `needs_yes`: nobody counted that stock (R22). `purchase_id` has
    it, or brought it in; `instead_of` is the offer that it leaves once this one is held. `sending`: the shipment it goes with, and
    the round in which it went.
    """

    line_no: int
    offer_id: str
    supplier_id: str
    quantity: int
    needs_yes: bool
    expected_on: date
    reason: str
    grip: Grip = Grip.PLANNED
    answer_by: datetime | None = None
    purchase_id: str | None = None
    instead_of: str | None = None
    sending: str | None = None


@dataclass(frozen=True, slots=True)
class Lack:
    """What is not to be had of a line."""

    line_no: int
    missing: int
    reason: str
