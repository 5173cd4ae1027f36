"""What an order can be. States are types, so that what a state does not allow cannot be written."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from kernel.money import Money
from kernel.personal import Personal

from orders.domain.goods import Goods, Line, Recipient, total_of
from orders.domain.words import AttemptOutcome, Channel, Chosen, Preference, Supply


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

    @property
    def total(self) -> Money:
        """What the goods cost together."""
        return total_of(self.lines)


class _AsItIsNow:
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


@dataclass(frozen=True, slots=True)
class Open(_AsItIsNow):
    """An order that somebody answers for. `attention_at`: when he must have looked at it again. `owner_id` and
    `wants_no_calls` are the customer's, as crm told. `offered` is what was offered since goods were last found missing.
    """

    placing: Placing
    responsible_id: str
    chosen: Chosen
    customer_id: str | None = None
    customer_problem: str | None = None
    owner_id: str | None = None
    wants_no_calls: bool = False
    naming_tries: int = 0
    name_again_at: datetime | None = None
    attempts: tuple[Attempt, ...] = ()
    contacted_at: datetime | None = None
    reminded_at: datetime | None = None
    reassigned_at: datetime | None = None
    overdue_at: datetime | None = None
    attention_at: datetime | None = None
    supply: Supply = Supply.SOUGHT
    missing: tuple[str, ...] = ()
    apology_due_at: datetime | None = None
    apology_overdue: bool = False
    apologised_at: datetime | None = None
    offered: tuple[str, ...] = ()
    offered_at: datetime | None = None
    goods: Goods = field(default_factory=Goods)
    kind: Literal["open"] = "open"

    @property
    def preference(self) -> Preference:
        """Whether he may be called: neither this order nor the customer's card must say no (R26)."""
        return Preference.NO_CALLS if self.wants_no_calls else self.placing.preference

    @property
    def owes_apology(self) -> bool:
        """Goods are missing, and the customer has not had both an apology and an offer since (R24, R25)."""
        return self.apology_due_at is not None and (self.apologised_at is None or self.offered_at is None)


@dataclass(frozen=True, slots=True)
class Cancelled(_AsItIsNow):
    """An order that will not be fulfilled; it stays cancelled whatever comes later."""

    placing: Placing
    responsible_id: str
    customer_id: str | None
    reason: str
    lapsed: bool
    offer_made: bool
    cancelled_at: datetime
    cancelled_by: str
    wants_no_calls: bool = False
    attempts: tuple[Attempt, ...] = ()
    contacted_at: datetime | None = None
    supply: Supply = Supply.SOUGHT
    missing: tuple[str, ...] = ()
    goods: Goods = field(default_factory=Goods)
    kind: Literal["cancelled"] = "cancelled"

    @property
    def preference(self) -> Preference:
        """As it was when the order was open."""
        return Preference.NO_CALLS if self.wants_no_calls else self.placing.preference


Order = Open | Cancelled
