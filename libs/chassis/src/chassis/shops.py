"""Whose working time counts, and who answers when nobody else can: as told by crm, else as the settings say."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as clock_time
from zoneinfo import ZoneInfo

from kernel.calendar import WorkingCalendar
from kernel.shop import Shop

from chassis.handling import Store

KEPT_FOR = 2.0
MOST_SHOPS = 100


@dataclass(frozen=True, slots=True)
class Situation:
    """A shop's working time, and its owner."""

    calendar: WorkingCalendar
    owner_id: str

    def begins(self, day: date) -> datetime:
        """When the day begins in the shop; UTC."""
        return datetime.combine(day, clock_time(0), ZoneInfo(self.calendar.zone)).astimezone(UTC)

    def day_of(self, at: datetime) -> date:
        """The day it is in the shop at this moment."""
        return at.astimezone(ZoneInfo(self.calendar.zone)).date()

    def in_working_days(self, at: datetime, days: int) -> datetime:
        """The same time of day, so many working days later; UTC."""
        local = at.astimezone(ZoneInfo(self.calendar.zone))
        day = self.calendar.nth_working_day(local.date(), days)
        return self.calendar.next_open(datetime.combine(day, local.timetz()))


@dataclass(frozen=True, slots=True)
class Unheard:
    """How a shop is taken to be that crm has not told of yet; `shop_id` is the shop that is meant where none is named."""

    shop_id: str = "main"
    owner_id: str = "owner"
    zone: str = "Europe/Moscow"


class Shops:
    """Gives each shop's situation, kept in memory for two seconds, since it changes seldom and is asked for often."""

    def __init__(
        self, shops: Store[Shop], unheard: Unheard, *, passed: Callable[[], float] = time.monotonic
    ) -> None:
        self._shops = shops
        self._unheard = unheard
        self._passed = passed
        self._kept: dict[str, tuple[float, Situation]] = {}

    async def of(self, shop_id: str = "") -> Situation:
        """The situation of a shop; without a name, of the one that is meant then."""
        name, now = shop_id or self._unheard.shop_id, self._passed()
        known = self._kept.get(name)
        if known and now - known[0] < KEPT_FOR:
            return known[1]
        kept, found = self._kept, await self._looked_up(name)
        if len(kept) >= MOST_SHOPS:
            kept.clear()
        kept[name] = (now, found)  # into what was there before we looked: `forget` made it nobody's
        return found

    def forget(self) -> None:
        """A shop changed; look again next time."""
        self._kept = {}

    async def _looked_up(self, name: str) -> Situation:
        shop = (await self._shops.load(name)).state
        if shop is None:
            return Situation(WorkingCalendar.usual(self._unheard.zone), self._unheard.owner_id)
        return Situation(shop.calendar, shop.owner_id or self._unheard.owner_id)
