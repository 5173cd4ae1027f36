"""What an order's rules need to know of its shop: its working time and its people, as told by crm.

Read from orders' own projections, so that orders needs no crm at run time. Kept for a moment in memory, since it
changes seldom and is asked for each order.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from chassis.handling import Store
from chassis.listing import Page, Query
from kernel.calendar import WorkingCalendar

from orders.domain.order import Order
from orders.domain.shop import Shop
from orders.domain.team import Member, Team

KEPT_FOR = 2.0
MOST_MEMBERS = 200
COUNT_UP_TO = 500
"""Beyond this many open orders two people count as equally busy."""


class Members(Protocol):
    """The staff, listed."""

    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Member]: ...


class OpenOrders(Protocol):
    """Orders, counted."""

    async def count(self, query: Query, *, most: int | None = None) -> int: ...


@dataclass(frozen=True, slots=True)
class Situation:
    """A shop's working time and people at a moment."""

    calendar: WorkingCalendar
    team: Team


class Situations:
    """Gives each shop's situation. A shop not heard of yet has the usual hours; its owner is `default_owner`."""

    def __init__(
        self,
        shops: Store[Shop],
        members: Members,
        orders: OpenOrders,
        *,
        default_owner: str,
        default_zone: str,
        passed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shops = shops
        self._members = members
        self._orders = orders
        self._default_owner = default_owner
        self._default_zone = default_zone
        self._passed = passed
        self._kept: dict[str, tuple[float, Situation]] = {}

    async def of(self, shop_id: str) -> Situation:
        """The situation of a shop, at most two seconds old."""
        known = self._kept.get(shop_id)
        if known is not None and self._passed() - known[0] < KEPT_FOR:
            return known[1]
        found = await self._look(shop_id)
        self._kept[shop_id] = (self._passed(), found)
        return found

    async def of_order(self, order: Order | None) -> Situation:
        """The situation of an order's shop."""
        return await self.of(order.placing.shop_id if order else "")

    def forget(self) -> None:
        """Somebody's situation changed; look again next time."""
        self._kept.clear()

    async def _look(self, shop_id: str) -> Situation:
        shop = (await self._shops.load(shop_id)).state if shop_id else None
        page = await self._members.page(Query(equal={"shop_id": shop_id, "active": True}), MOST_MEMBERS)
        members = [await self._with_load(each.state) for each in page.items if each.state]
        owner = (shop.owner_id if shop else None) or self._default_owner
        calendar = shop.calendar if shop else WorkingCalendar.usual(self._default_zone)
        return Situation(calendar, Team(tuple(members), owner))

    async def _with_load(self, member: Member) -> Member:
        query = Query(equal={"is_open": True, "responsible_id": member.staff_id})
        return replace(member, open_orders=await self._orders.count(query, most=COUNT_UP_TO))
