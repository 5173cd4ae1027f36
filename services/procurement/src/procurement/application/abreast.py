"""A few pieces of work at a time, their results in the order in which they were given."""

import asyncio
from collections import deque
from collections.abc import Coroutine
from typing import Any, Generic, Self, TypeVar

T = TypeVar("T")

WIDE = 3
"""While one waits for the store, another is decided and a third encoded."""


class Abreast(Generic[T]):
    """Whatever is under way when the block is left is given up."""

    def __init__(self, wide: int = WIDE) -> None:
        self._wide = wide
        self._under_way: deque[asyncio.Task[T]] = deque()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def add(self, work: Coroutine[Any, Any, T]) -> list[T]:
        """Begin this as well, and give what is done before it in order: so much that no more than `wide` are under way."""
        done: list[T] = []
        self._under_way.append(asyncio.create_task(work))
        while len(self._under_way) > self._wide or (self._under_way and self._under_way[0].done()):
            done.append(await self._first())
        return done

    async def rest(self) -> list[T]:
        """What is still under way, in order."""
        done: list[T] = []
        while self._under_way:
            done.append(await self._first())
        return done

    async def _first(self) -> T:
        result = await self._under_way[0]
        self._under_way.popleft()
        return result
