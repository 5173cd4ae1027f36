"""A plan carried out one telephone at a time, for providers that ask anew after each (telephony-market.md 1.3, style B)."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from chassis.blame import reason

from telephony_router.application.dialling import Hop, hops
from telephony_router.application.remembering import Remembered
from telephony_router.application.taking_calls import Heard, Routed, Taking
from telephony_router.domain.call import Event, Said

log = structlog.get_logger(__name__)

MOST_WALKED = 5000
REPEATED_WITHIN = timedelta(seconds=2)
"""A provider rings three seconds at least: asked again sooner, it repeats its question."""


@dataclass(frozen=True, slots=True)
class At:
    """Where a call is: the number of the step that rings, and since when."""

    leg: int
    since: datetime


@dataclass(slots=True)
class Walking:
    """Where each call is stands in its record; the newest are held in memory, so that a store that is down stops no call."""

    taking: Taking
    memory: Remembered
    walked: OrderedDict[str, At] = field(default_factory=OrderedDict[str, At])

    async def begin(self, heard: Heard, at: datetime) -> Hop | None:
        """The first telephone; None: nobody can be rung by this provider."""
        routed = await self.taking.receive(heard, at)
        now = await self._where(routed.call_id)
        return self._hop(routed, now.leg) if now else await self._ring(routed, heard, 0, at)

    async def go_on(self, heard: Heard, at: datetime) -> Hop | None:
        """The next one, since nobody picked up; None: nobody is left."""
        routed = await self.taking.receive(heard, at)
        now = await self._where(routed.call_id)
        if now is not None and at - now.since < REPEATED_WITHIN:
            return self._hop(routed, now.leg)
        leg = now.leg if now else 0
        if leg:
            silent = Event(f"hop:{leg}:silent", Said.SILENT, at, leg, code="no_answer")
            await self.taking.report(heard, [silent], at)
        return await self._ring(routed, heard, leg, at)

    async def leg_of(self, heard: Heard) -> int | None:
        """Which step rings."""
        now = await self._where(self.taking.id_of(heard))
        return now.leg if now else None

    async def _ring(self, routed: Routed, heard: Heard, after: int, at: datetime) -> Hop | None:
        hop = next((each for each in self._dialled(routed) if each.number > after), None)
        if hop is None:
            return None
        self.walked[routed.call_id] = At(hop.number, at)
        while len(self.walked) > MOST_WALKED:
            self.walked.popitem(last=False)
        rings = Event(f"hop:{hop.number}:ringing", Said.RINGING, at, hop.number)
        await self.taking.report(heard, [rings], at)
        return hop

    def _hop(self, routed: Routed, leg: int) -> Hop | None:
        return next((each for each in self._dialled(routed) if each.number == leg), None)

    def _dialled(self, routed: Routed) -> list[Hop]:
        """Only what has an extension: such a provider redirects to nothing else."""
        return [each for each in hops(routed.plan, self.memory) if each.dial and each.dial.extension]

    async def _where(self, call_id: str) -> At | None:
        known = self.walked.get(call_id)
        if known is not None:
            return known
        try:
            async with asyncio.timeout(self.taking.journal.within):
                call = (await self.taking.calls.load(call_id)).state
        except Exception as fault:  # noqa: BLE001 - the caller does not wait for a store that is down
            log.warning("where a call is could not be read", fault=reason(fault))
            return None
        rung = [each for each in call.events if each.said is Said.RINGING and each.leg] if call else []
        last = max(rung, key=lambda each: each.leg or 0, default=None)
        return At(last.leg or 0, last.at) if last else None
