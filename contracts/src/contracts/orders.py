"""Facts published by the orders service. The story of each is the order."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.fact import Fact, Value, published
from contracts.values import Code, Count, Id, LineNo, MoneyV1, Quantity


class LineV1(Value):
    """A line of an order, priced as the customer was told."""

    line_no: LineNo
    product_id: Id
    quantity: Quantity
    unit_price: MoneyV1


class OrderV1(Value):
    """An order as far as others may know it.

    `responsible_id` is the person who answers for it while it is open; `next_deadline_at` the moment by which he must
    have done something (UTC). `customer_id` is empty until crm has named the customer.
    """

    order_id: Id
    number: str
    shop_id: Id
    channel: Literal["site", "phone", "chat", "messenger", "sms", "email", "point"] | Code
    stage: Literal["new", "contacted", "cancelled"] | Code
    supply: Literal["sought", "allocated", "short", "released"] | Code
    contact_preference: Literal["any", "no_calls"] | Code
    customer_id: Id | None = None
    responsible_id: Id | None = None
    lines: tuple[LineV1, ...]
    total: MoneyV1
    placed_at: AwareDatetime
    contacted_at: AwareDatetime | None = None
    attempts: Count = 0
    next_deadline_at: AwareDatetime | None = None
    is_test: bool = False


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
    what: tuple[Literal["customer", "supply", "deadline", "apology_overdue"] | Code, ...]


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
