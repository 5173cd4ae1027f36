"""Keeping a carrier's notifications coming to us."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from logistics.application.carrier_port import CarrierDown

log = structlog.get_logger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0
LOOKED_AT_EVERY = 6 * 3600.0
"""Seconds: somebody else with the same account may have had them sent elsewhere."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """`subscribe` makes sure of it and says whether it had to. Without it the carrier is asked now and then all the same."""

    subscribe: Callable[[], Awaitable[bool]]
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def keep(self) -> None:
        """For ever; while he is down with growing pauses. The start of the service waits for nobody."""
        pause = FIRST_PAUSE
        while True:
            try:
                new = await self.subscribe()
            except CarrierDown as down:
                log.warning("not subscribed to a carrier's notifications yet", fault=str(down))
                await self.pause(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            if new:
                log.info("subscribed to a carrier's notifications")
            pause = FIRST_PAUSE
            await self.pause(LOOKED_AT_EVERY)
