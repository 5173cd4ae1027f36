"""Procurement in which every round trip to a store is a place where it may be overtaken or die: what machines of tests run
step by step.
"""

import types
from collections.abc import Callable, Coroutine, Generator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from chassis.claims import MemoryClaims
from chassis.clock import StoppedClock
from chassis.handling import Handler, Occasion
from chassis.memory import MemoryStore
from chassis.testing.memory import ScriptedPeers
from chassis.testing.plugin import MONDAY_MORNING
from kernel.money import Money

from procurement.domain.availability import counted
from procurement.domain.offer import ListOffer, Terms
from procurement.domain.supplier import AgreeConditions, Conditions

Step = Coroutine[Any, Any, object]


@types.coroutine
def turn() -> Generator[None, None, None]:
    """Others may come first now."""
    yield


async def pause(_: float) -> None:
    await turn()


def quiet(key: str, owed: Sequence[Any], *, before: Sequence[str]) -> None:
    del key, owed, before


def finish(step: Step) -> Any:
    """Run it to its end, nobody interfering."""
    try:
        while True:
            step.send(None)
    except StopIteration as end:
        return end.value


class Interrupted:
    """A store in which every round trip takes its time."""

    def __init__(self, inner: MemoryStore[Any]) -> None:
        self.inner = inner

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self.inner, name)

        async def slowly(*given: Any) -> Any:
            await turn()
            return await asked(*given)

        return slowly if callable(asked) else asked


class SlowChassis:
    """What procurement is composed with here; `due` are its stores and who takes their deadlines."""

    service, database, vault = "procurement", None, None
    peers = ScriptedPeers({})

    def __init__(self) -> None:
        self.clock = StoppedClock(MONDAY_MORNING)
        self.due: list[tuple[Any, Callable[..., Step]]] = []

    def store(self, documents: Any) -> Any:
        return Interrupted(MemoryStore(documents))

    def handler(self, decider: Any, store: Any) -> Any:
        return Handler("procurement", decider, store, quiet, attempts=50, pause=pause)

    def claims(self, name: str) -> Any:
        del name
        return MemoryClaims()

    def deadlines(self, store: Any, on_deadline: Any) -> Any:
        self.due.append((store, on_deadline))
        return store

    def steps_due(self, occasion: Callable[[], Occasion]) -> list[Step]:
        """What the clock asks for now."""
        now = self.clock.now()
        return [
            take(key, deadline, occasion())
            for store, take in self.due
            for key, deadline in finish(store.inner.due(now, 100))
        ]


async def stocked(
    wired: Mapping[str, Any],
    counts: Mapping[str, int],
    suppliers: Mapping[str, int],
    occasion: Callable[[], Occasion],
) -> None:
    """Suppliers with their lead times, and offers such as `brass:lamp` with so many pieces, at a hundred roubles each."""
    for name, lead in suppliers.items():
        told = occasion()
        agreed = Conditions(name, "raisa", lead, timedelta(days=300), delivery_fee=Money(10_00))
        await wired["to_suppliers"](AgreeConditions(name, agreed, told.at, owner_fits=True), told)
    for offer_id, quantity in counts.items():
        told, (supplier, product) = occasion(), offer_id.split(":")
        terms = Terms(product, product, Money(100_00), None, counted(quantity))
        await wired["allocating"].offers(ListOffer(offer_id, supplier, terms, told.at), told)
