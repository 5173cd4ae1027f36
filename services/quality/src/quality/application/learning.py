"""Learning: what others tell of orders comes in; a delivered order gets its call, exactly one (R82)."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.handling import Handler, Occasion
from kernel.deadline import Deadline

from quality.application.knowing import Kept, Known
from quality.domain import commands as o
from quality.domain.call import Asking, Call, Channel
from quality.domain.changes import Change
from quality.domain.hours import DAY, due_after_link, due_at, local_day, overdue_at
from quality.domain.limiter import HearOrderPlaced, Limiting, Pestering, PesteringChanged
from quality.domain.policies import Policy
from quality.domain.story import CallOpened, Delivery, News, Story, StoryHeard


def call_id_of(order_id: str) -> str:
    """The same for the same order, so that told twice it is one call."""
    return f"q-{hashlib.sha256(order_id.encode()).hexdigest()[:24]}"


@dataclass(frozen=True, slots=True)
class Learning:
    """Takes news in, and opens calls."""

    known: Known
    calls: Kept[Call]
    hear: Handler[News | CallOpened, Story, StoryHeard]
    limit: Handler[Limiting, Pestering, PesteringChanged]
    handle: Handler[o.Command, Call, Change]
    policy: Policy
    expect_digest: Callable[[str, datetime, Occasion], Awaitable[None]]

    async def news(self, news: News, why: Occasion) -> None:
        """May come twice, late and out of order; what is kept decides."""
        story = (await self.hear(news, why)).state
        quiet = _quiet(why)
        if story is None:
            return
        if news.customer_id and news.placed_at:
            await self.limit(HearOrderPlaced(news.customer_id, news.placed_at), quiet)
        if story.delivery and story.complete and not story.call_opened:
            await self._open(story, story.delivery, quiet)

    async def on_deadline(self, order_id: str, deadline: Deadline, why: Occasion) -> None:
        """Whoever died before he opened the call, or orders that never told of it."""
        story = (await self.known.stories.load(order_id)).state
        if story and story.delivery and not story.call_opened:
            await self._open(story, story.delivery, why)
        await self.hear.fire(deadline, CallOpened(order_id), replace(why, id=f"{why.id}/opened"))

    async def claimed(self, order_id: str, why: Occasion) -> None:
        """A claim was opened about the order (R11)."""
        command = o.HearClaim(call_id_of(order_id), why.at)
        if (await self.calls.load(command.call_id)).state is not None:
            await self.handle(command, _quiet(why))

    async def _open(self, story: Story, delivery: Delivery, why: Occasion) -> None:
        if not story.is_test:
            asking = await self._asking(story, delivery, why.at)
            assignee = await self.known.assignee(story.order_id, delivery.shop_id, why.at)
            await self.handle(o.OpenCall(asking, assignee), replace(why, id=f"{why.id}/call"), opening=True)
            await self.expect_digest(delivery.shop_id, delivery.at, why)
        await self.hear(CallOpened(story.order_id), replace(why, id=f"{why.id}/opened"))

    async def _asking(self, story: Story, delivery: Delivery, at: datetime) -> Asking:
        free = await self.known.independent(story.order_id, delivery.shop_id, at)
        channel = self._channel(by_link=story.no_calls or not free)
        zone, hours = delivery.zone, self.policy.hours
        due = (due_after_link if channel is Channel.LINK_FIRST else due_at)(delivery.at, zone, hours)
        return Asking(
            call_id=call_id_of(story.order_id),
            order_id=story.order_id,
            shop_id=delivery.shop_id,
            customer_id=delivery.customer_id or story.customer_id,
            carrier_id=delivery.carrier_id,
            responsible_id=story.responsible_id,
            zone=zone,
            delivered_at=delivery.at,
            delivered_on=local_day(delivery.at, zone),
            due_at=due,
            overdue_at=overdue_at(delivery.at, zone, hours),
            ends_at=max(due, delivery.heard_at) + self.policy.give_up_after * DAY,
            channel=channel,
            tags=delivery.tags,
            suppliers=story.supply.suppliers if story.supply else (),
            touchpoints=story.touchpoints,
        )

    def _channel(self, *, by_link: bool) -> Channel:
        """Who wants no calls is not called (R26); where nobody is independent, the customer writes himself (R9)."""
        if by_link:
            return Channel.SURVEY_LINK
        return Channel.LINK_FIRST if self.policy.link_first else Channel.CALL


def _quiet(why: Occasion) -> Occasion:
    return replace(why, heard=None, remembered=False)


def circumstances(at: datetime, ends_at: datetime, *, partial: bool) -> tuple[str, ...]:
    """What may colour the answers; for reading only (R90)."""
    found = {"delay": at > ends_at, "partial": partial}
    return tuple(word for word, so in found.items() if so)
