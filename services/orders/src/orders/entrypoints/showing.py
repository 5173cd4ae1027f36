"""An order as shown to a person: all of it to who needs it, the rest masked."""

from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import may

from orders.application.announcements import stage_of
from orders.domain.deadlines import due
from orders.domain.delivery import Leaving
from orders.domain.erasure import is_gone
from orders.domain.goods import Recipient, Unreached
from orders.domain.order import Attempt, Open, Order
from orders.entrypoints.journey_models import shipping_out
from orders.entrypoints.money_shown import money_out
from orders.entrypoints.promise_models import promise_out
from orders.entrypoints.shown_models import (
    AttemptOut,
    LeavingOut,
    LineOut,
    MeantOut,
    OrderOut,
    PersonOut,
    UnreachedOut,
)


def shown(order: Order, actor: Actor, *, whole: bool) -> OrderOut:
    """`whole`: with the recipient, if this actor's work needs him."""
    placing = order.placing
    first = min(due(order), key=lambda each: each.at, default=None)
    opened = order if isinstance(order, Open) else None
    gone = is_gone(order)
    return OrderOut(
        order_id=placing.order_id,
        number=placing.number,
        external_number=placing.external_number,
        shop_id=placing.shop_id,
        channel=placing.channel,
        stage=stage_of(order),
        supply=order.supply,
        missing=list(order.missing),
        contact_preference=order.preference,
        customer_id=order.customer_id,
        customer_problem=opened.customer_problem if opened else None,
        candidates=[
            MeantOut(customer_id=each.customer_id, owner_id=each.owner_id, reason=each.reason)
            for each in (opened.meant if opened else ())
        ],
        responsible_id=order.responsible_id,
        lines=[
            LineOut(
                line_no=line.line_no,
                product_id=line.product_id,
                title=line.title,
                quantity=line.quantity,
                unit_price=line.unit_price.minor,
                currency=line.unit_price.currency,
            )
            for line in order.lines
        ],
        total=order.goods_total.minor,
        currency=order.goods_total.currency,
        phone=str(order.recipient.phone),
        recipient=_person(order.recipient)
        if whole and not gone and may(actor, Action.UNMASK_CUSTOMER)
        else None,
        placed_at=placing.placed_at,
        contacted_at=order.contacted_at,
        attempts=[_attempt(each) for each in order.attempts],
        apology_due_at=opened.apology_due_at if opened and opened.owes_apology else None,
        next_deadline=first.name if first else None,
        next_deadline_at=first.at if first else None,
        is_test=placing.is_test,
        erased=gone,
        language=placing.language,
        bonuses=order.goods.bonuses.minor if order.goods.bonuses else 0,
        gift_wrap=order.wrap.on,
        packing_note=order.wrap.note.value if whole and order.wrap.note else None,
        unreached=[_unreached(each) for each in order.goods.unreached],
        reach_at=order.goods.reach_at,
        promise=promise_out(order),
        leaving=_leaving(order.delivery.leaving) if whole and may(actor, Action.UNMASK_CUSTOMER) else None,
        money=money_out(order),
        shipping=shipping_out(order),
    )


def _leaving(leaving: Leaving) -> LeavingOut:
    recipient, keeper = leaving.alternative_recipient, leaving.payment_left_with
    return LeavingOut(
        alternative_recipient=recipient.value if recipient else None,
        payment_left_with=keeper.value if keeper else None,
    )


def _person(recipient: Recipient) -> PersonOut:
    return PersonOut(
        name=recipient.name.value,
        phone=recipient.phone.e164,
        address=recipient.address.value if recipient.address else None,
        comment=recipient.comment.value if recipient.comment else None,
        email=recipient.email.value if recipient.email else None,
    )


def _unreached(message: Unreached) -> UnreachedOut:
    return UnreachedOut(
        message_id=message.message_id,
        template=message.template,
        channel=message.channel,
        reason=message.reason,
        at=message.at,
    )


def _attempt(attempt: Attempt) -> AttemptOut:
    return AttemptOut(at=attempt.at, by=attempt.by, channel=attempt.channel, outcome=attempt.outcome)
