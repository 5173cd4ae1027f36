"""Calls as the shop's Bitrix24 shows them: crm is told as they go, apart from the call, which never waits for it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

import structlog
from chassis.blame import reason
from chassis.chassis import Listing
from chassis.handling import Occasion
from chassis.peers import PeerDown, PeerRefused
from kernel.deadline import Deadline

from telephony_router.application.callers import Callers
from telephony_router.application.journaling import Handle
from telephony_router.domain import call as c
from telephony_router.domain.portal_side import put_off
from telephony_router.domain.portal_telling import Saying, owed, taken

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 8
"""So many ask crm at once; the others wait, so that a slow crm keeps no callback from being opened."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The call that something is said of. `line`: our number that was dialled."""

    call_id: str
    number: str
    line: str | None
    started_at: datetime


class Portal(Protocol):
    """Crm, which tells the portal."""

    async def tell(self, call: Shown, saying: Saying) -> None:
        """Raise `PeerDown`, or `PeerRefused` when it says no for good."""
        ...


@dataclass(slots=True)
class Showing:
    """What is owed stands in the call itself; crm takes each thing as often as it is said, so a crash in between says it again."""

    portal: Portal
    calls: Listing[c.PhoneCall]
    handle: Handle
    callers: Callers
    asking: set[str] = field(default_factory=set[str])

    async def on_due(self, call_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """Tell all that is owed now, in its order; one that finds no room stays due."""
        del deadline
        call = (await self.calls.load(call_id)).state
        if call is None or len(self.asking) >= MOST_AT_ONCE:
            return
        self.asking.add(call_id)
        try:
            told = await self._told(call, occasion.at)
        finally:
            self.asking.discard(call_id)
        if told.portal is not None:
            await self.handle(c.NotePortal(call_id=call_id, side=told.portal, at=occasion.at), occasion)

    async def _told(self, call: c.PhoneCall, at: datetime) -> c.PhoneCall:
        """The call, the portal knowing as much of it as it took."""
        offer = call.offer
        line = self.callers.number_of(offer.line, offer.shop_id)
        while (saying := owed(call)) and call.portal and offer.number:
            try:
                await self.portal.tell(Shown(call.call_id, offer.number, line, offer.started_at), saying)
            except PeerDown as down:
                log.warning("the portal is told of a call later", call=call.call_id, fault=reason(down))
                return replace(call, portal=put_off(call.portal, at))
            except PeerRefused as no:
                log.warning("the portal is told no more of a call", call=call.call_id, status=no.status)
                return replace(call, portal=replace(call.portal, given_up=True))
            call = replace(call, portal=taken(call.portal, saying))
        return call
