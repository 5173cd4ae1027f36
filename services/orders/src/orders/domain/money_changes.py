"""What may happen to the money of an order."""

from dataclasses import dataclass
from datetime import datetime

from kernel.money import Money

from orders.domain.ledger import BankState, Link, Method, Payment, Payout, Receipt, Refund, Terms


@dataclass(frozen=True, slots=True)
class TermsChanged:
    terms: Terms


@dataclass(frozen=True, slots=True)
class PaymentRecorded:
    payment: Payment


@dataclass(frozen=True, slots=True)
class LinkAsked:
    """Kept before the acquirer is asked, so that whatever is paid by it finds its order."""

    link: Link


@dataclass(frozen=True, slots=True)
class LinkOpened:
    link_id: str
    reference: str
    url: str


@dataclass(frozen=True, slots=True)
class BankAnswered:
    """What the acquirer said of a link, and when he is asked again; never any more when it is None."""

    link_id: str
    state: BankState
    ask_at: datetime | None


@dataclass(frozen=True, slots=True)
class BankDoubted:
    """Part of a payment went back without us, and nobody knows how much; a person looks by then."""

    payment_id: str
    check_at: datetime


@dataclass(frozen=True, slots=True)
class ReceiptKept:
    """Of a payment or a refund, by its id."""

    of: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class GoodwillGranted:
    """The shop lets the customer off so much altogether; less than before when some of it was refused."""

    amount: Money


@dataclass(frozen=True, slots=True)
class RefundDue:
    refund: Refund


@dataclass(frozen=True, slots=True)
class RefundReduced:
    """The customer owes more now, so less is owed back; nothing left of it is a withdrawal."""

    refund_id: str
    amount: Money


@dataclass(frozen=True, slots=True)
class RefundSplit:
    """Part of it can go back the asked way; the rest is a refund of its own, owed by the same day."""

    refund_id: str
    amount: Money
    rest: Refund


@dataclass(frozen=True, slots=True)
class RefundApproved:
    refund_id: str
    by: str


@dataclass(frozen=True, slots=True)
class PayoutStarted:
    """The acquirer is to pay it back."""

    refund_id: str
    payout: Payout


@dataclass(frozen=True, slots=True)
class PayoutPostponed:
    """The acquirer did not answer; he may have paid, and is asked again by the same number."""

    refund_id: str
    tries: int
    again_at: datetime


@dataclass(frozen=True, slots=True)
class PayoutFailed:
    """The acquirer would not; a person pays it another way."""

    refund_id: str
    code: str


@dataclass(frozen=True, slots=True)
class RefundPaid:
    refund_id: str
    method: Method
    by: str
    at: datetime
    reference: str | None = None
    payment_id: str | None = None


@dataclass(frozen=True, slots=True)
class RefundNear:
    """Its last day comes near."""

    refund_id: str
    warn_at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class RefundOverdue:
    """Its last day has passed; it is told again then."""

    refund_id: str
    again_at: datetime


@dataclass(frozen=True, slots=True)
class CheckOverdue:
    """Nobody looked into the bank's cabinet; it is due again by then."""

    check_at: datetime


MoneyChange = (
    TermsChanged
    | PaymentRecorded
    | LinkAsked
    | LinkOpened
    | BankAnswered
    | BankDoubted
    | ReceiptKept
    | GoodwillGranted
    | RefundDue
    | RefundReduced
    | RefundSplit
    | RefundApproved
    | PayoutStarted
    | PayoutPostponed
    | PayoutFailed
    | RefundPaid
    | RefundNear
    | RefundOverdue
    | CheckOverdue
)
