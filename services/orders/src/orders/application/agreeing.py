"""Agreeing the delivery: asked of logistics, reserved there, and only then confirmed (R29, R31, R65)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from chassis.handling import Entry, Handler, Held, Occasion, Outcome
from kernel.actor import Actor

from orders.application.capacity import Answer, Capacity, CapacityGone, Caution, NotUnderstood, Question
from orders.application.wishing import GONE, OutsideTerms, Wish, question, reservation_key
from orders.application.working_time import Situations
from orders.domain.changes import Change
from orders.domain.commands import Command
from orders.domain.delivery import Offered
from orders.domain.delivery_changes import DeliveryAgreed
from orders.domain.delivery_commands import AgreeDelivery, PrepareDelivery, TellPromise
from orders.domain.delivery_refusals import NotForLogistics
from orders.domain.guarding import open_order
from orders.domain.order import Open, Order
from orders.domain.promising import basis_of
from orders.domain.words import Channel

Agreed = tuple[Outcome[Order], tuple[Caution, ...]]
"""The order, and who is difficult of those whom it is about."""


class KeptOrders(Protocol):
    """Orders, and what happened to them."""

    async def load(self, key: str) -> Held[Order]: ...
    async def history(self, key: str) -> Sequence[Entry]: ...


@dataclass(frozen=True, slots=True)
class Agreeing:
    """Agrees deliveries. While logistics is down nothing changes, and whoever asks hears so (`PeerDown`)."""

    handle: Handler[Command, Order, Change]
    orders: KeptOrders
    situations: Situations
    capacity: Capacity

    async def check(self, order_id: str, wish: Wish, actor: Actor, why: Occasion) -> Answer:
        """Whether this could be promised; nothing is reserved, nothing changes."""
        order = await self._may(order_id, wish, actor, why)
        return await self._asked(question(order, wish))

    async def agree(self, order_id: str, wish: Wish, actor: Actor, why: Occasion) -> Agreed:
        """Ask logistics, reserve, confirm. The same wish again agrees nothing anew."""
        held = await self.orders.load(order_id)
        if why.id in held.inbox:
            return await self.handle(PrepareDelivery(order_id, actor, why.at), why), ()
        order = await self._may(order_id, wish, actor, why)
        asked = question(order, wish)
        kept = order.delivery.holds
        found = await self._asked(asked)
        if found.offered is None:
            raise OutsideTerms(found.words, found.reason, found.options)
        if kept and kept.offered == found.offered:
            reservation_id = kept.reservation_id
        else:
            reservation_id = await self._reserved(order, found.offered, asked, why.at)
        clocks = (await self.situations.of_order(order)).clocks
        command = AgreeDelivery(
            order_id,
            found.offered,
            reservation_id,
            actor,
            why.at,
            clocks,
            wish.told_by,
            wish.leaving,
            wish.waiver,
            basis_of(order),
        )
        return await self.handle(command, why), found.cautions

    async def tell(self, order_id: str, channel: Channel, actor: Actor, why: Occasion) -> Outcome[Order]:
        """A person says that the customer knows (R31)."""
        order = (await self.orders.load(order_id)).state
        clocks = (await self.situations.of_order(order)).clocks
        return await self.handle(TellPromise(order_id, channel, actor, why.at, clocks), why)

    async def hear_told(
        self, order_id: str, channel: Channel, cause_id: str | None, sent_at: datetime, why: Occasion
    ) -> None:
        """A message of the agreed delivery went out. Which agreement it was about is known by the fact that it follows; one
        that follows none of ours counts when it was sent after the agreement.
        """
        order = (await self.orders.load(order_id)).state
        if not isinstance(order, Open) or (kept := order.delivery.holds) is None:
            return
        of = order.delivery.agreed if sent_at >= kept.promised_at else 0
        if cause_id is not None:
            of = await self._agreement(order_id, cause_id)
        clocks = (await self.situations.of_order(order)).clocks
        await self.handle(TellPromise(order_id, channel, why.actor, why.at, clocks, of), why)

    async def _agreement(self, order_id: str, cause_id: str) -> int:
        """Which agreement told this fact, counted from one; nought: none did."""
        agreed = [
            each.told for each in await self.orders.history(order_id) if DeliveryAgreed.__name__ in each.what
        ]
        return next((n for n, told in enumerate(agreed, 1) if cause_id in told), 0)

    async def _may(self, order_id: str, wish: Wish, actor: Actor, why: Occasion) -> Open:
        """Whoever may not hears it before logistics is asked; an attempt at somebody else's duty is written down."""
        asked = replace(why, id=f"{why.id}/may", fingerprint=None, remembered=False)
        found = await self.handle(PrepareDelivery(order_id, actor, why.at, wish.waiver), asked)
        return open_order(found.state)

    async def _asked(self, asked: Question) -> Answer:
        try:
            return await self.capacity.check(asked)
        except NotUnderstood as no:
            raise NotForLogistics("Logistics knows no such zone, point or interval.") from no

    async def _reserved(self, order: Open, offered: Offered, asked: Question, at: datetime) -> str:
        """A try that a crash cut off is repeated under the same key and doubles nothing. What that key stands for may be over
        by now, gone or expired, though the check has just said yes: then it is tried under a newer one.
        """
        order_id, key = order.placing.order_id, reservation_key(order, offered)
        newer = f"{key}.{at:%Y%m%d%H%M}"
        try:
            held = await self.capacity.reserve(order_id, offered, asked, key)
            if held.expires_at > at:
                return held.reservation_id
        except CapacityGone:
            pass
        try:
            return (await self.capacity.reserve(order_id, offered, asked, newer)).reservation_id
        except CapacityGone as gone:
            raise OutsideTerms(GONE, gone.reason, gone.options) from gone
