"""Evolve: what a change makes of an order."""

from dataclasses import replace

from kernel.refused_duty import DutyRefused

from orders.domain import changes as c
from orders.domain.changes import Change
from orders.domain.order import Cancelled, Open, Order
from orders.domain.words import Supply


class ImpossibleHistory(Exception):
    """A change that can't have happened to this order: a defect."""


def evolve(order: Order | None, change: Change) -> Order:
    """The order after the change."""
    match change, order:
        case c.OrderPlaced(), None:
            return Open(change.placing, change.responsible_id, change.chosen)
        case DutyRefused(), Open() | Cancelled():
            return order
        case c.OrderCancelled(), Open():
            return _cancelled(order, change)
        case _, Open():
            return _open(order, change)
        case _:
            raise ImpossibleHistory(type(change).__name__)


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
    )


def _open(order: Open, change: Change) -> Open:  # noqa: C901, PLR0911, PLR0912 - one case a change
    match change:
        case c.CustomerLinked():
            return replace(
                order,
                customer_id=change.customer_id,
                customer_problem=None,
                owner_id=change.owner_id,
                wants_no_calls=change.wants_no_calls,
                name_again_at=None,
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
            return replace(order, attempts=(*order.attempts, change.attempt))
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
            return replace(
                order,
                supply=change.supply,
                missing=change.missing,
                apology_due_at=None if found else order.apology_due_at,
                apology_overdue=False if found else order.apology_overdue,
            )
        case c.ItemUnavailable():
            return replace(
                order,
                apology_due_at=change.apology_due_at,
                apology_overdue=False,
                apologised_at=None,
                offered=(),
                offered_at=None,
            )
        case c.ApologyOverdue():
            return replace(order, apology_overdue=True)
        case c.ApologySent():
            return replace(order, apologised_at=change.at)
        case c.SubstituteOffered():
            return replace(order, offered=(*order.offered, *change.product_ids), offered_at=change.at)
        case _:
            raise ImpossibleHistory(type(change).__name__)
