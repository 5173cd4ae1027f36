"""Corresponding: an order's news come in, messages are written, and those that are not so any more are dropped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from chassis.handling import Decider, Handler, Held, Occasion
from chassis.listing import Page, Query

from notifications.application.zones import Zones
from notifications.domain.changes import Change
from notifications.domain.commands import Command, Drop, Write
from notifications.domain.correspondence import Correspondence, HearOrder, OrderHeard, evolve, hear
from notifications.domain.message import Message, Writing
from notifications.domain.planning import Plan, message_id
from notifications.domain.policies import Policy
from notifications.domain.quiet_hours import next_allowed
from notifications.domain.wanting import is_silent, unwanted
from notifications.domain.words import Channel

CORRESPONDENCE: Decider[HearOrder, Correspondence, OrderHeard] = Decider(
    lambda command: command.order.order_id, hear, evolve, lambda _, __: (), lambda _: ()
)
PAGE = 100


class Messages(Protocol):
    """Where messages are kept."""

    async def load(self, key: str) -> Held[Message]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Message]: ...


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a message is written to: the customer of an order, or of a claim that is about none."""

    order_id: str | None
    shop_id: str
    customer_id: str | None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Corresponding:
    """What is written to customers, decided when news comes in."""

    hear: Handler[HearOrder, Correspondence, OrderHeard]
    handle: Handler[Command, Message, Change]
    messages: Messages
    zones: Zones
    policy: Policy

    async def news(self, news: HearOrder, plans: Sequence[Plan], why: Occasion) -> None:
        """All of it may come twice, late and out of order; a message's id is derived, so it ends the same.

        The news is kept before anything is written of it, and what has been kept is what counts: an apology for an order
        that is already known as cancelled is not written.
        """
        known = (await self.hear(news, why)).state
        assert known is not None
        quiet = replace(why, heard=None, remembered=False)
        await self._drop_unwanted(known, quiet)
        if is_silent(known, self.policy):
            return
        order = known.order
        whose = Whose(order.order_id, order.shop_id, order.customer_id, order.number)
        for plan in plans:
            await self._write(plan, whose, await self.zones.of(order, plan.about.promise), known, quiet)

    async def asked(self, whose: Whose, plan_in: Callable[[str], Plan], why: Occasion) -> None:
        """Another service has something to say, whether or not orders has told of the order yet. `plan_in` is given the
        zone whose clock counts.
        """
        known = (await self.hear.store.load(whose.order_id)).state if whose.order_id else None
        zone = await (self.zones.of(known.order) if known else self.zones.of_shop(whose.shop_id))
        plan, number = plan_in(zone), known.order.number if known else ""
        if known and plan.about.letter is None and is_silent(known, self.policy):
            return
        quiet = replace(why, heard=None, remembered=False)
        await self._write(plan, replace(whose, number=number), zone, known, quiet)

    async def _write(
        self, plan: Plan, whose: Whose, zone: str, known: Correspondence | None, why: Occasion
    ) -> None:
        due_at = next_allowed(max(plan.not_before, why.at), zone, self.policy.opens, self.policy.closes)
        by_sms = Channel.SMS in plan.channels
        sms_id = message_id(whose.order_id, plan, Channel.SMS) if by_sms else None
        for channel in plan.channels:
            writing = Writing(
                message_id=message_id(whose.order_id, plan, channel),
                order_id=whose.order_id,
                number=whose.number,
                shop_id=whose.shop_id,
                customer_id=whose.customer_id,
                channel=channel,
                template=plan.template,
                about=plan.about,
                cause_id=why.id,
                written_at=why.at,
                follows=sms_id if channel is Channel.EMAIL else None,
            )
            if known is None or unwanted(writing, known, why.at) is None:
                await self.handle(Write(writing, due_at, plan.expires_at), why, opening=True)

    async def _drop_unwanted(self, known: Correspondence, why: Occasion) -> None:
        """What waits and is not so any more, at once: nobody shall see it on a list."""
        after: str | None = None
        query = Query(equal={"order_id": known.order.order_id, "state": "waiting"})
        while True:
            page = await self.messages.page(query, PAGE, after)
            for held in page.items:
                reason = held.state and unwanted(held.state.writing, known, why.at)
                if reason:
                    await self.handle(Drop(held.key, reason, why.at), why)
            after = page.next
            if after is None:
                return
