"""What may be asked about the money of an order."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor
from kernel.money import Money

from orders.domain.ledger import BankState, Method, Receipt, Terms
from orders.domain.policies import Clocks


@dataclass(frozen=True, slots=True)
class SetTerms:
    order_id: str
    terms: Terms
    actor: Actor
    at: datetime
    clocks: Clocks


@dataclass(frozen=True, slots=True)
class RecordPayment:
    """Money came in. `paid_at` is the bank's moment."""

    order_id: str
    method: Method
    reference: str
    amount: Money
    paid_at: datetime
    actor: Actor
    at: datetime
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class AskForLink:
    """`amount` None: all that is due."""

    order_id: str
    link_id: str
    amount: Money | None
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenLink:
    """The acquirer made the link."""

    order_id: str
    link_id: str
    reference: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HearBank:
    """What the acquirer answered when he was asked how far a payment is. `amount` is what he says was paid."""

    order_id: str
    link_id: str
    reference: str
    state: BankState
    amount: Money
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class MissBank:
    """The acquirer did not answer; he is asked again later."""

    order_id: str
    link_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeepReceipt:
    """Of a payment or a refund, by its id."""

    order_id: str
    of: str
    receipt: Receipt
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class GrantGoodwill:
    """Ask to let the customer off so much more, and to give it back if he has paid it."""

    order_id: str
    amount: Money
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ApproveRefund:
    order_id: str
    refund_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class RefuseGoodwill:
    """The second person says no, or whoever asked takes it back."""

    order_id: str
    refund_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class StartPayout:
    """Let the acquirer pay it back."""

    order_id: str
    refund_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class PayRefund:
    """It was paid back by hand; `reference` is the bank's, or the number of the cash order."""

    order_id: str
    refund_id: str
    method: Method
    reference: str
    actor: Actor
    at: datetime
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class RecordReturn:
    """So much of a payment was given back in the bank's own cabinet."""

    order_id: str
    payment_id: str
    amount: Money
    reference: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class FinishPayout:
    """The acquirer paid it back."""

    order_id: str
    refund_id: str
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PostponePayout:
    """The acquirer did not answer."""

    order_id: str
    refund_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FailPayout:
    """The acquirer would not; `code` is a word of ours for his answer."""

    order_id: str
    refund_id: str
    code: str
    at: datetime


MoneyCommand = (
    SetTerms
    | RecordPayment
    | AskForLink
    | OpenLink
    | HearBank
    | MissBank
    | KeepReceipt
    | GrantGoodwill
    | ApproveRefund
    | RefuseGoodwill
    | StartPayout
    | PayRefund
    | RecordReturn
    | FinishPayout
    | PostponePayout
    | FailPayout
)
