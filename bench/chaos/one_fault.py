"""One fault under orders and calls, and what was left of it."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field, replace

import httpx

from bench.chaos.bare import bare
from bench.chaos.calling import ROUTER, Calls, calls_wrong
from bench.chaos.field import TOPIC, Fault, Field
from bench.chaos.soundings import Recovery, Soundings
from bench.chaos.watching import Watch
from bench.killing.asking import Client
from bench.killing.evidence import Outside, heard_by
from bench.killing.load import Load
from bench.killing.report import Report
from bench.killing.run import Killing

FIRST_WORK = 15
PARTITIONS = 3
SHOPS, PAUSE = 2, 0.6
"""Of the load: some orders a second, so that a small machine shows the fault and not its own limits."""


@dataclass(frozen=True)
class Seen:
    """What a fault showed. `during`: orders that were taken from the fault until all was whole again, and in how many seconds."""

    name: str
    report: Report
    sides: dict[str, Recovery]
    calls: Calls
    during: tuple[int, float]

    @property
    def is_clean(self) -> bool:
        return self.report.is_clean and not self.sides["opblok"].unfinished


@dataclass
class Striking:
    """As the trouble of a kill test (`bench.killing.run`): once, in the midst of work."""

    ground: Field
    name: str
    fault: Fault
    counted: Counter[str] = field(default_factory=Counter[str])
    sides: dict[str, Recovery] = field(default_factory=dict[str, Recovery])
    during: tuple[int, float] = (0, 0.0)
    calls: Calls | None = None

    async def __call__(self, load: Load) -> None:
        cluster, site = self.ground.cluster, load.people.client("site")
        services = self.ground.stack.services
        watch = Watch(cluster.kafka, [each for each in services if TOPIC in heard_by(each)], PARTITIONS)
        self.calls = Calls(self.ground.stack, load.phones)

        async def order() -> None:
            taken = await load.place(site)
            assert taken is not None, "an order was refused"
            await watch.seen(taken.order_id)

        async with bare(cluster.kafka, cluster.mongo) as plain, watch.looking():
            soundings = Soundings({"opblok": order, "bare": plain})
            ringing = asyncio.create_task(self.calls.ring())
            await order()
            await work(load, FIRST_WORK)
            before, begun = len(load.answered.taken), time.monotonic()
            await self.fault(self.ground, soundings.begin)
            self.during = len(load.answered.taken) - before, time.monotonic() - begun
            self.counted[self.name] += 1
            await soundings.end()
            self.calls.stop()
            await ringing
        self.sides = soundings.found


async def strike(ground: Field, name: str, fault: Fault, seed: int) -> Seen:
    """Work, the fault, quiet, a look at everything."""
    stack, cluster = ground.stack, ground.cluster
    striking = Striking(ground, name, fault)
    outside = Outside(cluster.kafka, cluster.mongo, services=stack.services)
    report = await Killing(stack, outside, striking, seed, whole_lives=False, shops=SHOPS, pause=PAUSE)()
    assert striking.calls is not None
    async with httpx.AsyncClient() as http:
        shown = await Client(stack, "owner", http).pages(ROUTER, "/calls")
    wrong = [*report.wrong, *calls_wrong(striking.calls, shown)]
    return Seen(name, replace(report, wrong=wrong), striking.sides, striking.calls, striking.during)


async def work(load: Load, commands: int) -> None:
    """Return when so many more have been answered."""
    wanted = load.answered.commands + commands
    while load.answered.commands < wanted:
        await asyncio.sleep(0.05)
