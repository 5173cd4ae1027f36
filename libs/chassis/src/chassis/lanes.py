"""Reading for a service: one consumer, one group, over all its topics; one sequential lane per partition number.

Never commits what is not settled, never stops polling while a lane waits, begins again after whatever breaks.
"""

import asyncio
from collections.abc import Iterator
from typing import cast

import structlog
from aiokafka import AIOKafkaConsumer
from aiokafka.coordinator.assignors.range import RangePartitionAssignor

from chassis.blame import kind
from chassis.clock import Clock
from chassis.connections import KafkaAccess, access
from chassis.dead_letters import DeadLetters
from chassis.lane import Lane, Settle
from chassis.lane_meters import dead_letters
from chassis.outcomes import jittered
from chassis.publishing import Sends
from chassis.reactions import Reactions, Wired
from chassis.sessions import OpenLane, Pace, Session, Stuck
from chassis.settling import Settling

log = structlog.get_logger(__name__)

LONGEST_PAUSE = 5.0
REBALANCE_AT_LEAST = 10.0


class Lanes:
    """Reads for one service. `start` returns at once, whether Kafka is there or not."""

    def __init__(
        self,
        reactions: Reactions,
        kafka: KafkaAccess,
        wired: Wired,
        *,
        publisher: Sends,
        clock: Clock,
        group: str | None = None,
        pace: Pace | None = None,
    ) -> None:
        reactions.check(wired)
        self._topics = reactions.topics
        self._service = reactions.service
        self._kafka = kafka
        self._group = group or reactions.service
        self._pace = pace or Pace()
        grave = DeadLetters(reactions.service, publisher)
        self._settle = Settling(reactions, wired, clock, grave, group=self._group)
        self._session: Session | None = None
        self._task: asyncio.Task[None] | None = None
        self._strikes = 0

    def start(self) -> None:
        """Begin to read, in the background. Wrong settings raise here. A service without reactions reads nothing."""
        access(self._kafka, self._service)
        for topic in self._topics:
            dead_letters.add(
                0, {"service": self._service, "topic": topic}
            )  # so that the first one is an increase
        if self._topics:
            self._task = asyncio.create_task(self._live())

    async def stop(self, within: float = 25.0) -> None:
        """Finish the records being worked, as far as the time allows; commit; leave the group."""
        if self._session:
            self._session.drain_within = within
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._session:
            await self._session.leave()  # the cancelling may have met a session that was leaving already
        self._session = None

    @property
    def ready(self) -> bool:
        """Whether the service has joined its group and gets on. Lanes that wait for a fault don't make it unready: the
        service's own doors stay open while a peer is down.
        """
        return not self._topics or (self._session is not None and self._session.joined and self._strikes < 2)  # noqa: PLR2004

    @property
    def says(self) -> str:
        """For /health/ready: what reading is doing."""
        if self._strikes > 1:
            return "stuck: reads nothing"
        if not self.ready or self._session is None:
            return "reading" if self.ready else "joining its group"
        waiting = sorted({each.waits_for for each in self._session.lanes.values() if each.waits_for})
        return f"waiting for {', '.join(waiting)}" if waiting else "reading"

    async def _live(self) -> None:
        failures = 0
        while True:
            began = asyncio.get_running_loop().time()
            self._session = self._new_session()
            try:
                await self._session.run()
            except Exception as broken:  # noqa: BLE001 - whatever it was, reading begins again
                lasted = asyncio.get_running_loop().time() - began
                failures = 1 if lasted > 60 else failures + 1  # noqa: PLR2004
                self._note(broken, lasted, failures)
            await asyncio.sleep(jittered(min(LONGEST_PAUSE, 0.1 * 2 ** min(failures, 6))))

    def _note(self, broken: Exception, lasted: float, failures: int) -> None:
        causes = list(_leaves(broken))
        stuck = any(isinstance(each, Stuck) for each in causes)
        self._strikes = self._strikes + 1 if stuck and lasted < 3 * self._pace.stuck_after else int(stuck)
        if failures in (1, 10) or failures % 100 == 0:
            log.warning("reading begins again", failures=failures, faults=[kind(each) for each in causes])

    def _new_session(self) -> Session:
        return Session(self._consumer(), self._topics, self._service, self._opener(self._settle), self._pace)

    def _opener(self, settle: Settle) -> OpenLane:
        return lambda number, settled: Lane(number, self._service, settle, settled)

    def _consumer(self) -> AIOKafkaConsumer:
        session = self._kafka.session_timeout
        rebalance = max(REBALANCE_AT_LEAST, session)
        return AIOKafkaConsumer(
            **access(self._kafka, self._service),
            group_id=self._group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            partition_assignment_strategy=(RangePartitionAssignor,),
            session_timeout_ms=int(session * 1000),
            heartbeat_interval_ms=int(min(3.0, session / 3) * 1000),
            rebalance_timeout_ms=int(rebalance * 1000),
            request_timeout_ms=int((rebalance + 10) * 1000),
            metadata_max_age_ms=30_000,
            fetch_max_wait_ms=200,
        )


def _leaves(broken: BaseException) -> Iterator[BaseException]:
    match broken:
        case BaseExceptionGroup(exceptions=members):
            for each in cast("tuple[BaseException, ...]", members):
                yield from _leaves(each)
        case _:
            yield broken
