"""Commands that overtake each other: every round trip to the store is a place where somebody else may come first."""

import types
from collections.abc import Coroutine, Generator, Iterable
from typing import Any

from chassis.memory import MemoryStore
from kernel.refusal import Refusal

from orders.domain.order import Order

Asking = Coroutine[Any, Any, Any]


@types.coroutine
def turn() -> Generator[None, None, None]:
    """Others may come first now."""
    yield


async def pause(_: float) -> None:
    """Waiting is letting others come first."""
    await turn()


class Interrupted:
    """A store in which every round trip takes its time."""

    def __init__(self, inner: MemoryStore[Order]) -> None:
        self.inner = inner

    async def load(self, key: str) -> Any:
        """What is there, after a while."""
        await turn()
        return await self.inner.load(key)

    async def save(self, held: Any, writing: Any) -> None:
        """Kept, after a while."""
        await turn()
        await self.inner.save(held, writing)


class Going:
    """Something that is being asked; `came` is what came of it, None when a rule said no."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self.over = False
        self.came: Any = None

    def step(self) -> None:
        """On to the next round trip."""
        if self.over:
            return
        try:
            self._asking.send(None)
        except StopIteration as end:
            self.over, self.came = True, end.value
        except Refusal:
            self.over = True

    def finish(self) -> Any:
        """To the end, nobody interfering."""
        while not self.over:
            self.step()
        return self.came


def finish(asking: Asking) -> Any:
    """What comes of it when nobody interferes."""
    return Going(asking).finish()


def at_once(askings: Iterable[Asking], turns: Iterable[int]) -> None:
    """All of them, each taking a step when it is its turn; then to the end, one after the other."""
    going = [Going(each) for each in askings]
    for turn_of in turns:
        going[turn_of % len(going)].step()
    for each in going:
        each.finish()
