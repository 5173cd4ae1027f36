"""Which imports can go on now, for the loops that work them off."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from chassis.blame import reason

log = structlog.get_logger(__name__)


class Waking:
    """Woken twice, an import still runs once at a time here. One that fails is left to its deadline."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[str] = asyncio.Queue()
        self._known: set[str] = set()
        self.run: Callable[[str], Awaitable[object]] | None = None

    def wake(self, import_id: str) -> None:
        """Let this import go on."""
        if import_id not in self._known:
            self._known.add(import_id)
            self._waiting.put_nowait(import_id)

    async def work(self) -> None:
        """Work off whatever is woken, for ever."""
        while True:
            await self._one(await self._waiting.get())

    async def drain(self) -> int:
        """Work off what is waiting now; answer how many that were."""
        done = 0
        while not self._waiting.empty():
            await self._one(self._waiting.get_nowait())
            done += 1
        return done

    async def _one(self, import_id: str) -> None:
        assert self.run is not None
        try:
            await self.run(import_id)
        except Exception as fault:  # noqa: BLE001 - its deadline brings it back
            log.warning("an import stopped", import_id=import_id, fault=reason(fault))
        finally:
            self._known.discard(import_id)
