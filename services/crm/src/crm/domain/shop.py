"""A shop: whose clock its promises are counted by, its legal person, and who answers when nobody else does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kernel.actor import Actor, Role
from kernel.calendar import Hours, WorkingCalendar
from kernel.deadline import Deadline
from kernel.duties import Action
from kernel.refusal import Decision

from crm.domain.duty import DutyRefused, duty, no_duty
from crm.domain.refusals import LunchOutsideHours, UnknownShop


@dataclass(frozen=True, slots=True)
class Shop:
    """`owner_id` is the person of last resort: whoever is missing, he answers (R20)."""

    shop_id: str
    calendar: WorkingCalendar
    owner_id: str
    legal_person: str = ""


@dataclass(frozen=True, slots=True)
class SetShop:
    """Open a shop, or have it be otherwise. Its overrides stay as they are."""

    shop: Shop
    actor: Actor

    @property
    def shop_id(self) -> str:
        return self.shop.shop_id


@dataclass(frozen=True, slots=True)
class OverrideDay:
    """A day that is otherwise than the week says: closed (None), or open at other hours."""

    shop_id: str
    day: date
    hours: Hours | None
    actor: Actor


@dataclass(frozen=True, slots=True)
class DropOverride:
    """The day is as the week says again."""

    shop_id: str
    day: date
    actor: Actor


Command = SetShop | OverrideDay | DropOverride


@dataclass(frozen=True, slots=True)
class ShopOpened:
    shop: Shop


@dataclass(frozen=True, slots=True)
class ShopAltered:
    shop: Shop


@dataclass(frozen=True, slots=True)
class DaysAltered:
    overrides: Mapping[date, Hours | None]


Change = ShopOpened | ShopAltered | DaysAltered | DutyRefused


def decide(command: Command, shop: Shop | None) -> Decision[Change]:
    match command:
        case SetShop():
            return set_shop(command, shop)
        case OverrideDay():
            overrides = {**_known(shop).calendar.overrides, command.day: command.hours}
            if command.hours:
                _check(command.hours)
            return alter_days(command, _known(shop), overrides)
        case DropOverride():
            kept = {d: h for d, h in _known(shop).calendar.overrides.items() if d != command.day}
            return alter_days(command, _known(shop), kept)


def set_shop(command: SetShop, shop: Shop | None) -> Decision[Change]:
    """Only an owner may (R9): working time decides whose clock runs."""
    for hours in command.shop.calendar.week.values():
        _check(hours)
    if shop is None:
        return [ShopOpened(command.shop)]
    if not command.actor.has(Role.OWNER):
        return no_duty(command.actor, "set_shop", "R9", "Only an owner changes a shop", Role.OWNER)
    wanted = replace(
        command.shop, calendar=replace(command.shop.calendar, overrides=shop.calendar.overrides)
    )
    return [] if wanted == shop else [ShopAltered(wanted)]


def alter_days(
    command: OverrideDay | DropOverride, shop: Shop, overrides: Mapping[date, Hours | None]
) -> Decision[Change]:
    """Whoever manages the staff may say that a day is otherwise."""
    refused = duty(command.actor, Action.MANAGE_STAFF)
    if refused:
        return refused
    return [] if overrides == shop.calendar.overrides else [DaysAltered(overrides)]


def evolve(shop: Shop | None, change: Change) -> Shop:
    match change:
        case ShopOpened() | ShopAltered():
            return change.shop
        case DaysAltered():
            known = _known(shop)
            return replace(known, calendar=replace(known.calendar, overrides=change.overrides))
        case DutyRefused():
            return _known(shop)


def deadlines(shop: Shop) -> Sequence[Deadline]:
    """A shop waits for nothing."""
    del shop
    return ()


def _known(shop: Shop | None) -> Shop:
    if shop is None:
        raise UnknownShop("There is no such shop.")
    return shop


def _check(hours: Hours) -> None:
    """Hours that end on the next day may have lunch anywhere; others have it within."""
    if hours.lunch is None or hours.closes <= hours.opens:
        return
    if not hours.opens <= hours.lunch[0] < hours.lunch[1] <= hours.closes:
        raise LunchOutsideHours("Lunch must lie within the hours of its day.")
