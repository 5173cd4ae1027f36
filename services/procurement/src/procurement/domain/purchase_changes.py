"""What may happen to a purchase."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kernel.money import Money
from kernel.refused_duty import DutyRefused

from procurement.domain.earmarks import Line
from procurement.domain.purchase import Agreed, BuyingDay, Claim, Goods, Receipt, Sent, Stage


@dataclass(frozen=True, slots=True)
class PurchaseOpened:
    purchase_id: str
    supplier_id: str
    owner_id: str
    buying: BuyingDay
    agreed: Agreed
    at: datetime


@dataclass(frozen=True, slots=True)
class ExtrasSet:
    extras: Mapping[str, int]
    sourcing_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PurchasePlaced:
    claims: tuple[Claim, ...]
    goods: Mapping[str, Goods]
    lines: tuple[Line, ...]
    agreed: Agreed
    approve_above: Money | None
    by: str
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class PurchaseFixed:
    """Its lines are what it says now. `awaiting`: a second person has to agree (R80)."""

    lines: tuple[Line, ...]
    awaiting: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class PurchaseApproved:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UndoingBegan:
    """What was taken for it is given back; then it is a draft again, or cancelled."""

    ending: Stage
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PurchaseUndone:
    at: datetime


@dataclass(frozen=True, slots=True)
class PurchaseCancelled:
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PurchaseSent:
    sent: Sent


@dataclass(frozen=True, slots=True)
class GoodsReceived:
    receipt: Receipt
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DeliveryTakenIn:
    step: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnerReminded:
    """The cut-off is near; whoever answers for the supplier by now has to see to it."""

    owner_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CutOffMissed:
    """It was not sent in time, and is for a later day now."""

    following: BuyingDay
    owner_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WentLate:
    at: datetime


@dataclass(frozen=True, slots=True)
class StepTakenUpAgain:
    at: datetime


Change = (
    PurchaseOpened
    | ExtrasSet
    | PurchasePlaced
    | PurchaseFixed
    | PurchaseApproved
    | UndoingBegan
    | PurchaseUndone
    | PurchaseCancelled
    | PurchaseSent
    | GoodsReceived
    | DeliveryTakenIn
    | OwnerReminded
    | CutOffMissed
    | WentLate
    | StepTakenUpAgain
    | DutyRefused
)
