"""Steady work under trouble, and what was left of it afterwards."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

import httpx

from bench.killing.asking import Client
from bench.killing.effects import World, wrong
from bench.killing.evidence import Outside
from bench.killing.life_effects import how_far, lives_wrong, shelf_wrong
from bench.killing.lives import SHELF, Lives
from bench.killing.load import Load
from bench.killing.looking import looked_after
from bench.killing.oracle import judged
from bench.killing.report import Report
from bench.own_stack import OwnStack

LATE = timedelta(minutes=1)
QUIET_WITHIN = 180.0
UNDER_WAY = ("waiting", "reading", "applying")


class Trouble(Protocol):
    """What is done to the services meanwhile. `counted`: how often, by what it was done to."""

    counted: Counter[str]

    async def __call__(self, load: Load) -> None: ...


@dataclass
class Killing:
    """Steady work and whole lives of orders under trouble. `day_lasts`: seconds of ours in a day of the shop. `whole_lives`
    need every service.
    """

    stack: OwnStack
    outside: Outside
    trouble: Trouble
    seed: int = field(default_factory=lambda: random.randrange(10**6))
    day_lasts: float = 60.0
    at_once: int = 3
    whole_lives: bool = True
    shops: int = 5
    pause: float = 0.2
    phones: list[str] = field(default_factory=list[str])

    async def __call__(self) -> Report:
        """Work, trouble, wait until quiet, look."""
        begun = time.monotonic()
        async with httpx.AsyncClient(limits=httpx.Limits(max_connections=40)) as http:
            load = Load(self.stack, http, shops=self.shops, pause=self.pause, chance=random.Random(self.seed))
            lives = self._lives(load)
            self.phones = load.phones
            await load.prepare()
            if self.whole_lives:
                await lives.prepare()
            told = asyncio.Event()
            async with asyncio.TaskGroup() as working:
                for work in (*load.works(told), *(lives.works(told) if self.whole_lives else ())):
                    working.create_task(work)
                await self.trouble(load)
                told.set()
            stopped = time.monotonic()
            unrest = await self._quiet(http)
            quiet_after = time.monotonic() - stopped
            report = await self._look(load, lives, time.monotonic() - begun, quiet_after)
            return replace(report, unrest=unrest)

    def _lives(self, load: Load) -> Lives:
        return Lives(
            load.people,
            load.answered,
            self.outside.mongo,
            load.run,
            load.phones,
            random.Random(self.seed + 1),
            at_once=self.at_once,
            day_lasts=self.day_lasts,
        )

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

    async def _look(self, load: Load, lives: Lives, seconds: float, quiet_after: float) -> Report:
        owner = load.people.client("owner")
        world = World(
            orders=await owner.pages("orders", "/orders", view="all"),
            allocations=await owner.pages("procurement", "/allocations"),
            offers=await owner.pages("procurement", "/offers"),
            customers=await owner.pages("crm", "/customers"),
            imports=await owner.pages("procurement", "/imports"),
        )
        shelves = world.offers, world.allocations
        afterwards = await looked_after(owner, load.answered.lives)
        histories = await self.outside.histories()
        now = await self._now(load.http)
        return Report(
            trouble=self.trouble.counted,
            commands=load.answered.commands,
            tries=load.people.tries,
            orders=len(load.answered.taken),
            verdict=judged(await self.outside.facts(), histories),
            wrong=[
                *wrong(load.answered, world, load.run),
                *lives_wrong(load.answered.lives, afterwards),
                *(shelf_wrong(lives.product, SHELF, *shelves) if self.whole_lives else ()),
            ],
            lives=how_far(load.answered.lives),
            late=await self.outside.due(now, LATE),
            dead=await self.outside.dead(),
            seconds=seconds,
            quiet_after=quiet_after,
        )
