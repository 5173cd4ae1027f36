"""Kills at random under steady work, and what was left of it afterwards."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import httpx

from bench.killing.asking import Client
from bench.killing.effects import World, wrong
from bench.killing.evidence import Outside
from bench.killing.load import Load
from bench.killing.oracle import judged
from bench.killing.report import Report
from bench.own_stack import OwnStack

PARTS = ("orders", "procurement", "crm", "kafka", "mongodb", "orders", "procurement")
LATE = timedelta(minutes=1)
QUIET_WITHIN = 180.0
WORK_WITHIN = 15.0
UNDER_WAY = ("waiting", "reading", "applying")


@dataclass
class Killing:
    """`parts` may leave out servers that are not ours to kill. `work`: commands to be answered between most kills."""

    stack: OwnStack
    outside: Outside
    kills: int
    seed: int = field(default_factory=lambda: random.randrange(10**6))
    parts: tuple[str, ...] = PARTS
    between: tuple[float, float] = (0.5, 2.5)
    work: int = 8
    say: Callable[[str], None] = lambda _: None
    killed: Counter[str] = field(default_factory=Counter[str])
    phones: list[str] = field(default_factory=list[str])

    async def __call__(self) -> Report:
        """Work, kill, wait until quiet, look."""
        begun = time.monotonic()
        async with httpx.AsyncClient(limits=httpx.Limits(max_connections=40)) as http:
            load = Load(self.stack, http, chance=random.Random(self.seed))
            self.phones = load.phones
            await load.prepare()
            told = asyncio.Event()
            async with asyncio.TaskGroup() as working:
                for work in load.works(told):
                    working.create_task(work)
                await self._kill(load)
                told.set()
            stopped = time.monotonic()
            unrest = await self._quiet(http)
            quiet_after = time.monotonic() - stopped
            report = await self._look(load, time.monotonic() - begun, quiet_after)
            return replace(report, unrest=unrest)

    async def _kill(self, load: Load) -> None:
        """Each part in turn, shuffled, so that none is spared; now and then two at once, or one just coming up."""
        chance, deck = random.Random(self.seed), list[str]()
        while self.killed.total() < self.kills:
            if chance.random() < 0.8:
                await self._some_work(load)
            await asyncio.sleep(chance.uniform(*self.between))
            for _ in range(2 if chance.random() < 0.15 else 1):
                deck = deck or chance.sample(self.parts, len(self.parts))
                name = deck.pop()
                if self.stack.kill(name):
                    self.killed[name] += 1
                    self.say(f"{self.killed.total():4d}  {name}")
                else:
                    deck.insert(0, name)

    async def _some_work(self, load: Load) -> None:
        """Return when the services have come so far that a kill hits work."""
        answered, limit = load.answered.commands, time.monotonic() + WORK_WITHIN
        while load.answered.commands < answered + self.work and time.monotonic() < limit:
            await asyncio.sleep(0.05)

    async def _quiet(self, http: httpx.AsyncClient) -> str:
        """Until nothing is owed, unread or due, twice in a row; else what still was when the time was over."""
        limit, calm, why = time.monotonic() + QUIET_WITHIN, 0, ""
        while calm < 2:
            try:
                why = await self._unrest(http)
            except Exception as silent:  # noqa: BLE001 - a server is still coming up
                why = repr(silent)
            calm = 0 if why else calm + 1
            if time.monotonic() > limit:
                return why
            await asyncio.sleep(0.7)
        return ""

    async def _unrest(self, http: httpx.AsyncClient) -> str:
        """The first thing that is still going on."""
        if not self.stack.is_well():
            return "a part is not ready"
        if debts := await self.outside.debts():
            return f"{debts} things owe facts"
        if due := await self.outside.due(await self._now(http)):
            return f"{len(due)} deadlines are due: {due[:3]}"
        if busy := await self._under_way(http):
            return busy
        lag = await self.outside.lag()
        return f"{lag} records are unread" if lag else ""

    async def _under_way(self, http: httpx.AsyncClient) -> str:
        """Imports that were at work when they died wait half a minute before they are taken up again."""
        owner = Client(self.stack, "owner", http)
        pages = [await owner.pages("procurement", "/imports", stage=stage) for stage in UNDER_WAY]
        count = sum(map(len, pages))
        return f"{count} imports are under way" if count else ""

    async def _now(self, http: httpx.AsyncClient) -> datetime:
        answer = await http.get(f"{self.stack.url('orders')}/health/ready", timeout=5.0)
        return datetime.fromisoformat(answer.json()["now"])

    async def _look(self, load: Load, seconds: float, quiet_after: float) -> Report:
        owner = Client(self.stack, "owner", load.http)
        world = World(
            orders=await owner.pages("orders", "/orders", view="all"),
            allocations=await owner.pages("procurement", "/allocations"),
            offers=await owner.pages("procurement", "/offers"),
            customers=await owner.pages("crm", "/customers"),
            imports=await owner.pages("procurement", "/imports"),
        )
        histories = await self.outside.histories()
        now = await self._now(load.http)
        return Report(
            kills=self.killed,
            commands=load.answered.commands,
            tries=load.tries,
            orders=len(load.answered.taken),
            verdict=judged(await self.outside.facts(), histories),
            wrong=wrong(load.answered, world, load.run),
            late=await self.outside.due(now, LATE),
            dead=await self.outside.dead(),
            seconds=seconds,
            quiet_after=quiet_after,
        )
