"""An order as far as others may know it: what every fact of orders carries."""

from typing import Literal

from pydantic import AwareDatetime

from contracts.fact import Value
from contracts.values import Code, Count, Id, LineNo, MoneyV1, Quantity


class LineV1(Value):
    """A line of an order, priced as the customer was told."""

    line_no: LineNo
    product_id: Id
    quantity: Quantity
    unit_price: MoneyV1


class PromiseV1(Value):
    """What was agreed with the customer: a window at his door, or a pick-up point; any moment in it may be meant (R66).

    `carrier_id` and `terms_version` name the terms it was built from (R65). `window` moments are UTC, `time_zone` is the
    IANA zone of the delivery city. `told_by` is the channel by which the customer was told of it, none until he was (R31).
    """

    kind: Literal["window", "point"] | Code
    carrier_id: Id
    terms_version: Count
    reservation_id: Id
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    time_zone: str
    point_id: Id | None = None
    price: MoneyV1
    promised_by: Id
    promised_at: AwareDatetime
    told_by: Code | None = None


class PaymentV1(Value):
    """How the order is to be paid and how far that is. `due` is what the customer still has to pay; `refund_due` what the
    shop owes him; `bonuses` the part that bonuses pay (R35). `covered`: nothing stands in the way of shipping it.
    """

    terms: Literal["on_delivery", "prepaid", "instalments"] | Code
    total: MoneyV1
    bonuses: MoneyV1
    paid: MoneyV1
    refunded: MoneyV1
    due: MoneyV1
    refund_due: MoneyV1
    covered: bool


class OrderV1(Value):
    """An order as far as others may know it.

    `responsible_id` is the person who answers for it while it is open; `next_deadline_at` the moment by which he must
    have done something (UTC). `customer_id` is empty until crm has named the customer.
    """

    order_id: Id
    number: str
    shop_id: Id
    channel: Literal["site", "phone", "chat", "messenger", "sms", "email", "point"] | Code
    stage: Literal["new", "contacted", "confirmed", "cancelled"] | Code
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
    promise: PromiseV1 | None = None
    payment: PaymentV1 | None = None
    gift_wrap: bool = False
