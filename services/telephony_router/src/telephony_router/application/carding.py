"""The card for who picked up: who rings, what of his is under way and what went wrong, from what was heard (R57, R66, R97)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.chassis import Listing
from chassis.listing import Query
from kernel.window import NotAWindow, Window

from telephony_router.application.remembering import Remembered
from telephony_router.domain.call import PhoneCall
from telephony_router.domain.callback import Callback
from telephony_router.domain.directory import CustomerCard, KnownOrder, KnownTrouble

GRACE = timedelta(minutes=30)
"""A window is late only so long after its end (R57)."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised, in words to say (R66); `running`: any moment of it may still be meant, so nobody is chased (R57)."""

    ru: str
    en: str
    starts_at: datetime
    ends_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Customer:
    """One who may be ringing, with what of his is open."""

    card: CustomerCard
    orders: Sequence[tuple[KnownOrder, Promise | None]]
    troubles: Sequence[KnownTrouble]


@dataclass(frozen=True, slots=True)
class CallCard:
    """The likeliest customer first; more than one when the number is not his alone."""

    call: PhoneCall
    customers: Sequence[Customer]
    callbacks: Sequence[Callback]


@dataclass(frozen=True, slots=True)
class Carding:
    """Put together from memory, at the moment of asking."""

    memory: Remembered
    calls: Listing[PhoneCall]
    callbacks: Listing[Callback]

    async def card(self, call: PhoneCall, now: datetime) -> CallCard:
        """Of a call."""
        candidates = call.plan.candidates if call.plan else ()
        known = [self.memory.cards.get(self.memory.now_of(each)) for each in candidates]
        customers = [self._customer(each, now) for each in known if each and not each.erased]
        return CallCard(call, customers, await self._waiting(call))

    async def of_person(self, staff_id: str, now: datetime) -> list[CallCard]:
        """Of whom he talks with."""
        page = await self.calls.page(Query(equal={"talking": True, "staff_id": staff_id}), 5)
        return [await self.card(held.state, now) for held in page.items if held.state]

    def _customer(self, card: CustomerCard, now: datetime) -> Customer:
        orders = self.memory.orders_of(card.customer_id)
        troubles = self.memory.troubles_of(card.customer_id)
        return Customer(card, [(each, promise_of(each, now)) for each in orders], troubles)

    async def _waiting(self, call: PhoneCall) -> list[Callback]:
        """What he was to be rung back for."""
        if call.offer.hash is None:
            return []
        page = await self.callbacks.page(Query(equal={"hash": call.offer.hash, "open": True}), 20)
        return [held.state for held in page.items if held.state]


def promise_of(order: KnownOrder, now: datetime) -> Promise | None:
    """9 to 15 does not mean 9: any moment up to 15 is meant, and before its end and half an hour it is not late (R57, R66)."""
    if order.starts_at is None or order.ends_at is None or order.time_zone is None:
        return None
    try:
        window = Window(order.starts_at, order.ends_at, order.time_zone)
    except (NotAWindow, ValueError):
        return None
    state = "late" if window.is_over(now, GRACE) else "running" if window.starts <= now else "ahead"
    return Promise(window.in_words("ru"), window.in_words("en"), window.starts, window.ends, state)
