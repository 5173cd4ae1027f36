"""What an order can be. States are types, so that what a state does not allow cannot be written."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from kernel.money import Money

from orders.domain.delivery import Delivery
from orders.domain.erasure import Erasure
from orders.domain.goods import Goods
from orders.domain.journeys import Kept, Shipping
from orders.domain.ledger import Ledger
from orders.domain.meant import Meant
from orders.domain.placed import AsItIsNow, Attempt, ContactClock, Placing
from orders.domain.words import Chosen, Preference, Supply

__all__ = ["Attempt", "ContactClock", "Placing"]  # handed on; the rest is defined here


@dataclass(frozen=True, slots=True)
class Open(AsItIsNow):
    """An order that somebody answers for. `attention_at`: when he must have looked at it again. `owner_id` and
    `wants_no_calls` are the customer's, as crm told. `offered` is what was offered since goods were last found missing.
    `meant`: all who share the number, where several do.
    """

    placing: Placing
    responsible_id: str
    chosen: Chosen
    customer_id: str | None = None
    customer_problem: str | None = None
    owner_id: str | None = None
    wants_no_calls: bool = False
    meant: tuple[Meant, ...] = ()
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
    shipping: Shipping = field(default_factory=Shipping)
    erasure: Erasure | None = None
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
class Cancelled(AsItIsNow):
    """An order that will not be fulfilled. It stays cancelled, unless its goods were handed over all the same."""

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
    shipping: Shipping = field(default_factory=Shipping)
    erasure: Erasure | None = None
    kind: Literal["cancelled"] = "cancelled"

    @property
    def preference(self) -> Preference:
        """As it was when the order was open."""
        return Preference.NO_CALLS if self.wants_no_calls else self.placing.preference


@dataclass(frozen=True, slots=True)
class Completed(AsItIsNow):
    """The customer has what he ordered, or what of it he kept. `collect_at`: when somebody asks after what he still owes.
    `cancelled_for`: it was cancelled while its goods were being handed over, for this reason.
    """

    placing: Placing
    responsible_id: str
    customer_id: str | None
    kept: Kept
    completed_at: datetime
    collect_at: datetime
    wants_no_calls: bool = False
    attempts: tuple[Attempt, ...] = ()
    contacted_at: datetime | None = None
    supply: Supply = Supply.ALLOCATED
    missing: tuple[str, ...] = ()
    goods: Goods = field(default_factory=Goods)
    delivery: Delivery = field(default_factory=Delivery)
    money: Ledger = field(default_factory=Ledger)
    shipping: Shipping = field(default_factory=Shipping)
    erasure: Erasure | None = None
    cancelled_for: str | None = None
    kind: Literal["completed"] = "completed"

    @property
    def preference(self) -> Preference:
        """As it was when the order was open."""
        return Preference.NO_CALLS if self.wants_no_calls else self.placing.preference

    @property
    def kept_total(self) -> Money:
        """What the pieces cost that he kept."""
        kept = dict(self.kept)
        costs = (line.unit_price * kept.get(line.line_no, 0) for line in self.lines)
        return sum(costs, start=self.goods_total * 0)


Ended = Cancelled | Completed
Order = Open | Cancelled | Completed
