"""The composition: what every service of opblok is made of, put together once.

A service gives `compose`, a function from a chassis to its parts; `create_app` makes an ASGI application of it. The
same `compose` runs over memory in component tests (`chassis.testing.memory`).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from fastapi import APIRouter
from pymongo.asynchronous.database import AsyncDatabase

from chassis.auth.verifier import Verifier
from chassis.claims import Claims
from chassis.clock import Clock
from chassis.deadlines import DeadlineWorker, OnDeadline
from chassis.documents import Documents, Seals
from chassis.figures import Figure
from chassis.handling import Decider, Handler, Store
from chassis.listing import Page, Query
from chassis.peers import Peers
from chassis.reactions import Reactions

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")

Loop = Callable[[], Awaitable[None]]


class Listing(Store[S], Protocol[S]):
    """A store that can also be listed."""

    name: str

    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[S]: ...
    async def versions(self, query: Query) -> dict[str, int]: ...
    async def count(self, query: Query, *, most: int | None = None) -> int: ...
    async def backlog(self) -> tuple[int, datetime | None]: ...


class Chassis(Protocol):
    """What a service is given to be composed with. `database` is None where there is no MongoDB (component tests)."""

    @property
    def service(self) -> str: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def vault(self) -> Seals: ...
    @property
    def peers(self) -> Peers: ...
    @property
    def database(self) -> AsyncDatabase[dict[str, Any]] | None: ...

    def store(self, documents: Documents[S]) -> Listing[S]:
        """Where things of this kind are kept."""
        ...

    def handler(self, decider: Decider[C, S, E], store: Listing[S]) -> Handler[C, S, E]:
        """The one way in for commands to these things."""
        ...

    def claims(self, name: str) -> Claims:
        """One claim document per keyed hash."""
        ...

    def deadlines(self, store: Listing[Any], on_deadline: OnDeadline) -> DeadlineWorker:
        """A worker that hands over this store's passed deadlines."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What a service is made of.

    `wired` is reached by routes as `request.app.state.<name>` and by reactions as FastStream's `Context()` of that
    name. `starting` runs once, in order, before the service is ready. `tasks` are endless loops of role `worker`; one
    that ends by an exception is started again after a growing pause; `everywhere` are such loops of every role. `figures` are counted now and then in the
    same role. `verifier` is for the service that issues the tokens itself; `larger_bodies` gives paths, as routes write
    them, whose request bodies may be larger than the rest, in bytes.
    """

    routers: Sequence[APIRouter] = ()
    reactions: Reactions | None = None
    wired: Mapping[str, Any] = field(default_factory=dict[str, Any])
    deadlines: Sequence[DeadlineWorker] = ()
    tasks: Sequence[Loop] = ()
    everywhere: Sequence[Loop] = ()
    starting: Sequence[Loop] = ()
    figures: Sequence[Figure] = ()
    verifier: Verifier | None = None
    larger_bodies: Mapping[str, int] = field(default_factory=dict[str, int])
