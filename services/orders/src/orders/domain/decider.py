"""Decide: which rule a command goes to, and what the shop owes the customer after it."""

from functools import reduce
from typing import assert_never

from kernel.actor import service
from kernel.refusal import Decision, Refused

from orders.domain.changes import Change
from orders.domain.choosing_customer import choose_customer
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
from orders.domain.contacting import reassign, record_attempt
from orders.domain.dealing import deal_with_delivery, deal_with_journeys, deal_with_money
from orders.domain.delivery_commands import DeliveryCommand
from orders.domain.ending import apologise, cancel, lapse, offer
from orders.domain.erasure import ForgetPerson
from orders.domain.evolving import evolve
from orders.domain.forgetting import forget, forget_when_over
from orders.domain.generosity import refuse_what_nobody_sees
from orders.domain.goods_commands import GoodsCommand
from orders.domain.goods_decider import decide_goods
from orders.domain.journey_commands import JourneyCommand
from orders.domain.meant import ChooseCustomer
from orders.domain.money_commands import GrantGoodwill, MoneyCommand
from orders.domain.order import Order
from orders.domain.passing import pass_any
from orders.domain.placing import follow_owner, give_up_naming, link_customer, place, postpone_naming
from orders.domain.policies import USUAL
from orders.domain.settling import Settlement, settle
from orders.domain.supplying import hear_supply

OURSELVES = service("orders")


def decide(
    command: Command, order: Order | None, *, refund_limit: int = USUAL.refund_limit
) -> Decision[Change]:
    """What the rule of the command says, and what its changes make of the order's money. Refunds above `refund_limit`, in
    minor units, need a second person (R80).
    """
    decision = _ruled(command, order)
    if isinstance(decision, Refused) or not decision:
        return decision
    after = reduce(evolve, decision, order)
    assert after is not None
    if order and isinstance(command, GrantGoodwill):
        refuse_what_nobody_sees(order, after, refund_limit)
    by = getattr(command, "actor", OURSELVES).id
    settled = settle(after, decision, Settlement(by, command.at, refund_limit))
    return [*decision, *settled, *forget_when_over(reduce(evolve, settled, after), command.at)]


def _ruled(command: Command, order: Order | None) -> Decision[Change]:  # noqa: C901, PLR0911, PLR0912 - one case a command
    if isinstance(command, GoodsCommand):
        return decide_goods(command, order)
    if isinstance(command, DeliveryCommand):
        return deal_with_delivery(command, order)
    if isinstance(command, MoneyCommand):
        return deal_with_money(command, order)
    if isinstance(command, JourneyCommand):
        return deal_with_journeys(command, order)
    if isinstance(command, ForgetPerson):
        return forget(command, order)
    match command:
        case PlaceOrder():
            return place(command, order)
        case LinkCustomer():
            return link_customer(command, order)
        case ChooseCustomer():
            return choose_customer(command, order)
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
            return pass_any(command, order)
        case _:
            assert_never(command)
