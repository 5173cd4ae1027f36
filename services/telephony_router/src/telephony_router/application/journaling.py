"""Writing a call down before it is answered, without letting the caller wait for a store that is slow or down."""

import asyncio
from dataclasses import dataclass, field

import structlog
from chassis.blame import reason
from chassis.faults import Fault
from chassis.handling import Handler, Occasion, Outcome
from chassis.metrics import meter
from kernel.refusal import Refusal

from telephony_router.domain import call as c

log = structlog.get_logger(__name__)

LATE = meter.create_counter(
    "opblok.router.journal_late", description="Calls answered before they were written down."
)
FULL = meter.create_counter(
    "opblok.router.journal_full", description="Reports that found no room to wait in."
)
LONGEST_PAUSE = 5.0


class JournalFull(Fault):
    """So much waits for the store already that no more is taken in: report it again."""


Handle = Handler[c.Command, c.PhoneCall, c.Change]


@dataclass(slots=True)
class Journal:
    """`within`: how long an answer waits for the store, seconds. What is not saved by then is saved by and by; what a crash
    loses of it, the provider's later events bring back. `most`: so many wait at once.
    """

    handle: Handle
    within: float = 0.15
    most: int = 5000
    waiting: set[asyncio.Task[Outcome[c.PhoneCall]]] = field(
        default_factory=set[asyncio.Task[Outcome[c.PhoneCall]]]
    )

    async def write(
        self, command: c.Command, occasion: Occasion, *, opening: bool = False
    ) -> Outcome[c.PhoneCall] | None:
        """The outcome, or None when it is still being saved. Raise `JournalFull`."""
        if len(self.waiting) >= self.most:
            FULL.add(1)
            raise JournalFull
        task = asyncio.create_task(self._saved(command, occasion, opening=opening))
        self.waiting.add(task)
        task.add_done_callback(self.waiting.discard)
        done, _ = await asyncio.wait({task}, timeout=self.within)
        if done:
            return task.result()
        LATE.add(1)
        return None

    async def _saved(self, command: c.Command, occasion: Occasion, *, opening: bool) -> Outcome[c.PhoneCall]:
        pause = 0.05
        while True:
            try:
                return await self.handle(command, occasion, opening=opening)
            except Refusal:
                raise
            except Exception as fault:  # noqa: BLE001 - the store is down; it will be back
                log.warning("a call waits to be written down", fault=reason(fault), waiting=len(self.waiting))
            await asyncio.sleep(pause)
            pause, opening = min(pause * 2, LONGEST_PAUSE), False
