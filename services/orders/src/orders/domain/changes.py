"""What may happen to an order."""

from dataclasses import dataclass
from datetime import date, datetime

from kernel.refused_duty import DutyRefused

from orders.domain.delivery_changes import DeliveryChange
from orders.domain.erasure import ErasureChange
from orders.domain.goods_changes import GoodsChange
from orders.domain.journey_changes import JourneyChange
from orders.domain.ledger import Terms
from orders.domain.meant import Meant
from orders.domain.money_changes import MoneyChange
from orders.domain.order import Attempt, Placing
from orders.domain.words import Channel, Chosen, Supply


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    placing: Placing
    responsible_id: str
    chosen: Chosen
    promise_due_at: datetime | None = None
    terms: Terms = Terms.ON_DELIVERY
    zone: str = "Europe/Moscow"


@dataclass(frozen=True, slots=True)
class CustomerLinked:
    customer_id: str
    owner_id: str | None
    wants_no_calls: bool = False
    meant: tuple[Meant, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerChosen:
    """It is another's of those who share the number."""

    customer_id: str
    owner_id: str | None
    by: str
    wants_no_calls: bool = False


@dataclass(frozen=True, slots=True)
class NamingPostponed:
    """Crm did not answer; it is asked again then."""

    tries: int
    again_at: datetime


@dataclass(frozen=True, slots=True)
class OwnerHeard:
    """Who answers for the customer, as told by crm."""

    owner_id: str


@dataclass(frozen=True, slots=True)
class NamingGivenUp:
    problem: str


@dataclass(frozen=True, slots=True)
class AttemptRecorded:
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class OrderContacted:
    by: str
    channel: Channel
    at: datetime
    attention_at: datetime


@dataclass(frozen=True, slots=True)
class ContactReminded:
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderReassigned:
    """`step`: whether it was the second step of the contact clock."""

    from_id: str
    to_id: str
    reason: str
    chosen: Chosen
    at: datetime
    step: bool = False


@dataclass(frozen=True, slots=True)
class ContactOverdue:
    alarmed_id: str
    at: datetime
    attention_at: datetime


@dataclass(frozen=True, slots=True)
class AttentionPassed:
    """Nobody did what was due; it is due again by then."""

    attention_at: datetime


@dataclass(frozen=True, slots=True)
class SupplyHeard:
    supply: Supply
    missing: tuple[str, ...] = ()
    ready_on: date | None = None


@dataclass(frozen=True, slots=True)
class SupplyToldAgain:
    """Procurement told what was known; kept, so that the order knows how new its news is."""


@dataclass(frozen=True, slots=True)
class ItemUnavailable:
    product_ids: tuple[str, ...]
    apology_due_at: datetime
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ApologyOverdue:
    at: datetime


@dataclass(frozen=True, slots=True)
class ApologySent:
    by: str
    channel: Channel
    at: datetime


@dataclass(frozen=True, slots=True)
class SubstituteOffered:
    by: str
    product_ids: tuple[str, ...]
    expires_at: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    reason: str
    lapsed: bool
    offer_made: bool
    by: str
    at: datetime


Change = (
    OrderPlaced
    | CustomerLinked
    | CustomerChosen
    | NamingPostponed
    | NamingGivenUp
    | OwnerHeard
    | AttemptRecorded
    | OrderContacted
    | ContactReminded
    | OrderReassigned
    | ContactOverdue
    | AttentionPassed
    | SupplyHeard
    | SupplyToldAgain
    | ItemUnavailable
    | ApologyOverdue
    | ApologySent
    | SubstituteOffered
    | OrderCancelled
    | DutyRefused
    | GoodsChange
    | DeliveryChange
    | MoneyChange
    | JourneyChange
    | ErasureChange
)
