"""Kills at random: SIGKILL to services and servers."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.killing.load import Load
from bench.own_stack import OwnStack

PARTS = (
    "orders",
    "procurement",
    "crm",
    "kafka",
    "mongodb",
    "orders",
    "procurement",
    "logistics",
    "notifications",
    "quality",
    "claims",
)
WORK_WITHIN = 15.0


@dataclass
class Kills:
    """`parts` may leave out servers that are not ours to kill. `work`: commands to be answered between most kills."""

    stack: OwnStack
    kills: int
    seed: int
    parts: tuple[str, ...] = PARTS
    between: tuple[float, float] = (0.5, 2.5)
    work: int = 8
    say: Callable[[str], None] = lambda _: None
    counted: Counter[str] = field(default_factory=Counter[str])

    async def __call__(self, load: Load) -> None:
        """Each part in turn, shuffled, so that none is spared; now and then two at once, or one just coming up."""
        chance, deck = random.Random(self.seed), list[str]()
        while self.counted.total() < self.kills:
            if chance.random() < 0.8:
                await self._some_work(load)
            await asyncio.sleep(chance.uniform(*self.between))
            for _ in range(2 if chance.random() < 0.15 else 1):
                deck = deck or chance.sample(self.parts, len(self.parts))
                name = deck.pop()
                if self.stack.kill(name):
                    self.counted[name] += 1
                    self.say(f"{self.counted.total():4d}  {name}")
                else:
                    deck.insert(0, name)

    async def _some_work(self, load: Load) -> None:
        """Return when the services have come so far that a kill hits work."""
        answered, limit = load.answered.commands, time.monotonic() + WORK_WITHIN
        while load.answered.commands < answered + self.work and time.monotonic() < limit:
            await asyncio.sleep(0.05)
