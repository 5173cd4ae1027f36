"""The figures of a shop as answered."""

from datetime import date

from pydantic import BaseModel

from orders.application.rush_reckoning import Flow
from orders.domain.rush_losses import Loss
from orders.domain.rush_requests import Counted
from orders.entrypoints.shown_models import OrderOut


class FlowOut(BaseModel):
    day: date
    taken: int
    processed: int


class MeterOut(BaseModel):
    """`waiting`: open orders whose customers do not know yet when they get them. `exceeded`: demand clearly exceeds
    capacity; concentrate on what earns the most (R47).
    """

    shop_id: str
    taken: int
    processed: int
    waiting: int
    exceeded: bool
    days: list[FlowOut]


class LossOut(BaseModel):
    """`amount` in minor units: the goods' price of these orders together."""

    reason: str
    responsible_id: str
    currency: str
    orders: int
    with_offer: int
    amount: int


class CountedOut(BaseModel):
    """`when`: a day, or an hour of the day."""

    when: str
    kind: str
    answer: str
    in_rush: bool
    requests: int


class QueueOut(BaseModel):
    """`by_profit`: ordered by the owner's ranking, since a rush lasts; else oldest first."""

    by_profit: bool
    items: list[OrderOut]


def flow_out(flow: Flow) -> FlowOut:
    return FlowOut(day=flow.day, taken=flow.taken, processed=flow.processed)


def loss_out(loss: Loss) -> LossOut:
    return LossOut(
        reason=loss.reason,
        responsible_id=loss.responsible_id,
        currency=loss.currency,
        orders=loss.orders,
        with_offer=loss.with_offer,
        amount=loss.minor,
    )


def counted_out(counted: Counted) -> CountedOut:
    return CountedOut(
        when=counted.when,
        kind=counted.kind,
        answer=counted.answer,
        in_rush=counted.in_rush,
        requests=counted.requests,
    )
