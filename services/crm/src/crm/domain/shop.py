"""A shop: its hours, its time zone, its legal person, and who answers when nobody else can."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kernel.action import Action
from kernel.actor import Actor
from kernel.calendar import Hours, WorkingCalendar
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import DutyRefused, duty


@dataclass(frozen=True, slots=True)
class Shop:
    """`week` gives the hours by ISO weekday; `zone` is an IANA name. The legal person is a company, no person's name."""

    shop_id: str
    zone: str
    week: Mapping[int, Hours]
    overrides: Mapping[date, Hours | None] = field(default_factory=dict[date, Hours | None])
    production: bool = True
    legal_person: str = ""
    owner_id: str | None = None


def working_time(shop: Shop | None) -> WorkingCalendar:
    """Of a shop; the usual one of a shop that nobody has described."""
    if shop is None:
        return WorkingCalendar.usual()
    return WorkingCalendar(shop.zone, shop.week, shop.overrides, shop.production)


@dataclass(frozen=True, slots=True)
class DescribeShop:
    """How the shop is from now on, whole."""

    shop: Shop
    actor: Actor


@dataclass(frozen=True, slots=True)
class ShopDescribed:
    shop: Shop


Change = ShopDescribed | DutyRefused


def decide(command: DescribeShop, shop: Shop | None) -> Decision[Change]:
    """Only who manages the staff sets the hours that all clocks run by."""
    no = duty(command.actor, Action.MANAGE_STAFF)
    if no and shop is None:
        raise no.refusal  # there is nothing yet that could remember the attempt
    return no or ([] if shop == command.shop else [ShopDescribed(command.shop)])


def evolve(shop: Shop | None, change: Change) -> Shop:
    """It is as described."""
    match change:
        case ShopDescribed():
            return change.shop
        case DutyRefused():
            assert shop is not None
            return shop


def deadlines(shop: Shop) -> Sequence[Deadline]:
    """A shop waits for nothing."""
    del shop
    return ()
