"""What orders knows of a shop is looked up seldom, by one for all, and not kept beyond the news of a change."""

import asyncio
from collections.abc import Sequence
from datetime import time
from typing import Any

from chassis.following import Hear
from chassis.handling import Decider, Handler, Held, Occasion
from chassis.listing import Page, Query
from chassis.memory import MemoryStore
from kernel.actor import Role
from kernel.calendar import Hours, WorkingCalendar
from kernel.shop import Shop
from orders.adapters.documents import MEMBERS, ORDERS, SHOPS
from orders.application import following
from orders.application.ordering import ORDER
from orders.application.working_time import Situations, Unheard
from orders.domain.team import Member
from orders.testing.lamps import MACHINE, MONDAY, opened, place
from orders.testing.people import member

TEN_TO_SIX = Hours(time(10), time(18))


class Slow:
    """A store of members that counts how often it is listed, and lets others run meanwhile."""

    def __init__(self, inner: MemoryStore[Member]) -> None:
        self.inner = inner
        self.listed = 0

    async def load_many(self, keys: Sequence[str]) -> list[Held[Member]]:
        return await self.inner.load_many(keys)

    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Member]:
        self.listed += 1
        await asyncio.sleep(0)
        return await self.inner.page(query, limit, after)


class World:
    def __init__(self) -> None:
        self.shops = MemoryStore(SHOPS)
        self.members = MemoryStore(MEMBERS)
        self.orders = MemoryStore(ORDERS)
        self.slow = Slow(self.members)
        self.seconds = 0.0
        self.situations = Situations(
            self.shops, self.slow, self.orders, Unheard(), passed=lambda: self.seconds
        )
        self.number = 0

    async def hear(self, *heard: Member | Shop) -> None:
        for each in heard:
            if isinstance(each, Shop):
                await told(following.SHOPS, self.shops)(Hear(each.shop_id, each), self.occasion())
            else:
                await told(following.MEMBERS, self.members)(Hear(each.staff_id, each), self.occasion())

    async def order(self, order_id: str) -> None:
        handle = Handler("orders", ORDER, self.orders, quiet)
        situation = await self.situations.of("main")
        await handle(place(order_id=order_id, team=situation.team), self.occasion(), opening=True)

    def occasion(self) -> Occasion:
        self.number += 1
        return Occasion(f"f-{self.number}", MONDAY, MACHINE)


def told(decider: Decider[Any, Any, Any], store: MemoryStore[Any]) -> Handler[Any, Any, Any]:
    return Handler("orders", decider, store, quiet)


def quiet(key: str, owed: Any, *, before: Any) -> None:
    del key, owed, before


async def test_a_shop_that_crm_has_not_told_of_has_the_usual_hours_and_owner() -> None:
    situation = await World().situations.of("main")

    assert situation.clocks.calendar == WorkingCalendar.usual("Europe/Moscow")
    assert (situation.team.members, situation.team.last_resort) == ((), "owner")


async def test_a_shop_is_as_crm_told() -> None:
    world = World()
    await world.hear(
        Shop("main", "Asia/Omsk", {1: TEN_TO_SIX}, owner_id="olga"), member("anna"), member("boris")
    )

    situation = await world.situations.of("main")

    assert situation.clocks.calendar.zone == "Asia/Omsk"
    assert situation.team.last_resort == "olga"
    assert [each.staff_id for each in situation.team.members] == ["anna", "boris"]


async def test_only_who_works_in_this_shop_and_has_not_left_is_of_the_team() -> None:
    world = World()
    await world.hear(member("anna"), member("gone", active=False), member("far", shop_id="omsk"))

    assert [each.staff_id for each in (await world.situations.of("main")).team.members] == ["anna"]


async def test_how_busy_everybody_is_comes_from_the_open_orders() -> None:
    world = World()
    await world.hear(member("anna"))
    await world.order("order-1")
    await world.order("order-2")
    world.situations.forget()

    assert [each.open_orders for each in (await world.situations.of("main")).team.members] == [2]


async def test_of_many_who_ask_at_once_one_looks() -> None:
    world = World()

    await asyncio.gather(*(world.situations.of("main") for _ in range(64)))

    assert world.slow.listed == 1


async def test_after_two_seconds_it_is_looked_up_again() -> None:
    world = World()
    for at in (0.0, 1.9, 2.1):
        world.seconds = at
        await world.situations.of("main")

    assert world.slow.listed == 2


async def test_what_was_looked_up_before_the_news_is_not_kept() -> None:
    world = World()
    looking = asyncio.create_task(world.situations.of("main"))
    await asyncio.sleep(0)

    world.situations.forget()
    await looking
    await world.situations.of("main")

    assert world.slow.listed == 2


async def test_shops_that_nobody_asks_for_any_more_are_forgotten() -> None:
    world = World()
    for n in range(101):
        await world.situations.of(f"shop-{n}")
    many = world.slow.listed

    await world.situations.of("shop-0")

    assert world.slow.listed == many + 1


async def test_who_answers_for_an_order_is_known_even_when_he_has_left() -> None:
    world = World()
    await world.hear(member("anna", active=False), member("far", Role.SALES_MANAGER, shop_id="omsk"))

    team = (await world.situations.of_order(opened(), "far", "nobody")).team

    assert {each.staff_id for each in team.members} == {"anna", "far"}
    assert team.stand_in("anna", MONDAY) is None
