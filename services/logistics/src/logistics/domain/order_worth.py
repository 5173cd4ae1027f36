"""What an order is worth to us, and what else of it incidents go by: as orders and carriers tell, in any order. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from kernel.money import Money
from kernel.window import Window

from logistics.domain.moments import day_of

NOTHING = Money(0)


@dataclass(frozen=True, slots=True)
class Sums:
    """`goods` as sold, `delivery` as it costs the customer, `refund` what he is owed or was given back."""

    goods: Money = NOTHING
    delivery: Money = NOTHING
    refund: Money = NOTHING

    @property
    def at_stake(self) -> Money:
        """What may be lost: the goods, or what is given back for them if that is more, and the way (R55)."""
        return max(self.goods, self.refund) + self.delivery


@dataclass(frozen=True, slots=True)
class Worth:
    """Of an order. `readdressed_at`: when we last heard that the customer wants it elsewhere; `arrived` says when
    shipments did.
    """

    order_id: str
    sums: Sums = field(default_factory=Sums)
    readdressed_at: datetime | None = None
    arrived: Mapping[str, datetime] = field(default_factory=dict[str, datetime])


@dataclass(frozen=True, slots=True)
class HearWorth:
    """Orders told how the order is now; `readdressed_at` only if it tells of another address."""

    order_id: str
    sums: Sums
    readdressed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HearArrival:
    order_id: str
    shipment_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WorthHeard:
    order_id: str
    sums: Sums
    readdressed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ArrivalHeard:
    order_id: str
    shipment_id: str
    at: datetime


Command = HearWorth | HearArrival
Change = WorthHeard | ArrivalHeard


def decide(command: Command, worth: Worth | None) -> Sequence[Change]:
    """News is kept even when it says what was known, so that it is known how new it is."""
    del worth
    match command:
        case HearWorth():
            return [WorthHeard(command.order_id, command.sums, command.readdressed_at)]
        case HearArrival():
            return [ArrivalHeard(command.order_id, command.shipment_id, command.at)]


def evolve(worth: Worth | None, change: Change) -> Worth:
    """It is as was told; an address that was changed stays changed."""
    known = worth or Worth(change.order_id)
    match change:
        case WorthHeard():
            changed_at = change.readdressed_at or known.readdressed_at
            return replace(known, sums=change.sums, readdressed_at=changed_at)
        case ArrivalHeard():
            return replace(known, arrived={**known.arrived, change.shipment_id: change.at})


def customers_doing(worth: Worth | None, window: Window | None) -> bool:
    """Another address on the very day of the promise, or later, and wanted on that day all the same, is no failure of the
    carrier's (R69).
    """
    if worth is None or worth.readdressed_at is None or window is None:
        return False
    return day_of(worth.readdressed_at, window.zone) >= day_of(window.starts, window.zone)
