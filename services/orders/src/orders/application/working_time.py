"""What an order's rules need to know of its shop: its working time and its people, as told by crm.

Read from orders' own projections, so that orders needs no crm at run time. Kept for a moment in memory, since it
changes seldom and is asked for each order.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from chassis.handling import Held, Store
from chassis.listing import Page, Query
from kernel.calendar import WorkingCalendar
from kernel.shop import Shop

from orders.domain.order import Order
from orders.domain.policies import USUAL, Clocks, Policy
from orders.domain.rush import RushBook
from orders.domain.team import Member, Team

KEPT_FOR = 2.0
MOST_SHOPS = 100
MOST_MEMBERS = 200
COUNT_UP_TO = 500
"""Beyond this many open orders two people count as equally busy."""


class Members(Protocol):
    """The staff, listed."""

    async def load_many(self, keys: list[str]) -> list[Held[Member]]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Member]: ...


class OpenOrders(Protocol):
    """Orders, counted."""

    async def count(self, query: Query, *, most: int | None = None) -> int: ...


@dataclass(frozen=True, slots=True)
class Situation:
    """A shop's clocks and people at a moment."""

    clocks: Clocks
    team: Team


@dataclass(frozen=True, slots=True)
class Unheard:
    """How a shop is taken to be that crm has not told of yet, and by which policy all shops go."""

    owner_id: str = "owner"
    zone: str = "Europe/Moscow"
    policy: Policy = USUAL


class Situations:
    """Gives each shop's situation. A shop not heard of yet has the usual hours."""

    def __init__(
        self,
        shops: Store[Shop],
        members: Members,
        orders: OpenOrders,
        unheard: Unheard,
        books: Store[RushBook] | None = None,
        *,
        passed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shops = shops
        self._members = members
        self._orders = orders
        self._unheard = unheard
        self._books = books
        self._passed = passed
        self._kept: dict[str, tuple[float, Situation]] = {}
        self._looking = asyncio.Lock()

    async def of(self, shop_id: str) -> Situation:
        """The situation of a shop, at most two seconds old. Of many who ask at once one looks."""
        return self._fresh(shop_id) or await self._looked_up(shop_id)

    async def of_order(self, order: Order | None, *also: str) -> Situation:
        """The situation of an order's shop; its team also has who answers for the order, and these people, wherever
        they work and even if they are gone.
        """
        if order is None:
            return await self.of("")
        found = await self.of(order.placing.shop_id)
        wanted = [each for each in {order.responsible_id, *also} if found.team.member(each) is None]
        others = (
            [held.state for held in await self._members.load_many(wanted) if held.state] if wanted else []
        )
        return replace(found, team=replace(found.team, members=(*found.team.members, *others)))

    def forget(self) -> None:
        """Somebody's situation changed; look again next time."""
        self._kept = {}

    def _fresh(self, shop_id: str) -> Situation | None:
        known = self._kept.get(shop_id)
        return known[1] if known and self._passed() - known[0] < KEPT_FOR else None

    async def _looked_up(self, shop_id: str) -> Situation:
        async with self._looking:
            known = self._fresh(shop_id)
            if known is not None:
                return known
            kept, began = self._kept, self._passed()
            found = await self._look(shop_id)
            if len(kept) >= MOST_SHOPS:
                kept.clear()
            kept[shop_id] = (began, found)  # into what was there before we looked: `forget` made it nobody's
            return found

    async def _look(self, shop_id: str) -> Situation:
        shop = (await self._shops.load(shop_id)).state if shop_id else None
        page = await self._members.page(Query(equal={"shop_id": shop_id, "active": True}), MOST_MEMBERS)
        members = [await self._with_load(each.state) for each in page.items if each.state]
        owner = (shop.owner_id if shop else None) or self._unheard.owner_id
        calendar = shop.calendar if shop else WorkingCalendar.usual(self._unheard.zone)
        policy = await self._policy(shop_id)
        return Situation(Clocks(calendar, policy), Team(tuple(members), owner))

    async def _policy(self, shop_id: str) -> Policy:
        """The settings, and what the shop's owner set otherwise: that is what a rush locks (R116)."""
        book = (await self._books.load(shop_id)).state if self._books and shop_id else None
        share = book.policies.bonus_max_share if book else None
        policy = self._unheard.policy
        return policy if share is None else replace(policy, bonus_max_share=Decimal(share) / 100)

    async def _with_load(self, member: Member) -> Member:
        query = Query(equal={"is_open": True, "responsible_id": member.staff_id})
        return replace(member, open_orders=await self._orders.count(query, most=COUNT_UP_TO))
