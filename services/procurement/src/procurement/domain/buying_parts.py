"""What purchases ask of an order's supply, and what happens to it then. `step` is the purchase's, and fences: each step
of a purchase is heard once by an order, and none older than one that was heard.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Came:
    """Of the pieces bought for the order at an offer: `good` lie in our warehouse at the offer `into` now, `fell` will
    not come, or came wrong.
    """

    offer_id: str
    into: str
    good: int
    fell: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """So many pieces of a line are to be held at another offer of the same goods, since that is better for all (R41)."""

    line_no: int
    quantity: int
    offer_id: str
    to_offer_id: str
    to_supplier_id: str
    expected_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class BuyParts:
    """A purchase takes what is held for the order at these offers."""

    order_id: str
    purchase_id: str
    step: int
    offer_ids: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class UnbuyParts:
    """The purchase was given up before it went to the supplier."""

    order_id: str
    purchase_id: str
    step: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TakeDelivery:
    """A delivery of the purchase came; `on` is its day."""

    order_id: str
    purchase_id: str
    step: int
    came: tuple[Came, ...]
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class MoveParts:
    """A sourcing of many orders found better offers."""

    order_id: str
    sourcing_id: str
    moves: tuple[Move, ...]
    at: datetime


BuyingCommand = BuyParts | UnbuyParts | TakeDelivery | MoveParts


@dataclass(frozen=True, slots=True)
class PartsBought:
    """`offer_ids` is empty when the order was not ready to be bought for; kept as a fence all the same."""

    purchase_id: str
    step: int
    offer_ids: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class PartsUnbought:
    purchase_id: str
    step: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryTaken:
    purchase_id: str
    step: int
    came: tuple[Came, ...]
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class PartsMoving:
    """The better places are to be held; what is held now stays until they are. No moves: it was too late for them."""

    sourcing_id: str
    moves: tuple[Move, ...]
    at: datetime


BuyingChange = PartsBought | PartsUnbought | DeliveryTaken | PartsMoving
