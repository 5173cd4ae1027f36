"""An order of two brass lamps, and what may be asked of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any

from kernel.actor import Actor, service
from kernel.calendar import WorkingCalendar
from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import Phone
from kernel.refusal import Refused

from orders.domain import commands as c
from orders.domain.changes import Change
from orders.domain.decider import decide
from orders.domain.evolving import evolve
from orders.domain.goods import Line, Recipient
from orders.domain.order import Open, Order
from orders.domain.policies import Clocks
from orders.domain.team import Team
from orders.domain.words import AttemptOutcome, CancelReason, Channel, Preference, Supply
from orders.testing.people import ANNA, OLGA, SELLERS, SITE

MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)
"""Ten in the morning in Moscow; the shop opens."""

ORDER_ID = "order-1"
CLOCKS = Clocks(WorkingCalendar.usual())
NAME, PHONE, ADDRESS = "Мария Лисицына", "+79161234567", "Москва, Малая Бронная, 30, кв. 50"
LAMPS = Line(1, "brass-lamp", "Лампа латунная", 2, Money(648000))
SHADE = Line(2, "green-shade", "Абажур зелёный", 1, Money(90000))
MARIA = Recipient(Personal(NAME), Phone(PHONE), Personal(ADDRESS), Personal("домофон не работает"))


def minutes(many: float) -> datetime:
    """So many minutes after the order was placed."""
    return MONDAY + timedelta(minutes=many)


def place(at: datetime = MONDAY, team: Team = SELLERS, clocks: Clocks = CLOCKS, **more: Any) -> c.PlaceOrder:
    """The site takes Maria's order."""
    asked = c.PlaceOrder(
        ORDER_ID, "main", Channel.SITE, (LAMPS, SHADE), MARIA, Preference.ANY, SITE, at, clocks, team
    )
    return replace(asked, **more)


def attempt(
    at: datetime = MONDAY,
    outcome: AttemptOutcome = AttemptOutcome.NO_ANSWER,
    channel: Channel = Channel.PHONE,
    actor: Actor = ANNA,
) -> c.RecordAttempt:
    """Somebody tries to reach Maria."""
    return c.RecordAttempt(ORDER_ID, channel, outcome, Personal("просила после шести"), actor, at, CLOCKS)


def reach(at: datetime = MONDAY) -> c.RecordAttempt:
    """Anna reaches her."""
    return attempt(at, AttemptOutcome.REACHED)


def passed(name: str, at: datetime, team: Team = SELLERS) -> c.DeadlinePassed:
    """A deadline has passed."""
    return c.DeadlinePassed(ORDER_ID, name, at, CLOCKS, team)


def supply(now: Supply, *missing: str, at: datetime = MONDAY) -> c.HearSupply:
    """Procurement tells."""
    return c.HearSupply(ORDER_ID, now, missing, at, CLOCKS)


def apologise(at: datetime = MONDAY, channel: Channel = Channel.EMAIL, actor: Actor = ANNA) -> c.SendApology:
    """Anna writes an apology."""
    return c.SendApology(ORDER_ID, channel, actor, at)


def offer(*product_ids: str, at: datetime = MONDAY, actor: Actor = ANNA) -> c.OfferSubstitute:
    """Anna offers something instead."""
    return c.OfferSubstitute(ORDER_ID, product_ids or ("steel-lamp",), None, actor, at)


def cancel(
    reason: CancelReason = CancelReason.CHANGED_MIND, *, offer_made: bool = False, actor: Actor = ANNA
) -> c.CancelOrder:
    """Anna cancels."""
    return c.CancelOrder(ORDER_ID, reason, offer_made, actor, minutes(5))


def lapse(at: datetime = MONDAY, actor: Actor = ANNA, clocks: Clocks = CLOCKS) -> c.LapseOrder:
    """Anna gives up on Maria."""
    return c.LapseOrder(ORDER_ID, actor, at, clocks)


def give(to_id: str, actor: Actor = OLGA, team: Team = SELLERS) -> c.ReassignOrder:
    """Olga gives the order to somebody else."""
    return c.ReassignOrder(ORDER_ID, to_id, "by_hand", actor, minutes(1), team)


def link(
    owner_id: str | None = None, team: Team = SELLERS, *, wants_no_calls: bool = False
) -> c.LinkCustomer:
    """Crm says who the customer is."""
    return c.LinkCustomer(ORDER_ID, "c-maria", owner_id, minutes(1), team, wants_no_calls)


def follow(owner_id: str, team: Team = SELLERS) -> c.FollowCustomerOwner:
    """Crm tells that somebody else answers for Maria."""
    return c.FollowCustomerOwner(ORDER_ID, owner_id, minutes(2), team)


def given(*asked: c.Command) -> Order:
    """The order after these commands, none of which is refused."""
    order: Order | None = None
    for command in asked:
        order = reduce(evolve, did(command, order), order)
    assert order is not None
    return order


def opened(*asked: c.Command) -> Open:
    """As `given`, after the order was placed and while it is open."""
    order = given(place(), *asked)
    assert isinstance(order, Open)
    return order


def did(command: c.Command, order: Order | None) -> tuple[Change, ...]:
    """What a command changes."""
    decision = decide(command, order)
    assert not isinstance(decision, Refused)
    return tuple(decision)


def refused(command: c.Command, order: Order | None) -> Refused[Change]:
    """The refusal that is remembered."""
    decision = decide(command, order)
    assert isinstance(decision, Refused)
    return decision


MACHINE = service("orders")
