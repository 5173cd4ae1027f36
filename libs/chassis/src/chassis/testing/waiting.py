"""Waiting for something to become true: polling with a limit, never a sleep of a guessed length."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

T = TypeVar("T")
LONGEST_PAUSE = 0.25


async def eventually(
    look: Callable[[], Awaitable[T] | T], within: float = 10.0, *, what: str | None = None
) -> T:
    """The first true answer of `look`. An AssertionError of `look` counts as "not yet"; the last one is shown."""
    limit, pause = time.monotonic() + within, 0.005
    while True:
        answer, missing = await _look(look)
        if answer:
            return answer
        if time.monotonic() > limit:
            raise AssertionError(
                f"{what or getattr(look, '__name__', 'it')} did not come true within {within:g} s"
            ) from missing
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)


async def _look(look: Callable[[], Any]) -> tuple[Any, AssertionError | None]:
    try:
        answer = look()
        return (await answer if inspect.isawaitable(answer) else answer), None
    except AssertionError as not_yet:
        return None, not_yet
