"""What the scenario's reports lost, brought back from the provider's call history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from chassis.blame import reason
from chassis.chassis import Listing
from chassis.clock import Clock
from chassis.faults import Fault
from chassis.following import Hear
from chassis.following import Heard as Noted
from chassis.handling import Handler, Occasion
from chassis.metrics import meter
from uuid_utils.compat import uuid7

from telephony_router.application.callers import parsed
from telephony_router.application.journaling import JournalFull
from telephony_router.application.remembering import Remembered
from telephony_router.application.taking_calls import OLDEST, ROUTER, Heard, Taking, call_of
from telephony_router.domain.directory import Numbers
from telephony_router.domain.session_history import PastSession, lost

log = structlog.get_logger(__name__)

BROUGHT_BACK = meter.create_counter(
    "opblok.router.brought_back", description="Calls of which the call history said what no report had."
)
PROVIDER = "voximplant"
SETTLED = timedelta(minutes=2)
"""So long after its end a session's own reports are still waited for."""


class HistoryDown(Fault):
    """The provider's history does not answer, or says no: asked again later."""


class History(Protocol):
    """Sessions that began in a span of time, oldest first, a page of them from `offset` on."""

    async def page(self, since: datetime, until: datetime, offset: int) -> tuple[Sequence[PastSession], bool]:
        """The sessions, and whether there are more. Raise `HistoryDown`."""
        ...


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Up to when a provider's sessions were compared with our calls."""

    provider: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Reconciling:
    """`overlap`: so far back each round looks again, since a session is listed by its begin and reports may be late."""

    history: History
    taking: Taking
    memory: Remembered
    note: Handler[Hear[Reconciled], Reconciled, Noted[Reconciled]]
    kept: Listing[Reconciled]
    clock: Clock
    overlap: timedelta

    async def once(self) -> bool:
        """One round; answer whether all of it was compared. Raise what the store raises."""
        now = self.clock.now()
        known = (await self.kept.load(PROVIDER)).state
        if known is None:  # from here on nothing is passed over, however long the first answer takes
            known = Reconciled(PROVIDER, now)
            await self._note(known, now)
        since = max(now - OLDEST, known.until - self.overlap)
        try:
            await self._compare(since, now)
        except (HistoryDown, JournalFull) as down:
            log.warning("the call history is compared later", fault=reason(down))
            return False
        await self._note(Reconciled(PROVIDER, now), now)
        return True

    async def _note(self, compared: Reconciled, now: datetime) -> None:
        await self.note(Hear(PROVIDER, compared), Occasion(f"reconciled:{uuid7()}", now, ROUTER))

    async def _compare(self, since: datetime, now: datetime) -> None:
        offset, more = 0, True
        while more:
            sessions, more = await self.history.page(since, now, offset)
            for session in sessions:
                await self._bring_back(session, now)
            offset += len(sessions)

    async def _bring_back(self, session: PastSession, now: datetime) -> None:
        caller = session.caller
        if caller is None or session.ended_at is None or session.ended_at > now - SETTLED:
            return
        heard = Heard(PROVIDER, session.session_id, caller.remote, caller.local, caller.started_at)
        call = (await self.taking.calls.load(call_of(heard))).state
        staff_id = self._who_has(session.talks[-1].remote) if session.talks else None
        events = lost(call, session, staff_id)
        if events:
            await self.taking.report(heard, events, now)
            BROUGHT_BACK.add(1)

    def _who_has(self, address: str) -> str | None:
        """Whose telephone this is: a user of the exchange by his extension, a mobile, a SIP address."""
        people = self.memory.people.items.items()
        return next((staff_id for staff_id, each in people if _is_of(each.numbers, address)), None)


def _is_of(numbers: Numbers, address: str) -> bool:
    bare, phone = _bare(address), parsed(address)
    if numbers.sip and _bare(numbers.sip) == bare:
        return True
    user = bare.partition("@")[0]
    return user == numbers.extension or (phone is not None and phone.e164 == numbers.mobile)


def _bare(address: str) -> str:
    return address.removeprefix("sips:").removeprefix("sip:")
