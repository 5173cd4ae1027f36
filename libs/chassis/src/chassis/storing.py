"""What a store promises: a thing is loaded, and saved in one write, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from kernel.deadline import Deadline
from kernel.refusal import Refusal

from chassis.occasions import Receipt
from chassis.records import Record

S = TypeVar("S")


class Conflict(Exception):
    """Somebody else saved first; load again and decide again."""


class Taken(Conflict):
    """The thing to be opened exists already."""


class OutboxFull(Exception):
    """The thing owes so many facts that Kafka has not taken that it refuses commands. A fault: try again later."""


class AlreadyInUse(Refusal):
    """Another thing has a name that must be unique: a login, a number."""


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
    """A thing as loaded. `version` 0: not stored yet. `due`: the deadlines stored with it, that a worker finds it by.
    `owing`: ids of facts not yet acknowledged by Kafka.
    """

    key: str
    state: S | None = None
    version: int = 0
    sequence: int = 0
    inbox: Mapping[str, Receipt] = field(default_factory=dict[str, Receipt])
    heard: Mapping[str, int] = field(default_factory=dict[str, int])
    fired: frozenset[Deadline] = frozenset()
    due: tuple[Deadline, ...] = ()
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

    @property
    def mark(self) -> tuple[int, tuple[str, ...], str] | None:
        """What tells this save from another one's of the same version."""
        return self.entry and (self.entry.number, self.entry.told, self.entry.why)


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
