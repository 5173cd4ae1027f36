"""Endless loops that outlive their faults."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import structlog

from chassis.blame import reason

log = structlog.get_logger(__name__)

LONGEST_PAUSE = 30.0


async def for_ever(loop: Callable[[], Awaitable[None]]) -> None:
    """Run a loop; when it raises, say so and run it again after a pause that grows to 30 s."""
    failures = 0
    while True:
        began = asyncio.get_running_loop().time()
        try:
            await loop()
            failures = 0
        except Exception as fault:  # noqa: BLE001 - whatever it was, the loop goes on
            lasted = asyncio.get_running_loop().time() - began
            failures = 1 if lasted > 2 * LONGEST_PAUSE else failures + 1
            log.warning("a loop failed", loop=getattr(loop, "__qualname__", repr(loop)), fault=reason(fault))
        await asyncio.sleep(min(LONGEST_PAUSE, 0.2 * 2 ** min(failures, 10)) * random.uniform(0.7, 1.0))  # noqa: S311
