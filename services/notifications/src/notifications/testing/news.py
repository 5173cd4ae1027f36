"""What orders tells of Maria's order."""

from datetime import UTC, date, datetime
from typing import Any

from contracts.claims import ClaimLetterIssuedV1, ClaimV1
from contracts.crm import CustomerErasedV1, CustomerV1
from contracts.order_state import LineV1, OrderV1, PromiseV1
from contracts.quality import QualityCallDueV1, QualityCallV1
from contracts.values import MoneyV1

from contracts import orders as told
from notifications.testing.letters import MONDAY, MOSCOW

PRICE = MoneyV1(minor=648000, currency="RUB")
TOTAL = MoneyV1(minor=1296000, currency="RUB")


def promise(**more: Any) -> PromiseV1:
    """Wednesday, 9 to 15 in Moscow."""
    usual: dict[str, Any] = {
        "kind": "window",
        "carrier_id": "own-couriers",
        "terms_version": 3,
        "reservation_id": "r-1",
        "starts_at": datetime(2026, 3, 4, 6, tzinfo=UTC),
        "ends_at": datetime(2026, 3, 4, 12, tzinfo=UTC),
        "time_zone": MOSCOW,
        "price": MoneyV1(minor=39000, currency="RUB"),
        "promised_by": "anna",
        "promised_at": MONDAY,
    }
    return PromiseV1(**{**usual, **more})


def order(order_id: str = "o-1", **more: Any) -> OrderV1:
    """Two brass lamps."""
    usual: dict[str, Any] = {
        "order_id": order_id,
        "number": "1042",
        "shop_id": "main",
        "channel": "site",
        "stage": "new",
        "supply": "sought",
        "contact_preference": "any",
        "customer_id": "c-maria",
        "responsible_id": "anna",
        "lines": (LineV1(line_no=1, product_id="brass-lamp", quantity=2, unit_price=PRICE),),
        "total": TOTAL,
        "placed_at": MONDAY,
    }
    return OrderV1(**{**usual, **more})


def created(**more: Any) -> told.OrderCreatedV1:
    """It is taken."""
    return told.OrderCreatedV1(order=order(**more))


def offered(
    *products: str, expires_at: datetime | None = datetime(2026, 3, 3, 15, tzinfo=UTC), **more: Any
) -> told.OrderSubstituteOfferedV1:
    """Something else is offered."""
    return told.OrderSubstituteOfferedV1(
        order=order(supply="short", **more),
        by="anna",
        product_ids=products or ("copper-lamp",),
        expires_at=expires_at,
    )


def confirmed(agreed: PromiseV1 | None = None, **more: Any) -> told.OrderConfirmedV1:
    """The delivery is agreed."""
    return told.OrderConfirmedV1(
        order=order(stage="confirmed", promise=agreed or promise(), **more), by="anna"
    )


def cancelled(**more: Any) -> told.OrderCancelledV1:
    """It is off."""
    return told.OrderCancelledV1(
        order=order(stage="cancelled", **more),
        reason="changed_mind",
        lapsed=False,
        offer_made=False,
        by="anna",
    )


def refund_due(refund_id: str = "rf-1", **more: Any) -> told.OrderRefundDueV1:
    """Money is owed to her."""
    return told.OrderRefundDueV1(
        order=order(stage="cancelled", **more),
        refund_id=refund_id,
        amount=TOTAL,
        reason="cancelled",
        due_on=date(2026, 3, 12),
    )


def refunded(refund_id: str = "rf-1", **more: Any) -> told.OrderRefundedV1:
    """It went back."""
    return told.OrderRefundedV1(
        order=order(stage="cancelled", **more), refund_id=refund_id, amount=TOTAL, by="anna"
    )


def call_due(channel: str = "survey_link", order_id: str = "o-1", **more: Any) -> QualityCallDueV1:
    """Maria has her lamps since Monday; tomorrow she is asked."""
    call: dict[str, Any] = {
        "call_id": "q-1",
        "order_id": order_id,
        "shop_id": "main",
        "customer_id": "c-maria",
        "due_at": datetime(2026, 3, 3, 15, tzinfo=UTC),
    }
    return QualityCallDueV1(call=QualityCallV1(**{**call, **more}), channel=channel)


def letter_issued(channel: str = "email", order_id: str | None = "o-1") -> ClaimLetterIssuedV1:
    """Kostya has written to her."""
    claim = ClaimV1(
        claim_id="k-1",
        order_id=order_id,
        customer_id="c-maria",
        shop_id="main",
        kind="goods",
        origin="person",
        stage="decided",
        demand="refund",
        owner_id="kostya",
        law_version="zpp_2026_02",
        at_stake=PRICE,
    )
    return ClaimLetterIssuedV1(claim=claim, letter_id="k-1-1", letter="decision", channel=channel)


def erased(customer_id: str = "c-maria") -> CustomerErasedV1:
    """She does not want to be known any more."""
    customer = CustomerV1(customer_id=customer_id, owner_id="anna", stage="customer")
    return CustomerErasedV1(customer=customer, reason="asked", by="owner", at=MONDAY)
