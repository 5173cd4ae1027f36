"""A service in memory, for component tests: all but Kafka and MongoDB is real.

chassis = MemoryChassis("orders", clock=clock)
async with chassis.running(compose, settings) as client:
answer = await client.post("/orders", json=…, headers=chassis.as_(ANNA, key="k-1"))
await chassis.tell(fact, source="procurement")
await chassis.pass_deadlines()
assert [type(each) for each in chassis.told] == [OrderCreatedV1]
"""

import json
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import httpx
from contracts.fact import FACTS, Fact
from fastapi import FastAPI
from kernel.actor import Actor
from prometheus_client.registry import CollectorRegistry

from chassis.auth.verifier import Verifier
from chassis.chassis import Chassis, Listing, Parts
from chassis.claims import Claims, MemoryClaims
from chassis.clock import Clock, StoppedClock
from chassis.deadlines import DeadlineWorker, OnDeadline
from chassis.documents import Documents
from chassis.feeding import Feed
from chassis.figures import foreseen
from chassis.handling import Decider, Handler
from chassis.http.app import build_app
from chassis.memory import MemoryStore
from chassis.peers import Peer, PeerDown
from chassis.records import Record
from chassis.settings import EdgeSettings
from chassis.testing.issuer import TestIssuer
from chassis.vault import Vault

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")
P = TypeVar("P")

Answer = Callable[[str, Any], Any]
"""What a peer answers to a path and a body; it may raise `PeerDown` or `PeerRefused`."""


class ScriptedPeer:
    """Another service, as a function. `asked` keeps what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.asked: list[tuple[str, Any]] = []

    async def get(self, path: str, *, params: Mapping[str, str] | None = None) -> Any:
        self.asked.append((path, params))
        return self._answer(path, params)

    async def post(self, path: str, body: Any, *, key: str | None = None, repeatable: bool = False) -> Any:
        del key, repeatable
        self.asked.append((path, body))
        return self._answer(path, body)


class ScriptedPeers:
    """The other services; one that is not scripted is down."""

    def __init__(self, peers: Mapping[str, ScriptedPeer]) -> None:
        self._peers = peers

    def of(self, name: str) -> Peer:
        def down(path: str, _: Any) -> Any:
            raise PeerDown(f"{name} does not answer {path}")

        return self._peers.get(name) or ScriptedPeer(down)


class MemoryChassis:
    """What `compose` is given in component tests."""

    def __init__(
        self, service: str, *, clock: Clock | None = None, peers: Mapping[str, ScriptedPeer] | None = None
    ) -> None:
        from chassis.testing.plugin import MONDAY_MORNING

        self.service = service
        self.clock: Clock = clock or StoppedClock(MONDAY_MORNING)
        self.vault = Vault.of({"test": Vault.generate_key()})
        self.peers = ScriptedPeers(peers or {})
        self.database = None
        self.issuer = TestIssuer()
        self.stores: list[MemoryStore[Any]] = []
        self.told: list[Fact] = []
        self.records: list[Record] = []
        self._parts: Parts | None = None
        self._feed: Feed | None = None
        self._claims: dict[str, MemoryClaims] = {}

    def store(self, documents: Documents[S]) -> Listing[S]:
        made = MemoryStore(documents, self.vault)
        self.stores.append(made)
        return made

    def handler(self, decider: Decider[C, S, E], store: Listing[S]) -> Handler[C, S, E]:
        return Handler(self.service, decider, store, self._hear)

    def claims(self, name: str) -> Claims:
        return self._claims.setdefault(name, MemoryClaims())

    def deadlines(self, store: Listing[Any], on_deadline: OnDeadline) -> DeadlineWorker:
        due = next(each for each in self.stores if each is store)
        return DeadlineWorker(self.service, due, self.clock, on_deadline)

    def as_(self, actor: Actor, *, key: str | None = None) -> Mapping[str, str]:
        """Request headers of this actor."""
        return self.issuer.headers(actor, key=key)

    async def tell(self, fact: Fact, *, source: str, sequence: int = 1, **more: Any) -> bool:
        """Tell the service a fact, as Kafka would; answers whether it has a reaction to it. `more`: `ce_id`, `told_at`."""
        assert self._feed, "the service is not running, or has no reactions"
        return await self._feed(fact, source=source, sequence=sequence, **more)

    async def pass_deadlines(self) -> int:
        """Hand over all that is due by the clock, and what becomes due by it; answer how many there were."""
        assert self._parts
        total = 0
        while handed := sum([await worker.once() for worker in self._parts.deadlines]):
            total += handed
        return total

    async def figures(self) -> Mapping[str, Mapping[str, float]]:
        """What the service counts of itself, by figure and value of its label; every fault comes through."""
        assert self._parts
        return {each.name: foreseen(each, await each.look()) for each in self._parts.figures}

    def app(self, parts: Parts) -> FastAPI:
        """The HTTP side of these parts."""

        @asynccontextmanager
        async def nothing(_: FastAPI) -> AsyncGenerator[None]:
            yield

        return build_app(
            self.service,
            parts.routers,
            lifespan=nothing,
            clock=self.clock,
            verifier=parts.verifier or self.verifier(),
            edge=EdgeSettings(),
            checks={},
            figures=CollectorRegistry(),
            shows_time=True,
            wired=parts.wired,
            larger_bodies=parts.larger_bodies,
        )

    def verifier(self) -> Verifier:
        """Believes the test issuer."""
        return self.issuer.verifier()

    @asynccontextmanager
    async def running(
        self, compose: Callable[[Chassis, P], Parts], settings: P
    ) -> AsyncGenerator[httpx.AsyncClient]:
        """The service, and a client that speaks to it."""
        parts = self._parts = compose(self, settings)
        for step in parts.starting:
            await step()
        transport = httpx.ASGITransport(self.app(parts), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://service.test") as client:
            if parts.reactions is None:
                yield client
                return
            async with parts.reactions.in_memory(parts.wired, now=self.clock.now) as feed:
                self._feed = feed
                yield client

    def _hear(self, key: str, owed: Sequence[Record], *, before: Sequence[str]) -> None:
        del key, before
        for record in owed:
            headers = dict(record.headers)
            self.records.append(record)
            self.told.append(FACTS[headers["ce_type"]].model_validate(json.loads(record.value)))
