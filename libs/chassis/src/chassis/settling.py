"""One record, from its bytes to an outcome that may be committed (wire.md 2)."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import assert_never

import structlog
from opentelemetry.trace import StatusCode, Tracer

from chassis import lane_meters as meters
from chassis.blame import kind
from chassis.clock import Clock
from chassis.dead_letters import DeadLetters, Trial
from chassis.envelopes import Envelope, Unreadable, envelope
from chassis.lane import Lane
from chassis.outcomes import Again, Done, Outcome, Poison, Tries, Wait, growing, jittered, outcome
from chassis.reactions import Reactions, Wired
from chassis.reading import Raw
from chassis.spans import TRACER, reacting

log = structlog.get_logger(__name__)

REACTION_WITHIN = 120.0
"""A reaction that hangs is a fault, too; seconds."""


@dataclass(frozen=True, slots=True)
class Settling:
    """How records of one service are settled."""

    reactions: Reactions
    wired: Wired
    clock: Clock
    dead_letters: DeadLetters
    within: float = REACTION_WITHIN
    tracer: Tracer = TRACER
    group: str = ""

    async def __call__(self, record: Raw, lane: Lane) -> bool:
        """Work the record to its end; False when the lane closes before."""
        began = datetime.now(UTC)
        try:
            of = envelope(record.headers)
        except Unreadable as broken:
            return await self._bury(record, lane, Poison(str(broken), kind(broken)), Trial(1, began))
        if of.only_for not in (None, self.reactions.service):
            return self._passed_over(of, "passed_over")
        if not self.reactions.knows(of.type):
            return self._passed_over(of, "unknown")
        return await self._work(record, of, lane, began)

    def _passed_over(self, of: Envelope, how: str) -> bool:
        known = of.type if how != "unknown" else "unknown"  # the world may invent types without end
        meters.reactions.add(1, {"service": self.reactions.service, "type": known, "outcome": how})
        return True

    async def _work(self, record: Raw, of: Envelope, lane: Lane, began: datetime) -> bool:
        tries = Tries()
        while True:
            raised, trace_id = await self._attempt(record, of, tries)
            done, tries = outcome(raised, tries)
            self._count(of, done)
            match done:
                case Done():
                    lane.works()
                    return True
                case Poison():
                    return await self._bury(record, lane, done, Trial(tries.total, began, trace_id))
                case Again():
                    goes_on = await lane.pause(jittered(done.pause))
                case Wait():
                    self._say(record, of, tries, done.fault)
                    goes_on = await lane.wait_for(done.fault, jittered(done.pause))
                case _:
                    assert_never(done)
            if not goes_on:
                return False

    async def _attempt(self, record: Raw, of: Envelope, tries: Tries) -> tuple[Exception | None, str]:
        occasion = self.reactions.occasion(of, self.clock.now())
        began = perf_counter()
        with reacting(self.tracer, record, of, tries.total, self.group) as span:
            try:
                async with asyncio.timeout(self.within):
                    await self.reactions.react(record, occasion, self.wired)
            except Exception as raised:  # noqa: BLE001 - the table says what to do with it
                span.set_status(StatusCode.ERROR, kind(raised))
                span.set_attribute("error.type", kind(raised))
                return raised, format(span.get_span_context().trace_id, "032x")
            finally:
                meters.duration.record(
                    perf_counter() - began, {"service": self.reactions.service, "type": of.type}
                )
        return None, ""

    async def _bury(self, record: Raw, lane: Lane, why: Poison, trial: Trial) -> bool:
        """The lane waits until Kafka has acknowledged the letter."""
        tries = 0
        while True:
            try:
                await self.dead_letters.bury(record, why, trial)
            except Exception as fault:  # noqa: BLE001 - whatever it is, the record must not be lost
                tries += 1
                log.warning("dead letter not sent", topic=record.topic, tries=tries, fault=kind(fault))
                if not await lane.wait_for(kind(fault), jittered(growing(tries))):
                    return False
            else:
                lane.works()
                self._buried(record, why)
                return True

    def _buried(self, record: Raw, why: Poison) -> None:
        meters.dead_letters.add(1, {"service": self.reactions.service, "topic": record.topic})
        log.error(
            "dead letter",
            topic=record.topic,
            partition=record.partition,
            offset=record.offset,
            reason=why.reason,
            error=why.error,
        )

    def _count(self, of: Envelope, done: Outcome) -> None:
        meters.reactions.add(
            1,
            {"service": self.reactions.service, "type": of.type, "outcome": type(done).__name__.lower()},
        )

    def _say(self, record: Raw, of: Envelope, tries: Tries, fault: str) -> None:
        if tries.faults in (1, 5) or tries.faults % 20 == 0:
            log.warning(
                "lane waits", lane=record.partition, type=of.type, id=of.id, tries=tries.total, fault=fault
            )
