"""Reckoning: how many orders come in and are processed, what is lost, what is asked for besides (R27, R47, R114, R119)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, TypeVar

from chassis.documents import Listed
from chassis.listing import Page, Query
from kernel.zone import zone_named

from orders.application.rushing import Rushing
from orders.domain.order import Cancelled, Order
from orders.domain.rush_losses import Loss, losses
from orders.domain.rush_requests import Counted, Request, tally

S = TypeVar("S")
PAGE = 200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Test orders were taken at no time."""

DAY, TICK = timedelta(days=1), timedelta(milliseconds=1)
"""MongoDB keeps milliseconds; bounds of a query count themselves in."""


class Reckoned(Protocol[S]):
    """Things, listed and counted."""

    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[S]: ...
    async def count(self, query: Query, *, most: int | None = None) -> int: ...


@dataclass(frozen=True, slots=True)
class Days:
    """Days of a shop, both counted in; moments in its zone."""

    first: date
    last: date
    zone: str

    def bounds(self) -> tuple[datetime, datetime]:
        """The first and the last moment of them; UTC."""
        return self._begins(self.first), self._begins(self.last + DAY) - TICK

    def each(self) -> list["Days"]:
        """Each of them alone."""
        many = (self.last - self.first).days + 1
        return [Days(self.first + n * DAY, self.first + n * DAY, self.zone) for n in range(many)]

    def _begins(self, day: date) -> datetime:
        return datetime.combine(day, time(0), zone_named(self.zone)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Flow:
    """A day's orders: how many came in, and of how many the customer was told when he gets it (R31)."""

    day: date
    taken: int
    processed: int


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The figures of a shop. Test orders are in none of them (R14)."""

    orders: Reckoned[Order]
    requests: Reckoned[Request]
    rushing: Rushing

    async def days(self, shop_id: str, first: date, last: date) -> Days:
        """Days by the shop's clock."""
        return Days(first, last, (await self.rushing.situation(shop_id)).clocks.calendar.zone)

    async def until(self, shop_id: str, at: datetime, many: int) -> Days:
        """So many days up to today, by the shop's clock."""
        zone = (await self.rushing.situation(shop_id)).clocks.calendar.zone
        today = at.astimezone(zone_named(zone)).date()
        return Days(today - (many - 1) * DAY, today, zone)

    async def flow(self, shop_id: str, days: Days) -> list[Flow]:
        """Orders in versus processed, day by day (R47)."""
        return [
            Flow(
                day.first, await self._many(shop_id, "taken_at", day), await self._many(shop_id, "processed_at", day)
            )
            for day in days.each()
        ]  # fmt: skip

    async def waiting(self, shop_id: str) -> int:
        """Open orders whose customer does not know yet when he gets it."""
        equal: dict[str, Listed] = {"shop_id": shop_id, "without_promise": True}
        return await self.orders.count(Query(equal=equal, at_least={"taken_at": EPOCH}))

    async def lost(self, shop_id: str, days: Days) -> list[Loss]:
        """What was lost of orders cancelled on these days (R27, R119)."""
        found = [order async for order in _all(self.orders, _within(shop_id, "lost_at", days))]
        return losses(order for order in found if isinstance(order, Cancelled))

    async def asked(self, shop_id: str, days: Days, *, by_hour: bool) -> list[Counted]:
        """What was asked for besides orders, by kind and time (R114)."""
        found = [request async for request in _all(self.requests, _within(shop_id, "asked_at", days))]
        return tally(found, zone_named(days.zone), by_hour=by_hour)

    async def _many(self, shop_id: str, when: str, days: Days) -> int:
        return await self.orders.count(_within(shop_id, when, days))


def _within(shop_id: str, when: str, days: Days) -> Query:
    first, last = days.bounds()
    return Query(equal={"shop_id": shop_id}, at_least={when: first}, at_most={when: last}, order=when)


async def _all(things: Reckoned[S], query: Query) -> AsyncIterator[S]:
    """Every thing that fits, page by page."""
    after: str | None = None
    while True:
        page = await things.page(query, PAGE, after)
        for held in page.items:
            if held.state is not None:
                yield held.state
        after = page.next
        if after is None:
            return
