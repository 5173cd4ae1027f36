"""Load, decide, save: the one way a command reaches a state.

A command is decided by a pure rule; the new state and the facts it owes are written in one document; the relay is told
at once and the sweep finds what a crash left. Asked twice, told twice, late or out of order: the state ends the same.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Generic, TypeVar

from kernel.deadline import Deadline

from chassis.deciding import decided, fired
from chassis.decisions import Decided, Decider, Outcome
from chassis.occasions import KeyReused, Occasion, Receipt, Repeated, fingerprint
from chassis.spans import name_the_story
from chassis.storing import AlreadyInUse, Conflict, Entry, Held, OutboxFull, Store, Taken, Tell, Writing

__all__ = [
    "AlreadyInUse",
    "Conflict",
    "Decider",
    "Entry",
    "Handler",
    "Held",
    "KeyReused",
    "Occasion",
    "OutboxFull",
    "Outcome",
    "Receipt",
    "Repeated",
    "Store",
    "Taken",
    "Tell",
    "Writing",
    "fingerprint",
    "fold",
]  # fmt: skip

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Handler(Generic[C, S, E]):
    """The one way in. `source` is the service's name, the CloudEvents source of what it tells."""

    source: str
    decider: Decider[C, S, E]
    store: Store[S]
    tell: Tell
    attempts: int = 8
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def __call__(self, command: C, occasion: Occasion, *, opening: bool = False) -> Outcome[S]:
        """Decide and save; on `Conflict` load and decide again, with jitter.

        `opening` inserts without loading first.
        """
        key = self.decider.key(command)
        held: Held[S] = Held(key) if opening else await self.store.load(key)
        for attempt in range(self.attempts):
            try:
                return await self._once(command, occasion, held)
            except Conflict:
                if attempt + 1 == self.attempts:
                    raise
                if not opening or attempt:
                    await self.pause(random.uniform(0, 0.005 * 2**attempt))  # noqa: S311
                held = await self.store.load(key)
        raise AssertionError

    async def many(self, batch: Sequence[tuple[C, Occasion]]) -> list[Outcome[S]]:
        """Commands to many different things, a few round trips for all. A refusal of one is raised: deciders given
        to `many` are total.
        """
        heads = await self.store.load_many([self.decider.key(command) for command, _ in batch])
        found = [
            self._decided(command, occasion, held)
            for (command, occasion), held in zip(batch, heads, strict=True)
        ]
        writings = [
            (held, each.writing) for held, each in zip(heads, found, strict=True) if each.writing is not None
        ]
        lost = set(await self.store.save_many(writings)) if writings else set[str]()
        for held, writing in writings:
            if held.key not in lost:
                self._tell(held, writing)
        return [
            await self(command, occasion) if held.key in lost else each.outcome
            for (command, occasion), held, each in zip(batch, heads, found, strict=True)
        ]

    async def fire(self, deadline: Deadline, command: C, occasion: Occasion) -> Outcome[S]:
        """Hand a passed deadline to the decider; whatever it says, this deadline does not fire again."""
        key = self.decider.key(command)
        for attempt in range(self.attempts):
            held = await self.store.load(key)
            found = fired(self.decider, self.source, command, occasion, held, deadline=deadline)
            try:
                return await self._saved(held, found)
            except Conflict:
                await self.pause(random.uniform(0, 0.005 * 2**attempt))  # noqa: S311
        raise Conflict(key)

    async def _once(self, command: C, occasion: Occasion, held: Held[S]) -> Outcome[S]:
        found = self._decided(command, occasion, held)
        outcome = await self._saved(held, found)
        if found.refusal is not None:
            raise found.refusal
        return outcome

    async def _saved(self, held: Held[S], found: Decided[S]) -> Outcome[S]:
        if found.writing is not None:
            await self.store.save(held, found.writing)
            name_the_story(found.writing.owing)
            self._tell(held, found.writing)
        return found.outcome

    def _decided(self, command: C, occasion: Occasion, held: Held[S]) -> Decided[S]:
        return decided(self.decider, self.source, command, occasion, held)

    def _tell(self, held: Held[S], writing: Writing[S]) -> None:
        if writing.owing:
            self.tell(held.key, writing.owing, before=held.owing)


def fold(evolve: Callable[[S | None, E], S], changes: Sequence[E], start: S | None = None) -> S | None:
    """The state after these changes: what a test's `given` means."""
    state: S | None = start
    return reduce(evolve, changes, state)
