"""What was offered to a customer instead of goods, and what he said: the consent that a replaced line keeps (R25, R30)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.money import Money

from orders.domain.words import Channel

CUSTOMER = "customer"
"""Who answered when it was nobody of ours: whoever holds the signed link."""


class Said(StrEnum):
    """The customer's answer."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Substitute:
    """A product offered for a line; `unit_price` is what the customer was told, and is what he pays."""

    product_id: str
    title: str
    unit_price: Money


@dataclass(frozen=True, slots=True)
class Answer:
    """What the customer said: `by` the person of ours who wrote it down, `channel` how it was heard; both speak of the link
    when `channel` is None. `product_id` and `line_no` are what he took instead, and where it stands now.
    """

    said: Said
    by: str
    at: datetime
    channel: Channel | None = None
    product_id: str | None = None
    line_no: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One of these instead of that line, at these prices, until then (UTC).

    `title`, `quantity` and `unit_price` are the line's as it stood when the offer was made. An offer ends by an answer, by
    its hour, or when it is withdrawn: the line is gone, or something better is offered.
    """

    offer_no: int
    line_no: int
    product_id: str
    title: str
    quantity: int
    unit_price: Money
    substitutes: tuple[Substitute, ...]
    by: str
    at: datetime
    expires_at: datetime
    answer: Answer | None = None
    withdrawn: bool = False
    expired: bool = False

    @property
    def waits(self) -> bool:
        """Nobody has answered, and it still counts. Whether its hour has come is for whoever asks to say."""
        return self.answer is None and not self.withdrawn and not self.expired

    @property
    def came_to_nothing(self) -> bool:
        """Declined, or nobody answered in time."""
        return self.expired or (self.answer is not None and self.answer.said is Said.NO)

    def is_open(self, at: datetime) -> bool:
        """It may be answered now."""
        return self.waits and at < self.expires_at

    def substitute(self, product_id: str | None) -> Substitute | None:
        """The one of this id; without an id the only one there is."""
        if product_id is None:
            return self.substitutes[0] if len(self.substitutes) == 1 else None
        return next((each for each in self.substitutes if each.product_id == product_id), None)

    def difference(self, substitute: Substitute) -> Money:
        """What the whole line costs more (or less, below zero) with this one."""
        return (substitute.unit_price - self.unit_price) * self.quantity
