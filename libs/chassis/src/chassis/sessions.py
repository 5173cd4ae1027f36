"""One consumer's life: join, read, commit, leave. Whatever breaks ends it, and `chassis.lanes` begins another."""

import asyncio
import contextlib
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.errors import KafkaError

from chassis import lane_meters as meters
from chassis.committing import Commits
from chassis.faults import Fault
from chassis.lagging import lagging
from chassis.lane import Lane
from chassis.reading import Raw
from chassis.watchdog import STUCK_AFTER, Watchdog

log = structlog.get_logger(__name__)

POLL_MS, CATCHING_UP_MS = 200, 20
AT_ONCE = 500


class Stuck(Fault):
    """The consumer looks alive and reads nothing."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often and how long; seconds."""

    commit_every: float = 0.2
    commit_within: float = 5.0
    drain_within: float = 5.0
    look_every: float = 5.0
    stuck_after: float = STUCK_AFTER


OpenLane = Callable[[int, Callable[[Raw], None]], Lane]


class Session(ConsumerRebalanceListener):
    """`open_lane` makes the lane of a partition number, given what is to hear of settled records."""

    def __init__(
        self,
        consumer: AIOKafkaConsumer,
        topics: tuple[str, ...],
        service: str,
        open_lane: OpenLane,
        pace: Pace,
    ) -> None:
        self.joined = False
        self.lanes: dict[int, Lane] = {}
        self.drain_within = pace.drain_within
        self._consumer = consumer
        self._topics = topics
        self._service = service
        self._open_lane = open_lane
        self._pace = pace
        self._commits = Commits(consumer, pace.commit_within)
        self._closing = asyncio.Lock()
        self._leaving = False

    async def run(self) -> None:
        """Read until something breaks, or until cancelled; then leave in order."""
        try:
            await self._consumer.start()
            self._consumer.subscribe(self._topics, listener=self)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._poll())
                tasks.create_task(self._commit_now_and_then())
                tasks.create_task(self._watch())
        finally:
            await self.leave()

    async def on_partitions_revoked(self, revoked: AbstractSet[TopicPartition]) -> None:  # noqa: ARG002 - always all
        """Drain what is being worked, commit, forget the rest: somebody else, or we again, will read it."""
        self.joined = False
        for topic in self._topics:
            meters.lag.set(0, {"service": self._service, "topic": topic})  # whoever has it now tells
        await self._close_lanes(self.drain_within)
        await self._commits.make()
        self._commits.positions.forget()

    async def on_partitions_assigned(self, assigned: AbstractSet[TopicPartition]) -> None:
        """A lane for each partition number. Awaits nothing: no record may come before its lane is there."""
        if self._leaving:
            return
        for number in sorted({each.partition for each in assigned}):
            self.lanes[number] = self._open_lane(number, self._commits.positions.settle)
        self.joined = True
        counts = {topic: len(self._consumer.partitions_for_topic(topic) or ()) for topic in self._topics}
        log.info("partitions assigned", service=self._service, lanes=sorted(self.lanes))
        if len(set(counts.values())) > 1:
            log.error("topics differ in partitions, so a story has no one lane", partitions=counts)

    async def _poll(self) -> None:
        while True:
            # Awaited as it is, in no task of its own: from the fetcher's buffer to the lane nothing may come between.
            soon = CATCHING_UP_MS if any(lane.paused for lane in self.lanes.values()) else POLL_MS
            found = await self._consumer.getmany(timeout_ms=soon, max_records=AT_ONCE)
            for partition, records in found.items():
                self.lanes[partition.partition].put(records)
            self._hold_back()

    def _hold_back(self) -> None:
        for lane in self.lanes.values():
            if lane.full and not lane.paused:
                self._consumer.pause(*self._of(lane))
                lane.paused = True
            elif lane.paused and lane.has_room:
                self._consumer.resume(*self._of(lane))
                lane.paused = False

    def _of(self, lane: Lane) -> list[TopicPartition]:
        return [each for each in self._consumer.assignment() if each.partition == lane.number]

    async def _commit_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(self._pace.commit_every)
            await self._commits.make()

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        watchdog = Watchdog(loop.time(), self._pace.stuck_after)
        while True:
            await asyncio.sleep(self._pace.look_every)
            seen = await lagging(self._consumer) if self.joined else None
            behind = seen.behind(self._consumer.paused()) if seen else {}
            wrong = watchdog.look(loop.time(), assigned=self.joined, behind=behind)
            for topic, records in (seen.by_topic(self._commits.positions.settled) if seen else {}).items():
                meters.lag.set(records, {"service": self._service, "topic": topic})
            if wrong:
                raise Stuck(wrong)

    async def _close_lanes(self, within: float) -> None:
        async with self._closing:
            await asyncio.gather(*(lane.close(within) for lane in self.lanes.values()))
            self.lanes = {}

    async def leave(self) -> None:
        """Close the lanes, commit, leave the group. May be called again when it was interrupted."""
        self.joined, self._leaving = False, True
        await self._close_lanes(self.drain_within)
        with contextlib.suppress(KafkaError, OSError):
            await self._commits.make()
        with contextlib.suppress(KafkaError, OSError):
            async with asyncio.timeout(self._pace.drain_within):
                await self._consumer.stop()
