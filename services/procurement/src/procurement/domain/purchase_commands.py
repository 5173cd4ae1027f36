"""What may be asked of a purchase."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kernel.actor import Actor
from kernel.money import Money

from procurement.domain.purchase import Agreed, Arrival, BuyingDay, Claim, Goods, How


@dataclass(frozen=True, slots=True)
class OpenPurchase:
    """Something waits to be bought from the supplier."""

    purchase_id: str
    supplier_id: str
    owner_id: str
    buying: BuyingDay
    agreed: Agreed
    at: datetime


@dataclass(frozen=True, slots=True)
class SetExtras:
    """What is to be bought for our own stock beside the orders, by offer: all of it, none of what is left out."""

    purchase_id: str
    extras: Mapping[str, int]
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class AddExtras:
    """A sourcing of many orders found these pieces worth buying for our own stock."""

    purchase_id: str
    sourcing_id: str
    extras: Mapping[str, int]
    at: datetime


@dataclass(frozen=True, slots=True)
class PlacePurchase:
    """Fix what is bought: `claims` are held for orders now. A total above `approve_above` needs a second person (R80).

    `automatic`: by the supplier's permission, without a click (R43).
    """

    purchase_id: str
    claims: tuple[Claim, ...]
    goods: Mapping[str, Goods]
    agreed: Agreed
    approve_above: Money | None
    actor: Actor
    on: date
    at: datetime
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class RecordBound:
    """What the orders gave; `beyond_budget`: the day's money did not suffice (R42)."""

    purchase_id: str
    step: int
    claims: tuple[Claim, ...]
    beyond_budget: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class DecidePurchase:
    """The second person's yes or no (R80)."""

    purchase_id: str
    agrees: bool
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class WithdrawPurchase:
    """Back to a draft, to be changed."""

    purchase_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class CancelPurchase:
    """Not to be ordered. `waiting`: orders still wait for goods of this supplier."""

    purchase_id: str
    waiting: bool
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordUndone:
    purchase_id: str
    step: int
    at: datetime


@dataclass(frozen=True, slots=True)
class MarkSent:
    """It went to the supplier; from `late_at` on it is late."""

    purchase_id: str
    how: How
    expected_on: date
    late_at: datetime
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ReceiveGoods:
    """A delivery came, or word that nothing more will (`final`)."""

    purchase_id: str
    receipt_id: str
    arrivals: tuple[Arrival, ...]
    final: bool
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordTakenIn:
    """The consequences of a delivery are carried out."""

    purchase_id: str
    step: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PurchaseDeadlinePassed:
    """`waiting`: something is to be bought; `following` is the day that comes after a missed cut-off; `owner_id` answers for
    the supplier now.
    """

    purchase_id: str
    name: str
    owner_id: str
    waiting: bool
    following: BuyingDay
    at: datetime


ByPerson = (
    SetExtras | PlacePurchase | DecidePurchase | WithdrawPurchase | CancelPurchase | MarkSent | ReceiveGoods
)
Command = (
    OpenPurchase | AddExtras | RecordBound | RecordUndone | RecordTakenIn | PurchaseDeadlinePassed | ByPerson
)
