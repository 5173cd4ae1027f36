"""The goods of an order as they are now: what changed since it was placed, and for whom they are."""

from dataclasses import dataclass
from datetime import datetime

from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import Phone

from orders.domain.offers import Offer
from orders.domain.tallies import Tally


@dataclass(frozen=True, slots=True)
class Line:
    """A line of goods; `unit_price` is what the customer was told, and stays."""

    line_no: int
    product_id: str
    title: str
    quantity: int
    unit_price: Money


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is to get the goods, and where."""

    name: Personal
    phone: Phone
    address: Personal | None = None
    comment: Personal | None = None
    email: Personal | None = None


@dataclass(frozen=True, slots=True)
class Wrap:
    """Gift packing, and what the packer has to know (R36)."""

    on: bool
    note: Personal | None = None


@dataclass(frozen=True, slots=True)
class Suggested:
    """An accessory that was offered beside a product of the order; `taken_at`: since when it is in the order (R30)."""

    product_id: str
    accessory_id: str
    by: str
    at: datetime
    taken_at: datetime | None = None


ABOUT_MONEY = frozenset({"refund_due", "refunded"})
"""Messages that matter when the order has ended, too: money goes back, and its owner does not know (R80)."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """A message to the customer did not arrive: a person has to reach him (R31)."""

    message_id: str
    template: str
    channel: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Goods:
    """What changed since the order was placed; `lines`, `recipient` and `wrap` are None while they are as placed.

    `highest_line_no`: no line's number is used twice. `next_offer_at`: goods are missing, and the last offer came to nothing:
    by then there is another one (R24). `reach_at`: by then somebody must have reached the customer of the `unreached`
    messages. `missing_since`: when goods were last found missing. `tallies` wait to be counted.
    """

    lines: tuple[Line, ...] | None = None
    recipient: Recipient | None = None
    highest_line_no: int = 0
    wrap: Wrap | None = None
    bonuses: Money | None = None
    offers: tuple[Offer, ...] = ()
    next_offer_at: datetime | None = None
    next_offer_overdue: bool = False
    missing_since: datetime | None = None
    suggested: tuple[Suggested, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    reach_at: datetime | None = None
    tallies: tuple[Tally, ...] = ()
    highest_tally_no: int = 0

    @property
    def owes_word_of_money(self) -> bool:
        """He was not reached with what was written to him of his money."""
        return any(each.template in ABOUT_MONEY for each in self.unreached)

    def offer(self, offer_no: int) -> Offer | None:
        """The offer of this number."""
        return next((each for each in self.offers if each.offer_no == offer_no), None)


def total_of(lines: tuple[Line, ...]) -> Money:
    """What these lines cost together. An order has at least one."""
    first, *rest = (line.unit_price * line.quantity for line in lines)
    return sum(rest, start=first)


def line_of(lines: tuple[Line, ...], line_no: int) -> Line | None:
    """The line of this number."""
    return next((each for each in lines if each.line_no == line_no), None)
