"""An order as it is answered over HTTP."""

from datetime import datetime

from pydantic import BaseModel, Field

from orders.entrypoints.journey_models import ShippingOut
from orders.entrypoints.money_shown import MoneyOut
from orders.entrypoints.promise_models import PromiseOut


class LineOut(BaseModel):
    line_no: int
    product_id: str
    title: str
    quantity: int
    unit_price: int
    currency: str


class MeantOut(BaseModel):
    """One who may be the customer; who he is, crm shows."""

    customer_id: str
    owner_id: str | None
    reason: str = Field(description="Why crm puts him before the next.")


class PersonOut(BaseModel):
    """The recipient, for who may see him."""

    name: str
    phone: str
    address: str | None
    comment: str | None
    email: str | None


class AttemptOut(BaseModel):
    at: datetime
    by: str
    channel: str
    outcome: str


class LeavingOut(BaseModel):
    """With whom the goods may be left, and who keeps the money for them."""

    alternative_recipient: str | None
    payment_left_with: str | None


class UnreachedOut(BaseModel):
    """A message to the customer that did not arrive, and why."""

    message_id: str
    template: str
    channel: str
    reason: str
    at: datetime


class OrderOut(BaseModel):
    """An order. `recipient` is left out for who may not see it; `phone` is masked then."""

    order_id: str
    number: str
    external_number: str | None
    shop_id: str
    channel: str
    stage: str
    supply: str
    missing: list[str]
    contact_preference: str
    customer_id: str | None
    customer_problem: str | None
    candidates: list[MeantOut] = Field(
        description="All who share the order's number, where several do, the likeliest first; `POST .../customer` names another."
    )
    responsible_id: str
    lines: list[LineOut]
    total: int
    currency: str
    phone: str
    recipient: PersonOut | None
    placed_at: datetime
    contacted_at: datetime | None
    attempts: list[AttemptOut]
    apology_due_at: datetime | None
    next_deadline: str | None
    next_deadline_at: datetime | None
    is_test: bool
    erased: bool = Field(description="The customer was erased, and nothing of him is in the order any more.")
    language: str
    bonuses: int = Field(description="What is paid with bonuses, in minor units (R35).")
    gift_wrap: bool
    packing_note: str | None = Field(description="For the packer; left out in lists (R36).")
    unreached: list[UnreachedOut] = Field(
        description="Messages that did not reach him; a person has to (R31)."
    )
    reach_at: datetime | None
    promise: PromiseOut | None = Field(description="What was agreed; `void` says why it no longer holds.")
    leaving: LeavingOut | None = Field(description="For who sees the recipient (R67).")
    money: MoneyOut
    shipping: ShippingOut
