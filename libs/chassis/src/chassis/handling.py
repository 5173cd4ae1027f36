"""Load, decide, save: the one way a command reaches a state.

A command is decided by a pure rule; the new state and the facts it owes are written in one document; the relay is told
at once and the sweep finds what a crash left. Asked twice, told twice, late or out of order: the state ends the same.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Generic, TypeVar

from contracts.fact import Fact
from kernel.deadline import Deadline
from kernel.refusal import Decision, Refusal, Refused

from chassis.occasions import KeyReused, Occasion, Receipt, Repeated, again, fingerprint, told_no
from chassis.records import record
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
class Decider(Generic[C, S, E]):
    """The pure part of a thing. `deadlines` are derived from the state, so they can't be forgotten or left behind."""

    key: Callable[[C], str]
    decide: Callable[[C, S | None], Decision[E]]
    evolve: Callable[[S | None, E], S]
    announce: Callable[[E, S], Sequence[Fact]]
    deadlines: Callable[[S], Sequence[Deadline]]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[S]):
    """What came of a command. `changes` is empty when nothing happened; `repeated`: this occasion was handled before."""

    key: str
    state: S | None
    version: int
    changes: tuple[str, ...] = ()
    repeated: bool = False


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
        outcomes: list[Outcome[S] | None] = []
        writings: list[tuple[Held[S], Writing[S]]] = []
        for (command, occasion), held in zip(batch, heads, strict=True):
            outcome, writing = self._decided(command, occasion, held)
            outcomes.append(outcome)
            if writing is not None:
                writings.append((held, writing))
        lost = set(await self.store.save_many(writings)) if writings else set[str]()
        for held, writing in writings:
            if held.key not in lost:
                self._tell(held, writing)
        return [
            await self(command, occasion) if outcome is None or held.key in lost else outcome
            for (command, occasion), held, outcome in zip(batch, heads, outcomes, strict=True)
        ]

    async def _once(self, command: C, occasion: Occasion, held: Held[S]) -> Outcome[S]:
        outcome, writing = self._decided(command, occasion, held)
        if writing is not None:
            await self.store.save(held, writing)
            self._tell(held, writing)
        if writing is not None and writing.receipt is not None and writing.receipt.refusal is not None:
            raise again(writing.receipt)
        return outcome

    def _tell(self, held: Held[S], writing: Writing[S]) -> None:
        if writing.owing:
            self.tell(held.key, writing.owing, before=held.owing)

    def _decided(self, command: C, occasion: Occasion, held: Held[S]) -> tuple[Outcome[S], Writing[S] | None]:
        known = held.inbox.get(occasion.id) or held.inbox.get(occasion.twin or "")
        if known is not None:
            return repeat(known, occasion, held), None
        if (
            occasion.heard
            and not occasion.even_if_stale
            and held.heard.get(occasion.heard[0], 0) >= occasion.heard[1]
        ):
            return Outcome(held.key, held.state, held.version, repeated=True), None
        decision = self.decider.decide(command, held.state)
        changes = decision.changes if isinstance(decision, Refused) else tuple(decision)
        if not changes:
            return Outcome(held.key, held.state, held.version), None
        writing = self._writing(
            changes, occasion, held, decision.refusal if isinstance(decision, Refused) else None
        )
        names = tuple(type(change).__name__ for change in changes)
        return Outcome(held.key, writing.state, writing.version, names), writing

    def _writing(
        self, changes: Sequence[E], occasion: Occasion, held: Held[S], refusal: Refusal | None
    ) -> Writing[S]:
        facts: list[Fact] = []
        state = held.state
        for change in changes:
            state = self.decider.evolve(state, change)
            facts.extend(self.decider.announce(change, state))
        assert state is not None
        names = tuple(type(change).__name__ for change in changes)
        owing = tuple(
            record(
                fact,
                held.sequence + n,
                self.source,
                occasion.at,
                occasion.id,
                correlation=occasion.correlation_id,
            )
            for n, fact in enumerate(facts, start=1)
        )
        due = tuple(self.decider.deadlines(state))
        version = held.version + 1
        keeps = occasion.remembered or refusal is not None
        return Writing(
            state=state,
            version=version,
            sequence=held.sequence + len(owing),
            owing=owing,
            deadlines=tuple(each for each in due if each not in held.fired),
            fired=held.fired.intersection(due),
            entry=Entry(
                version, names, tuple(each.id for each in owing), occasion.at, occasion.actor.id, occasion.id
            ),
            receipt=Receipt(
                occasion.id, occasion.twin, occasion.fingerprint, version, names, refusal and told_no(refusal)
            )
            if keeps
            else None,
            heard=occasion.heard,
        )

    async def fire(self, deadline: Deadline, command: C, occasion: Occasion) -> Outcome[S]:
        """Hand a passed deadline to the decider; whatever it says, this deadline does not fire again."""
        key = self.decider.key(command)
        for attempt in range(self.attempts):
            held = await self.store.load(key)
            try:
                return await self._fire(deadline, command, occasion, held)
            except Conflict:
                await self.pause(random.uniform(0, 0.005 * 2**attempt))  # noqa: S311
        raise Conflict(key)

    async def _fire(self, deadline: Deadline, command: C, occasion: Occasion, held: Held[S]) -> Outcome[S]:
        if held.state is None or deadline in held.fired or deadline not in self.decider.deadlines(held.state):
            return Outcome(held.key, held.state, held.version)
        held = replace(held, fired=held.fired | {deadline})
        outcome, writing = self._decided(command, occasion, held)
        if writing is None:
            writing = self._only_fired(held)
        await self.store.save(held, writing)
        self._tell(held, writing)
        return outcome

    def _only_fired(self, held: Held[S]) -> Writing[S]:
        assert held.state is not None
        due = tuple(self.decider.deadlines(held.state))
        return Writing(
            state=held.state,
            version=held.version + 1,
            sequence=held.sequence,
            owing=(),
            deadlines=tuple(each for each in due if each not in held.fired),
            fired=held.fired.intersection(due),
            entry=None,
            receipt=None,
            heard=None,
        )


def fold(evolve: Callable[[S | None, E], S], changes: Sequence[E], start: S | None = None) -> S | None:
    """The state after these changes: what a test's `given` means."""
    state: S | None = start
    return reduce(evolve, changes, state)


def repeat(known: Receipt, occasion: Occasion, held: Held[Any]) -> Outcome[Any]:
    """The answer to an occasion that was handled before."""
    if known.fingerprint and occasion.fingerprint and known.fingerprint != occasion.fingerprint:
        raise KeyReused("This Idempotency-Key was used before with another body.")
    if known.refusal is not None:
        raise again(known)
    return Outcome(held.key, held.state, known.version, known.changes, repeated=True)
