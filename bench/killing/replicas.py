"""More replicas of each service, which join and leave at random: in order, or killed."""

import asyncio
import random
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from chassis.embedded.ground import LOOPBACK, free_ports
from chassis.embedded.program import Program, spawn
from opblok.stack.apps import Addresses, answers, served_by, told
from opblok.stack.settings import SERVICES

from bench.killing.load import Load
from bench.own_stack import OwnStack


@dataclass
class Replica:
    """One more process of a service, on a port of its own."""

    service: str
    number: int
    port: int = field(default_factory=lambda: free_ports(1)[0])
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def is_in(self) -> bool:
        return self.process is not None and self.process.poll() is None


@dataclass
class Replicas:
    """Up to `more` beside the one that each stack has. `changes`: how often one joins or leaves, after all joined once.

    Clients ask any of them, so a command may be begun by one and repeated by another.
    """

    stack: OwnStack
    changes: int
    seed: int
    more: int = 2
    services: tuple[str, ...] = SERVICES
    between: tuple[float, float] = (0.5, 2.0)
    say: Callable[[str], None] = lambda _: None
    counted: Counter[str] = field(default_factory=Counter[str])

    async def __call__(self, load: Load) -> None:
        """All join; then they leave and join again; at the end all leave, in order."""
        del load
        chance = random.Random(self.seed)
        flock = [Replica(name, n) for name in self.services for n in range(2, 2 + self.more)]
        try:
            await asyncio.gather(*(self._joins(each) for each in flock))
            self.say(f"{len(flock)} joined")
            for _ in range(self.changes):
                await asyncio.sleep(chance.uniform(*self.between))
                each = chance.choice(flock)
                if each.is_in:
                    self._leaves(each, signal.SIGKILL if chance.random() < 0.5 else signal.SIGTERM)
                else:
                    await self._joins(each)
                self.say(
                    f"{self.counted.total() - len(flock):4d}  {each.service} {each.number}: in {each.is_in}"
                )
        finally:
            for each in flock:
                self._leaves(each, signal.SIGTERM)
            for each in flock:
                await asyncio.to_thread(buried, each)

    async def _joins(self, each: Replica) -> None:
        await join(self.stack, each)
        self.counted[each.service] += 1

    def _leaves(self, each: Replica, how: signal.Signals) -> None:
        self.counted[each.service] += leave(self.stack, each, how)


async def join(stack: OwnStack, each: Replica) -> None:
    """Return when it is ready, and clients ask it."""
    seen = stack.seen
    variables = told(each.service, stack.settings, stack.home, Addresses(seen.kafka, seen.mongo))
    mine = {**stack.given, **variables, "OPBLOK_PORT": str(each.port)}
    log = stack.home.log(f"{each.service}-{each.number}")
    each.process = spawn(Program(each.service, served_by(each.service, each.port), log, mine))
    while not await asyncio.to_thread(answers, f"{each.url}/health/ready"):
        assert each.is_in, f"{each.service} {each.number} ended by itself"
        await asyncio.sleep(0.2)
    stack.others.setdefault(each.service, set()).add(each.url)


def leave(stack: OwnStack, each: Replica, how: signal.Signals) -> bool:
    """Whether it was in. Clients ask it no more; told to end in order, it may take a while (`buried`)."""
    stack.others.get(each.service, set[str]()).discard(each.url)
    if each.process is None or not each.is_in:
        return False
    each.process.send_signal(how)
    if how is signal.SIGKILL:
        each.process.wait()
    return True


def buried(each: Replica) -> None:
    """Wait for its end."""
    if each.process is not None:
        try:
            each.process.wait(30.0)
        except subprocess.TimeoutExpired:
            each.process.kill()
            each.process.wait()
