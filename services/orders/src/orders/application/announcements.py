"""From a change of an order to the facts told of it: the one place where the two meet."""

from contracts.crm import DutyRefusedV1
from contracts.fact import Fact
from contracts.order_state import LineV1, OrderV1, PaymentV1, PromiseV1
from contracts.values import MoneyV1
from kernel.money import Money
from kernel.refused_duty import DutyRefused

from contracts import orders as told
from orders.application.announcing_goods import announce_goods
from orders.application.changed_words import CHANGED, SILENT
from orders.application.kept_word import payment_fields, promise_fields
from orders.domain import changes as c
from orders.domain import delivery_changes as d
from orders.domain import money_changes as m
from orders.domain.changes import Change
from orders.domain.deadlines import due
from orders.domain.goods_changes import GoodsChange
from orders.domain.ledger import Refund
from orders.domain.order import Cancelled, Open, Order


def announce(change: Change, order: Order) -> list[Fact]:  # noqa: C901, PLR0911, PLR0912 - one case a change
    """The facts that a change owes the world, with the state after it."""
    state = as_told(order)
    if isinstance(change, GoodsChange):
        return announce_goods(change, state)
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
            return [_refused(change, order)]
        case d.DeliveryAgreed():
            return [told.OrderConfirmedV1(order=state, by=change.promise.promised_by)]
        case m.PaymentRecorded():
            paid = change.payment
            return [
                told.OrderPaidV1(
                    order=state, payment_id=paid.payment_id, amount=_money(paid.amount), method=paid.method
                )
            ]
        case m.RefundDue():
            return [_refund_due(change.refund, state)]
        case m.RefundSplit():
            return [_refund_due(change.rest, state)]
        case m.RefundPaid():
            return [_refunded(change, order, state)]
        case _ if type(change) in SILENT:
            return []
        case _:
            return [told.OrderChangedV1(order=state, what=(CHANGED[type(change)],))]


def _refund_due(refund: Refund, state: OrderV1) -> Fact:
    return told.OrderRefundDueV1(
        order=state,
        refund_id=refund.refund_id,
        amount=_money(refund.amount),
        reason=refund.reason,
        due_on=refund.term.due_on,
        needs_approval=refund.needs_approval,
    )


def _refunded(change: m.RefundPaid, order: Order, state: OrderV1) -> Fact:
    refund = order.money.refund(change.refund_id)
    assert refund
    return told.OrderRefundedV1(
        order=state,
        refund_id=refund.refund_id,
        amount=_money(refund.amount),
        by=change.by,
        approved_by=refund.approved_by,
    )


def _refused(change: DutyRefused, order: Order) -> Fact:
    order_id = order.placing.order_id
    return DutyRefusedV1(
        thing="order",
        thing_id=order_id,
        order_id=order_id,
        action=change.action,
        rule=change.rule,
        actor_id=change.actor_id,
        actor_roles=change.actor_roles,
    )


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
                unit_price=_money(line.unit_price),
            )
            for line in order.lines
        ),
        total=_money(order.goods_total),
        placed_at=placing.placed_at,
        contacted_at=order.contacted_at,
        attempts=len(order.attempts),
        next_deadline_at=min(moments, default=None),
        is_test=placing.is_test,
        gift_wrap=order.wrap.on,
        promise=PromiseV1(**promised) if (promised := promise_fields(order)) else None,
        payment=PaymentV1(**payment_fields(order)),
    )


def stage_of(order: Order) -> str:
    """How far the order is, in one word."""
    match order:
        case Cancelled():
            return "cancelled"
        case Open() if order.delivery.holds:
            return "confirmed"
        case Open():
            return "contacted" if order.contacted_at else "new"


def _money(sum_: Money) -> MoneyV1:
    return MoneyV1(minor=sum_.minor, currency=sum_.currency)
