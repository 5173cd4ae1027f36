"""What an order makes of its shipments: it is completed, or comes back to its responsible person (R50-R52)."""

from dataclasses import replace

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from orders.domain import journey_changes as c
from orders.domain import journey_commands as k
from orders.domain.changes import Change
from orders.domain.commands import DeadlinePassed
from orders.domain.guarding import open_order
from orders.domain.journeys import Arrival, Journey, Kept, Mishap, Task, Trouble
from orders.domain.ledger import Method, Payment
from orders.domain.money_changes import PaymentRecorded
from orders.domain.order import Completed, Open, Order
from orders.domain.owing import balance
from orders.domain.paying import next_payment_id
from orders.domain.promising import void

HEARD = {
    k.Scheduled: c.ShipmentScheduled,
    k.Dispatched: c.ShipmentDispatched,
    k.Delivered: c.ShipmentArrived,
    k.Failed: c.DeliveryFailed,
    k.Missed: c.WindowMissed,
    k.Returned: c.ShipmentReturned,
}
CAME_BACK, COLLECT = "delivery", "collect"


def hear_shipment(command: k.HearShipment, order: Order | None) -> Decision[Change]:
    """Note it, once; then what it means. Facts win: an order that was cancelled while its goods were handed over is completed.

    Nothing kept at the door is no delivery, it is a refusal.
    """
    if order is None:
        return []
    before = order.shipping.journey(command.shipment_id)
    after = _merged(before, command.news)
    if after == before:
        return []
    heard = HEARD[type(command.news)](after)
    if isinstance(command.news, k.Delivered) and after.arrival is not None:
        return [heard, *_paid(command, command.news, order), _completed(command, order, after)]
    return [heard, *_comes_back(command, order, before, after)]


def see_to_delivery(command: k.SeeToDelivery, order: Order | None) -> Decision[Change]:
    """The next attempt is prepared. What has to be decided is not over by looking at it: agree anew, or cancel."""
    found = open_order(order)
    refused = duty(command.actor, Action.WORK_ORDER)
    if refused:
        return refused
    task = found.shipping.task
    if task is None or task.trouble is Trouble.DECIDE:
        return []
    return [c.DeliverySeenTo(command.actor.id, command.at)]


def pass_shipping(command: DeadlinePassed, order: Order | None) -> list[Change]:
    """Nobody did it: it is told, and due again. So is what a customer owes for what he kept."""
    again = command.clocks.look_again(command.at)
    match command.name, order:
        case "delivery", Open() if order.shipping.task:
            return [c.ComingBackOverdue(again)]
        case "collect", Completed() if balance(order).due.minor > 0:
            return [c.CollectingOverdue(again)]
        case _:
            return []


def _merged(now: Journey, news: k.News) -> Journey:  # noqa: C901, PLR0911 - one case a kind of news
    match news:
        case k.Scheduled():
            return replace(now, scheduled=True)
        case k.Dispatched():
            return now if now.dispatched_at else replace(now, dispatched_at=news.at)
        case k.Delivered() if now.arrival:
            return now
        case k.Delivered(kept=()):
            return _failed(now, Mishap(news.at, "refusal", "customer", final=True, told=0))
        case k.Delivered():
            return replace(now, arrival=Arrival(news.at, news.kept))
        case k.Failed():
            return _failed(now, Mishap(news.at, news.reason, news.source, news.final, news.told))
        case k.Missed():
            return now if now.missed_at else replace(now, missed_at=news.at)
        case k.Returned():
            return now if now.returned_at else replace(now, returned_at=news.at)


def _failed(now: Journey, mishap: Mishap) -> Journey:
    """The last failure counts, and a final one before all that are not, whichever was heard of first."""
    kept = now.mishap
    if kept and (kept.final, kept.told) >= (mishap.final, mishap.told):
        return now
    return replace(now, mishap=mishap)


def _completed(command: k.HearShipment, order: Order, after: Journey) -> c.OrderCompleted:
    arrivals = [each.arrival for each in order.shipping.with_journey(after) if each.arrival]
    at = max(each.at for each in arrivals)
    return c.OrderCompleted(
        _together(order, [each.kept for each in arrivals]), at, command.clocks.look_again(command.at)
    )


def _together(order: Order, arrivals: list[Kept]) -> Kept:
    """What he kept of all shipments; of no line more than he ordered."""
    kept: dict[int, int] = {}
    for line_no, quantity in (each for arrival in arrivals for each in arrival):
        kept[line_no] = kept.get(line_no, 0) + quantity
    most = ((line.line_no, min(line.quantity, kept.get(line.line_no, 0))) for line in order.lines)
    return tuple((line_no, quantity) for line_no, quantity in most if quantity)


def _paid(command: k.HearShipment, news: k.Delivered, order: Order) -> list[Change]:
    """What was collected at the door; by the shipment it is known, and counts once."""
    collected, reference = news.collected, f"delivery:{command.shipment_id}"
    if collected is None or collected.minor <= 0 or collected.currency != order.goods_total.currency:
        return []
    if any(each.reference == reference for each in order.money.payments):
        return []
    payment_id = next_payment_id(order)
    payment = Payment(payment_id, Method.AT_DOOR, reference, collected, news.at, "logistics")
    return [PaymentRecorded(payment)]


def _comes_back(command: k.HearShipment, order: Order, before: Journey, after: Journey) -> list[Change]:
    """Back to its responsible person, with a deadline; unless another shipment has taken its place. News that says nothing new of
    how it stands makes no new task.
    """
    newest = not order.shipping.journeys or order.shipping.with_journey(after)[-1] == after
    trouble = _trouble(before, after)
    if not isinstance(order, Open) or not newest or trouble is None:
        return []
    task, policy = order.shipping.task, command.clocks.policy
    due_at = task.due_at if task else command.clocks.after(command.at, policy.come_back_within)
    voided = void(order, "delivery_failed", command.clocks, command.at) if trouble is Trouble.DECIDE else []
    return [c.OrderCameBack(Task(trouble, command.at, due_at, bool(task and task.overdue))), *voided]


def _trouble(before: Journey, after: Journey) -> Trouble | None:
    if after.arrival is not None:
        return None
    if after.is_over:
        return None if before.is_over else Trouble.DECIDE
    failed = after.mishap != before.mishap or after.missed_at != before.missed_at
    return Trouble.SEE_TO_IT if failed else None
