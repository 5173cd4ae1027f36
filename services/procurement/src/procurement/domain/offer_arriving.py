"""Goods of a purchase come into our own stock, some of them for orders (R28, R42)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from procurement.domain.offer_terms import Hold, Terms


@dataclass(frozen=True, slots=True)
class TakeIn:
    """So many good pieces came by the step of a purchase; `kept` of them are held for it, so that only the orders that
    they were bought for get them. `terms` describe goods that we never had. `round` fences the purchase's hold.
    """

    offer_id: str
    purchase_id: str
    holder: str
    step: int
    round: int
    quantity: int
    kept: int
    terms: Terms
    at: datetime


@dataclass(frozen=True, slots=True)
class TakeOff:
    """So many pieces of a supplier's are not his to sell any more: he sent them to us, or said that he has not got them.
    What he said of his stock before `at` does not know of that.
    """

    offer_id: str
    purchase_id: str
    step: int
    quantity: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Going:
    """Of what an order gives back, so many pieces left our warehouse, known by this name; what it did not hold of them is
    out of what is free.
    """

    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class OfferSent:
    """Pieces left: the count and the hold are less by them. `quantity` is what could be taken, maybe none; `frees`: how many more
    are free now, or, below zero, fewer.
    """

    order_id: str
    hold: Hold
    terms: Terms
    name: str
    quantity: int
    at: datetime
    frees: int = 0


@dataclass(frozen=True, slots=True)
class GoodsTakenOff:
    terms: Terms
    purchase_id: str
    step: int


@dataclass(frozen=True, slots=True)
class GoodsTakenIn:
    offer_id: str
    supplier_id: str
    terms: Terms
    as_of: datetime
    holder: str
    hold: Hold
    purchase_id: str
    step: int


@dataclass(frozen=True, slots=True)
class HoldDrawn:
    """An order's hold, so many pieces of it drawn from the purchases that brought them."""

    order_id: str
    hold: Hold
    drawn: Mapping[str, int]
    at: datetime
