"""Decide and evolve: which rule a command goes to, and what a change makes of an order."""

from dataclasses import replace
from typing import assert_never

from kernel.deadline import Deadline
from kernel.refusal import Decision

from orders.domain import changes as c
from orders.domain.changes import Change
from orders.domain.commands import (
    CancelOrder,
    Command,
    DeadlinePassed,
    FollowCustomerOwner,
    GiveUpNaming,
    HearSupply,
    LapseOrder,
    LinkCustomer,
    OfferSubstitute,
    PlaceOrder,
    ReassignOrder,
    RecordAttempt,
    SendApology,
)
from orders.domain.contacting import pass_deadline, reassign, record_attempt
from orders.domain.ending import apologise, cancel, lapse, offer
from orders.domain.order import Cancelled, Open, Order, Supply
from orders.domain.placing import follow_owner, give_up_naming, link_customer, place
from orders.domain.supplying import hear_supply


class ImpossibleHistory(Exception):
    """A change that can't have happened to this order: a defect."""


def decide(command: Command, order: Order | None) -> Decision[Change]:  # noqa: C901, PLR0911, PLR0912 - one case a command
    """The rule of each command."""
    match command:
        case PlaceOrder():
            return place(command, order)
        case LinkCustomer():
            return link_customer(command, order)
        case GiveUpNaming():
            return give_up_naming(command, order)
        case RecordAttempt():
            return record_attempt(command, order)
        case SendApology():
            return apologise(command, order)
        case OfferSubstitute():
            return offer(command, order)
        case CancelOrder():
            return cancel(command, order)
        case LapseOrder():
            return lapse(command, order)
        case ReassignOrder():
            return reassign(command, order)
        case FollowCustomerOwner():
            return follow_owner(command, order)
        case HearSupply():
            return hear_supply(command, order)
        case DeadlinePassed():
            return pass_deadline(command, order)
        case _:
            assert_never(command)


def evolve(order: Order | None, change: Change) -> Order:
    """The order after the change."""
    match change, order:
        case c.OrderPlaced(), None:
            return Open(change.placing, change.responsible_id, change.chosen)
        case c.DutyRefused(), Open() | Cancelled():
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
        attempts=order.attempts,
        contacted_at=order.contacted_at,
        supply=order.supply,
        missing=order.missing,
    )


def _open(order: Open, change: Change) -> Open:  # noqa: C901, PLR0911, PLR0912 - one case a change
    match change:
        case c.CustomerLinked():
            return replace(order, customer_id=change.customer_id, customer_problem=None)
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
            found = change.supply in (Supply.ALLOCATED, Supply.RELEASED)
            due = None if found else order.apology_due_at
            return replace(order, supply=change.supply, missing=change.missing, apology_due_at=due)
        case c.ItemUnavailable():
            return replace(
                order, apology_due_at=change.apology_due_at, apology_overdue=False, apologised_at=None
            )
        case c.ApologyOverdue():
            return replace(order, apology_overdue=True)
        case c.ApologySent():
            return replace(order, apologised_at=change.at)
        case c.SubstituteOffered():
            return replace(order, offered=(*order.offered, *change.product_ids), offered_at=change.at)
        case _:
            raise ImpossibleHistory(type(change).__name__)


def deadlines(order: Order) -> list[Deadline]:
    """All that is due: what people must do, and the asking of crm for the customer's name."""
    asking = (
        [Deadline("resolve_customer", order.placing.placed_at)]
        if isinstance(order, Open) and order.customer_id is None and order.customer_problem is None
        else []
    )
    return [*asking, *due(order)]


def due(order: Order) -> list[Deadline]:
    """What a person must have done, and by when. An open order is never without (R20, R21, R31)."""
    if isinstance(order, Cancelled):
        return []
    clock, waits = order.placing.clock, order.contacted_at is None
    apology = order.apology_due_at if not (order.apologised_at or order.apology_overdue) else None
    steps = (
        ("remind", clock.remind_at if waits and order.reminded_at is None else None),
        ("reassign", clock.reassign_at if waits and order.reassigned_at is None else None),
        ("alarm", clock.alarm_at if waits and order.overdue_at is None else None),
        ("apology", apology),
        ("attention", order.attention_at),
    )
    return [Deadline(name, at) for name, at in steps if at is not None]
