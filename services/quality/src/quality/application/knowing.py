"""What is known from others: shops, staff, and the stories of orders; and who is independent by them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from chassis.handling import Decider, Held
from chassis.listing import Page, Query
from kernel.calendar import WorkingCalendar
from kernel.shop import Shop

from quality.domain import people, story
from quality.domain.people import Member
from quality.domain.story import CallOpened, News, Story, StoryHeard

S = TypeVar("S")
PAGE = 200


@dataclass(frozen=True, slots=True)
class Told(Generic[S]):
    """It is so now, as another service told."""

    now: S


SHOP: Decider[Shop, Shop, Told[Shop]] = Decider(
    lambda news: news.shop_id,
    lambda news, _: [Told(news)],
    lambda _, it: it.now,
    lambda _, __: (),
    lambda _: (),
)
STAFF: Decider[Member, Member, Told[Member]] = Decider(
    lambda news: news.staff_id,
    lambda news, _: [Told(news)],
    lambda _, it: it.now,
    lambda _, __: (),
    lambda _: (),
)
STORY: Decider[News | CallOpened, Story, StoryHeard] = Decider(
    lambda news: news.order_id, story.hear, story.evolve, lambda _, __: (), story.deadlines
)


class Kept(Protocol[S]):
    """Where things of a kind are kept."""

    async def load(self, key: str) -> Held[S]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[S]: ...
    async def count(self, query: Query, *, most: int | None = None) -> int: ...


async def all_of(kept: Kept[S], query: Query) -> list[S]:
    """Every thing that fits, page by page."""
    found: list[S] = []
    after: str | None = None
    while True:
        page = await kept.page(query, PAGE, after)
        found += [held.state for held in page.items if held.state is not None]
        after = page.next
        if after is None:
            return found


@dataclass(frozen=True, slots=True)
class Known:
    """`fallback_owner` and `default_zone` where no shop told its own."""

    shops: Kept[Shop]
    staff: Kept[Member]
    stories: Kept[Story]
    fallback_owner: str
    default_zone: str

    async def owner(self, shop_id: str) -> str:
        """Who answers in the end."""
        shop = (await self.shops.load(shop_id)).state
        return shop.owner_id if shop and shop.owner_id else self.fallback_owner

    async def calendar(self, shop_id: str) -> WorkingCalendar:
        """Working time of the shop."""
        shop = (await self.shops.load(shop_id)).state
        return shop.calendar if shop else WorkingCalendar.usual(self.default_zone)

    async def touched(self, order_id: str) -> tuple[str, ...]:
        """Who touched the order, as far as facts tell."""
        known = (await self.stories.load(order_id)).state
        return known.touched if known else ()

    async def bias(self, staff_id: str, order_id: str, shop_id: str) -> str | None:
        """The rule by which he may not judge this order."""
        return people.bias(staff_id, await self.touched(order_id), await self.roster(shop_id))

    async def independent(
        self, order_id: str, shop_id: str, at: datetime, besides: Collection[str] = ()
    ) -> list[str]:
        """Who may judge the order, the owner last."""
        owner, roster = await self.owner(shop_id), await self.roster(shop_id)
        return people.independent(shop_id, await self.touched(order_id), roster, owner, at, besides)

    async def assignee(self, order_id: str, shop_id: str, at: datetime, besides: Collection[str] = ()) -> str:
        """Whose it is: an independent controller's, else the owner's."""
        free = await self.independent(order_id, shop_id, at, besides)
        return people.assigned(order_id, free, await self.owner(shop_id))

    async def roster(self, shop_id: str) -> dict[str, Member]:
        """The staff of the shop."""
        found = await all_of(self.staff, Query(equal={"shop_id": shop_id}))
        return {each.staff_id: each for each in found}
