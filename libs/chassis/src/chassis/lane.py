"""One lane: the records of one partition number, over all topics, one after the other.

A record leaves its lane only settled. A lane asked to close finishes the try that is running, within a limit, and
gives up what waits.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from chassis.blame import kind, place
from chassis.lane_meters import waiting
from chassis.reading import Raw

log = structlog.get_logger(__name__)

FULL, ROOM = 1000, 400
FULL_BYTES = 8_000_000
BREATHE = 16
"""After so many records others get a turn, even if no reaction ever waits for anything."""

Settle = Callable[[Raw, "Lane"], Awaitable[bool]]
"""Works a record to its end. False: the lane is closing and the record is not settled."""


class Lane:
    """`settled` hears of each record that may be committed."""

    def __init__(self, number: int, service: str, settle: Settle, settled: Callable[[Raw], None]) -> None:
        self.number = number
        self.paused = False
        self.waits_for: str | None = None
        self._service = service
        self._settle = settle
        self._settled = settled
        self._queue: asyncio.Queue[Raw | None] = asyncio.Queue()
        self._bytes = 0
        self._closing = asyncio.Event()
        self._task = asyncio.create_task(self._run())

    def put(self, records: Sequence[Raw]) -> None:
        """Take these up, in this order."""
        for record in records:
            self._bytes += len(record.value or b"")
            self._queue.put_nowait(record)

    @property
    def full(self) -> bool:
        return self._queue.qsize() > FULL or self._bytes > FULL_BYTES

    @property
    def has_room(self) -> bool:
        return self._queue.qsize() < ROOM and self._bytes < FULL_BYTES / 2

    async def close(self, within: float) -> None:
        """Finish the try that is running, else cancel it. Returns only when nothing runs any more, so that no record
        is ever worked twice at once here.
        """
        self._closing.set()
        self._queue.put_nowait(None)
        await asyncio.wait({self._task}, timeout=within)
        while not self._task.done():
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=1.0)
        self.works()

    async def pause(self, seconds: float) -> bool:
        """Wait; False at once when the lane is closing."""
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            return True
        return False

    async def wait_for(self, fault: str, seconds: float) -> bool:
        """As `pause`, and let it be seen that this lane waits, until `works` is called."""
        if self.waits_for is None:
            waiting.add(1, {"service": self._service})
        self.waits_for = fault
        return await self.pause(seconds)

    def works(self) -> None:
        """Whatever it waited for has passed."""
        if self.waits_for is not None:
            waiting.add(-1, {"service": self._service})
        self.waits_for = None

    async def _run(self) -> None:
        while (record := await self._queue.get()) is not None and not self._closing.is_set():
            if not await self._to_the_end(record):
                return
            self._bytes -= len(record.value or b"")
            self._settled(record)
            if record.offset % BREATHE == 0:
                await asyncio.sleep(0)

    async def _to_the_end(self, record: Raw) -> bool:
        while True:
            try:
                return await self._settle(record, self)
            except Exception as defect:  # noqa: BLE001 - a defect of ours must not cost a record
                log.error(  # noqa: TRY400 - a traceback may quote anything
                    "lane stumbled", lane=self.number, error=kind(defect), at=place(defect)
                )
            if not await self.wait_for("a defect of the lane", 5.0):
                return False
