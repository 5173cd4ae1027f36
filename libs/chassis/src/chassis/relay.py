"""The relay: what a save owes is told to Kafka at once, from memory; the sweep tells what a crash left.

One thing's facts go in order, many things in parallel. A fact leaves its outbox only after Kafka acknowledged it, so
it is told at least once, and by first appearance in order.
"""

import asyncio
import contextlib
import random
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

import structlog

from chassis.blame import reason
from chassis.handling import Tell
from chassis.records import Record

log = structlog.get_logger(__name__)

WORKERS = 64
SWEEP_EVERY = 0.5
SWEEP_LIMIT = 200
LONGEST_PAUSE = 30.0
GATHER = 0.05
"""How long acknowledged facts are gathered, so that many outboxes are emptied in one write; seconds."""

Publish = Callable[[Record], Awaitable[None]]


class Outboxes(Protocol):
    """The outboxes of one kind of thing; a store has them."""

    name: str

    async def owed(self, key: str) -> list[Record]: ...
    async def unclaimed(self, now: datetime, limit: int) -> list[str]: ...
    async def claim(self, key: str, now: datetime) -> bool: ...
    async def forget(self, sent: Mapping[str, Sequence[str]]) -> None: ...
    async def backlog(self) -> tuple[int, datetime | None]: ...


@dataclass(slots=True)
class _Thing:
    """What this process knows of one thing's outbox. `known` are ids queued, sent or not yet forgotten here."""

    outboxes: Outboxes
    key: str
    queue: deque[Record] = field(default_factory=deque[Record])
    known: set[str] = field(default_factory=set[str])
    reread: bool = False
    queued: bool = False
    failures: int = 0


class Relay:
    """Tells what is owed. `publish` returns once Kafka has acknowledged, and raises when it has not."""

    def __init__(self, publish: Publish, *, workers: int = WORKERS) -> None:
        self._publish = publish
        self._workers = workers
        self._kinds: list[Outboxes] = []
        self._things: dict[tuple[str, str], _Thing] = {}
        self._ready: asyncio.Queue[_Thing] = asyncio.Queue()
        self._sent: list[tuple[_Thing, str]] = []
        self._some_sent = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._quiet = asyncio.Event()
        self._quiet.set()

    def ear(self, outboxes: Outboxes) -> Tell:
        """What a handler calls after a save; it never waits."""
        if outboxes not in self._kinds:
            self._kinds.append(outboxes)

        def tell(key: str, owed: Sequence[Record], *, before: Sequence[str]) -> None:
            thing = self._thing(outboxes, key)
            if not thing.known.issuperset(before):
                thing.reread = True
            thing.queue.extend(owed)
            thing.known.update(each.id for each in owed)
            self._enqueue(thing)

        return tell

    def start(self) -> None:
        """Begin telling, sweeping and forgetting, in the background."""
        self._tasks = [
            *(asyncio.create_task(self._work()) for _ in range(self._workers)),
            asyncio.create_task(self._forget_sent()),
            asyncio.create_task(self._sweep()),
        ]

    async def stop(self, within: float = 5.0) -> None:
        """Tell what is in memory, as far as the time allows; the rest stays owed in its documents."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._quiet.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def sweep(self) -> int:
        """Look once for things that owe facts and that nobody tells; answer how many were taken up."""
        taken = 0
        for outboxes in self._kinds:
            now = datetime.now(UTC)
            for key in await outboxes.unclaimed(now, SWEEP_LIMIT):
                known = (outboxes.name, key) in self._things
                if await outboxes.claim(key, now) and not known:
                    thing = self._thing(outboxes, key)
                    thing.reread = True
                    self._enqueue(thing)
                    taken += 1
        return taken

    async def backlog(self) -> tuple[int, float]:
        """How many things owe facts, and for how long the oldest has; seconds."""
        found = [await each.backlog() for each in self._kinds]
        since = min((at for _, at in found if at is not None), default=None)
        return sum(many for many, _ in found), (datetime.now(UTC) - since).total_seconds() if since else 0.0

    def _thing(self, outboxes: Outboxes, key: str) -> _Thing:
        self._quiet.clear()
        return self._things.setdefault((outboxes.name, key), _Thing(outboxes, key))

    def _enqueue(self, thing: _Thing) -> None:
        if not thing.queued:
            thing.queued = True
            self._ready.put_nowait(thing)

    async def _work(self) -> None:
        while True:
            thing = await self._ready.get()
            try:
                await self._tell(thing)
            except Exception as fault:  # noqa: BLE001 - whatever it is, the facts stay owed and are tried again
                self._later(thing, fault)
            else:
                thing.queued = thing.failures = False
                if thing.queue or thing.reread:
                    self._enqueue(thing)

    async def _tell(self, thing: _Thing) -> None:
        if thing.reread:
            thing.reread = False
            await self._read_again(thing)
        while thing.queue and not thing.reread:
            await self._publish(thing.queue[0])
            thing.failures = 0
            self._sent.append((thing, thing.queue.popleft().id))
            self._some_sent.set()
        self._close_if_quiet(thing)

    async def _read_again(self, thing: _Thing) -> None:
        waiting = {each.id for each in thing.queue}
        try:
            owed = await thing.outboxes.owed(thing.key)
        except BaseException:
            thing.reread = True
            raise
        told = thing.known - waiting - {each.id for each in thing.queue}
        later = [each for each in thing.queue if each.id not in {one.id for one in owed}]
        thing.queue = deque([*(each for each in owed if each.id not in told), *later])
        thing.known.update(each.id for each in thing.queue)

    def _later(self, thing: _Thing, fault: Exception) -> None:
        thing.failures += 1
        pause = min(LONGEST_PAUSE, 0.05 * 2 ** min(thing.failures, 10)) * random.uniform(0.5, 1.0)  # noqa: S311
        if thing.failures in (1, 5) or thing.failures % 50 == 0:
            log.warning(
                "facts wait",
                kind=thing.outboxes.name,
                thing=thing.key,
                tries=thing.failures,
                fault=reason(fault),
            )
        asyncio.get_running_loop().call_later(pause, self._ready.put_nowait, thing)

    async def _forget_sent(self) -> None:
        failures = 0
        while True:
            await self._some_sent.wait()
            await asyncio.sleep(GATHER if not failures else min(LONGEST_PAUSE, GATHER * 2**failures))
            self._some_sent.clear()
            sent, self._sent = self._sent, []
            try:
                await self._forget(sent)
                failures = 0
            except Exception as fault:  # noqa: BLE001 - sent but not forgotten is told twice at worst
                failures = min(failures + 1, 14)
                log.warning("sent facts not yet forgotten", facts=len(sent), fault=reason(fault))
                self._sent = sent + self._sent
                self._some_sent.set()

    async def _forget(self, sent: Sequence[tuple[_Thing, str]]) -> None:
        for outboxes in self._kinds:
            ids: dict[str, list[str]] = {}
            for thing, id_ in sent:
                if thing.outboxes is outboxes:
                    ids.setdefault(thing.key, []).append(id_)
            if ids:
                await outboxes.forget(ids)
        for thing, id_ in sent:
            thing.known.discard(id_)
            self._close_if_quiet(thing)

    def _close_if_quiet(self, thing: _Thing) -> None:
        if not thing.known and not thing.queue and not thing.reread:
            self._things.pop((thing.outboxes.name, thing.key), None)
            if not self._things:
                self._quiet.set()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_EVERY * random.uniform(0.7, 1.3))  # noqa: S311
            try:
                await self.sweep()
            except Exception as fault:  # noqa: BLE001 - the next sweep finds it
                log.warning("sweep failed", fault=reason(fault))
