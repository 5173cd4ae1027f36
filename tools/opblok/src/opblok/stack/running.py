"""A run of the whole stack in this process: from the lock to the last goodbye."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chassis.embedded.unable import CannotStart

from opblok.home import Home
from opblok.screen import Screen
from opblok.stack.settings import SERVICES, StackSettings
from opblok.stack.stack import MakeTopics, addresses, stages
from opblok.supervision.leftovers import end_leftovers
from opblok.supervision.lock import held
from opblok.supervision.pauses import Pauses
from opblok.supervision.seen import Seen, read, write
from opblok.supervision.supervisor import Supervisor

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Run:
    """`greet` is called once, when all is up. `pauses` of those who kill for a living are shorter, and they may want only some
    of the services.
    """

    settings: StackSettings
    home: Home
    screen: Screen
    make_topics: MakeTopics
    greet: Callable[[Seen], None]
    pauses: Callable[[], Pauses] = Pauses
    services: Sequence[str] = SERVICES

    async def until_stopped(self) -> None:
        """Raise `CannotStart` when it does not come up, `AlreadyRunning` when somebody else runs it."""
        with held(self.home.lock):
            end_leftovers(read(self.home.seen))
            told_to_stop = asyncio.Event()
            supervisor = self._supervisor(told_to_stop)
            listen(told_to_stop, supervisor.kill)
            try:
                await self._serve(supervisor, told_to_stop)
            except Exception as failed:
                await supervisor.stop()
                supervisor.failed(str(failed))
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

    def _supervisor(self, told_to_stop: asyncio.Event) -> Supervisor:
        where = addresses(self.settings, self.home)
        loop = asyncio.get_running_loop()

        def progress(what: str, done: float) -> None:
            if told_to_stop.is_set():
                # a thread that fetches cannot be cancelled: it ends here, between two files
                raise CannotStart(
                    "Stopped while fetching.", "begin again when you like; what is there is kept."
                )
            loop.call_soon_threadsafe(supervisor.doing, f"{what}  {done:.0%}")

        steps = stages(
            self.settings,
            self.home,
            progress=progress,
            make_topics=self.make_topics,
            services=self.services,
        )
        about = Seen("", kafka=where.kafka, mongo=where.mongo)
        supervisor = Supervisor(steps, self._told, about=about, pauses=self.pauses)
        return supervisor

    def _told(self, seen: Seen) -> None:
        write(seen, self.home.seen)
        self.screen.show(seen)


def listen(told: asyncio.Event, hurry: Callable[[], None]) -> None:
    """The first signal sets `told`; the second one is for people in a hurry."""

    def hear() -> None:
        if told.is_set():
            hurry()
        told.set()

    for each in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(each, hear)
