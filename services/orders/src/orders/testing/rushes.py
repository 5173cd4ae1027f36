"""A New Year's rush in the lamp shop: who stands where, and what may be asked of it."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import reduce
from typing import Any

from kernel.actor import Actor, Role
from kernel.personal import Personal
from kernel.refusal import Refused

from orders.domain import rush_commands as c
from orders.domain.rush import PhoneHours, Policies, Rush, RushBook, Stand
from orders.domain.rush_changes import RushChange
from orders.domain.rush_commands import Plan, RushCommand
from orders.domain.rush_decider import decide_rush
from orders.domain.rush_evolving import evolve_rush
from orders.domain.rush_words import Lane, Part, PolicyName
from orders.domain.team import Team
from orders.testing.lamps import CLOCKS, MONDAY
from orders.testing.people import OLGA, member, team

SHOP_ID, RUSH_ID = "main", "rush-1"
PEOPLE: Team = team(
    member("anna"),
    member("boris"),
    member("oleg", Role.PHONE_OPERATOR),
    member("stepan", Role.WAREHOUSE_WORKER),
    member("ivan", Role.COURIER),
    member("fedor", Role.CONFLICT_MANAGER),
    member("kira", Role.QUALITY_CONTROLLER),
    member("petr", active=False),
)
STANDS = (
    Stand("oleg", Lane.PHONE_ORDERS),
    Stand("anna", Lane.PROCESSING),
    Stand("stepan", Lane.PACKING),
    Stand("ivan", Lane.DELIVERY),
    Stand("fedor", Lane.CLAIMS),
)
AFTERNOON = PhoneHours(time(13), time(17))
PLAN = Plan(STANDS, AFTERNOON)
ENDS_BY = MONDAY + timedelta(days=14)


def start(at: datetime = MONDAY, **more: Any) -> c.StartRush:
    """Olga starts the rush, in whole."""
    asked = c.StartRush(
        SHOP_ID, RUSH_ID, tuple(Part), PLAN, tuple(PolicyName), at + timedelta(days=14), OLGA, at, PEOPLE
    )
    return replace(asked, **more)


def change_plan(plan: Plan = PLAN, at: datetime = MONDAY, actor: Actor = OLGA) -> c.ChangePlan:
    """Olga redraws the borders."""
    return c.ChangePlan(SHOP_ID, plan, actor, at, PEOPLE)


def extend(ends_by: datetime, at: datetime = MONDAY, actor: Actor = OLGA) -> c.ExtendRush:
    """Olga moves the planned end."""
    return c.ExtendRush(SHOP_ID, ends_by, actor, at)


def end(at: datetime = MONDAY, actor: Actor = OLGA) -> c.EndRush:
    """Olga ends it."""
    return c.EndRush(SHOP_ID, actor, at, CLOCKS)


def begin_shift(staff_id: str, at: datetime = MONDAY, actor: Actor = OLGA) -> c.BeginShift:
    """Somebody takes his place."""
    return c.BeginShift(SHOP_ID, staff_id, actor, at)


def end_shift(staff_id: str, at: datetime = MONDAY, actor: Actor = OLGA) -> c.EndShift:
    """Somebody leaves it."""
    return c.EndShift(SHOP_ID, staff_id, actor, at)


def approve(*without: str, at: datetime = MONDAY, actor: Actor = OLGA) -> c.ApproveBonuses:
    """Olga approves the bonus list."""
    return c.ApproveBonuses(SHOP_ID, RUSH_ID, without, actor, at)


def set_policies(policies: Policies, at: datetime = MONDAY, actor: Actor = OLGA) -> c.SetPolicies:
    """Olga sets what the shop goes by."""
    return c.SetPolicies(SHOP_ID, policies, actor, at)


def unlock(policy: PolicyName, at: datetime = MONDAY, actor: Actor = OLGA) -> c.UnlockPolicy:
    """Olga opens a locked policy."""
    return c.UnlockPolicy(SHOP_ID, policy, Personal("поставщик поднял цены"), actor, at)


def rank(*ranking: str, at: datetime = MONDAY, actor: Actor = OLGA) -> c.RankCategories:
    """Olga says what earns the most."""
    return c.RankCategories(SHOP_ID, ranking, actor, at)


def passed(name: str, at: datetime) -> c.PassRushDeadline:
    """A deadline has passed."""
    return c.PassRushDeadline(SHOP_ID, name, at, CLOCKS)


def given(*asked: RushCommand) -> RushBook | None:
    """The book after these commands, none of which is refused."""
    book: RushBook | None = None
    for command in asked:
        book = reduce(evolve_rush, did(command, book), book)
    return book


def on(*asked: RushCommand) -> Rush:
    """The rush that is on after it was started and these."""
    book = given(start(), *asked)
    assert book is not None
    assert book.rush is not None
    return book.rush


def did(command: RushCommand, book: RushBook | None) -> tuple[RushChange, ...]:
    """What a command changes."""
    decision = decide_rush(command, book)
    assert not isinstance(decision, Refused)
    return tuple(decision)
