"""What an order can be. States are types, so that what a state does not allow cannot be written."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from kernel.money import Money
from kernel.personal import Personal

from orders.domain.delivery import Delivery
from orders.domain.goods import Goods, Line, Recipient, Wrap, total_of
from orders.domain.ledger import Ledger
from orders.domain.words import AttemptOutcome, Channel, Chosen, Language, Preference, Supply


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

    @property
    def wrap(self) -> Wrap:
        """Whether it is packed as a gift, and how (R36)."""
        return self.goods.wrap or Wrap(self.placing.gift_wrap)

    @property
    def next_line_no(self) -> int:
        """The number of the next new line; none is used twice."""
        return 1 + max(self.goods.highest_line_no, *(line.line_no for line in self.placing.lines))


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
    delivery: Delivery = field(default_factory=Delivery)
    money: Ledger = field(default_factory=Ledger)
    kind: Literal["open"] = "open"

    @property
    def preference(self) -> Preference:
        """Whether he may be called: neither this order nor the customer's card must say no (R26)."""
        return Preference.NO_CALLS if self.wants_no_calls else self.placing.preference

    @property
    def owes_apology(self) -> bool:
        """Goods are missing, and the customer has not had both an apology and an offer since (R24, R25)."""
        return self.apology_due_at is not None and (self.apologised_at is None or self.offered_at is None)

    @property
    def owes_next_offer(self) -> bool:
        """The last offer for missing goods came to nothing, and nothing else was offered (R24, R27)."""
        return self.goods.next_offer_at is not None and bool(self.in_vain)

    @property
    def in_vain(self) -> frozenset[int]:
        """Lines whose goods are missing, were offered in vain, and nothing else since."""
        last = {offer.line_no: offer for offer in self.goods.offers}
        missing = (line.line_no for line in self.lines if line.product_id in self.missing)
        return frozenset(each for each in missing if each in last and last[each].came_to_nothing)


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
    delivery: Delivery = field(default_factory=Delivery)
    money: Ledger = field(default_factory=Ledger)
    kind: Literal["cancelled"] = "cancelled"

    @property
    def preference(self) -> Preference:
        """As it was when the order was open."""
        return Preference.NO_CALLS if self.wants_no_calls else self.placing.preference


Order = Open | Cancelled
