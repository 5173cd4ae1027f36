"""Decide: which rule a command goes to."""

from typing import assert_never

from kernel.refusal import Decision

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
    PostponeNaming,
    ReassignOrder,
    RecordAttempt,
    SendApology,
)
from orders.domain.contacting import pass_deadline, reassign, record_attempt
from orders.domain.ending import apologise, cancel, lapse, offer
from orders.domain.order import Order
from orders.domain.placing import follow_owner, give_up_naming, link_customer, place, postpone_naming
from orders.domain.supplying import hear_supply


def decide(command: Command, order: Order | None) -> Decision[Change]:  # noqa: C901, PLR0911, PLR0912 - one case a command
    """The rule of each command."""
    match command:
        case PlaceOrder():
            return place(command, order)
        case LinkCustomer():
            return link_customer(command, order)
        case PostponeNaming():
            return postpone_naming(command, order)
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
