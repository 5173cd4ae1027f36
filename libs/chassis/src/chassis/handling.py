"""Load, decide, save: the one way a command reaches a state.

A command is decided by a pure rule; the new state and the facts it owes are written in one document; the relay is told
at once and the sweep finds what a crash left. Asked twice, told twice, late or out of order: the state ends the same.
"""

import asyncio
import hashlib
import json
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from typing import Any, Generic, Protocol, TypeVar

from contracts.fact import Fact
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.refusal import Decision, Refusal, Refused

from chassis.records import Record, record

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


class Conflict(Exception):
    """Somebody else saved first; load again and decide again."""


class Taken(Conflict):
    """The thing to be opened exists already."""


class OutboxFull(Exception):
    """The thing owes so many facts that Kafka has not taken that it refuses commands. A fault: try again later."""


class AlreadyInUse(Refusal):
    """Another thing has a name that must be unique: a login, a number."""


class KeyReused(Refusal):
    """An Idempotency-Key came again with another body."""


class Repeated(Refusal):
    """A command that was refused before, asked again with the same key: the same answer."""

    def __init__(self, kind: str, detail: str, rule: str, *, base: str, about: Mapping[str, Any]) -> None:
        super().__init__(detail, **about)
        self.kind, self.of_rule, self.base = kind, rule, base

    @property
    def code(self) -> str:
        return self.kind


@dataclass(frozen=True, slots=True)
class Occasion:
    """What makes a command happen: a caller, a fact, a deadline. `at` is read off the service's clock.

    `id` is the cause that facts name; `remembered` says that the id is kept in the thing's inbox, so that the same
    occasion changes nothing when it comes again. For a fact, `heard` is `(source/subject, sequence)`.
    """

    id: str
    at: datetime
    actor: Actor
    correlation_id: str | None = None
    heard: tuple[str, int] | None = None
    fingerprint: str | None = None
    remembered: bool = False

    @property
    def twin(self) -> str | None:
        """The name that a fact's versions share, so that v1 counts as seen once v2 was taken."""
        return f"{self.heard[0]}/{self.heard[1]}" if self.heard else None


def fingerprint(body: Any) -> str:
    """A digest of a request's body, by which a reused key is told from a repeated request."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is kept of an occasion: enough to give the same answer again."""

    id: str
    twin: str | None
    fingerprint: str | None
    version: int
    changes: tuple[str, ...]
    refusal: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a thing's history: the what, when, who and why of one save, and the facts it told."""

    number: int
    what: tuple[str, ...]
    told: tuple[str, ...]
    at: datetime
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Held(Generic[S]):
    """A thing as loaded. `version` 0: not stored yet. `owing`: ids of facts not yet acknowledged by Kafka."""

    key: str
    state: S | None = None
    version: int = 0
    sequence: int = 0
    inbox: Mapping[str, Receipt] = field(default_factory=dict[str, Receipt])
    heard: Mapping[str, int] = field(default_factory=dict[str, int])
    fired: frozenset[Deadline] = frozenset()
    owing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Writing(Generic[S]):
    """All that one save writes, in one document at once."""

    state: S
    version: int
    sequence: int
    owing: tuple[Record, ...]
    deadlines: tuple[Deadline, ...]
    fired: frozenset[Deadline]
    entry: Entry | None
    receipt: Receipt | None
    heard: tuple[str, int] | None


class Store(Protocol[S]):
    """Where things of one kind are kept."""

    async def load(self, key: str) -> Held[S]:
        """The thing, or a Held of version 0."""
        ...

    async def load_many(self, keys: Sequence[str]) -> list[Held[S]]:
        """As `load`, in the order asked."""
        ...

    async def save(self, held: Held[S], writing: Writing[S]) -> None:
        """Raise `Conflict` when somebody saved since, `Taken` when version 0 exists, `OutboxFull`."""
        ...

    async def save_many(self, batch: Sequence[tuple[Held[S], Writing[S]]]) -> list[str]:
        """Save many different things in few round trips; answer the keys that met a conflict."""
        ...

    async def history(self, key: str) -> list[Entry]:
        """What happened to the thing, oldest first."""
        ...


class Tell(Protocol):
    """The relay's ear: these records of this thing are saved and owed."""

    def __call__(self, key: str, owed: Sequence[Record], *, before: Sequence[str]) -> None: ...


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

    async def __call__(
        self, command: C, occasion: Occasion, *, opening: bool = False, even_if_stale: bool = False
    ) -> Outcome[S]:
        """Decide and save; on `Conflict` load and decide again, with jitter.

        `opening` inserts without loading first. A fact older than one already heard of the same thing is passed over
        unless `even_if_stale`.
        """
        key = self.decider.key(command)
        held: Held[S] = Held(key) if opening else await self.store.load(key)
        for attempt in range(self.attempts):
            try:
                return await self._once(command, occasion, held, even_if_stale=even_if_stale)
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
            outcome, writing = self._decided(command, occasion, held, even_if_stale=False)
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

    async def _once(
        self, command: C, occasion: Occasion, held: Held[S], *, even_if_stale: bool
    ) -> Outcome[S]:
        outcome, writing = self._decided(command, occasion, held, even_if_stale=even_if_stale)
        if writing is not None:
            await self.store.save(held, writing)
            self._tell(held, writing)
        if writing is not None and writing.receipt is not None and writing.receipt.refusal is not None:
            raise again(writing.receipt)
        return outcome

    def _tell(self, held: Held[S], writing: Writing[S]) -> None:
        if writing.owing:
            self.tell(held.key, writing.owing, before=held.owing)

    def _decided(
        self, command: C, occasion: Occasion, held: Held[S], *, even_if_stale: bool
    ) -> tuple[Outcome[S], Writing[S] | None]:
        known = held.inbox.get(occasion.id) or held.inbox.get(occasion.twin or "")
        if known is not None:
            return repeat(known, occasion, held), None
        if occasion.heard and not even_if_stale and held.heard.get(occasion.heard[0], 0) >= occasion.heard[1]:
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
        outcome, writing = self._decided(command, occasion, held, even_if_stale=False)
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


def told_no(refusal: Refusal) -> dict[str, Any]:
    """A refusal as the inbox keeps it."""
    from kernel.refusal import NotAllowed, NotFound

    base = (
        "not-found"
        if isinstance(refusal, NotFound)
        else "not-allowed"
        if isinstance(refusal, NotAllowed)
        else ""
    )
    return {
        "code": refusal.code,
        "detail": refusal.detail,
        "rule": refusal.rule,
        "base": base,
        "about": dict(refusal.about),
    }


def again(receipt: Receipt) -> Repeated:
    """The refusal that a receipt remembers."""
    assert receipt.refusal is not None
    no = receipt.refusal
    return Repeated(no["code"], no["detail"], no["rule"], base=no["base"], about=no["about"])


def repeat(known: Receipt, occasion: Occasion, held: Held[Any]) -> Outcome[Any]:
    """The answer to an occasion that was handled before."""
    if known.fingerprint and occasion.fingerprint and known.fingerprint != occasion.fingerprint:
        raise KeyReused("This Idempotency-Key was used before with another body.")
    if known.refusal is not None:
        raise again(known)
    return Outcome(held.key, held.state, known.version, known.changes, repeated=True)
