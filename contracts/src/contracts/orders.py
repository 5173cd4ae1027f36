"""Facts published by the orders service. The story of each is the order."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.fact import Fact, Value, published
from contracts.order_state import OrderV1
from contracts.values import Code, Id, LineNo, MoneyV1, Quantity


class OrderFact(Fact):
    order: OrderV1

    def subject(self) -> str:
        return self.order.order_id


@published
class OrderCreatedV1(OrderFact):
    """The customer committed to buy; nothing is reserved yet (R19, R20)."""

    topic: ClassVar[str] = "order.created"
    type: ClassVar[str] = "order.created.v1"


@published
class OrderChangedV1(OrderFact):
    """Something of the order is different now: its customer was named, or its supply was found."""

    topic: ClassVar[str] = "order.changed"
    type: ClassVar[str] = "order.changed.v1"
    what: tuple[
        Literal[
            "customer",
            "supply",
            "deadline",
            "apology_overdue",
            "attempt",
            "lines",
            "recipient",
            "address",
            "substitute_accepted",
            "substitute_declined",
            "payment_terms",
            "bonuses",
            "gift_wrap",
            "promise_told",
            "message_failed",
        ]
        | Code,
        ...,
    ]


@published
class OrderContactedV1(OrderFact):
    """Somebody reached the customer (R20, R31)."""

    topic: ClassVar[str] = "order.contacted"
    type: ClassVar[str] = "order.contacted.v1"
    by: Id
    channel: Code


@published
class OrderContactRemindedV1(OrderFact):
    """Step one of the contact clock: the responsible person was reminded (R20)."""

    topic: ClassVar[str] = "order.contact_reminded"
    type: ClassVar[str] = "order.contact_reminded.v1"


@published
class OrderReassignedV1(OrderFact):
    """Step two of the contact clock, or a person's decision: somebody else answers for the order now (R20)."""

    topic: ClassVar[str] = "order.reassigned"
    type: ClassVar[str] = "order.reassigned.v1"
    from_id: Id | None = None
    to_id: Id
    reason: Code


@published
class OrderContactOverdueV1(OrderFact):
    """Step three of the contact clock: nobody made contact in four working hours; the shop's owner knows (R20)."""

    topic: ClassVar[str] = "order.contact_overdue"
    type: ClassVar[str] = "order.contact_overdue.v1"
    alarmed_id: Id


@published
class OrderItemUnavailableV1(OrderFact):
    """Goods of the order are not to be had; an apology and an offer are owed to the customer (R24)."""

    topic: ClassVar[str] = "order.item_unavailable"
    type: ClassVar[str] = "order.item_unavailable.v1"
    product_ids: tuple[Id, ...]
    apology_due_at: AwareDatetime


@published
class OrderApologySentV1(OrderFact):
    """The shop apologised in writing (R25)."""

    topic: ClassVar[str] = "order.apology_sent"
    type: ClassVar[str] = "order.apology_sent.v1"
    by: Id
    channel: Code


@published
class OrderSubstituteOfferedV1(OrderFact):
    """Something instead of the missing goods was offered (R25)."""

    topic: ClassVar[str] = "order.substitute_offered"
    type: ClassVar[str] = "order.substitute_offered.v1"
    by: Id
    product_ids: tuple[Id, ...]
    expires_at: AwareDatetime | None = None


@published
class OrderCancelledV1(OrderFact):
    """The order will not be fulfilled; whatever was held for it is to be freed (R21, R27)."""

    topic: ClassVar[str] = "order.cancelled"
    type: ClassVar[str] = "order.cancelled.v1"
    reason: Code
    lapsed: bool
    offer_made: bool
    by: Id


@published
class OrderConfirmedV1(OrderFact):
    """The delivery is agreed with the customer within a carrier's terms; `order.promise` says what (R29, R31, R65).

    Told again when another delivery is agreed; the newest promise holds.
    """

    topic: ClassVar[str] = "order.confirmed"
    type: ClassVar[str] = "order.confirmed.v1"
    by: Id


@published
class OrderPaidV1(OrderFact):
    """Money for the order came in: `amount` by `method`; `order.payment` says what that makes of the whole."""

    topic: ClassVar[str] = "order.paid"
    type: ClassVar[str] = "order.paid.v1"
    payment_id: Id
    amount: MoneyV1
    method: Literal["card", "cash", "transfer", "instalments", "acquirer"] | Code


class KeptLineV1(Value):
    """How many pieces of a line the customer kept."""

    line_no: LineNo
    quantity: Quantity


@published
class OrderCompletedV1(OrderFact):
    """The customer has what he ordered, or what of it he kept; nothing more is to be done for it."""

    topic: ClassVar[str] = "order.completed"
    type: ClassVar[str] = "order.completed.v1"
    kept: tuple[KeptLineV1, ...]
    at: AwareDatetime


@published
class OrderRefundDueV1(OrderFact):
    """The shop owes the customer money, by the end of `due_on` in the shop's time zone (R80; law: art. 22, 23.1, 26.1)."""

    topic: ClassVar[str] = "order.refund_due"
    type: ClassVar[str] = "order.refund_due.v1"
    refund_id: Id
    amount: MoneyV1
    reason: Literal["cancelled", "shortage", "overpaid", "goodwill"] | Code
    due_on: date
    needs_approval: bool = False


@published
class OrderRefundedV1(OrderFact):
    """The money went back. `approved_by` is the second person, where the sum needed one (R80)."""

    topic: ClassVar[str] = "order.refunded"
    type: ClassVar[str] = "order.refunded.v1"
    refund_id: Id
    amount: MoneyV1
    by: Id
    approved_by: Id | None = None
