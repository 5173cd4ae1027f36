"""What may be asked about the goods of an order. `closed`: products that are not to be sold for now (R46)."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor
from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import Phone

from orders.domain.goods import Unreached, Wrap
from orders.domain.offers import Said, Substitute
from orders.domain.policies import Clocks
from orders.domain.words import Channel


@dataclass(frozen=True, slots=True)
class MakeOffer:
    """Offer one of these instead of a line. Without `expires_at` it stands for as long as the shop's offers do."""

    order_id: str
    line_no: int
    substitutes: tuple[Substitute, ...]
    expires_at: datetime | None
    actor: Actor
    at: datetime
    clocks: Clocks
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    """The customer's yes or no. `channel` is None when he answered by the signed link, and then nobody's duty is asked."""

    order_id: str
    offer_no: int
    said: Said
    product_id: str | None
    channel: Channel | None
    actor: Actor
    at: datetime
    clocks: Clocks


@dataclass(frozen=True, slots=True)
class Added:
    """Goods to be added, at the price the customer was told."""

    product_id: str
    title: str
    quantity: int
    unit_price: Money


@dataclass(frozen=True, slots=True)
class ChangeLines:
    """`quantities`: how many of a line from now on, 0 takes it out; lines not named stay. Prices of lines stay as told."""

    order_id: str
    quantities: tuple[tuple[int, int], ...]
    added: tuple[Added, ...]
    actor: Actor
    at: datetime
    clocks: Clocks
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChangeRecipient:
    """Somebody else gets the goods, or is reached otherwise. What is None stays."""

    order_id: str
    name: Personal | None
    phone: Phone | None
    email: Personal | None
    comment: Personal | None
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangeAddress:
    """The goods go elsewhere. `keeps_promise`: logistics was asked, and what was promised can be kept there as it is."""

    order_id: str
    address: Personal
    actor: Actor
    at: datetime
    clocks: Clocks
    keeps_promise: bool = False


@dataclass(frozen=True, slots=True)
class SetBonuses:
    """So much is paid with bonuses (R35)."""

    order_id: str
    bonuses: Money
    actor: Actor
    at: datetime
    clocks: Clocks


@dataclass(frozen=True, slots=True)
class SetWrap:
    """Gift packing on or off (R36)."""

    order_id: str
    wrap: Wrap
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class SuggestAccessories:
    """These were offered beside a product of the order (R30)."""

    order_id: str
    pairs: tuple[tuple[str, str], ...]
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ReadContact:
    """A service needs to know how to reach the customer (R97)."""

    order_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class HearApologySent:
    """A gateway took the written apology (R25)."""

    order_id: str
    channel: Channel
    by: str
    sent_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class HearUnreached:
    """A message did not arrive and is not tried again (R31)."""

    order_id: str
    unreached: Unreached
    at: datetime
    clocks: Clocks


@dataclass(frozen=True, slots=True)
class AcknowledgeUnreached:
    """A person has dealt with the messages that did not arrive."""

    order_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ForgetTallies:
    """All up to this number are counted."""

    order_id: str
    up_to: int
    at: datetime


GoodsCommand = (
    MakeOffer
    | AnswerOffer
    | ChangeLines
    | ChangeRecipient
    | ChangeAddress
    | SetBonuses
    | SetWrap
    | SuggestAccessories
    | ReadContact
    | HearApologySent
    | HearUnreached
    | AcknowledgeUnreached
    | ForgetTallies
)
