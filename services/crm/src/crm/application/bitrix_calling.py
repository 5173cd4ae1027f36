"""Calls of ours on the portal's side: noted at once, told as soon as the portal can, each step once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chassis.handling import Handler, Held, Occasion, Outcome
from chassis.listing import Query
from kernel.deadline import Deadline
from kernel.phone import Phone

from crm.application.bitrix_contacts import Cards
from crm.application.bitrix_people import PortalPeople
from crm.application.bitrix_port import NotInstalled, PortalDown, PortalRefused
from crm.domain import bitrix_call as bc
from crm.domain import bitrix_call_rules as rules
from crm.domain.refusals import NoPortalUser, PortalReadsOnly

LONGEST = 300.0
NOT_COUNTED_YET = "not_in_statistics"
ENOUGH = 10
"""So many tries: then a finished call will not come into the portal's statistics any more."""
NOTHING_ARRIVED = ("ConnectError", "ConnectTimeout", "QUERY_LIMIT_EXCEEDED", "OPERATION_TIME_LIMIT")


class CallsThere(Protocol):
    """External telephony of a portal."""

    async def register(self, call_id: str, ring: bc.Ring) -> str: ...
    async def show(self, portal_id: str, users: Sequence[str], *, shown: bool) -> None: ...
    async def finish(self, portal_id: str, ending: bc.Ending) -> None: ...
    async def attach(self, portal_id: str, url: str) -> None: ...


class Kept(Protocol):
    """Calls, kept."""

    async def load(self, key: str) -> Held[bc.PortalCall]: ...


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls whom, as the exchange says it."""

    phone: Phone
    kind: int
    staff_id: str | None
    customer_id: str | None
    line: str | None
    started_at: datetime


@dataclass(frozen=True, slots=True)
class PortalCalls:
    """`technical`: the user in whose name a call stands whose person the portal does not know."""

    there: CallsThere
    writes: bool
    people: PortalPeople
    cards: Cards
    kept: Kept
    handle: Handler[bc.Command, bc.PortalCall, bc.CallIs]
    technical: str | None

    async def ring(self, call_id: str, caller: Caller, why: Occasion) -> Outcome[bc.PortalCall]:
        """It rings. Said again, nothing more happens."""
        user_id, contact = await self.user_of(caller.staff_id), await self._contact(caller.customer_id)
        ring = bc.Ring(caller.phone, caller.kind, user_id, caller.line, caller.started_at, contact)
        return await self.handle(bc.Want(call_id, why.at, ring=ring), why)

    async def want(self, command: bc.Want, why: Occasion) -> Outcome[bc.PortalCall]:
        """More of the call."""
        self._check()
        return await self.handle(command, why)

    async def users_of(self, staff_ids: Sequence[str]) -> tuple[str, ...]:
        """Those of them whom the portal knows."""
        users = [await self.people.user_of(staff_id) for staff_id in staff_ids]
        return tuple(user.user_id for user in users if user)

    async def user_of(self, staff_id: str | None) -> str:
        """In whose name the call stands there."""
        self._check()
        user = await self.people.user_of(staff_id) if staff_id else None
        user_id = user.user_id if user else self.technical
        if user_id is None:
            raise NoPortalUser("The portal has no user for this call, and no technical user is set.")
        return user_id

    async def due(self, key: str, deadline: Deadline, why: Occasion) -> Outcome[bc.PortalCall] | None:
        """Tell the portal what it does not know yet."""
        del deadline
        call = (await self.kept.load(key)).state
        try:
            while call and (step := rules.pending(call)):
                call = (await self._step(call, step, why)).state
        except PortalDown as down:
            assert call
            if str(down) == NOT_COUNTED_YET and call.tries >= ENOUGH:
                return await self.handle(bc.GiveUp(key, NOT_COUNTED_YET), why)
            wait = timedelta(seconds=min(LONGEST, max(1.0, down.wait) * 2 ** min(call.tries, 8)))
            arrived = not str(down).startswith((*NOTHING_ARRIVED, "oauth_"))
            return await self.handle(bc.PutOff(key, why.at, why.at + wait, str(down), arrived), why)
        except NotInstalled as no:
            until = why.at + timedelta(seconds=LONGEST)
            return await self.handle(bc.PutOff(key, why.at, until, no.code, arrived=False), why)
        except PortalRefused as no:
            return await self.handle(bc.GiveUp(key, no.code.lower()), why)
        return None

    async def _step(self, call: bc.PortalCall, step: bc.Step, why: Occasion) -> Outcome[bc.PortalCall]:
        assert call.ring
        if step is bc.Step.REGISTER:
            return await self._register(call, call.ring, why)
        named, users = str(call.portal_id), tuple[str, ...]()
        if step is bc.Step.SHOW or step is bc.Step.HIDE:
            one, other = (call.shown, call.shown_there)[:: 1 if step is bc.Step.SHOW else -1]
            users = tuple(user for user in one if user not in other)
            await self.there.show(named, users, shown=step is bc.Step.SHOW)
        elif step is bc.Step.FINISH and call.ending:
            await self.there.finish(named, call.ending)
        elif call.record:
            await self.there.attach(named, call.record.value)
        return await self.handle(bc.NoteTold(call.call_id, step, users), why)

    async def _register(self, call: bc.PortalCall, ring: bc.Ring, why: Occasion) -> Outcome[bc.PortalCall]:
        if not rules.is_sure(call, why.at):
            return await self.handle(bc.GiveUp(call.call_id, rules.UNSURE), why)
        await self.handle(bc.Try(call.call_id, why.at), why)
        named = await self.there.register(call.call_id, ring)
        return await self.handle(bc.NoteTold(call.call_id, bc.Step.REGISTER, portal_id=named), why)

    async def _contact(self, customer_id: str | None) -> int | None:
        if customer_id is None:
            return None
        page = await self.cards.page(Query(equal={"customer_id": customer_id, "gone": False}), 1)
        return next((held.state.number for held in page.items if held.state), None)

    def _check(self) -> None:
        if not self.writes:
            raise PortalReadsOnly("Calls need an application; a webhook is for reading.")
