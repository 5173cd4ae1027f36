"""Changing the rules of plans: what a draft would have done with yesterday's calls is seen before it is approved (R102)."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion, Outcome
from chassis.listing import Query
from kernel.actor import Actor
from kernel.zone import zone_named

from telephony_router.application.remembering import Remembered
from telephony_router.application.situating import Situating
from telephony_router.domain import rule_book as b
from telephony_router.domain.call import PhoneCall
from telephony_router.domain.plan import Plan
from telephony_router.domain.refusals import NothingToApprove
from telephony_router.domain.routing import route
from telephony_router.domain.situation import Call, Rules

PAGE, MOST = 500, 20_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A call that would have gone otherwise."""

    call_id: str
    before: Plan
    after: Plan


@dataclass(frozen=True, slots=True)
class Effect:
    """Of so many calls of yesterday, those that would have gone otherwise."""

    calls: int
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class Revising:
    """The way in for all that is asked of the rules."""

    handle: Handler[b.Command, b.RuleBook, b.Change]
    memory: Remembered
    situating: Situating
    calls: Listing[PhoneCall]

    async def ask(self, command: b.Command, occasion: Occasion) -> Outcome[b.RuleBook]:
        """Carry it out; this replica routes by it at once."""
        return self.memory.books.hear(await self.handle(command, occasion))

    async def effect(self, shop_id: str, number: int, actor: Actor, occasion: Occasion) -> Effect:
        """Yesterday's calls at their own minutes, by the people and shifts as they are known now: the rules alone differ."""
        book = (await self.handle.store.load(shop_id)).state
        draft = book.draft if book else None
        if book is None or draft is None or draft.rules.version != number:
            raise NothingToApprove("No draft with this number waits.")
        count, found = 0, list[Difference]()
        async for call in self._yesterday(shop_id, occasion.at):
            count += 1
            before, after = self._planned(call, book.rules), self._planned(call, draft.rules)
            if before.steps != after.steps:
                found.append(Difference(call.call_id, before, after))
        noted = b.NoteEffect(
            shop_id=shop_id, actor=actor, at=occasion.at, number=number, changed_calls=len(found)
        )
        await self.ask(noted, occasion)
        return Effect(count, found)

    def _planned(self, call: PhoneCall, rules: Rules) -> Plan:
        offer = call.offer
        at = self.situating.situation(offer.hash, offer.shop_id, offer.started_at, rules=rules)
        return route(Call(offer.hash is not None, offer.line), at)

    async def _yesterday(self, shop_id: str, at: datetime) -> AsyncIterator[PhoneCall]:
        zone = zone_named(self.situating.calendar(shop_id).zone)
        today = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        async for call in calls_between(self.calls, shop_id, today - timedelta(days=1), today):
            yield call


async def calls_between(
    calls: Listing[PhoneCall], shop_id: str, since: datetime, until: datetime
) -> AsyncIterator[PhoneCall]:
    """The calls that began from `since` on and before `until`, at most 20,000."""
    query = Query(
        equal={"shop_id": shop_id},
        at_least={"started_at": since},
        at_most={"started_at": until},
        order="started_at",
    )
    after: str | None = None
    for _ in range(MOST // PAGE):
        page = await calls.page(query, PAGE, after)
        for held in page.items:
            if held.state is not None and held.state.offer.started_at < until:
                yield held.state
        if page.next is None:
            return
        after = page.next
