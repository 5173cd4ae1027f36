"""A purchase: our order to one supplier for one day, from its first wish to the last piece that came (R42, R43)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kernel.money import Money

from procurement.domain.earmarks import Line, Share


class Stage(StrEnum):
    """`DRAFT`: gathers what waits to be bought; `PLACING`: it is being fixed; `AWAITING`: a second person's yes (R80);
    `READY`: to be sent; `SENT`: goods are awaited; `UNDOING`: it is being given up before it was sent.
    """

    DRAFT = "draft"
    PLACING = "placing"
    AWAITING = "awaiting"
    READY = "ready"
    SENT = "sent"
    RECEIVED = "received"
    UNDOING = "undoing"
    CANCELLED = "cancelled"


BEFORE_SENDING = frozenset({Stage.DRAFT, Stage.AWAITING, Stage.READY})
UNDER_WAY = frozenset({Stage.PLACING, Stage.UNDOING})


class How(StrEnum):
    """The way a purchase went to the supplier."""

    EMAIL = "email"
    PORTAL = "portal"
    PHONE = "phone"
    MESSENGER = "messenger"
    PAPER = "paper"


class Fault(StrEnum):
    """What is wrong with pieces that came: other goods than ordered, or spoiled ones."""

    MIX_UP = "mix_up"
    DEFECT = "defect"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed with the supplier, as far as a purchase needs it. `alone`: it may be placed without a click (R43)."""

    lead_days: int
    fee: Money | None = None
    minimum: Money | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class BuyingDay:
    """The day that a purchase is for, in the shop's time zone; when its owner is reminded, and when it is too late."""

    day: date
    remind_at: datetime
    cut_off_at: datetime


@dataclass(frozen=True, slots=True)
class Goods:
    """An offer as a purchase names it."""

    product_id: str
    title: str
    unit_cost: Money


@dataclass(frozen=True, slots=True)
class Claim:
    """Pieces held for an order at an offer, which the purchase is to take."""

    order_id: str
    offer_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Sent:
    by: str
    how: How
    at: datetime
    expected_on: date
    late_at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a delivery brought of a line."""

    offer_id: str
    good: int
    wrong: int = 0
    fault: Fault = Fault.MIX_UP


@dataclass(frozen=True, slots=True)
class Fall:
    """Pieces of a line that came wrong, and those that will not come."""

    offer_id: str
    wrong: int
    missing: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Kept:
    """Pieces of a line that came well, and how many of them are some order's; `own_left` are awaited for our own stock."""

    offer_id: str
    good: int
    earmarked: int
    own_left: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A delivery as it was counted. What it makes of orders and stock is carried out by `step`; `done` when it is."""

    receipt_id: str
    step: int
    arrivals: tuple[Arrival, ...]
    kept: tuple[Kept, ...]
    shares: tuple[Share, ...]
    falls: tuple[Fall, ...]
    final: bool
    by: str
    at: datetime
    done: bool = False


@dataclass(frozen=True, slots=True)
class Purchase:
    """`owner_id` answers for the supplier, and so for this. `step` fences what the purchase asks of orders and offers.

    `extras` are pieces for our own stock by offer; `asked_by_sourcing` are the sourcings that put some of them there.
    `missed` counts the cut-offs that passed before it was sent.
    """

    purchase_id: str
    supplier_id: str
    owner_id: str
    buying: BuyingDay
    agreed: Agreed
    stage: Stage
    opened_at: datetime
    step: int = 0
    extras: Mapping[str, int] = field(default_factory=dict[str, int])
    asked_by_sourcing: frozenset[str] = frozenset()
    claims: tuple[Claim, ...] = ()
    goods: Mapping[str, Goods] = field(default_factory=dict[str, Goods])
    lines: tuple[Line, ...] = ()
    due_at: datetime | None = None
    reminded: bool = False
    missed: int = 0
    placed_by: str | None = None
    placed_on: date | None = None
    approve_above: Money | None = None
    approved_by: str | None = None
    sent: Sent | None = None
    late: bool = False
    receipts: tuple[Receipt, ...] = ()
    ending: Stage | None = None
    reason: str = ""

    @property
    def total(self) -> Money:
        """What the goods cost, without the fee."""
        return total_of(self.lines)

    @property
    def outstanding(self) -> int:
        return sum(line.outstanding for line in self.lines)

    @property
    def to_take_in(self) -> Receipt | None:
        """The first delivery whose consequences are not carried out yet."""
        return next((receipt for receipt in self.receipts if not receipt.done), None)


def total_of(lines: tuple[Line, ...]) -> Money:
    """What these lines cost together, without the fee."""
    return sum((line.total for line in lines), Money(0))


def holder(purchase_id: str) -> str:
    """The name under which a purchase holds pieces at an offer; no order has such a one."""
    return f"purchase/{purchase_id}"
