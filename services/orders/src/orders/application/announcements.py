"""From a change of an order to the facts told of it: the one place where the two meet."""

from chassis.duties_told import duty_refused
from contracts.fact import Fact
from contracts.order_state import LineV1, OrderV1
from kernel.refused_duty import DutyRefused

from contracts import orders as told
from orders.application.announcing_goods import announce_goods
from orders.application.announcing_journeys import announce_journey
from orders.application.announcing_money import announce_kept_word, money_told, payment_told, promise_told
from orders.application.changed_words import CHANGED, SILENT
from orders.domain import changes as c
from orders.domain.changes import Change
from orders.domain.deadlines import due
from orders.domain.delivery_changes import DeliveryChange
from orders.domain.goods_changes import GoodsChange
from orders.domain.journey_changes import JourneyChange
from orders.domain.money_changes import MoneyChange
from orders.domain.order import Cancelled, Completed, Open, Order


def announce(change: Change, order: Order) -> list[Fact]:  # noqa: C901, PLR0911, PLR0912 - one case a change
    """The facts that a change owes the world, with the state after it."""
    state = as_told(order)
    if isinstance(change, GoodsChange):
        return announce_goods(change, state)
    if isinstance(change, JourneyChange):
        return announce_journey(change, order, state)
    if isinstance(change, DeliveryChange | MoneyChange):
        return announce_kept_word(change, order, state)
    match change:
        case c.OrderPlaced():
            return [told.OrderCreatedV1(order=state)]
        case c.OrderContacted():
            return [told.OrderContactedV1(order=state, by=change.by, channel=change.channel)]
        case c.ContactReminded():
            return [told.OrderContactRemindedV1(order=state)]
        case c.OrderReassigned():
            return [
                told.OrderReassignedV1(
                    order=state, from_id=change.from_id, to_id=change.to_id, reason=change.reason
                )
            ]
        case c.ContactOverdue():
            return [told.OrderContactOverdueV1(order=state, alarmed_id=change.alarmed_id)]
        case c.ItemUnavailable():
            return [
                told.OrderItemUnavailableV1(
                    order=state, product_ids=change.product_ids, apology_due_at=change.apology_due_at
                )
            ]
        case c.ApologySent():
            return [told.OrderApologySentV1(order=state, by=change.by, channel=change.channel)]
        case c.SubstituteOffered():
            return [
                told.OrderSubstituteOfferedV1(
                    order=state, by=change.by, product_ids=change.product_ids, expires_at=change.expires_at
                )
            ]
        case c.OrderCancelled():
            return [
                told.OrderCancelledV1(
                    order=state,
                    reason=change.reason,
                    lapsed=change.lapsed,
                    offer_made=change.offer_made,
                    by=change.by,
                )
            ]
        case DutyRefused():
            return [duty_refused(change, "order", order.placing.order_id, order.placing.order_id)]
        case _ if type(change) in SILENT:
            return []
        case _:
            return [told.OrderChangedV1(order=state, what=(CHANGED[type(change)],))]


def as_told(order: Order) -> OrderV1:
    """The order as far as others may know it: no name, phone or address."""
    placing = order.placing
    moments = [each.at for each in due(order)]
    return OrderV1(
        order_id=placing.order_id,
        number=placing.number,
        shop_id=placing.shop_id,
        channel=placing.channel,
        stage=stage_of(order),
        supply=order.supply,
        contact_preference=order.preference,
        customer_id=order.customer_id,
        responsible_id=order.responsible_id,
        lines=tuple(
            LineV1(
                line_no=line.line_no,
                product_id=line.product_id,
                quantity=line.quantity,
                unit_price=money_told(line.unit_price),
            )
            for line in order.lines
        ),
        total=money_told(order.goods_total),
        placed_at=placing.placed_at,
        contacted_at=order.contacted_at,
        attempts=len(order.attempts),
        next_deadline_at=min(moments, default=None),
        is_test=placing.is_test,
        gift_wrap=order.wrap.on,
        promise=promise_told(order),
        payment=payment_told(order),
    )


def stage_of(order: Order) -> str:
    """How far the order is, in one word."""
    match order:
        case Cancelled():
            return "cancelled"
        case Completed():
            return "completed"
        case Open() if order.delivery.holds:
            return "confirmed"
        case Open():
            return "contacted" if order.contacted_at else "new"
