"""The money of an order: what came in, what went back, what is owed back and by when. No card data, ever."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kernel.money import Money


class Terms(StrEnum):
    """When the customer pays: before we ship, at the door, or a bank for him at once and he to the bank later."""

    ON_DELIVERY = "on_delivery"
    PREPAID = "prepaid"
    INSTALMENTS = "instalments"


class Method(StrEnum):
    """How money moved. `ACQUIRER`: by a payment link of ours; `INSTALMENTS`: a bank paid for the customer; `AT_DOOR`: who
    brought the goods collected it.
    """

    CARD = "card"
    CASH = "cash"
    TRANSFER = "transfer"
    INSTALMENTS = "instalments"
    ACQUIRER = "acquirer"
    AT_DOOR = "at_door"


class BankState(StrEnum):
    """What the acquirer says of a payment link: nobody paid yet, held on the card, paid, part or all given back, over without
    money.
    """

    WAITING = "waiting"
    HELD = "held"
    PAID = "paid"
    PARTLY_RETURNED = "partly_returned"
    RETURNED = "returned"
    FAILED = "failed"


SETTLED = frozenset({BankState.RETURNED, BankState.FAILED})
"""Nothing follows these."""


class RefundReason(StrEnum):
    """Why the shop owes money back. `NOT_KEPT`: paid for, and not kept at the door. `AT_BANK`: somebody gave it back in the bank's own cabinet; we only note it."""

    CANCELLED = "cancelled"
    SHORTAGE = "shortage"
    OVERPAID = "overpaid"
    GOODWILL = "goodwill"
    NOT_KEPT = "not_kept"
    AT_BANK = "at_bank"


class RefundStage(StrEnum):
    """`LEAVING`: the acquirer is being asked to pay it, and may have done so; nobody else pays it meanwhile."""

    DUE = "due"
    LEAVING = "leaving"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


OWED = frozenset({RefundStage.DUE, RefundStage.LEAVING})


@dataclass(frozen=True, slots=True)
class Receipt:
    """The cash register's receipt, by number and link; whoever runs the register keeps the rest (54-FZ)."""

    number: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in. `reference` is the bank's, or the number of the cash order: the same one is the same money."""

    payment_id: str
    method: Method
    reference: str
    amount: Money
    paid_at: datetime
    recorded_by: str
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link by which the customer can pay. `link_id` is our number at the acquirer, `reference` his own. `ask_at`: when he is
    asked by ourselves how far it is, should his notification be lost; `asks` how often that was.
    """

    link_id: str
    amount: Money
    asked_by: str
    asked_at: datetime
    url: str | None = None
    reference: str | None = None
    state: BankState = BankState.WAITING
    ask_at: datetime | None = None
    asks: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """By when money must be back: the last day, its end in UTC, and the law that says so, as it was on the day it was owed."""

    due_on: date
    due_at: datetime
    article: str
    law: str


@dataclass(frozen=True, slots=True)
class Payout:
    """How a refund goes back. `payment_id`: through which payment, where an acquirer does it."""

    method: Method
    by: str
    at: datetime
    payment_id: str | None = None
    reference: str | None = None
    tries: int = 0
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refund:
    """Money owed back. `warn_at` are the moments, still to come, at which somebody is reminded of it; `overdue_at` when he is
    next told that the last day has passed. `failed`: why the acquirer would not pay.
    """

    refund_id: str
    amount: Money
    reason: RefundReason
    term: Term
    asked_by: str
    asked_at: datetime
    needs_approval: bool
    warn_at: tuple[datetime, ...] = ()
    overdue_at: datetime | None = None
    stage: RefundStage = RefundStage.DUE
    approved_by: str | None = None
    payout: Payout | None = None
    failed: str | None = None
    receipt: Receipt | None = None

    @property
    def is_owed(self) -> bool:
        """The customer does not have it yet."""
        return self.stage in OWED

    @property
    def is_only_asked(self) -> bool:
        """Goodwill above the limit that nobody has agreed to: it may come to nothing (R80)."""
        return self.reason is RefundReason.GOODWILL and self.needs_approval and self.approved_by is None


@dataclass(frozen=True, slots=True)
class Ledger:
    """`zone` is the shop's: in it the days of the law are counted. `goodwill` is what the shop let the customer off.
    `check_at`: the bank says that part of a payment went back, and we don't know how much; a person looks by then.
    """

    terms: Terms = Terms.ON_DELIVERY
    zone: str = "Europe/Moscow"
    payments: tuple[Payment, ...] = ()
    links: tuple[Link, ...] = ()
    refunds: tuple[Refund, ...] = ()
    goodwill: Money | None = None
    check_at: datetime | None = None

    def payment(self, payment_id: str) -> Payment | None:
        """The payment of this id."""
        return next((each for each in self.payments if each.payment_id == payment_id), None)

    def refund(self, refund_id: str) -> Refund | None:
        """The refund of this id."""
        return next((each for each in self.refunds if each.refund_id == refund_id), None)

    def link(self, link_id: str) -> Link | None:
        """The link of this id."""
        return next((each for each in self.links if each.link_id == link_id), None)

    def gone_through(self, payment_id: str) -> int:
        """How much of a payment went back, or is on its way back, through its acquirer; minor units."""
        stages = (RefundStage.PAID, RefundStage.LEAVING)
        return sum(
            each.amount.minor
            for each in self.refunds
            if each.stage in stages and each.payout and each.payout.payment_id == payment_id
        )
