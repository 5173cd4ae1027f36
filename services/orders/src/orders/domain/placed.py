"""What was ordered, and what an order has in every state: its goods as they are now, and the attempts to reach its customer."""

from dataclasses import dataclass
from datetime import datetime

from kernel.money import Money
from kernel.personal import Personal

from orders.domain.goods import Goods, Line, Recipient, Wrap, total_of
from orders.domain.words import AttemptOutcome, Channel, Language, Preference


@dataclass(frozen=True, slots=True)
class ContactClock:
    """The three steps by which somebody must have contacted the customer, working time of the shop; UTC (R20)."""

    remind_at: datetime
    reassign_at: datetime
    alarm_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to contact the customer."""

    at: datetime
    by: str
    channel: Channel
    outcome: AttemptOutcome
    note: Personal | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """What the customer ordered: never changes after the order was placed."""

    order_id: str
    number: str
    shop_id: str
    channel: Channel
    lines: tuple[Line, ...]
    recipient: Recipient
    preference: Preference
    clock: ContactClock
    placed_at: datetime
    placed_by: str
    external_number: str | None = None
    is_test: bool = False
    gift_wrap: bool = False
    language: Language = Language.RU

    @property
    def total(self) -> Money:
        """What the goods cost together."""
        return total_of(self.lines)


class AsItIsNow:
    """What an order's goods are now, and for whom."""

    __slots__ = ()
    placing: Placing
    goods: Goods

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines as they are now."""
        return self.goods.lines or self.placing.lines

    @property
    def goods_total(self) -> Money:
        """What the lines cost together now; no delivery, no bonuses."""
        return total_of(self.lines)

    @property
    def recipient(self) -> Recipient:
        """Who is to get them now."""
        return self.goods.recipient or self.placing.recipient

    @property
    def wrap(self) -> Wrap:
        """Whether it is packed as a gift, and how (R36)."""
        return self.goods.wrap or Wrap(self.placing.gift_wrap)

    @property
    def next_line_no(self) -> int:
        """The number of the next new line; none is used twice."""
        return 1 + max(self.goods.highest_line_no, *(line.line_no for line in self.placing.lines))
