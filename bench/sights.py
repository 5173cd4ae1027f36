"""What both sides take in: a fact of the shelf, and a thing that keeps what was seen."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chassis.documents import Documents
from chassis.handling import Decider
from chassis.testing.shelf import SHELF, Put
from contracts.procurement import StockChangedV1
from pydantic import TypeAdapter
from pymongo.asynchronous.database import AsyncDatabase

Database = AsyncDatabase[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Seen:
    offer_id: str
    quantity: int | None


@dataclass(frozen=True, slots=True)
class See:
    offer_id: str
    quantity: int | None


def _seen(command: See, known: Seen | None) -> list[Seen]:
    now = Seen(command.offer_id, command.quantity)
    return [] if now == known else [now]


def _nothing(*_: object) -> tuple[()]:
    return ()


SEEN: Decider[See, Seen, Seen] = Decider(lambda c: c.offer_id, _seen, lambda _, now: now, _nothing, _nothing)
SIGHTS: Documents[Seen] = Documents(
    collection="seen", states=TypeAdapter(Seen), schema=1, listed=lambda _: {}
)


class Waiting:
    """Who waits for a thing to be seen."""

    def __init__(self) -> None:
        self.for_: dict[str, asyncio.Future[float]] = {}
        self.count = 0

    def of(self, key: str) -> "asyncio.Future[float]":
        return self.for_.setdefault(key, asyncio.get_running_loop().create_future())

    def come(self, key: str) -> None:
        self.count += 1
        if key in self.for_ and not self.for_[key].done():
            self.for_[key].set_result(time.perf_counter())


def fact_of(key: str) -> StockChangedV1:
    """A fact like those of the shelf."""
    from chassis.testing.shelf import announce, evolve

    change = SHELF.decide(Put(key, 1, datetime.now(UTC)), None)
    assert isinstance(change, list)
    first: Any = change[0]
    told = announce(first, evolve(None, first))[0]
    assert isinstance(told, StockChangedV1)
    return told
