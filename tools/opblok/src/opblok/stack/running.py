"""A run of the whole stack in this process: from the lock to the last goodbye."""

import asyncio
import signal
from collections.abc import Callable
from dataclasses import dataclass

from chassis.embedded.unable import CannotStart

from opblok.home import Home
from opblok.screen import Screen
from opblok.stack.settings import StackSettings
from opblok.stack.stack import MakeTopics, addresses, stages
from opblok.supervision.leftovers import end_leftovers
from opblok.supervision.lock import held
from opblok.supervision.seen import Seen, read, write
from opblok.supervision.supervisor import Supervisor

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Run:
    """`greet` is called once, when all is up."""

    settings: StackSettings
    home: Home
    screen: Screen
    make_topics: MakeTopics
    greet: Callable[[Seen], None]

    async def until_stopped(self) -> None:
        """Raise `CannotStart` when it does not come up, `AlreadyRunning` when somebody else runs it."""
        with held(self.home.lock):
            end_leftovers(read(self.home.seen))
            supervisor = self._supervisor()
            told_to_stop = listen(supervisor.kill)
            try:
                await self._serve(supervisor, told_to_stop)
            except CannotStart as unable:
                await supervisor.stop()
                supervisor.failed(str(unable))
                raise
            finally:
                self.screen.close()

    async def _serve(self, supervisor: Supervisor, told_to_stop: asyncio.Event) -> None:
        starting = asyncio.create_task(supervisor.start())
        stopping = asyncio.create_task(told_to_stop.wait())
        await asyncio.wait((starting, stopping), return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            self.greet(supervisor.seen())
            await stopping
        starting.cancel()
        await supervisor.stop()

    def _supervisor(self) -> Supervisor:
        where = addresses(self.settings, self.home)
        loop = asyncio.get_running_loop()

        def progress(what: str, done: float) -> None:
            loop.call_soon_threadsafe(supervisor.doing, f"{what}  {done:.0%}")

        steps = stages(self.settings, self.home, progress=progress, make_topics=self.make_topics)
        supervisor = Supervisor(steps, self._told, about=Seen("", kafka=where.kafka, mongo=where.mongo))
        return supervisor

    def _told(self, seen: Seen) -> None:
        write(seen, self.home.seen)
        self.screen.show(seen)


def listen(hurry: Callable[[], None]) -> asyncio.Event:
    """Set by the first signal; the second one is for people in a hurry."""
    told = asyncio.Event()

    def hear() -> None:
        if told.is_set():
            hurry()
        told.set()

    for each in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(each, hear)
    return told
