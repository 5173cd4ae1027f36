"""Evolve: what a change makes of an order."""

from dataclasses import replace

from kernel.refused_duty import DutyRefused

from orders.domain import changes as c
from orders.domain.changes import Change
from orders.domain.delivery import Delivery
from orders.domain.delivery_changes import DeliveryChange
from orders.domain.delivery_evolving import evolve_delivery
from orders.domain.erasure import ErasureChange
from orders.domain.forgetting import evolve_erasure
from orders.domain.goods_changes import GoodsChange
from orders.domain.goods_evolving import OfEnded, evolve_ended, evolve_goods, owing_no_more, settled
from orders.domain.journey_changes import JourneyChange
from orders.domain.journey_evolving import evolve_journeys
from orders.domain.ledger import Ledger
from orders.domain.money_changes import MoneyChange
from orders.domain.money_evolving import evolve_money
from orders.domain.order import Cancelled, Completed, Open, Order
from orders.domain.words import AttemptOutcome, Supply

THROUGH = frozenset({AttemptOutcome.REACHED, AttemptOutcome.SENT})
"""Attempts after which a message that did not arrive is made good (R31)."""


class ImpossibleHistory(Exception):
    """A change that can't have happened to this order: a defect."""


def evolve(order: Order | None, change: Change) -> Order:  # noqa: C901, PLR0911 - one case a change
    """The order after the change."""
    match change, order:
        case c.OrderPlaced(), None:
            return _placed(change)
        case DutyRefused(), Open() | Cancelled() | Completed():
            return order
        case c.OrderCancelled(), Open():
            return _cancelled(order, change)
        case _, Open() | Cancelled() | Completed() if isinstance(change, MoneyChange):
            return evolve_money(order, change)
        case _, Open() | Cancelled() | Completed() if isinstance(change, JourneyChange):
            return evolve_journeys(order, change)
        case _, Open() | Cancelled() | Completed() if isinstance(change, ErasureChange):
            return evolve_erasure(order, change)
        case _, Cancelled() | Completed() if isinstance(change, OfEnded):
            return evolve_ended(order, change)
        case c.OrderReassigned(), Cancelled() | Completed():
            return replace(order, responsible_id=change.to_id)
        case _, Open():
            return _open(order, change)
        case _:
            raise ImpossibleHistory(type(change).__name__)


def _placed(change: c.OrderPlaced) -> Open:
    delivery, money = Delivery(due_at=change.promise_due_at), Ledger(change.terms, change.zone)
    return Open(change.placing, change.responsible_id, change.chosen, delivery=delivery, money=money)


def _cancelled(order: Open, change: c.OrderCancelled) -> Cancelled:
    return Cancelled(
        placing=order.placing,
        responsible_id=order.responsible_id,
        customer_id=order.customer_id,
        reason=change.reason,
        lapsed=change.lapsed,
        offer_made=change.offer_made,
        cancelled_at=change.at,
        cancelled_by=change.by,
        wants_no_calls=order.wants_no_calls,
        attempts=order.attempts,
        contacted_at=order.contacted_at,
        supply=order.supply,
        missing=order.missing,
        goods=order.goods,
        delivery=order.delivery,
        money=order.money,
        shipping=replace(order.shipping, task=None),
        erasure=order.erasure,
    )


def _open(order: Open, change: Change) -> Open:  # noqa: C901, PLR0911, PLR0912 - one case a change
    match change:
        case _ if isinstance(change, DeliveryChange):
            return evolve_delivery(order, change)
        case _ if isinstance(change, GoodsChange):
            return evolve_goods(order, change)
        case c.CustomerLinked():
            return replace(
                order,
                customer_id=change.customer_id,
                customer_problem=None,
                owner_id=change.owner_id,
                wants_no_calls=change.wants_no_calls,
                name_again_at=None,
                meant=change.meant,
            )
        case c.CustomerChosen():
            return replace(
                order,
                customer_id=change.customer_id,
                owner_id=change.owner_id,
                wants_no_calls=change.wants_no_calls,
            )
        case c.NamingPostponed():
            return replace(order, naming_tries=change.tries, name_again_at=change.again_at)
        case c.OwnerHeard():
            return replace(order, owner_id=change.owner_id)
        case c.SupplyToldAgain():
            return order
        case c.NamingGivenUp():
            return replace(order, customer_problem=change.problem)
        case c.AttemptRecorded():
            through = change.attempt.outcome in THROUGH
            goods = settled(order.goods) if through else order.goods
            return replace(order, attempts=(*order.attempts, change.attempt), goods=goods)
        case c.OrderContacted():
            return replace(order, contacted_at=change.at, attention_at=change.attention_at)
        case c.ContactReminded():
            return replace(order, reminded_at=change.at)
        case c.OrderReassigned():
            step = change.at if change.step else order.reassigned_at
            return replace(order, responsible_id=change.to_id, chosen=change.chosen, reassigned_at=step)
        case c.ContactOverdue():
            return replace(order, overdue_at=change.at, attention_at=change.attention_at)
        case c.AttentionPassed():
            return replace(order, attention_at=change.attention_at)
        case c.SupplyHeard():
            found = change.supply is Supply.ALLOCATED
            heard = replace(
                order,
                supply=change.supply,
                missing=change.missing,
                delivery=replace(order.delivery, ready_on=change.ready_on),
                apology_due_at=None if found else order.apology_due_at,
                apology_overdue=False if found else order.apology_overdue,
            )
            return owing_no_more(heard)
        case c.ItemUnavailable():
            return replace(
                order,
                apology_due_at=change.apology_due_at,
                apology_overdue=False,
                apologised_at=None,
                offered=(),
                offered_at=None,
                goods=replace(order.goods, missing_since=change.at),
            )
        case c.ApologyOverdue():
            return replace(order, apology_overdue=True)
        case c.ApologySent():
            return replace(order, apologised_at=change.at)
        case c.SubstituteOffered():
            return replace(order, offered=(*order.offered, *change.product_ids), offered_at=change.at)
        case _:
            raise ImpossibleHistory(type(change).__name__)
