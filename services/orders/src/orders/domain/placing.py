"""Placing an order, and naming its customer."""

from datetime import datetime

from kernel.refusal import Decision

from orders.domain.changes import (
    Change,
    CustomerLinked,
    NamingGivenUp,
    NamingPostponed,
    OrderPlaced,
    OrderReassigned,
    OwnerHeard,
)
from orders.domain.commands import FollowCustomerOwner, GiveUpNaming, LinkCustomer, PlaceOrder, PostponeNaming
from orders.domain.numbering import number_of
from orders.domain.order import ContactClock, Open, Order, Placing
from orders.domain.policies import Clocks, naming_pause
from orders.domain.refusals import EmptyOrder, MixedCurrencyOrder
from orders.domain.same_day import same_working_day
from orders.domain.team import Team, choose
from orders.domain.words import Chosen


def contact_clock(clocks: Clocks, at: datetime) -> ContactClock:
    """Remind, reassign, alarm: computed once, in working time of the shop, and kept (R20, wire.md 5)."""
    policy = clocks.policy
    return ContactClock(
        clocks.after(at, policy.remind_after),
        clocks.after(at, policy.reassign_after),
        clocks.after(at, policy.alarm_after),
    )


def place(command: PlaceOrder, order: Order | None) -> Decision[Change]:
    """An order is taken whoever else is down; from now on somebody answers for it by a deadline (R20, R31)."""
    if order is not None:
        return []
    if not command.lines:
        raise EmptyOrder("An order has at least one line.")
    if len({line.unit_price.currency for line in command.lines}) > 1:
        raise MixedCurrencyOrder("All lines are priced in one currency.")
    responsible_id, chosen = choose(command.team, command.at, command.order_id)
    placing = Placing(
        order_id=command.order_id,
        number=number_of(command.order_id, command.draw),
        shop_id=command.shop_id,
        channel=command.channel,
        lines=command.lines,
        recipient=command.recipient,
        preference=command.preference,
        clock=contact_clock(command.clocks, command.at),
        placed_at=command.at,
        placed_by=command.actor.id,
        external_number=command.external_number,
        is_test=command.is_test,
        gift_wrap=command.gift_wrap,
        language=command.language,
    )
    due_at = same_working_day(command.clocks, command.at)
    return [OrderPlaced(placing, responsible_id, chosen, due_at, command.terms, command.clocks.calendar.zone)]


def link_customer(command: LinkCustomer, order: Order | None) -> Decision[Change]:
    """The customer has a name now; who answers for him answers for the order, unless a person chose (R98)."""
    if not isinstance(order, Open) or order.customer_id is not None:
        return []
    linked = CustomerLinked(command.customer_id, command.owner_id, command.wants_no_calls, command.meant)
    return [linked, *to_owner(order, command.owner_id, command.at, command.team)]


def postpone_naming(command: PostponeNaming, order: Order | None) -> Decision[Change]:
    """Crm can't be asked now; it is asked again, with growing pauses, and the order goes on meanwhile."""
    if not isinstance(order, Open) or order.customer_id is not None or order.customer_problem is not None:
        return []
    tries = order.naming_tries + 1
    return [NamingPostponed(tries, command.at + naming_pause(tries))]


def give_up_naming(command: GiveUpNaming, order: Order | None) -> Decision[Change]:
    """Crm can't name him by this number; the order goes on, and a person sees why."""
    if not isinstance(order, Open) or order.customer_id is not None or order.customer_problem is not None:
        return []
    return [NamingGivenUp(command.problem)]


def follow_owner(command: FollowCustomerOwner, order: Order | None) -> Decision[Change]:
    """The customer's orders follow his owner, unless a person gave them to somebody (R98).

    Who the owner is is noted even where nobody changes places: so an older fact that comes later is passed over.
    """
    if not isinstance(order, Open):
        return []
    return [OwnerHeard(command.owner_id), *to_owner(order, command.owner_id, command.at, command.team)]


def to_owner(order: Open, owner_id: str | None, at: datetime, team: Team) -> list[Change]:
    """Who answers for the customer answers for the order, unless a person chose or nobody is there for him (R98)."""
    if owner_id is None or order.chosen is Chosen.PERSON:
        return []
    there = team.stand_in(owner_id, at)
    if there is None or there == order.responsible_id:
        return []
    return [OrderReassigned(order.responsible_id, there, "customer_owner", Chosen.CUSTOMER_OWNER, at)]
