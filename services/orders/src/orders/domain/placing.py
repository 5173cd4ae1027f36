"""Placing an order, and naming its customer."""

from datetime import datetime, timedelta

from kernel.calendar import WorkingCalendar
from kernel.refusal import Decision

from orders.domain.changes import Change, CustomerLinked, NamingGivenUp, OrderPlaced, OrderReassigned
from orders.domain.commands import FollowCustomerOwner, GiveUpNaming, LinkCustomer, PlaceOrder
from orders.domain.numbering import number_of
from orders.domain.order import Chosen, ContactClock, Open, Order, Placing
from orders.domain.refusals import EmptyOrder, MixedCurrencyOrder
from orders.domain.team import Team, choose

REMIND_AFTER = timedelta(minutes=30)
REASSIGN_AFTER = timedelta(hours=2)
ALARM_AFTER = timedelta(hours=4)


def contact_clock(calendar: WorkingCalendar, at: datetime) -> ContactClock:
    """Remind after 30 minutes, reassign after 2 hours, alarm after 4: working time of the shop (R20, wire.md 5)."""
    return ContactClock(
        calendar.after(at, REMIND_AFTER), calendar.after(at, REASSIGN_AFTER), calendar.after(at, ALARM_AFTER)
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
        number=number_of(command.order_id),
        shop_id=command.shop_id,
        channel=command.channel,
        lines=command.lines,
        recipient=command.recipient,
        preference=command.preference,
        clock=contact_clock(command.calendar, command.at),
        placed_at=command.at,
        placed_by=command.actor.id,
        external_number=command.external_number,
        is_test=command.is_test,
        gift_wrap=command.gift_wrap,
    )
    return [OrderPlaced(placing, responsible_id, chosen)]


def link_customer(command: LinkCustomer, order: Order | None) -> Decision[Change]:
    """The customer has a name now; who answers for him answers for the order, unless a person chose (R98)."""
    if not isinstance(order, Open) or order.customer_id is not None:
        return []
    moved = _to_owner(order, command.owner_id, command.at, command.team)
    return [CustomerLinked(command.customer_id), *moved]


def give_up_naming(command: GiveUpNaming, order: Order | None) -> Decision[Change]:
    """Crm can't name him by this number; the order goes on, and a person sees why."""
    if not isinstance(order, Open) or order.customer_id is not None or order.customer_problem is not None:
        return []
    return [NamingGivenUp(command.problem)]


def follow_owner(command: FollowCustomerOwner, order: Order | None) -> Decision[Change]:
    """The customer's orders follow his owner (R98)."""
    if not isinstance(order, Open):
        return []
    return _to_owner(order, command.owner_id, command.at, command.team)


def _to_owner(order: Open, owner_id: str | None, at: datetime, team: Team) -> list[Change]:
    if owner_id is None or order.chosen is Chosen.PERSON:
        return []
    there = team.stand_in(owner_id, at)
    if there is None or there == order.responsible_id:
        return []
    return [OrderReassigned(order.responsible_id, there, "customer_owner", Chosen.CUSTOMER_OWNER, at)]
