"""What purchases are asked with and answered with."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from chassis.http.fields import Count
from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import may
from pydantic import BaseModel, Field

from procurement.domain.earmarks import Line
from procurement.domain.purchase import Arrival, Fault, How, Purchase, total_of
from procurement.domain.purchase_placing import lacks
from procurement.entrypoints.http_offers import OfferId
from procurement.entrypoints.models import MoneyIO, amount
from procurement.entrypoints.supplier_models import SupplierId

Pieces = Annotated[int, Field(ge=1, le=1_000_000)]


class ExtraIn(BaseModel):
    """Pieces for our own stock."""

    offer_id: OfferId
    quantity: Pieces


class ExtrasIn(BaseModel):
    """All that is to be bought for our own stock beside the orders."""

    own_stock: Annotated[list[ExtraIn], Field(max_length=1000)]

    def extras(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for each in self.own_stock:
            found[each.offer_id] = found.get(each.offer_id, 0) + each.quantity
        return found


class NewPurchaseIn(BaseModel):
    """From whom something is to be bought."""

    supplier_id: SupplierId


class DraftOut(BaseModel):
    """The draft that is there now."""

    purchase_id: str


class DecisionIn(BaseModel):
    """The second person's yes or no."""

    agrees: bool


class SendingIn(BaseModel):
    """How it went to the supplier."""

    how: How


class ArrivalIn(BaseModel):
    """What came of an offer."""

    offer_id: OfferId
    good: Count = 0
    wrong: Annotated[Count, Field(description="Other goods than ordered, or spoiled ones.")] = 0
    fault: Fault = Field(Fault.MIX_UP, description="What is wrong with them.")

    def arrival(self) -> Arrival:
        return Arrival(self.offer_id, self.good, self.wrong, self.fault)


class ReceiptIn(BaseModel):
    """A delivery as it was counted, each offer once."""

    arrivals: Annotated[list[ArrivalIn], Field(max_length=1000)] = Field(default_factory=list[ArrivalIn])
    final: bool = Field(False, description="Nothing more will come: what is missing is given up.")


class EarmarkOut(BaseModel):
    """Pieces of the line bought for an order, and how many of them are still awaited."""

    order_id: str
    quantity: int
    left: int


class LineOut(BaseModel):
    """`quantity` is `good`, `wrong`, `cancelled` and `outstanding` together; `over` came beyond it."""

    offer_id: str
    product_id: str
    title: str
    quantity: int
    good: int
    wrong: int
    cancelled: int
    outstanding: int
    over: int
    unit_cost: MoneyIO | None = Field(description="Told to who buys or approves alone.")
    orders: list[EarmarkOut]


class PurchaseOut(BaseModel):
    purchase_id: str
    supplier_id: str
    owner_id: str = Field(description="Who answers for the supplier, and so for this.")
    stage: str = Field(
        description="draft, placing, awaiting (a second person's yes), ready, sent, received, undoing or cancelled."
    )
    reason: str = Field(
        description="Why it is a draft again or cancelled: withdrawn, not_approved, too_little_left, budget_spent, ..."
    )
    day: date = Field(description="The day it is for, in the shop's time.")
    remind_at: datetime
    cut_off_at: datetime
    reminded: bool
    missed: int = Field(description="Cut-offs that passed before it was sent.")
    lines: list[LineOut] = Field(description="Of a draft: what it would be if it was placed now.")
    total: MoneyIO | None = Field(description="Without the fee; told to who buys or approves alone.")
    delivery_fee: MoneyIO | None
    missing_to_minimum: MoneyIO | None = Field(description="None when the supplier's minimum is reached.")
    placed_by: str | None
    approved_by: str | None
    sent_by: str | None
    sent_how: How | None
    sent_at: datetime | None
    expected_on: date | None
    late: bool
    deliveries: int


def purchase_out(now: Purchase, lines: Sequence[Line], actor: Actor) -> PurchaseOut:
    """A purchase as answered; `lines` are those of a draft, too."""
    costs, total, sent = sees_costs(actor), total_of(tuple(lines)), now.sent
    return PurchaseOut(
        purchase_id=now.purchase_id,
        supplier_id=now.supplier_id,
        owner_id=now.owner_id,
        stage=now.stage.value,
        reason=now.reason,
        day=now.buying.day,
        remind_at=now.buying.remind_at,
        cut_off_at=now.buying.cut_off_at,
        reminded=now.reminded,
        missed=now.missed,
        lines=[_line(line, costs=costs) for line in lines],
        total=amount(total) if costs else None,
        delivery_fee=amount(now.agreed.fee) if costs else None,
        missing_to_minimum=amount(lacks(total, now.agreed.minimum)) if costs else None,
        placed_by=now.placed_by,
        approved_by=now.approved_by,
        sent_by=sent and sent.by,
        sent_how=sent and sent.how,
        sent_at=sent and sent.at,
        expected_on=sent and sent.expected_on,
        late=now.late,
        deliveries=len(now.receipts),
    )


def sees_costs(actor: Actor) -> bool:
    """Who buys, and who approves what is bought."""
    return may(actor, Action.BUY) or may(actor, Action.APPROVE_PURCHASE)


def _line(line: Line, *, costs: bool) -> LineOut:
    return LineOut(
        offer_id=line.offer_id,
        product_id=line.product_id,
        title=line.title,
        quantity=line.quantity,
        good=line.good,
        wrong=line.wrong,
        cancelled=line.cancelled,
        outstanding=line.outstanding,
        over=line.over,
        unit_cost=amount(line.unit_cost) if costs else None,
        orders=[
            EarmarkOut(order_id=mark.order_id, quantity=mark.quantity, left=mark.left)
            for mark in line.earmarks
        ],
    )
