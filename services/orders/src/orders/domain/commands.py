"""What may be asked of an order. Each carries who asks, when, and the shop's clocks that count."""

from dataclasses import dataclass
from datetime import date, datetime

from kernel.actor import Actor
from kernel.personal import Personal

from orders.domain.delivery_commands import DeliveryCommand
from orders.domain.erasure import ForgetPerson
from orders.domain.goods import Line, Recipient
from orders.domain.goods_commands import GoodsCommand
from orders.domain.journey_commands import JourneyCommand
from orders.domain.ledger import Terms
from orders.domain.meant import ChooseCustomer, Meant
from orders.domain.money_commands import MoneyCommand
from orders.domain.policies import Clocks
from orders.domain.team import Team
from orders.domain.words import AttemptOutcome, CancelReason, Channel, Language, Preference, Supply


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    order_id: str
    shop_id: str
    channel: Channel
    lines: tuple[Line, ...]
    recipient: Recipient
    preference: Preference
    actor: Actor
    at: datetime
    clocks: Clocks
    team: Team
    external_number: str | None = None
    is_test: bool = False
    gift_wrap: bool = False
    draw: int = 0
    terms: Terms = Terms.ON_DELIVERY
    language: Language = Language.RU


@dataclass(frozen=True, slots=True)
class LinkCustomer:
    """Crm said who the customer is, and who answers for him; `meant`: all who share his number, the likeliest first."""

    order_id: str
    customer_id: str
    owner_id: str | None
    at: datetime
    team: Team
    wants_no_calls: bool = False
    meant: tuple[Meant, ...] = ()


@dataclass(frozen=True, slots=True)
class PostponeNaming:
    """Crm does not answer."""

    order_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class GiveUpNaming:
    """Crm refused to name the customer; a person has to look at the number."""

    order_id: str
    problem: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordAttempt:
    order_id: str
    channel: Channel
    outcome: AttemptOutcome
    note: Personal | None
    actor: Actor
    at: datetime
    clocks: Clocks


@dataclass(frozen=True, slots=True)
class SendApology:
    order_id: str
    channel: Channel
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class OfferSubstitute:
    order_id: str
    product_ids: tuple[str, ...]
    expires_at: datetime | None
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class CancelOrder:
    order_id: str
    reason: CancelReason
    offer_made: bool
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class LapseOrder:
    order_id: str
    actor: Actor
    at: datetime
    clocks: Clocks


@dataclass(frozen=True, slots=True)
class ReassignOrder:
    order_id: str
    to_id: str
    reason: str
    actor: Actor
    at: datetime
    team: Team


@dataclass(frozen=True, slots=True)
class FollowCustomerOwner:
    """Somebody else answers for the customer now (R98)."""

    order_id: str
    owner_id: str
    at: datetime
    team: Team


@dataclass(frozen=True, slots=True)
class HearSupply:
    """Procurement told how far it is. `about`: number, product and quantity of the lines it looked for."""

    order_id: str
    supply: Supply
    missing: tuple[str, ...]
    at: datetime
    clocks: Clocks
    ready_on: date | None = None
    about: tuple[tuple[int, str, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class DeadlinePassed:
    order_id: str
    name: str
    at: datetime
    clocks: Clocks
    team: Team


Command = (
    PlaceOrder
    | LinkCustomer
    | ChooseCustomer
    | PostponeNaming
    | GiveUpNaming
    | RecordAttempt
    | SendApology
    | OfferSubstitute
    | CancelOrder
    | LapseOrder
    | ReassignOrder
    | FollowCustomerOwner
    | HearSupply
    | DeadlinePassed
    | DeliveryCommand
    | MoneyCommand
    | GoodsCommand
    | JourneyCommand
    | ForgetPerson
)
