"""Starts a stack stage by stage, keeps each part alive, and stops everything in the opposite order."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence

from opblok.supervision.child import Child
from opblok.supervision.part import Part, Stage
from opblok.supervision.pauses import Pauses
from opblok.supervision.rotation import keep_small
from opblok.supervision.seen import Seen

Watcher = Callable[[Seen], None]
LAST_WORDS = 5.0


class Supervisor:
    """`told` hears of every change; `about` is repeated in all that is told."""

    def __init__(
        self,
        stages: Sequence[Stage],
        told: Watcher,
        *,
        about: Seen | None = None,
        pauses: Callable[[], Pauses] = Pauses,
    ) -> None:
        self._stages, self._told, self._about = stages, told, about or Seen("")
        self._phase, self._doing = "starting", ""
        self._children = {part.name: Child(part, self._tell, pauses()) for part in self._parts()}
        self._keeping: list[asyncio.Task[None]] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Return when every part has been ready; raise `CannotStart`, with what did start still running."""
        self._tell()
        logs = [part.program.log for part in self._parts()]
        self._tasks.append(asyncio.create_task(keep_small(logs)))
        for stage in self._stages:
            await self._start_stage(stage)
        self._enter("up")

    async def stop(self) -> None:
        """Services before the servers they lean on; the parts of a stage one after another, last first."""
        self._enter("stopping")
        for stage in reversed(self._stages):
            await self._stop_stage(stage)
        if self._keeping:
            await asyncio.wait(self._keeping, timeout=LAST_WORDS)
        for task in (*self._keeping, *self._tasks):
            task.cancel()
        await asyncio.gather(*self._keeping, *self._tasks, return_exceptions=True)
        self._enter("stopped")

    def kill(self) -> None:
        """For somebody in a hurry."""
        for child in self._children.values():
            child.kill()

    def doing(self, what: str) -> None:
        """What takes time now, for who waits and watches."""
        if what != self._doing:
            self._doing = what
            self._tell()

    def failed(self, why: str) -> None:
        self._enter("failed", why)

    def seen(self) -> Seen:
        about = self._about
        parts = tuple(child.seen() for child in self._children.values())
        return Seen(self._phase, self._doing, about.pid, about.since, parts, about.kafka, about.mongo)

    async def _start_stage(self, stage: Stage) -> None:
        children = [self._children[part.name] for part in stage.parts]
        for child in children:
            # nothing is started beside a port that is taken
            await asyncio.to_thread(child.part.prepare)
        self._keeping.extend(asyncio.create_task(child.keep()) for child in children)
        await asyncio.gather(*(child.come_up() for child in children))
        if stage.doing:
            self.doing(stage.doing)
        await stage.afterwards()
        self.doing("")

    async def _stop_stage(self, stage: Stage) -> None:
        children = [self._children[part.name] for part in reversed(stage.parts)]
        if stage.together:
            await asyncio.gather(*(child.stop() for child in children))
            return
        for child in children:
            await child.stop()

    def _parts(self) -> list[Part]:
        return [part for stage in self._stages for part in stage.parts]

    def _enter(self, phase: str, doing: str = "") -> None:
        self._phase, self._doing = phase, doing
        self._tell()

    def _tell(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._told(self.seen())
